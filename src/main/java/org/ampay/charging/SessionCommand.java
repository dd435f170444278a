package org.ampay.charging;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.ampay.access.IdToken;
import org.ampay.base.Energy;
import org.ampay.station.EvseRef;
import org.jspecify.annotations.Nullable;

/** What a station reports of its sessions, without a trace of the OCPP version. */
public sealed interface SessionCommand {

  /** OCPP 1.6 StartTransaction. */
  record Start(
      EvseRef evse, IdToken token, Energy meterStart, Instant at, @Nullable Integer reservationId)
      implements SessionCommand {}

  /**
   * OCPP 1.6 StopTransaction. Always answered, whatever is wrong with it.
   *
   * @param transactionId as the station sent it: may be unknown, 0 or -1, in a broken message any
   *     number; up to 36 characters
   * @param meterStop null when the message was broken there
   * @param broken what broke the schema, null when nothing did: then the session goes to review
   */
  record Stop(
      String transactionId,
      @Nullable IdToken token,
      @Nullable Energy meterStop,
      Instant at,
      String reason,
      List<MeterReading> readings,
      @Nullable String broken)
      implements SessionCommand {
    public Stop {
      readings = List.copyOf(readings);
    }
  }

  /**
   * MeterValues of both versions.
   *
   * @param transactionId empty when the readings belong to no session
   * @param broken as in {@link Stop}
   */
  record Readings(
      EvseRef evse,
      Optional<String> transactionId,
      List<MeterReading> readings,
      @Nullable String broken)
      implements SessionCommand {
    public Readings {
      readings = List.copyOf(readings);
    }
  }

  /** OCPP 2.0.1 TransactionEvent. */
  record Event(
      EventType type,
      String transactionId,
      int seqNo,
      Instant at,
      String trigger,
      boolean offline,
      @Nullable EvseRef evse,
      @Nullable IdToken token,
      @Nullable String chargingState,
      @Nullable String stoppedReason,
      @Nullable Integer remoteStartId,
      @Nullable Integer reservationId,
      List<MeterReading> readings)
      implements SessionCommand {
    public Event {
      readings = List.copyOf(readings);
    }
  }

  /**
   * The state of a connector, where the version tells by it what the EV does (OCPP 1.6
   * StatusNotification). Answered with {@link SessionReply.Stored}.
   *
   * @param status the version's own word, for example {@code SuspendedEV}
   */
  record ConnectorState(EvseRef evse, String status, Instant at) implements SessionCommand {}

  /**
   * The server's own or a person's word on a session, never a station's. Answered with {@link
   * SessionReply.Ruled}.
   */
  record Ruling(long sessionId, Rule rule) implements SessionCommand {}

  /** {@code eventType} of a TransactionEvent. */
  enum EventType {
    STARTED,
    UPDATED,
    ENDED
  }
}
