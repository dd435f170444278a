package org.ampay.charging;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.ampay.access.IdToken;
import org.ampay.base.Digests;
import org.ampay.charging.Lifecycle.Ending;
import org.ampay.charging.Session.Begin;
import org.ampay.charging.Session.Identity;
import org.ampay.charging.Session.Payer;
import org.ampay.charging.Write.FactKey;
import org.ampay.charging.Write.Kind;
import org.ampay.station.EvseRef;
import org.ampay.tariff.SegmentState;
import org.jspecify.annotations.Nullable;

/**
 * The heart: a station's state and a message in; the new state, the answer and the writes out.
 * Pure: everything else comes with the {@link Context}. Both OCPP versions end in the same steps of
 * {@link Lifecycle}.
 */
final class Decider {

  static final String UNKNOWN_STOP = "a stop of an unknown transaction";
  static final String UNKNOWN_READING = "readings of an unknown transaction";

  private static final EvseRef NOWHERE = new EvseRef(0, 0);

  private Decider() {}

  static Decision decide(StationState state, SessionCommand command, Context context) {
    return switch (command) {
      case SessionCommand.Start start -> start(state, start, context);
      case SessionCommand.Stop stop -> stop(state, stop, context);
      case SessionCommand.Readings readings -> readings(state, readings, context);
      case SessionCommand.Event event -> EventDecider.decide(state, event, context);
      case SessionCommand.ConnectorState report -> connector(state, report, context);
      case SessionCommand.Ruling ruling -> RulingDecider.decide(state, ruling, context);
    };
  }

  /** The stop of a running session was lost: it ends at its last reading, for review. */
  static Decision lost(StationState state, Session session, String why, Context context) {
    Draft draft = new Draft(state, context);
    Instant lastAt = session.meter().lastAt();
    Instant at = lastAt == null ? session.begin().at() : lastAt;
    Ending ending = new Ending(at, null, null, List.of(Lifecycle.STOP_LOST + ": " + why));
    Session over = end(state, session, ending, context);
    SessionReply reply = new SessionReply.Ruled(true, "", Optional.empty());
    draft.change(over);
    checkAgain(over, draft, context);
    draft.fact(FactKeys.lost(session), Kind.STOP, session.id(), reply);
    return draft.decided(reply);
  }

  private static Decision start(StationState state, SessionCommand.Start start, Context context) {
    Draft draft = new Draft(state, context);
    byte[] key = FactKeys.session(context.station().id(), start);
    FactKey fact = FactKeys.start(context.station().id(), start, key);
    if (state.keyed(key).isPresent()) {
      SessionReply repeated = new SessionReply.Stored();
      draft.fact(fact, Kind.START, 0, repeated);
      return draft.decided(repeated);
    }
    int transactionId = context.numbers().transaction();
    Session session =
        begin(
            identity(context, key, String.valueOf(transactionId)),
            start.evse(),
            new Begin(start.at(), context.now(), start.meterStart()),
            context);
    session = admitted(session, start.token(), context.admission());
    List<String> clock = MeterSanity.clock(start.at(), context.now());
    List<String> register = MeterSanity.negative(start.at(), start.meterStart());
    session = session.withRemarks(session.remarks().plusAll(clock).plusAll(register));
    SessionReply.Started reply =
        new SessionReply.Started(
            transactionId,
            context
                .admission()
                .verdict()
                .orElseThrow(() -> new IllegalStateException("no verdict")));
    draft.add(session);
    draft.fact(fact, Kind.START, session.id(), reply);
    return draft.decided(reply);
  }

  private static Decision stop(StationState state, SessionCommand.Stop stop, Context context) {
    Draft draft = new Draft(state, context);
    String transactionId = stop.transactionId();
    FactKey fact = FactKeys.stop(context.station().id(), stop);
    SessionReply reply = new SessionReply.Stopped(context.admission().verdict());
    Optional<Session> known = context.session(state, transactionId).filter(Decider::mayStop);
    Session session;
    if (known.isPresent()) {
      session = stopped(state, known.get(), stop, context);
      draft.change(session);
    } else {
      session = stray(stop, fact, transactionId, context);
      draft.add(session);
    }
    draft.readings(session.id(), session.evse(), stop.readings(), transactionId);
    if (known.map(Session::open).orElse(false)) {
      draft.billWhenFinished(session);
    } else {
      checkAgain(session, draft, context);
    }
    draft.fact(fact, Kind.STOP, session.id(), reply);
    return draft.decided(reply);
  }

