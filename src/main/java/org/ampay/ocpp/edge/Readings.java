package org.ampay.ocpp.edge;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ampay.base.Energy;
import org.ampay.charging.MeterReading;
import org.ampay.ocpp.wire.Wire;
import org.ampay.ocpp.wire.WireObject;
import org.jspecify.annotations.Nullable;

/**
 * Sampled values to meter readings: one reading a context. The common measurands at the outlet
 * become typed; phases are summed (voltages averaged) where there is no value for the whole.
 * Whatever is not typed exactly is kept as it came.
 */
public final class Readings {

  /** What the protocols say when a sampled value names no context. */
  private static final String DEFAULT_CONTEXT = "Sample.Periodic";

  private final Map<Quantity.Kind, Quantity> quantities = new EnumMap<>(Quantity.Kind.class);
  private final List<WireObject> extra = new ArrayList<>(0);

  private Readings() {}

  /** The readings of one MeterValue, in the order in which their contexts appear. */
  public static List<MeterReading> of(Instant at, List<Sample> samples) {
    Map<String, Readings> byContext = new LinkedHashMap<>(4);
    for (Sample sample : samples) {
      String context = sample.context() == null ? DEFAULT_CONTEXT : sample.context();
      byContext.computeIfAbsent(context, unused -> new Readings()).take(sample);
    }
    List<MeterReading> readings = new ArrayList<>(byContext.size());
    byContext.forEach((context, samplesOfIt) -> readings.add(samplesOfIt.reading(at, context)));
    return readings;
  }

  private void take(Sample sample) {
    Quantity.Kind kind = Quantity.Kind.of(sample.measurand());
    boolean whole = kind != null && quantities.computeIfAbsent(kind, Quantity::new).take(sample);
    if (!whole || sample.signed()) {
      extra.add(sample.source());
    }
  }

  private MeterReading reading(Instant at, String context) {
    Long register = milli(Quantity.Kind.REGISTER);
    Long soc = milli(Quantity.Kind.SOC);
    return new MeterReading(
        at,
        context,
        register == null ? null : new Energy(register),
        milli(Quantity.Kind.POWER),
        milli(Quantity.Kind.CURRENT),
        milli(Quantity.Kind.VOLTAGE),
        soc == null ? null : (Integer) soc.intValue(),
        extra.isEmpty() ? null : json());
  }

  private @Nullable Long milli(Quantity.Kind kind) {
    Quantity quantity = quantities.get(kind);
    return quantity == null ? null : quantity.milli();
  }

  private String json() {
    StringBuilder json = new StringBuilder("[");
    for (WireObject value : extra) {
      json.append(json.length() == 1 ? "" : ",").append(Wire.toJson(value));
    }
    return json.append(']').toString();
  }
}
