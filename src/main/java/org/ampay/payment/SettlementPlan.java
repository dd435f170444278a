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
 * released. What the hold does not cover is charged, once a round; what that does not cover is a
 * debt, and a later job (a top-up inserts one) is a new round.
 */
final class SettlementPlan {

  private SettlementPlan() {}

  /** An operation to make. */
  record Step(CommandKind kind, long amountMinor) {}

  /**
   * The operations to make now; none while one is open.
   *
   * @param newRound whether a job has just begun: then a debt is tried again
   */
  static List<Step> next(
      Settlement settlement,
      @Nullable StartHold hold,
      List<PaymentOperation> operations,
      boolean newRound) {
    if (settlement.state() == SettlementState.MANUAL
        || settlement.driverId() == null
        || operations.stream().anyMatch(op -> op.state().isOpen())) {
      return List.of();
    }
    long remaining = Math.subtractExact(settlement.amount().minor(), paid(operations));
    if (hold != null && hold.holdsMoney() && !touched(hold, operations)) {
      return ofHold(hold.amount().minor(), remaining);
    }
    boolean mayCharge =
        switch (settlement.state()) {
          case PENDING -> operations.stream().noneMatch(SettlementPlan::isCharge);
          case DEBT, PARTIAL -> newRound;
          case NONE, SETTLED, MANUAL, REFUNDED -> false;
        };
    return remaining > 0 && mayCharge
        ? List.of(new Step(CommandKind.CHARGE, remaining))
        : List.of();
  }

  private static List<Step> ofHold(long held, long remaining) {
    if (remaining <= 0) {
      return List.of(new Step(CommandKind.RELEASE, 0));
    }
    Step capture = new Step(CommandKind.CAPTURE, Math.min(held, remaining));
    return remaining <= held
        ? List.of(capture)
        : List.of(capture, new Step(CommandKind.CHARGE, remaining - held));
  }

  private static boolean touched(StartHold hold, List<PaymentOperation> operations) {
    return operations.stream().anyMatch(op -> Objects.equals(op.holdId(), hold.id()));
  }

  private static boolean isCharge(PaymentOperation op) {
    return op.kind() == CommandKind.CHARGE;
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
        || operations.stream().anyMatch(op -> op.state() == OperationState.MISCONFIGURED)) {
      return SettlementState.MANUAL;
    }
    long paid = paid(operations);
    if (paid >= settlement.amount().minor()) {
      return SettlementState.SETTLED;
    }
    return paid == 0 ? SettlementState.DEBT : SettlementState.PARTIAL;
  }
}