  /** Late facts may end a review: what the session waited for has come, perhaps. */
  static void checkAgain(Session session, Draft draft, Context context) {
    boolean open =
        session.state() == SessionState.REVIEW || session.state() == SessionState.REJECTED;
    if (open
        && (session.remarks().has(Lifecycle.GAP) || session.remarks().has(Lifecycle.STOP_CAME))) {
      draft.check(session, context.now());
    }
  }

  /** A stop of a stray transaction that had its stop already is another stray. */
  private static boolean mayStop(Session session) {
    return session.open() || session.state() != SessionState.ORPHAN;
  }

  private static Session stopped(
      StationState state, Session session, SessionCommand.Stop stop, Context context) {
    Ending ending = new Ending(stop.at(), stop.reason(), stop.meterStop(), broken(stop.broken()));
    if (!session.open()) {
      return Lifecycle.late(session, ending, context.now());
    }
    if (session.state() == SessionState.ORPHAN) {
      return session.ended(
          SessionState.ORPHAN,
          strayEnd(stop, context),
          session.remarks().plusAll(ending.doubts()).plus(UNKNOWN_STOP));
    }
    Session seen =
        Lifecycle.observe(
            session, stop.readings(), context.now(), context.maxPowerW(session.evse()));
    Session over = end(state, seen, ending, context);
    return over.withRemarks(over.remarks().plusAll(otherToken(session, stop, context)));
  }

  /** Legitimate by the same token or its group; else it is kept and flagged, not held back. */
  private static List<String> otherToken(
      Session session, SessionCommand.Stop stop, Context context) {
    if (stop.token() == null || session.payer().token() == null) {
      return List.of();
    }
    return switch (context.admission()) {
      case Admission.Stopping stopping ->
          stopping.sameGroup()
              ? List.of()
              : List.of(
                  stopping.authorization().accepted()
                      ? "stopped with a token of another group"
                      : "stopped with a refused token");
      case Admission.NotAsked none -> List.of();
      case Admission.Checked checked -> List.of();
      case Admission.Refused refused -> List.of();
      case Admission.Granted granted -> List.of();
    };
  }

  private static Session stray(
      SessionCommand.Stop stop, FactKey fact, String transactionId, Context context) {
    Session session =
        begin(
            identity(context, FactKeys.orphan(fact), transactionId),
            NOWHERE,
            new Begin(stop.at(), context.now(), null),
            context);
    return session
        .withPayer(Payer.shown(stop.token(), null, null), SessionState.ORPHAN)
        .ended(
            SessionState.ORPHAN,
            strayEnd(stop, context),
            Remarks.NONE.plus(UNKNOWN_STOP).plusAll(broken(stop.broken())));
  }

  private static Session.End strayEnd(SessionCommand.Stop stop, Context context) {
    return new Session.End(
        stop.at(), context.now(), stop.reason(), stop.meterStop(), null, null, null);
  }

  private static Decision readings(
      StationState state, SessionCommand.Readings command, Context context) {
    Draft draft = new Draft(state, context);
    SessionReply reply = new SessionReply.Stored();
    String transactionId = command.transactionId().filter(Decider::isTransaction).orElse("");
    if (command.readings().isEmpty() && command.broken() == null) {
      return draft.decided(reply);
    }
    if (transactionId.isEmpty()) {
      draft.readings(0, command.evse(), command.readings(), transactionId);
      return draft.decided(reply);
    }
    Optional<Session> known = context.session(state, transactionId);
    Session session;
    if (known.isEmpty()) {
      session = strayReadings(command, transactionId, context);
      draft.add(session);
    } else {
      session = observed(known.get(), command, context);
      if (session.remarks().equals(known.get().remarks())) {
        draft.remember(session);
      } else {
        draft.change(session);
      }
    }
    draft.readings(session.id(), command.evse(), command.readings(), transactionId);
    return draft.decided(reply);
  }

  /** Stations say 0 or -1 where a reading belongs to no transaction. */
  private static boolean isTransaction(String transactionId) {
    return !transactionId.equals("0") && !transactionId.startsWith("-");
  }

  private static Session observed(
      Session session, SessionCommand.Readings command, Context context) {
    Session marked = session.withRemarks(session.remarks().plusAll(broken(command.broken())));
    return marked.open()
        ? Lifecycle.observe(
            marked, command.readings(), context.now(), context.maxPowerW(session.evse()))
        : afterEnd(marked, command.readings());
  }

