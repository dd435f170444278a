package org.ampay.payment.order;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.ampay.payment.OperationState;
import org.ampay.payment.OrderSettlements;
import org.ampay.payment.PaymentOperation;
import org.ampay.payment.order.PaymentOrder.EndReason;
import org.ampay.payment.order.PaymentOrder.State;
import org.ampay.payment.provider.CommandKind;
import org.jspecify.annotations.Nullable;

/**
 * What an order does next, from its rows alone: so that it can go on after any crash. Pure.
 *
 * <p>Money first: an order is not over before the provider has said, for certain, that the payer's
 * agreement is used, given back, or can never come. What could not be returned is tried again, for
 * ever, with growing pauses.
 */
final class OrderPlan {

  /** After so many refused tries to give money back, only now and then. */
  private static final int QUICK_RETURNS = 5;

  private static final Duration SLOW = Duration.ofHours(1);
  private static final Duration QUICK = Duration.ofMinutes(1);
  private static final int MAX_DOUBLINGS = 5;

  private final OrderRow row;
  private final List<PaymentOperation> operations;
  private final Facts facts;
  private final OrderSettings settings;
  private final Instant now;

  private OrderPlan(
      OrderRow row,
      List<PaymentOperation> operations,
      Facts facts,
      OrderSettings settings,
      Instant now) {
    this.row = row;
    this.operations = operations;
    this.facts = facts;
    this.settings = settings;
    this.now = now;
  }

  /**
   * What is known besides the rows.
   *
   * @param canCancel the provider takes back what the payer has not agreed to
   * @param canIncrement the provider can hold more than was agreed to at first
   * @param holdTime how long a hold lasts
   * @param session that the money is bound to; null: none, or it has not come
   * @param settled the end of its settlement; null: not yet
   * @param plugged the cable was seen at the EVSE
   * @param urgent the payer waits: ask the provider even when that was done a moment ago
   */
  record Facts(
      boolean canCancel,
      boolean canIncrement,
      Duration holdTime,
      OrderSessions.@Nullable Seen session,
      OrderSettlements.@Nullable Done settled,
      boolean plugged,
      boolean urgent) {}

  /** The next step. */
  sealed interface Step {

    /** The provider is asked about an open operation, or sent one that it never got. */
    record Ask(PaymentOperation operation) implements Step {}

    /**
     * An operation to make.
     *
     * @param targetId the operation that it is about
     */
    record Make(CommandKind kind, long amountMinor, long targetId) implements Step {}

    /** The order changes. */
    record Become(OrderRow changed) implements Step {}

    /** The station is asked to start; once. */
    record Start() implements Step {}

    /** The station is asked to stop the session. */
    record Stop(OrderSessions.Seen session) implements Step {}

    /** The session's cost is limited to what is held. */
    record Limit(OrderSessions.Seen session) implements Step {}

    /** Is the hold nearly used up? Then nothing until then. */
    record Look(OrderSessions.Seen session, Instant until) implements Step {}

    /** Nothing until then. */
    record Wait(Instant until) implements Step {}

    /** The order is over. */
    record Over() implements Step {}
  }

  static Step next(
      OrderRow row,
      List<PaymentOperation> operations,
      Facts facts,
      OrderSettings settings,
      Instant now) {
    return new OrderPlan(row, operations, facts, settings, now).next();
  }

  private Step next() {
    return switch (row.state()) {
      case WAITING -> waiting();
      case PAID -> paid();
      case STARTING -> starting();
      case CHARGING -> charging();
      case SETTLING -> settling();
      case RETURNING -> returning();
      case CLOSED -> closed();
    };
  }

  // ---- before the money is there ----

  private Step waiting() {
    PaymentOperation ask = ask();
    if (ask.succeeded()) {
      return new Step.Become(held(ask));
    }
    EndReason wish = row.progress().wish();
    if (!ask.state().isOpen()) {
      return end(wish == null ? EndReason.DECLINED : wish);
    }
    if (wish == null && !now.isBefore(row.progress().deadline())) {
      return new Step.Become(row.change(now).wish(EndReason.EXPIRED).done());
    }
    return wish == null ? asking(ask, row.progress().deadline()) : takingBack(ask, wish);
  }

