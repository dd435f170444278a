package org.ampay.charging;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.ampay.charging.Write.Fact;
import org.ampay.charging.Write.FactKey;
import org.ampay.charging.Write.Kind;
import org.ampay.station.EvseRef;
import org.jspecify.annotations.Nullable;

/** A decision in the making; lives only inside {@link Decider}. */
final class Draft {

  private final Context context;
  private final List<Write> writes = new ArrayList<>(4);
  private final List<Long> changed = new ArrayList<>(1);
  private StationState state;

  Draft(StationState state, Context context) {
    this.state = state;
    this.context = context;
  }

  void fact(FactKey key, Kind kind, long sessionId, SessionReply reply) {
    writes.addFirst(new Fact(key, kind, sessionId, Answers.write(reply)));
  }

  void event(SessionCommand.Event event, long sessionId, SessionReply reply) {
    FactKey key = FactKeys.event(context.station().id(), event);
    writes.addFirst(
        new Fact(key, Kind.EVENT, sessionId, Answers.write(reply), Write.EventMark.of(event)));
  }

  void add(Session session) {
    writes.add(new Write.NewSession(session));
    remember(session);
  }

  void change(Session session) {
    writes.add(new Write.ChangedSession(session));
    remember(session);
  }

  /** Changes in memory alone: what is stored follows from the readings. */
  void remember(Session session) {
    state = state.with(session);
    changed.add(session.id());
  }

  /**
   * Stores readings.
   *
   * @param transactionId makes each reading a fact by itself; null: they belong to the decision's
   */
  void readings(
      long sessionId, EvseRef evse, List<MeterReading> readings, @Nullable String transactionId) {
    long stationId = context.station().id();
    for (MeterReading reading : readings) {
      Fact fact =
          transactionId == null
              ? null
              : new Fact(
                  FactKeys.reading(stationId, evse, transactionId, reading),
                  Kind.READINGS,
                  sessionId,
                  null);
      writes.add(
          new Write.Reading(
              sessionId,
              context.numbers().readings().next(),
              context.now(),
              evse.evseNo(),
              reading,
              stationId,
              fact));
    }
  }

  void write(Write write) {
    writes.add(write);
  }

  /** The job that bills a session which has just finished. */
  void billWhenFinished(Session session) {
    if (session.state() == SessionState.FINISHED) {
      writes.add(new Write.Bill(session.id(), context.now()));
      Session.End end = session.end();
      if (end != null && end.register() != null) {
        state = state.withRegister(session.evse(), end.register());
      }
    }
  }

  /** The job that looks at the session again. */
  void check(Session session, Instant at) {
    writes.add(new Write.Check(session.id(), at));
  }

  StationState state() {
    return state;
  }

  Decision decided(SessionReply reply) {
    return new Decision(state, reply, writes, changed);
  }
}
