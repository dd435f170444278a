package org.ampay.payment.order;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.ampay.base.Money;
import org.ampay.payment.PaymentOperation;
import org.ampay.payment.order.PaymentOrder.State;
import org.ampay.payment.provider.CommandKind;
import org.ampay.payment.provider.PaymentCommand;
import org.ampay.store.Tx;

/**
 * Has more money held while a session runs, where the provider can: as much as was agreed to at
 * first, when four fifths of what is held are used. Where it cannot, or does not, the session is
 * stopped before the hold is used up; for a session that is being stopped nothing more is held.
 */
final class OrderIncrements {

  private static final int MOST = 10;
  private static final long USED_FIFTHS = 4;

  private final OrderParts parts;
  private final OrderStations stations;
  private final BiConsumer<PaymentOperation, PaymentCommand> send;

  OrderIncrements(
      OrderParts parts, OrderStations stations, BiConsumer<PaymentOperation, PaymentCommand> send) {
    this.parts = parts;
    this.stations = stations;
    this.send = send;
  }

  void look(OrderRow order, OrderSessions.Seen session) {
    Optional<Money> cost = stations.cost(order, session);
    boolean nearly =
        cost.isPresent()
            && cost.get().currency().equals(order.amount().currency())
            && Math.multiplyExact(cost.get().minor(), 5)
                >= Math.multiplyExact(order.progress().heldMinor(), USED_FIFTHS);
    if (nearly && !stations.usedUp(session)) {
      Optional<Made> made = parts.transactor().call(tx -> make(tx, order.id()));
      made.ifPresent(more -> send.accept(more.operation(), more.command()));
      after(order.id(), session);
    }
  }

  private record Made(PaymentOperation operation, PaymentCommand command) {}

  private Optional<Made> make(Tx tx, long orderId) {
    OrderRow row = parts.stores().orders().lock(tx, List.of(orderId)).get(orderId);
    List<PaymentOperation> operations =
        parts.stores().operations().ofOrders(tx, List.of(orderId)).getOrDefault(orderId, List.of());
    List<PaymentOperation> before =
        operations.stream().filter(op -> op.kind() == CommandKind.INCREMENT).toList();
    if (row == null
        || !row.is(State.CHARGING)
        || before.size() >= MOST
        || before.stream().anyMatch(op -> !op.succeeded())) {
      return Optional.empty();
    }
    PaymentOperation more =
        OrderMachine.operation(
            parts,
            row,
            CommandKind.INCREMENT,
            row.amount().minor(),
            OrderPlan.ask(operations).id(),
            parts.time().now());
    parts.stores().operations().insertOperations(tx, List.of(more));
    List<PaymentOperation> all = new ArrayList<>(operations);
    all.add(more);
    return Optional.of(
        new Made(
            more, new PaymentCommand.Increment(more.forProvider(), OrderCommands.hold(row, all))));
  }

  /** The session may cost as much as is held now. */
  private void after(long orderId, OrderSessions.Seen session) {
    OrderRow row =
        parts
            .transactor()
            .call(tx -> parts.stores().orders().lock(tx, List.of(orderId)).get(orderId));
    if (Objects.requireNonNull(row, "it was there").is(State.CHARGING)) {
      stations.limit(row, session);
    }
  }
}