  /** The payer may have agreed in the last moment: only the provider's word ends the order. */
  private Step takingBack(PaymentOperation ask, EndReason wish) {
    if (ask.state() == OperationState.NOT_SENT) {
      return end(wish);
    }
    Optional<PaymentOperation> cancel = last(CommandKind.CANCEL);
    if (cancel.isPresent() && cancel.get().state().isOpen()) {
      return asking(cancel.get(), Instant.MAX);
    }
    if (cancel.isPresent() && cancel.get().succeeded()) {
      return end(wish);
    }
    boolean again =
        cancel.isEmpty() || !now.isBefore(cancel.get().updatedAt().plus(QUICK)); // "too late"
    return again && facts.canCancel() && ask.state() != OperationState.REQUESTED
        ? new Step.Make(CommandKind.CANCEL, 0, ask.id())
        : asking(ask, Instant.MAX);
  }

  private OrderRow held(PaymentOperation ask) {
    Instant until = row.payer().flow() == Flow.PREAUTH ? now.plus(facts.holdTime()) : null;
    OrderRow.Change change =
        row.change(now).held(ask.result().doneMinor(), ask.result().giftMinor(), until);
    return row.progress().wish() == EndReason.CANCELLED
        ? change.end(EndReason.CANCELLED).to(State.RETURNING, now).done()
        : change.to(State.PAID, now.plus(settings.answerIn())).done();
  }

  // ---- before the session is there ----

  private Step paid() {
    if (row.progress().wish() == EndReason.CANCELLED) {
      return giveBack(EndReason.CANCELLED);
    }
    Instant asked = row.progress().startAskedAt();
    if (asked == null) {
      return new Step.Start();
    }
    Instant answered = asked.plus(settings.answerIn());
    return now.isBefore(answered)
        ? new Step.Wait(answered)
        : new Step.Become( // its answer got lost with a process: it may have started
            row.change(now).to(State.STARTING, asked.plus(settings.plugIn())).done());
  }

  private Step starting() {
    if (row.progress().wish() == EndReason.CANCELLED) {
      return giveBack(EndReason.CANCELLED);
    }
    Instant deadline = row.progress().deadline();
    if (now.isBefore(deadline)) {
      return new Step.Wait(deadline);
    }
    return giveBack(facts.plugged() ? EndReason.NO_SESSION : EndReason.NEVER_PLUGGED);
  }

  private Step giveBack(EndReason why) {
    return new Step.Become(row.change(now).end(why).to(State.RETURNING, now).done());
  }

  // ---- while it charges ----

  private Step charging() {
    OrderSessions.Seen session = facts.session();
    OrderRow.Bound bound = row.progress().bound();
    if (session == null || bound == null) {
      return new Step.Wait(now.plus(settings.soon()));
    }
    if (bound.sessionId() == null) {
      return new Step.Limit(session);
    }
    if (session.over()) {
      return new Step.Become(row.change(now).to(State.SETTLING, now).done());
    }
    Optional<PaymentOperation> increment = last(CommandKind.INCREMENT);
    if (increment.isPresent() && increment.get().state().isOpen() && due(increment.get())) {
      return new Step.Ask(increment.get());
    }
    Instant drops = row.progress().holdExpiresAt();
    boolean late = drops != null && !now.isBefore(drops.minus(settings.before()));
    if (row.progress().wish() != EndReason.CANCELLED && !late) {
      Instant again = now.plus(settings.look());
      return facts.canIncrement() && mayGrow(increment)
          ? new Step.Look(session, again)
          : new Step.Wait(again);
    }
    Instant stopped = row.progress().stopAskedAt();
    return stopped == null || !now.isBefore(stopped.plus(settings.stopAgain()))
        ? new Step.Stop(session)
        : new Step.Wait(stopped.plus(settings.stopAgain()));
  }

  private static boolean mayGrow(Optional<PaymentOperation> increment) {
    return increment.isEmpty() || increment.get().succeeded();
  }

  // ---- after the session ----

