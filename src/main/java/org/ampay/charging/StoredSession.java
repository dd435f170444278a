package org.ampay.charging;

import java.time.Instant;
import java.util.List;
import org.ampay.tariff.SegmentState;
import org.jspecify.annotations.Nullable;

/**
 * A session as it was found in the store.
 *
 * @param history readings and phases in the order of their acceptance; empty when it is over
 */
record StoredSession(SessionRow row, List<Past> history) {

  StoredSession {
    history = List.copyOf(history);
  }

  /** Something that was accepted before. */
  sealed interface Past {

    /** Grows with the order of acceptance. */
    long id();

    /** A meter reading. */
    record Read(long id, Instant receivedAt, MeterReading reading) implements Past {}

    /** The EV stopped or began to ask for power. */
    record Phased(long id, Instant at, SegmentState state) implements Past {}
  }

  /**
   * The session in memory, as it was before: its history is gone through again.
   *
   * @param maxPowerW of its connector, 0 when unknown
   */
  Session restored(Session.@Nullable Frozen frozen, int maxPowerW, int priceBound) {
    Session session = row.session(frozen, priceBound);
    for (Past past : history) {
      session =
          switch (past) {
            case Past.Read read ->
                Lifecycle.observe(session, read.reading(), read.receivedAt(), maxPowerW);
            case Past.Phased phased -> session.withPhase(phased.at(), phased.state());
          };
    }
    return Lifecycle.withFirstRegister(session);
  }
}
