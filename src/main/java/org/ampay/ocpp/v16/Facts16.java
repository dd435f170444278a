package org.ampay.ocpp.v16;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ampay.access.IdToken;
import org.ampay.base.Energy;
import org.ampay.charging.MeterReading;
import org.ampay.charging.SessionCommand;
import org.ampay.ocpp.edge.Readings;
import org.ampay.ocpp.edge.Sample;
import org.ampay.ocpp.v16.wire.MeterValue;
import org.ampay.ocpp.v16.wire.MeterValue2;
import org.ampay.ocpp.v16.wire.MeterValuesRequest;
import org.ampay.ocpp.v16.wire.Reason;
import org.ampay.ocpp.v16.wire.SampledValue;
import org.ampay.ocpp.v16.wire.SampledValue2;
import org.ampay.ocpp.v16.wire.StartTransactionRequest;
import org.ampay.ocpp.v16.wire.StopTransactionRequest;
import org.ampay.ocpp.v16.wire.ValueFormat;
import org.ampay.ocpp.wire.ErrorCode;
import org.ampay.ocpp.wire.WireEnum;
import org.ampay.ocpp.wire.WireException;
import org.ampay.ocpp.wire.WireObject;
import org.ampay.station.EvseRef;
import org.jspecify.annotations.Nullable;

/** Wire records of OCPP 1.6 that report facts, as commands to the core. */
final class Facts16 {

  /** Watt-hours; no register shows more, and thousandths of it still fit a long. */
  private static final long MAX_WH = Long.MAX_VALUE / 4_000;

  private Facts16() {}

  static SessionCommand.Start start(StartTransactionRequest start) throws WireException {
    return new SessionCommand.Start(
        EvseRef.ofConnector16(start.connectorId()),
        IdToken.untyped(start.idTag()),
        energy(start.meterStart(), "meterStart"),
        start.timestamp(),
        start.reservationId());
  }

  static SessionCommand.Stop stop(StopTransactionRequest stop) throws WireException {
    List<MeterReading> readings = new ArrayList<>();
    for (MeterValue2 value : stop.transactionData()) {
      readings.addAll(
          Readings.of(
              value.timestamp(), value.sampledValue().stream().map(Facts16::sample).toList()));
    }
    return new SessionCommand.Stop(
        String.valueOf(stop.transactionId()),
        stop.idTag() == null ? null : IdToken.untyped(stop.idTag()),
        energy(stop.meterStop(), "meterStop"),
        stop.timestamp(),
        (stop.reason() == null ? Reason.Local : stop.reason()).wireName(),
        readings,
        null);
  }

  static SessionCommand.Readings readings(MeterValuesRequest values) {
    List<MeterReading> readings = new ArrayList<>(values.meterValue().size());
    for (MeterValue value : values.meterValue()) {
      readings.addAll(
          Readings.of(
              value.timestamp(), value.sampledValue().stream().map(Facts16::sample).toList()));
    }
    return new SessionCommand.Readings(
        EvseRef.ofConnector16(values.connectorId()),
        Optional.ofNullable(values.transactionId()).map(String::valueOf),
        readings,
        null);
  }

  static WireException outOfRange(String field) {
    return new WireException(
        ErrorCode.PROPERTY_CONSTRAINT_VIOLATION, field, "outside what is possible");
  }

  private static Energy energy(long wh, String field) throws WireException {
    if (wh < -MAX_WH || wh > MAX_WH) {
      throw outOfRange(field);
    }
    return Energy.ofWh(wh);
  }

  private static Sample sample(SampledValue value) {
    return sample(
        value.value(),
        names(value.context(), value.measurand(), value.phase(), value.location(), value.unit()),
        value.format() == ValueFormat.SignedData,
        value);
  }

  private static Sample sample(SampledValue2 value) {
    return sample(
        value.value(),
        names(value.context(), value.measurand(), value.phase(), value.location(), value.unit()),
        value.format() == ValueFormat.SignedData,
        value);
  }

  private static Sample sample(
      String value, @Nullable String[] names, boolean signed, WireObject source) {
    BigDecimal number = signed ? null : Sample.number(value).orElse(null);
    return new Sample(number, names[0], names[1], names[2], names[3], names[4], signed, source);
  }

  private static @Nullable String[] names(@Nullable WireEnum... values) {
    @Nullable String[] names = new String[values.length];
    for (int i = 0; i < values.length; i++) {
      WireEnum value = values[i];
      names[i] = value == null ? null : value.wireName();
    }
    return names;
  }
}