  private Step settling() {
    OrderSettlements.Done done = facts.settled();
    if (done == null) {
      return new Step.Wait(now.plus(settings.soon()));
    }
    Optional<PaymentOperation> more = last(CommandKind.INCREMENT);
    if (more.isPresent()
        && more.get().state().isOpen()
        && more.get().state() != OperationState.NOT_SENT) {
      return asking(more.get(), Instant.MAX);
    }
    EndReason why = done.owed() ? EndReason.DEBT : EndReason.SETTLED;
    long rest = row.progress().heldMinor() - done.usedMinor();
    if (row.payer().flow() == Flow.PREPAID && rest > 0) {
      Optional<Step> back = returned(CommandKind.REFUND, rest);
      if (back.isPresent()) {
        return back.get();
      }
    }
    return new Step.Become(
        row.change(now)
            .total(done.totalMinor())
            .returned(Math.max(0, rest))
            .end(why)
            .to(State.CLOSED, now)
            .done());
  }

  private Step returning() {
    boolean taken = row.payer().flow() == Flow.PREPAID;
    long held = row.progress().heldMinor();
    Optional<Step> back =
        taken ? returned(CommandKind.REFUND, held) : returned(CommandKind.RELEASE, 0);
    return back.orElseGet(
        () -> new Step.Become(row.change(now).returned(held).to(State.CLOSED, now).done()));
  }

  /**
   * A payer who agreed after the end, as far as the provider let him, gets his money back: also
   * when the provider had said that it could not happen any more.
   */
  private Step closed() {
    PaymentOperation ask = ask();
    return ask.succeeded() && row.progress().heldMinor() == 0 && ask.result().doneMinor() > 0
        ? new Step.Become(
            row.change(now)
                .held(ask.result().doneMinor(), ask.result().giftMinor(), null)
                .to(State.RETURNING, now)
                .done())
        : new Step.Over();
  }

  /** The step that gives back; empty: it is given back. */
  private Optional<Step> returned(CommandKind kind, long minor) {
    List<PaymentOperation> tries = operations.stream().filter(op -> op.kind() == kind).toList();
    if (tries.isEmpty()) {
      return Optional.of(new Step.Make(kind, minor, ask().id()));
    }
    PaymentOperation last = tries.getLast();
    if (last.succeeded()) {
      return Optional.empty();
    }
    if (last.state().isOpen()) {
      return Optional.of(asking(last, Instant.MAX));
    }
    if (kind == CommandKind.RELEASE && last.state() == OperationState.DECLINED) {
      return Optional.empty(); // there is no such hold any more
    }
    Duration pause =
        tries.size() < QUICK_RETURNS ? QUICK.multipliedBy(1L << (tries.size() - 1)) : SLOW;
    Instant again = last.updatedAt().plus(pause);
    return Optional.of(
        now.isBefore(again) ? new Step.Wait(again) : new Step.Make(kind, minor, ask().id()));
  }

  // ---- operations ----

  private Step asking(PaymentOperation operation, Instant until) {
    if (facts.urgent() || due(operation)) {
      return new Step.Ask(operation);
    }
    Instant again = next(operation);
    return new Step.Wait(again.isBefore(until) ? again : until);
  }

  private boolean due(PaymentOperation operation) {
    return !now.isBefore(next(operation));
  }

  /** 2 s, 4 s ... 20 s. */
  private Instant next(PaymentOperation operation) {
    int doublings = Math.clamp(operation.result().attempts() - 1, 0, MAX_DOUBLINGS);
    Duration pause = settings.soon().multipliedBy(1L << doublings);
    return operation
        .updatedAt()
        .plus(pause.compareTo(settings.atMost()) < 0 ? pause : settings.atMost());
  }

  private Step end(EndReason why) {
    return new Step.Become(row.change(now).end(why).to(State.CLOSED, now).done());
  }

  /** The operation that asks the payer. */
  private PaymentOperation ask() {
    return ask(operations);
  }

  static PaymentOperation ask(List<PaymentOperation> operations) {
    return operations.stream()
        .filter(op -> op.kind() == CommandKind.AUTHORIZE || op.kind() == CommandKind.PRESENT)
        .min(Comparator.comparingLong(PaymentOperation::id))
        .orElseThrow(() -> new IllegalStateException("an order asks its payer"));
  }

  private Optional<PaymentOperation> last(CommandKind kind) {
    return operations.stream()
        .filter(op -> op.kind() == kind)
        .max(Comparator.comparingLong(PaymentOperation::id));
  }
}
