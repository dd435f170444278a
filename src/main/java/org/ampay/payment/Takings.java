package org.ampay.payment;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.ampay.payment.provider.CommandKind;
import org.ampay.payment.provider.deposit.DepositProvider;
import org.ampay.store.Tx;

/** What was taken of real money for a bill, and by whom it is given back. */
final class Takings {

  private Takings() {}

  /**
   * A capture or charge.
   *
   * @param by the operation that a refund of it is of: itself; or, where a deposit was used, the
   *     one that brought the deposit
   * @param leftMinor what was not given back of it yet, refunds on their way taken off
   */
  record Taking(PaymentOperation taken, PaymentOperation by, long leftMinor) {}

  /** The takings of a locked settlement, in their order. */
  static List<Taking> of(
      Tx tx, SettlementStores stores, OpenSettlements open, Settlement settlement) {
    List<PaymentOperation> operations = open.operations(settlement);
    List<Taking> takings = new ArrayList<>();
    long unnamed = back(operations, null);
    for (PaymentOperation op : operations) {
      long real = op.result().doneMinor() - op.result().giftMinor();
      if (op.succeeded() && takes(op) && real > 0) {
        PaymentOperation by = giver(tx, stores, open, settlement, op);
        long left = real - back(operations, by.id());
        long first = Math.min(left, unnamed);
        unnamed -= first;
        takings.add(new Taking(op, by, Math.max(0, left - first)));
      }
    }
    return takings;
  }

  private static boolean takes(PaymentOperation op) {
    return op.kind() == CommandKind.CAPTURE || op.kind() == CommandKind.CHARGE;
  }

  /** What was given back of an operation, or is on its way; null: of none that is told. */
  private static long back(
      List<PaymentOperation> operations, @org.jspecify.annotations.Nullable Long targetId) {
    return operations.stream()
        .filter(op -> op.kind() == CommandKind.REFUND)
        .filter(op -> Objects.equals(op.about().targetId(), targetId))
        .mapToLong(op -> op.state().isOpen() ? op.amount().minor() : op.result().doneMinor())
        .reduce(0, Math::addExact);
  }

  /** A deposit is given back by the way in which it came. */
  private static PaymentOperation giver(
      Tx tx,
      SettlementStores stores,
      OpenSettlements open,
      Settlement settlement,
      PaymentOperation taking) {
    StartHold hold = open.hold(settlement);
    StartHold.Backing backing = hold == null ? null : hold.backing();
    if (!taking.provider().equals(DepositProvider.NAME)
        || backing == null
        || backing.orderId() == null) {
      return taking;
    }
    return stores.operations().ofOrder(tx, backing.orderId()).stream()
        .filter(op -> op.kind() == CommandKind.PRESENT && op.succeeded())
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("a deposit that nobody paid in"));
  }

  /** What may still be given back in all. */
  static long left(List<Taking> takings) {
    return takings.stream().mapToLong(Taking::leftMinor).reduce(0, Math::addExact);
  }
}
