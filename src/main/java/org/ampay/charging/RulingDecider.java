package org.ampay.charging;

import java.util.List;
import java.util.Optional;
import org.ampay.base.Money;
import org.ampay.charging.Write.Kind;

/** The words of the server and of people about sessions. The session comes as a whole. */
final class RulingDecider {

  private RulingDecider() {}

  static Decision decide(StationState state, SessionCommand.Ruling ruling, Context context) {
    Optional<Session> session =
        state.session(ruling.sessionId()).filter(Session::open).or(context::known);
    if (session.isEmpty()) {
      return nothing(state, "there is no such session");
    }
    return switch (ruling.rule()) {
      case Rule.Close close ->
          session.get().running()
              ? Decider.lost(state, session.get(), close.why(), context)
              : nothing(state, "it does not run any more");
      case Rule.Cost cost -> cost(state, session.get(), context);
      case Rule.Rejudge again -> rejudge(state, session.get(), again, context);
      case Rule.Resolve how -> resolve(state, session.get(), how, context);
    };
  }

  private static Decision nothing(StationState state, String why) {
    return new Decision(state, SessionReply.Ruled.refused(why), List.of(), List.of());
  }

  private static Decision cost(StationState state, Session session, Context context) {
    Optional<Money> cost = context.costs().of(session, context.now());
    return new Decision(state, new SessionReply.Ruled(false, "", cost), List.of(), List.of());
  }

  private static Decision rejudge(
      StationState state, Session whole, Rule.Rejudge again, Context context) {
    boolean review = whole.state() == SessionState.REVIEW || whole.state() == SessionState.REJECTED;
    if (whole.open() || !review) {
      return nothing(state, "it is not in review");
    }
    Remarks remarks = whole.remarks();
    if (remarks.has(Lifecycle.STOP_CAME)) {
      remarks = remarks.without(Lifecycle.STOP_LOST, Lifecycle.STOP_CAME, Lifecycle.AFTER_STOP);
    }
    String missing = whole.events().missingText();
    boolean filled = missing.isEmpty() || again.complete();
    if (filled) {
      remarks = remarks.without(Lifecycle.GAP, SessionChecks.TOO_LATE, SessionChecks.CANNOT_TELL);
    }
    Session judged = Rejudging.again(whole, remarks, context.maxPowerW(whole.evse()));
    if (!again.note().isEmpty()) {
      judged = judged.withRemarks(judged.remarks().plus(again.note()));
    }
    return changed(state, whole, judged, again, context);
  }

  private static Decision changed(
      StationState state, Session before, Session after, Rule rule, Context context) {
    boolean same =
        before.state() == after.state()
            && before.remarks().equals(after.remarks())
            && before.end() != null
            && before.end().equals(after.end());
    if (same) {
      return nothing(state, "nothing has changed");
    }
    return written(after, rule, context, new Draft(state, context));
  }

  private static Decision written(Session after, Rule rule, Context context, Draft draft) {
    SessionReply reply = new SessionReply.Ruled(true, "", context.costs().of(after, context.now()));
    draft.change(after);
    draft.billWhenFinished(after);
    draft.fact(FactKeys.ruling(after, rule, context.now()), Kind.RULING, after.id(), reply);
    return draft.decided(reply);
  }

  private static Decision resolve(
      StationState state, Session whole, Rule.Resolve how, Context context) {
    if (whole.open() || whole.state() != SessionState.REVIEW) {
      return nothing(state, "it is not in review");
    }
    Optional<String> bad = Rejudging.badRegisters(whole, how);
    if (bad.isPresent()) {
      return nothing(state, bad.get());
    }
    Remarks remarks = whole.remarks().plus("decided by a person: " + how.decision().stored());
    Session resolved = Rejudging.resolved(whole, how, remarks, context.maxPowerW(whole.evse()));
    if (resolved.state() != SessionState.FINISHED) {
      return nothing(state, resolved.remarks().text());
    }
    Draft draft = new Draft(state, context);
    draft.write(new Write.Resolved(whole, how, context.now()));
    return written(resolved, how, context, draft);
  }
}
