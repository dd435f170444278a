package org.ampay.charging;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.ampay.tariff.SegmentState;
import org.jspecify.annotations.Nullable;

/**
 * A session as it was found in the store.
 *
 * @param history readings and phases in the order of their acceptance; empty when it is over and
 *     was not asked for as a whole
 * @param events the numbers of its OCPP 2.0.1 events, as far as its history was asked for
 */
record StoredSession(SessionRow row, List<Past> history, Sequence events) {

  StoredSession {
    history = List.copyOf(history);
  }

  /** Something that was accepted before. */
  sealed interface Past {

    /** Grows with the order of acceptance. */
    long id();

    /** By the station's clock. */
    Instant when();

    /** A meter reading. */
    record Read(long id, Instant receivedAt, MeterReading reading) implements Past {
      @Override
      public Instant when() {
        return reading.at();
      }
    }

    /** The EV stopped or began to ask for power. */
    record Phased(long id, Instant at, SegmentState state) implements Past {
      @Override
      public Instant when() {
        return at;
      }
    }
  }

  /**
   * The session in memory, as it was before: its history is gone through again.
   *
   * @param maxPowerW of its connector, 0 when unknown
   */
  Session restored(Session.@Nullable Frozen frozen, int maxPowerW, int priceBound) {
    return Lifecycle.withFirstRegister(
        through(row.session(frozen, priceBound), history, maxPowerW).withEvents(events));
  }

  /**
   * The session with all that is known of it now, in the order in which it happened: what came late
   * is in its place. Its end, if it has one, stays.
   */
  Session whole(Session.@Nullable Frozen frozen, int maxPowerW, int priceBound) {
    List<Past> inOrder =
        history.stream()
            .sorted(Comparator.comparing(Past::when).thenComparingLong(Past::id))
            .toList();
    return Lifecycle.withFirstRegister(
        through(row.whole(frozen, priceBound), inOrder, maxPowerW).withEvents(events));
  }

  private static Session through(Session from, List<Past> pasts, int maxPowerW) {
    Session session = from;
    for (Past past : pasts) {
      session =
          switch (past) {
            case Past.Read read ->
                Lifecycle.observe(session, read.reading(), read.receivedAt(), maxPowerW);
            case Past.Phased phased -> session.withPhase(phased.at(), phased.state());
          };
    }
    return session;
  }
}
