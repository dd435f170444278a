package org.ampay.payment.order;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.ampay.base.Money;
import org.ampay.payment.OperationState;
import org.ampay.payment.OrderStarts;
import org.ampay.payment.PaymentOperation;
import org.ampay.payment.order.PaymentOrder.State;
import org.ampay.payment.provider.CommandKind;
import org.ampay.payment.provider.LedgerProvider;
import org.ampay.payment.provider.Outcome;
import org.ampay.payment.provider.PaymentCommand;
import org.ampay.store.NewJob;
import org.ampay.store.Tx;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes in what became of orders' operations, from whatever side and in whatever order it is told.
 * An operation is closed once; what is told later changes nothing, with one exception: money that
 * came after all is booked, so that it can be given back.
 */
final class OrderOutcomes {

  private static final Logger LOG = LoggerFactory.getLogger(OrderOutcomes.class);

  private final OrderParts parts;
  private final OrderLedger ledger;

  OrderOutcomes(OrderParts parts) {
    this.parts = parts;
    this.ledger = new OrderLedger(parts.journals());
  }

  /**
   * The answer to a call.
   *
   * @param asked the operation as it was when the call was made
   */
  void answered(PaymentOperation asked, Outcome outcome) {
    parts.transactor().run(tx -> take(tx, asked, outcome));
  }

  /** Decides an operation that was just stored, in our own ledger. */
  Outcome decided(Tx tx, LedgerProvider provider, PaymentOperation made, PaymentCommand command) {
    Outcome outcome = ledger.decide(tx, provider, made, command);
    parts
        .stores()
        .operations()
        .updateOperations(tx, List.of(made.closed(outcome, parts.time().now())));
    return outcome;
  }

  /**
   * What a callback says. Only a success is taken from it: whatever else it says, the provider is
   * asked.
   */
  void heard(long operationId, Outcome outcome) {
    parts
        .transactor()
        .run(
            tx -> {
              Optional<PaymentOperation> op =
                  parts.stores().operations().operation(tx, operationId);
              if (op.isEmpty() || op.get().orderId() == null) {
                LOG.warn("news of operation {}, which is of no order", operationId);
                return;
              }
              if (outcome instanceof Outcome.Succeeded) {
                take(tx, op.get(), outcome);
              }
              wake(tx, op.get().orderId(), OrderStarts.HEARD);
            });
  }

  private void take(Tx tx, PaymentOperation asked, Outcome outcome) {
    long orderId = java.util.Objects.requireNonNull(asked.orderId(), "it is of an order");
    OrderRow row = parts.stores().orders().lock(tx, List.of(orderId)).get(orderId);
    List<PaymentOperation> all =
        parts.stores().operations().ofOrders(tx, List.of(orderId)).getOrDefault(orderId, List.of());
    PaymentOperation op =
        all.stream().filter(one -> one.id() == asked.id()).findFirst().orElseThrow();
    if (row == null || !takes(op, asked, outcome)) {
      if (!op.state().isOpen()) {
        parts.alarms().contradicted(tx, op, outcome);
      }
      return;
    }
    boolean late = !op.state().isOpen();
    PaymentOperation closed = op.closed(outcome, parts.time().now());
    parts.stores().operations().updateOperations(tx, List.of(closed));
    if (outcome instanceof Outcome.Succeeded succeeded) {
      ledger.moved(tx, closed, succeeded);
      done(tx, row, all, closed, succeeded);
    }
    if (late && row.is(State.CLOSED)) {
      LOG.warn("order {} was paid after its end: the money is given back", orderId);
      wake(tx, orderId, "");
    }
  }

  private static boolean takes(PaymentOperation op, PaymentOperation asked, Outcome outcome) {
    if (!op.state().isOpen()) {
      boolean money = op.kind() == CommandKind.PRESENT || op.kind() == CommandKind.AUTHORIZE;
      return money
          && op.state() == OperationState.DECLINED
          && outcome instanceof Outcome.Succeeded; // it came after all
    }
    return switch (outcome) {
      case Outcome.Succeeded _, Outcome.Declined _, Outcome.Misconfigured _ -> true;
      // Of two calls at a time the later answer may be the older one.
      case Outcome.Pending _, Outcome.ActionRequired _, Outcome.NotSent _, Outcome.Unknown _ ->
          op.state() == OperationState.REQUESTED || op.equals(asked);
    };
  }

  private void done(
      Tx tx,
      OrderRow row,
      List<PaymentOperation> all,
      PaymentOperation op,
      Outcome.Succeeded succeeded) {
    if (op.kind() == CommandKind.CANCEL) {
      PaymentOperation ask = OrderPlan.ask(all);
      if (ask.state().isOpen()) {
        PaymentOperation over = ask.closed(new Outcome.Declined("taken back"), parts.time().now());
        parts.stores().operations().updateOperations(tx, List.of(over));
      }
    } else if (op.kind() == CommandKind.INCREMENT) {
      grow(tx, row, succeeded.done());
    } else if (op.id() == OrderPlan.ask(all).id()) {
      close(tx, all, one -> one.kind() == CommandKind.CANCEL, "it was paid");
    }
  }

  /** What was tried and does not matter any more is not asked about for ever. */
  void close(Tx tx, List<PaymentOperation> all, Predicate<PaymentOperation> which, String why) {
    List<PaymentOperation> closed =
        all.stream()
            .filter(op -> op.state().isOpen() && which.test(op))
            .map(op -> op.closed(new Outcome.Declined(why), parts.time().now()))
            .toList();
    parts.stores().operations().updateOperations(tx, closed);
  }

  private void grow(Tx tx, OrderRow row, Money more) {
    OrderRow.Progress p = row.progress();
    long held = Math.addExact(p.heldMinor(), more.minor());
    parts
        .stores()
        .orders()
        .update(
            tx,
            List.of(
                row.change(parts.time().now())
                    .held(held, p.giftMinor(), p.holdExpiresAt())
                    .done()));
    OrderRow.Bound bound = p.bound();
    if (bound != null) {
      parts.stores().holds().grow(tx, bound.holdId(), more);
    }
  }

  /** Has the order's job done now. */
  void wake(Tx tx, long orderId, String payload) {
    parts
        .stores()
        .jobs()
        .insert(tx, List.of(new NewJob(OrderStarts.KIND, orderId, parts.time().now(), payload)));
  }
}
