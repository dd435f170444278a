package org.ampay.charging;

import java.time.Instant;
import java.util.Arrays;
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
    STATUS("status");

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
   */
  record Fact(FactKey key, Kind kind, long sessionId, @Nullable String answer) implements Write {}

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
}
