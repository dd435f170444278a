package org.ampay.charging;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ampay.access.IdToken;
import org.ampay.base.Energy;
import org.ampay.charging.SessionCommand.EventType;
import org.ampay.station.EvseRef;
import org.jspecify.annotations.Nullable;

/** Builds reports as stations send them. Times are seconds after {@link #T0}, energy is in Wh. */
public final class Commands {

  public static final Instant T0 = Instant.parse("2026-03-02T08:00:00Z");
  public static final EvseRef PLACE = new EvseRef(1, 1);

  private Commands() {}

  public static Instant at(long seconds) {
    return T0.plusSeconds(seconds);
  }

  public static SessionCommand.Start start(String token, long seconds, long wh) {
    return new SessionCommand.Start(
        PLACE, IdToken.untyped(token), Energy.ofWh(wh), at(seconds), null);
  }

  public static SessionCommand.Stop stop(long transactionId, long seconds, long wh) {
    return new SessionCommand.Stop(
        String.valueOf(transactionId),
        null,
        Energy.ofWh(wh),
        at(seconds),
        "Local",
        List.of(),
        null);
  }

  public static SessionCommand.Readings readings(long transactionId, MeterReading... readings) {
    return new SessionCommand.Readings(
        PLACE, Optional.of(String.valueOf(transactionId)), List.of(readings), null);
  }

  public static MeterReading register(long seconds, long wh) {
    return new MeterReading(
        at(seconds), "Sample.Periodic", Energy.ofWh(wh), null, null, null, null, null);
  }

  public static SessionCommand.ConnectorState status(String status, long seconds) {
    return new SessionCommand.ConnectorState(PLACE, status, at(seconds));
  }

  public static EventBuilder event(EventType type, String transactionId, int seqNo, long seconds) {
    return new EventBuilder(type, transactionId, seqNo, at(seconds));
  }

  /** A TransactionEvent in the making. */
  public static final class EventBuilder {
    private final EventType type;
    private final String transactionId;
    private final int seqNo;
    private final Instant at;
    private final List<MeterReading> readings = new ArrayList<>();
    private String trigger = "Trigger";
    private boolean offline;
    private @Nullable IdToken token;
    private @Nullable String chargingState;
    private @Nullable EvseRef evse = PLACE;

    private EventBuilder(EventType type, String transactionId, int seqNo, Instant at) {
      this.type = type;
      this.transactionId = transactionId;
      this.seqNo = seqNo;
      this.at = at;
    }

    public EventBuilder token(String uid) {
      return token(uid, "ISO14443");
    }

    public EventBuilder token(String uid, String tokenType) {
      token = new IdToken(uid, tokenType);
      return this;
    }

    public EventBuilder state(String state) {
      chargingState = state;
      return this;
    }

    public EventBuilder nowhere() {
      evse = null;
      return this;
    }

    public EventBuilder place(int evseNo, int connectorNo) {
      evse = new EvseRef(evseNo, connectorNo);
      return this;
    }

    public EventBuilder trigger(String reason) {
      trigger = reason;
      return this;
    }

    public EventBuilder offline() {
      offline = true;
      return this;
    }

    public EventBuilder wh(long wh) {
      readings.add(
          new MeterReading(at, "Sample.Periodic", Energy.ofWh(wh), null, null, null, null, null));
      return this;
    }

    public SessionCommand.Event build() {
      return new SessionCommand.Event(
          type,
          transactionId,
          seqNo,
          at,
          trigger,
          offline,
          evse,
          token,
          chargingState,
          type == EventType.ENDED ? "Local" : null,
          null,
          null,
          readings);
    }
  }
}
