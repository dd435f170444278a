package org.ampay.payment;

import java.util.List;
import java.util.Objects;
import org.ampay.billing.SettlementState;
import org.ampay.payment.provider.CommandKind;
import org.jspecify.annotations.Nullable;

/**
 * What a settlement does next, from its rows alone: so that it can go on after any crash. Pure.
 *
 * <p>First the hold: as much as the bill needs is captured and the rest given back, or all of it is
 * released; a hold beyond a network that was not captured is released, too. What the hold does not
 * cover is charged, once a round; what that does not cover is a debt, and a later job (a top-up
 * inserts one) is a new round.
 */
final class SettlementPlan {

  private SettlementPlan() {}

  /** An operation to make. */
  record Step(CommandKind kind, long amountMinor) {}

  /**
   * A hold as far as the plan needs it.
   *
   * @param hold null: nothing is held
   * @param remote whether who holds it may decline a capture: then the charge waits for it
   */
  record Held(@Nullable StartHold hold, boolean remote) {}

  /**
   * The operations to make now; none while one is open.
   *
   * @param newRound whether a job has just begun: then a debt is tried again
   */
  static List<Step> next(
      Settlement settlement, Held held, List<PaymentOperation> operations, boolean newRound) {
    if (settlement.state() == SettlementState.MANUAL
        || settlement.state() == SettlementState.WRITTEN_OFF
        || settlement.driverId() == null
        || operations.stream().anyMatch(op -> op.state().isOpen() || isStuck(op))) {
      return List.of();
    }
    long remaining = Math.subtractExact(settlement.amount().minor(), paid(operations));
    StartHold hold = held.hold();
    if (hold != null && hold.holdsMoney()) {
      List<Step> steps = ofHold(held, operations, remaining);
      if (!steps.isEmpty()) {
        return steps;
      }
    }
    boolean mayCharge =
        switch (settlement.state()) {
          case PENDING -> operations.stream().noneMatch(SettlementPlan::isCharge);
          case DEBT, PARTIAL -> newRound;
          case NONE, SETTLED, MANUAL, REFUNDED, WRITTEN_OFF -> false;
        };
    return remaining > 0 && mayCharge
        ? List.of(new Step(CommandKind.CHARGE, remaining))
        : List.of();
  }

  private static List<Step> ofHold(Held held, List<PaymentOperation> operations, long remaining) {
    StartHold hold = Objects.requireNonNull(held.hold());
    List<PaymentOperation> touching =
        operations.stream().filter(op -> Objects.equals(op.holdId(), hold.id())).toList();
    Step release = new Step(CommandKind.RELEASE, 0);
    if (!touching.isEmpty()) {
      boolean left =
          held.remote() && touching.stream().noneMatch(op -> op.kind() == CommandKind.RELEASE);
      return left ? List.of(release) : List.of();
    }
    if (remaining <= 0) {
      return List.of(release);
    }
    long amount = hold.amount().minor();
    Step capture = new Step(CommandKind.CAPTURE, Math.min(amount, remaining));
    return remaining <= amount || held.remote()
        ? List.of(capture)
        : List.of(capture, new Step(CommandKind.CHARGE, remaining - amount));
  }

  private static boolean isCharge(PaymentOperation op) {
    return op.kind() == CommandKind.CHARGE;
  }

  /** A person must help before anything else is tried. */
  private static boolean isStuck(PaymentOperation op) {
    return op.state() == OperationState.MISCONFIGURED && op.kind() != CommandKind.REFUND;
  }

  /** What was captured and charged. */
  static long paid(List<PaymentOperation> operations) {
    return operations.stream()
        .filter(PaymentOperation::succeeded)
        .filter(op -> op.kind() == CommandKind.CAPTURE || isCharge(op))
        .mapToLong(op -> op.result().doneMinor())
        .reduce(0, Math::addExact);
  }

  /** The state once nothing is left to do. */
  static SettlementState finalState(Settlement settlement, List<PaymentOperation> operations) {
    if (settlement.state() == SettlementState.MANUAL
        || operations.stream().anyMatch(SettlementPlan::isStuck)) {
      return SettlementState.MANUAL;
    }
    long paid = paid(operations);
    if (paid >= settlement.amount().minor()) {
      return SettlementState.SETTLED;
    }
    return paid == 0 ? SettlementState.DEBT : SettlementState.PARTIAL;
  }
}
