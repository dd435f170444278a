package org.ampay.payment.order;

import java.util.List;
import org.ampay.base.Money;
import org.ampay.payment.PaymentOperation;
import org.ampay.payment.order.PaymentOrder.State;
import org.jspecify.annotations.Nullable;

/** Shows orders. Pure. */
final class OrderView {

  private OrderView() {}

  /**
   * An order as it is shown.
   *
   * @param operations all of the order's
   */
  static PaymentOrder of(OrderRow row, List<PaymentOperation> operations) {
    OrderRow.Progress p = row.progress();
    OrderRow.Bound bound = p.bound();
    boolean asks = row.is(State.WAITING) && p.wish() == null && !operations.isEmpty();
    return new PaymentOrder(
        row.id(),
        row.operatorId(),
        row.code(),
        row.place().stationId(),
        row.place().evseNo(),
        row.payer().via(),
        row.payer().flow(),
        row.payer().form(),
        row.state(),
        p.end(),
        row.amount(),
        row.held(),
        asks ? OrderPlan.ask(operations).result().action() : null,
        p.deadline(),
        p.wish() != null,
        bound == null ? null : bound.sessionId(),
        money(row, p.totalMinor()),
        money(row, p.returnedMinor()),
        row.payer().language(),
        row.createdAt(),
        p.updatedAt());
  }

  private static @Nullable Money money(OrderRow row, @Nullable Long minor) {
    return minor == null ? null : new Money(row.amount().currency(), minor);
  }
}
