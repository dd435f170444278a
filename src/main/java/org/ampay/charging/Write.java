package org.ampay.charging;

import java.time.Instant;
import java.util.Arrays;
import org.ampay.charging.SessionCommand.EventType;
import org.ampay.tariff.SegmentState;
import org.jspecify.annotations.Nullable;

/** What a decision changes in the database. Stays in this package but for the stores' tests. */
sealed interface Write {

  /** What a fact is, as stored. */
  enum Kind {
    START("start"),
    READINGS("readings"),
    STOP("stop"),
    EVENT("event"),
    STATUS("status"),
    RULING("ruling");

    private final String stored;

    Kind(String stored) {
      this.stored = stored;
    }

    String stored() {
      return stored;
    }
  }

  /**
   * By which a fact is recognised when it comes again.
   *
   * @param factMs the fact's own time, epoch milliseconds
   * @param key 16 bytes of its content
   */
  record FactKey(long stationId, long factMs, byte[] key) {

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof FactKey fact
          && stationId == fact.stationId
          && factMs == fact.factMs
          && Arrays.equals(key, fact.key);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(key) + Long.hashCode(factMs);
    }
  }

  /**
   * A reported fact.
   *
   * @param sessionId 0: of no session
   * @param answer what it was answered, null where that holds nothing
   * @param event what it says, of an OCPP 2.0.1 event
   */
  record Fact(
      FactKey key, Kind kind, long sessionId, @Nullable String answer, @Nullable EventMark event)
      implements Write {

    Fact(FactKey key, Kind kind, long sessionId, @Nullable String answer) {
      this(key, kind, sessionId, answer, null);
    }
  }

  /**
   * An event in the words of OCPP 2.0.1.
   *
   * @param words {@code STARTED CablePluggedIn EVConnected offline remote=12}
   */
  record EventMark(int seqNo, String words) {

    static EventMark of(SessionCommand.Event event) {
      StringBuilder words = new StringBuilder(event.type().name()).append(' ');
      words.append(event.trigger());
      if (event.chargingState() != null) {
        words.append(' ').append(event.chargingState());
      }
      if (event.offline()) {
        words.append(" offline");
      }
      if (event.remoteStartId() != null) {
        words.append(" remote=").append(event.remoteStartId());
      }
      if (event.reservationId() != null) {
        words.append(" reservation=").append(event.reservationId());
      }
      return new EventMark(event.seqNo(), words.toString());
    }

    EventType type() {
      int space = words.indexOf(' ');
      return EventType.valueOf(space < 0 ? words : words.substring(0, space));
    }
  }

  /** A session's row is new. */
  record NewSession(Session session) implements Write {}

  /** A session's row has changed. */
  record ChangedSession(Session session) implements Write {}

  /**
   * A meter reading.
   *
   * @param fact the fact that it is by itself; null when it belongs to the decision's fact
   */
  record Reading(
      long sessionId,
      long id,
      Instant receivedAt,
      int evseNo,
      MeterReading reading,
      long stationId,
      @Nullable Fact fact)
      implements Write {}

  /** The EV stopped or began to ask for power; ids follow those of the readings. */
  record Phase(long sessionId, long id, Instant at, SegmentState state) implements Write {}

  /** The session is to be billed. */
  record Bill(long sessionId, Instant at) implements Write {}

  /** The session is to be looked at again. */
  record Check(long sessionId, Instant at) implements Write {}

  /** What a person decided; the row of a session that has one already is refused. */
  record Resolved(Session session, Rule.Resolve how, Instant at) implements Write {}
}
