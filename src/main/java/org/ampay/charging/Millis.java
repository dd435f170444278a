package org.ampay.charging;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * Cuts times to what is stored, milliseconds, before anything is decided: so a decision and one
 * made again from the database see the same.
 */
final class Millis {

  private static final int NANOS = 1_000_000;

  private Millis() {}

  static Instant of(Instant at) {
    return at.getNano() % NANOS == 0 ? at : at.truncatedTo(ChronoUnit.MILLIS);
  }

  static SessionCommand of(SessionCommand command) {
    return switch (command) {
      case SessionCommand.Start s ->
          new SessionCommand.Start(
              s.evse(), s.token(), s.meterStart(), of(s.at()), s.reservationId());
      case SessionCommand.Stop s ->
          new SessionCommand.Stop(
              s.transactionId(),
              s.token(),
              s.meterStop(),
              of(s.at()),
              s.reason(),
              of(s.readings()),
              s.broken());
      case SessionCommand.Readings r ->
          new SessionCommand.Readings(r.evse(), r.transactionId(), of(r.readings()), r.broken());
      case SessionCommand.ConnectorState c ->
          new SessionCommand.ConnectorState(c.evse(), c.status(), of(c.at()));
      case SessionCommand.Ruling ruling -> ruling;
      case SessionCommand.Event e ->
          new SessionCommand.Event(
              e.type(),
              e.transactionId(),
              e.seqNo(),
              of(e.at()),
              e.trigger(),
              e.offline(),
              e.evse(),
              e.token(),
              e.chargingState(),
              e.stoppedReason(),
              e.remoteStartId(),
              e.reservationId(),
              of(e.readings()));
    };
  }

  /** Nearly every station sends milliseconds or whole seconds. */
  static boolean isExact(SessionCommand command) {
    return switch (command) {
      case SessionCommand.Start s -> isExact(s.at());
      case SessionCommand.Stop s -> isExact(s.at()) && areExact(s.readings());
      case SessionCommand.Readings r -> areExact(r.readings());
      case SessionCommand.ConnectorState c -> isExact(c.at());
      case SessionCommand.Ruling ruling -> true;
      case SessionCommand.Event e -> isExact(e.at()) && areExact(e.readings());
    };
  }

  private static boolean areExact(List<MeterReading> readings) {
    for (MeterReading reading : readings) {
      if (!isExact(reading.at())) {
        return false;
      }
    }
    return true;
  }

  private static boolean isExact(Instant at) {
    return at.getNano() % NANOS == 0;
  }

  private static List<MeterReading> of(List<MeterReading> readings) {
    return readings.stream()
        .map(
            r ->
                new MeterReading(
                    of(r.at()),
                    r.context(),
                    r.register(),
                    r.powerMw(),
                    r.currentMa(),
                    r.voltageMv(),
                    r.socMilli(),
                    r.extra()))
        .toList();
  }
}