  /** Readings of a session that is over are marked when they say that it was not. */
  static Session afterEnd(Session session, List<MeterReading> readings) {
    Session.End end = session.end();
    boolean after =
        end != null && readings.stream().anyMatch(reading -> reading.at().isAfter(end.at()));
    return after ? session.withRemarks(session.remarks().plus(Lifecycle.AFTER_STOP)) : session;
  }

  private static Session strayReadings(
      SessionCommand.Readings command, String transactionId, Context context) {
    Instant at = command.readings().isEmpty() ? context.now() : command.readings().getFirst().at();
    byte[] key = Digests.key16("stray", context.station().id(), transactionId, at.toEpochMilli());
    Session session =
        begin(
            identity(context, key, transactionId),
            command.evse(),
            new Begin(at, context.now(), null),
            context);
    return session
        .withPayer(Payer.NONE, SessionState.ORPHAN)
        .withRemarks(Remarks.NONE.plus(UNKNOWN_READING).plusAll(broken(command.broken())));
  }

  /** OCPP 1.6 tells only here whether the EV still wants power. */
  private static Decision connector(
      StationState state, SessionCommand.ConnectorState report, Context context) {
    Draft draft = new Draft(state, context);
    SessionReply reply = new SessionReply.Stored();
    Optional<Session> running = state.runningOn(report.evse());
    if (running.isEmpty()) {
      return draft.decided(reply);
    }
    Session session = running.get();
    SegmentState phase = Lifecycle.phaseOf(report.status(), session.meter().flowed());
    if (phase == null || phase == session.facts().state()) {
      return draft.decided(reply);
    }
    draft.remember(session.withPhase(report.at(), phase));
    draft.write(phaseRow(session, report.at(), phase, context));
    FactKey fact = FactKeys.connector(context.station().id(), report);
    draft.fact(fact, Kind.STATUS, session.id(), reply);
    return draft.decided(reply);
  }

  static Write.Phase phaseRow(Session session, Instant at, SegmentState phase, Context context) {
    return new Write.Phase(session.id(), context.numbers().readings().next(), at, phase);
  }

  static Session end(StationState state, Session session, Ending ending, Context context) {
    return Lifecycle.end(
        session,
        ending,
        context.now(),
        state.registers().get(session.evse()),
        context.maxPowerW(session.evse()));
  }

  static Identity identity(Context context, byte[] key, String transactionId) {
    return new Identity(
        context.numbers().sessions().next(),
        key,
        context.station().operatorId(),
        context.station().siteId(),
        context.station().id(),
        context.protocol(),
        transactionId);
  }

  /** A new session without a token. */
  static Session begin(Identity identity, EvseRef evse, Begin begin, Context context) {
    MeterTrack meter =
        begin.register() == null ? MeterTrack.NONE : MeterTrack.begin(begin.at(), begin.register());
    PriceFacts facts = PriceFacts.begin(begin.at(), context.priceBound());
    return new Session(
        identity,
        evse,
        begin,
        Payer.NONE,
        SessionState.ACTIVE,
        null,
        Remarks.NONE,
        false,
        meter,
        facts,
        Sequence.NONE);
  }

  /** The session with what its token's verdict makes of it. */
  static Session admitted(Session session, @Nullable IdToken token, Admission admission) {
    return switch (admission) {
      case Admission.NotAsked none -> session;
      case Admission.Checked checked -> session;
      case Admission.Stopping stopping -> session;
      case Admission.Refused refused -> refused(session, token, refused);
      case Admission.Granted granted ->
          session.withPayer(
              new Payer(
                  token,
                  granted.authorization().tokenId(),
                  granted.authorization().driverId(),
                  granted.holdId(),
                  granted.frozen(),
                  null),
              SessionState.ACTIVE);
    };
  }

  private static Session refused(
      Session session, @Nullable IdToken token, Admission.Refused refused) {
    Payer payer =
        Payer.shown(token, refused.authorization().tokenId(), refused.authorization().driverId());
    Session rejected = session.withPayer(payer, SessionState.REJECTED);
    return refused.operatorError() == null
        ? rejected
        : rejected.withRemarks(rejected.remarks().plus(refused.operatorError()));
  }

  private static List<String> broken(@Nullable String broken) {
    return broken == null ? List.of() : List.of("broken message: " + broken);
  }
}
