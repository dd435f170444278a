package org.ampay.ocpp.edge;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * Collects the sampled values of one measurand: the whole, or what its phases come to.
 *
 * <p>Values are in thousandths of the base unit. A value that does not fit, a second one for the
 * same phase and phases beside the whole stay with the caller, as extra.
 */
final class Quantity {

  private static final int PHASES = 3;
  private static final BigDecimal LIMIT = BigDecimal.valueOf(Long.MAX_VALUE / 4);
  private static final BigDecimal SOC_LIMIT = BigDecimal.valueOf(1_000_000);

  /** The typed measurands. */
  enum Kind {
    REGISTER("Energy.Active.Import.Register", "Wh", "kWh"),
    POWER("Power.Active.Import", "W", "kW"),
    CURRENT("Current.Import", "A", ""),
    VOLTAGE("Voltage", "V", ""),
    SOC("SoC", "Percent", "");

    private static final Kind[] ALL = values();

    private final String measurand;
    private final String unit;
    private final String kiloUnit;

    Kind(String measurand, String unit, String kiloUnit) {
      this.measurand = measurand;
      this.unit = unit;
      this.kiloUnit = kiloUnit;
    }

    static @Nullable Kind of(@Nullable String measurand) {
      if (measurand == null) {
        return REGISTER; // the default of both versions
      }
      for (Kind kind : ALL) {
        if (kind.measurand.equals(measurand)) {
          return kind;
        }
      }
      return null;
    }
  }

  private final Kind kind;
  private final @Nullable Long[] phases = new Long[PHASES];
  private @Nullable Long whole;

  Quantity(Kind kind) {
    this.kind = kind;
  }

  /** Whether the sample was taken and says no more than what was taken. */
  boolean take(Sample sample) {
    BigDecimal value = sample.value();
    if (value == null || !(sample.location() == null || sample.location().equals("Outlet"))) {
      return false;
    }
    BigDecimal milli = milli(value, sample.unit());
    if (milli == null || milli.abs().compareTo(kind == Kind.SOC ? SOC_LIMIT : LIMIT) > 0) {
      return false;
    }
    long rounded = milli.setScale(0, RoundingMode.HALF_UP).longValueExact();
    boolean exact = milli.compareTo(BigDecimal.valueOf(rounded)) == 0;
    if (sample.phase() == null) {
      boolean first = whole == null;
      whole = first ? (Long) rounded : whole;
      return first && exact;
    }
    int phase = phase(sample.phase());
    if (phase >= 0 && kind != Kind.SOC && phases[phase] == null) {
      phases[phase] = rounded;
    }
    return false; // which phase it was is only kept as extra
  }

  /** The quantity in thousandths; null when there was none. */
  @Nullable Long milli() {
    if (whole != null) {
      return whole;
    }
    long sum = 0;
    int count = 0;
    for (Long phase : phases) {
      if (phase != null) {
        sum += phase;
        count++;
      }
    }
    if (count == 0) {
      return null;
    }
    return kind == Kind.VOLTAGE ? (Long) Math.floorDiv(sum + count / 2, count) : (Long) sum;
  }

  private @Nullable BigDecimal milli(BigDecimal value, @Nullable String unit) {
    if (unit == null || unit.equals(kind.unit)) {
      return value.scaleByPowerOfTen(3);
    }
    return unit.equals(kind.kiloUnit) ? value.scaleByPowerOfTen(6) : null;
  }

  /** 0 to 2 for a line or a line to neutral; -1 for the neutral and for line to line. */
  private static int phase(String phase) {
    return switch (phase) {
      case "L1", "L1-N" -> 0;
      case "L2", "L2-N" -> 1;
      case "L3", "L3-N" -> 2;
      default -> -1;
    };
  }
}
