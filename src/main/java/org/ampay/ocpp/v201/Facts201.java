package org.ampay.ocpp.v201;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.ampay.access.IdToken;
import org.ampay.charging.MeterReading;
import org.ampay.charging.SessionCommand;
import org.ampay.charging.SessionCommand.EventType;
import org.ampay.ocpp.edge.Readings;
import org.ampay.ocpp.edge.Sample;
import org.ampay.ocpp.v201.wire.ComponentType;
import org.ampay.ocpp.v201.wire.EVSEType;
import org.ampay.ocpp.v201.wire.EventDataType;
import org.ampay.ocpp.v201.wire.IdTokenType;
import org.ampay.ocpp.v201.wire.MeterValueType;
import org.ampay.ocpp.v201.wire.NotifyEventRequest;
import org.ampay.ocpp.v201.wire.SampledValueType;
import org.ampay.ocpp.v201.wire.TransactionEventRequest;
import org.ampay.ocpp.v201.wire.TransactionType;
import org.ampay.ocpp.v201.wire.UnitOfMeasureType;
import org.ampay.ocpp.wire.ErrorCode;
import org.ampay.ocpp.wire.WireEnum;
import org.ampay.ocpp.wire.WireException;
import org.ampay.station.ConnectorReport;
import org.ampay.station.EvseRef;
import org.jspecify.annotations.Nullable;

/** Wire records of OCPP 2.0.1 that report facts, as commands to the core. */
final class Facts201 {

  private static final Set<String> PLACES = Set.of("Connector", "EVSE", "ChargingStation");
  private static final String AVAILABILITY = "AvailabilityState";
  private static final int MAX_STATE = 20;

  private Facts201() {}

  static SessionCommand.Event event(TransactionEventRequest event) {
    TransactionType info = event.transactionInfo();
    EVSEType evse = event.evse();
    return new SessionCommand.Event(
        switch (event.eventType()) {
          case Started -> EventType.STARTED;
          case Updated -> EventType.UPDATED;
          case Ended -> EventType.ENDED;
        },
        info.transactionId(),
        event.seqNo(),
        event.timestamp(),
        event.triggerReason().wireName(),
        Boolean.TRUE.equals(event.offline()),
        evse == null ? null : place(evse),
        event.idToken() == null ? null : token(event.idToken()),
        name(info.chargingState()),
        name(info.stoppedReason()),
        info.remoteStartId(),
        event.reservationId(),
        readings(event.meterValue()));
  }

  static IdToken token(IdTokenType token) {
    return new IdToken(token.idToken(), token.type().wireName());
  }

  static List<MeterReading> readings(List<MeterValueType> values) {
    List<MeterReading> readings = new ArrayList<>(values.size());
    for (MeterValueType value : values) {
      readings.addAll(
          Readings.of(
              value.timestamp(), value.sampledValue().stream().map(Facts201::sample).toList()));
    }
    return readings;
  }

  /** The connector that a StatusNotification is about. */
  static EvseRef connector(int evseId, int connectorId) throws WireException {
    if (evseId < 0) {
      throw outOfRange("evseId");
    }
    if (connectorId < 0) {
      throw outOfRange("connectorId");
    }
    return new EvseRef(evseId, connectorId);
  }

  /** What a NotifyEvent says of the availability of connectors, EVSEs and the station. */
  static List<ConnectorReport> availability(NotifyEventRequest event) {
    List<ConnectorReport> reports = new ArrayList<>();
    for (EventDataType data : event.eventData()) {
      ComponentType component = data.component();
      if (PLACES.contains(component.name())
          && data.variable().name().equals(AVAILABILITY)
          && data.actualValue().length() <= MAX_STATE) {
        EVSEType evse = component.evse();
        EvseRef place = evse == null ? new EvseRef(0, 0) : place(evse);
        reports.add(
            new ConnectorReport(
                place, data.actualValue(), data.techCode(), data.techInfo(), data.timestamp()));
      }
    }
    return reports;
  }

  private static EvseRef place(EVSEType evse) {
    return new EvseRef(evse.id(), evse.connectorId() == null ? 0 : evse.connectorId());
  }

  private static Sample sample(SampledValueType value) {
    UnitOfMeasureType unit = value.unitOfMeasure();
    Integer multiplier = unit == null ? null : unit.multiplier();
    BigDecimal number =
        Sample.scaled(value.value(), multiplier == null ? 0 : multiplier).orElse(null);
    return new Sample(
        number,
        name(value.context()),
        name(value.measurand()),
        name(value.phase()),
        name(value.location()),
        unit == null ? null : unit.unit(),
        value.signedMeterValue() != null,
        value);
  }

  private static @Nullable String name(@Nullable WireEnum value) {
    return value == null ? null : value.wireName();
  }

  private static WireException outOfRange(String field) {
    return new WireException(
        ErrorCode.PROPERTY_CONSTRAINT_VIOLATION, field, "must not be negative");
  }
}
