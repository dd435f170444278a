package org.ampay.payment.order;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.ampay.base.TimeSource;
import org.ampay.payment.OrderOperations;
import org.ampay.payment.OrderStarts;
import org.ampay.payment.PaymentOperation;
import org.ampay.payment.StartHold;
import org.ampay.payment.order.PaymentOrder.EndReason;
import org.ampay.payment.order.PaymentOrder.State;
import org.ampay.payment.provider.ProviderKey;
import org.ampay.payment.provider.deposit.DepositProvider;
import org.ampay.store.JobStore;
import org.ampay.store.NewJob;
import org.ampay.store.Tx;

/** Binds sessions to the money of their orders, in the transaction that decides the start. */
public final class OrderBinding implements OrderStarts {

  /** The session is stored a moment after its start is decided. */
  private static final Duration COMES = Duration.ofSeconds(2);

  private final OrderStore orders;
  private final OrderOperations operations;
  private final JobStore jobs;
  private final TimeSource time;

  public OrderBinding(
      OrderStore orders, OrderOperations operations, JobStore jobs, TimeSource time) {
    this.orders = orders;
    this.operations = operations;
    this.jobs = jobs;
    this.time = time;
  }

  @Override
  public Map<Long, Paid> lock(Tx tx, Collection<Long> orderIds) {
    if (orderIds.isEmpty()) {
      return Map.of();
    }
    Map<Long, OrderRow> rows = orders.lock(tx, orderIds);
    Map<Long, List<PaymentOperation>> ops = operations.ofOrders(tx, rows.keySet());
    Map<Long, Paid> paid = new HashMap<>();
    for (OrderRow row : rows.values()) {
      boolean starts = row.is(State.PAID) || row.is(State.STARTING);
      if (starts && row.progress().wish() != EndReason.CANCELLED) {
        paid.put(row.id(), paid(row, ops.getOrDefault(row.id(), List.of())));
      }
    }
    return paid;
  }

  private static Paid paid(OrderRow row, List<PaymentOperation> operations) {
    PaymentOperation ask = OrderPlan.ask(operations);
    ProviderKey via =
        row.payer().flow() == Flow.PREPAID
            ? ProviderKey.inLedger(DepositProvider.NAME)
            : row.payer().via();
    return new Paid(
        row.place().stationId(),
        row.place().evseNo(),
        new StartHold.Backing(via, row.id(), ask.reference(), ask.result().providerRef()),
        row.held(),
        row.progress().giftMinor());
  }

  @Override
  public void bound(Tx tx, List<StartHold> holds) {
    if (holds.isEmpty()) {
      return;
    }
    Instant now = time.now();
    change(
        tx,
        holds,
        (row, hold) ->
            row.change(now)
                .bound(new OrderRow.Bound(hold.key(), hold.id(), null))
                .to(State.CHARGING, now)
                .done());
    jobs.insert(
        tx,
        holds.stream().map(hold -> new NewJob(KIND, order(hold), now.plus(COMES), HEARD)).toList());
  }

  @Override
  public void lost(Tx tx, List<StartHold> holds) {
    if (holds.isEmpty()) {
      return;
    }
    Instant now = time.now();
    change(
        tx,
        holds,
        (row, hold) ->
            row.is(State.CHARGING)
                ? row.change(now).end(EndReason.NO_SESSION).to(State.RETURNING, now).done()
                : row);
    jobs.insert(tx, holds.stream().map(hold -> new NewJob(KIND, order(hold), now, HEARD)).toList());
  }

  /** What becomes of an order by its hold. */
  private interface Becomes {
    OrderRow of(OrderRow row, StartHold hold);
  }

  private void change(Tx tx, List<StartHold> holds, Becomes becomes) {
    Map<Long, OrderRow> rows = orders.lock(tx, holds.stream().map(OrderBinding::order).toList());
    List<OrderRow> changed = new ArrayList<>();
    for (StartHold hold : holds) {
      OrderRow row = rows.get(order(hold));
      if (row != null) {
        changed.add(becomes.of(row, hold));
      }
    }
    orders.update(tx, changed);
  }

  private static long order(StartHold hold) {
    return Objects.requireNonNull(hold.orderId(), "the hold of an order");
  }
}
