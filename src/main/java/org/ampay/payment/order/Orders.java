package org.ampay.payment.order;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.ampay.payment.OperationNews;
import org.ampay.payment.OrderStarts;
import org.ampay.payment.PaymentOperation;
import org.ampay.payment.RemoteCalls;
import org.ampay.payment.order.PaymentOrder.EndReason;
import org.ampay.payment.order.PaymentOrder.State;
import org.ampay.payment.provider.Outcome;
import org.ampay.store.Job;
import org.ampay.store.JobHandler;
import org.ampay.store.Tx;
import org.jspecify.annotations.Nullable;

/** Orders, for pages and calls. All of it blocks; what is to be expected is never an exception. */
public final class Orders implements JobHandler, OperationNews {

  private static final int MAX_PAGE = 1001;

  private final OrderParts parts;
  private final OrderMachine machine;
  private final OrderOutcomes outcomes;
  private final OrderMaking making;
  private final PayWays ways;

  /** What orders want of the world. */
  public record World(
      PayAccounts accounts,
      WalletLogins logins,
      RemoteCalls calls,
      OrderStations.Ways stations,
      RandomGenerator random) {}

  /**
   * Orders.
   *
   * @param world its random numbers are cryptographically strong
   */
  public Orders(OrderParts parts, World world, OrderSettings settings) {
    this.parts = parts;
    this.outcomes = new OrderOutcomes(parts);
    ChargePlaces places = world.stations().places();
    this.machine =
        new OrderMachine(
            parts,
            outcomes,
            new OrderFacts(parts, places),
            world.calls(),
            new OrderStations(world.stations(), settings.answerIn()),
            settings);
    this.ways = new PayWays(places, world.accounts());
    this.making = new OrderMaking(parts, outcomes, machine, world, ways, settings);
  }

  /** What the operator of that EVSE offers; empty for an unknown code. */
  public List<PayWay> ways(String payCode) {
    return ways.at(payCode);
  }

  /** Whose EVSE has that code. */
  public OptionalLong operatorOf(String payCode) {
    return ways.operatorOf(payCode);
  }

  /** Makes an order and asks the payer for its money. */
  public Placed place(NewOrder draft) {
    return place(draft, (tx, order) -> {});
  }

  /**
   * {@link #place(NewOrder)}.
   *
   * @param alongside called last in the transaction that stores a new order; what it throws undoes
   *     the order
   */
  public Placed place(NewOrder draft, BiConsumer<Tx, PaymentOrder> alongside) {
    return switch (making.make(draft, alongside)) {
      case OrderMaking.Made.No no -> new Placed.Refused(no.why());
      case OrderMaking.Made.Order made -> {
        PaymentOrder order = byId(null, made.id()).orElseThrow();
        yield made.isNew() && order.state() == State.CLOSED && order.end() == EndReason.DECLINED
            ? new Placed.Refused(Placed.Refusal.UNAVAILABLE)
            : new Placed.Ok(order);
      }
    };
  }

  /** The order of that secret code, as it is stored. */
  public Optional<PaymentOrder> byCode(String orderCode) {
    return parts
        .transactor()
        .call(tx -> parts.stores().orders().byCode(tx, orderCode).map(row -> shown(tx, row)));
  }

  /**
   * One order.
   *
   * @param operatorId null: of any operator
   */
  public Optional<PaymentOrder> byId(@Nullable Long operatorId, long id) {
    return parts
        .transactor()
        .call(tx -> parts.stores().orders().byId(tx, operatorId, id).map(row -> shown(tx, row)));
  }

  /**
   * Orders with a smaller id, newest first.
   *
   * @param operatorId null: of all operators
   * @param state null: in any state
   */
  public List<PaymentOrder> list(
      @Nullable Long operatorId, @Nullable State state, long beforeId, int limit) {
    int most = Math.clamp(limit, 1, MAX_PAGE);
    return parts
        .transactor()
        .call(
            tx -> {
              List<OrderRow> rows =
                  parts.stores().orders().list(tx, operatorId, state, beforeId, most);
              var operations =
                  parts
                      .stores()
                      .operations()
                      .ofOrders(tx, rows.stream().map(OrderRow::id).toList());
              return rows.stream()
                  .map(row -> OrderView.of(row, operations.getOrDefault(row.id(), List.of())))
                  .toList();
            });
  }

  /** An order's operations, in the order of their ids. */
  public List<PaymentOperation> operations(long orderId) {
    return parts
        .transactor()
        .call(
            tx ->
                parts
                    .stores()
                    .operations()
                    .ofOrders(tx, List.of(orderId))
                    .getOrDefault(orderId, List.of()));
  }

  /** The same as {@link #byCode} after the provider was asked; at most once in two seconds. */
  public Optional<PaymentOrder> refresh(String orderCode) {
    Optional<PaymentOrder> order = byCode(orderCode);
    if (order.isEmpty() || order.get().state() != State.WAITING) {
      return order;
    }
    machine.askNow(order.get().id());
    return byCode(orderCode);
  }

  /** Before the start: the money comes back; while it charges: the session is stopped. */
  public void cancel(String orderCode) {
    byCode(orderCode).ifPresent(order -> cancel(null, order.id(), tx -> {}));
  }

  /** Stops the session of an order; before the start the same as {@link #cancel}. */
  public void stop(String orderCode) {
    cancel(orderCode);
  }

  /**
   * {@link #cancel(String)} by a person or key.
   *
   * @param operatorId null: of any operator
   * @param alongside called last in the transaction, when the wish is new
   * @return false when there is no such order
   */
  public boolean cancel(@Nullable Long operatorId, long id, Consumer<Tx> alongside) {
    return parts
        .transactor()
        .call(
            tx -> {
              if (parts.stores().orders().byId(tx, operatorId, id).isEmpty()) {
                return false;
              }
              OrderRow row = parts.stores().orders().lock(tx, List.of(id)).get(id);
              if (row != null
                  && row.state().live()
                  && row.progress().wish() != EndReason.CANCELLED) {
                OrderRow asked = row.change(parts.time().now()).wish(EndReason.CANCELLED).done();
                parts.stores().orders().update(tx, List.of(asked));
                outcomes.wake(tx, id, OrderStarts.HEARD);
                alongside.accept(tx);
              }
              return true;
            });
  }

  @Override
  public void heard(long operationId, Outcome outcome) {
    outcomes.heard(operationId, outcome);
  }

  @Override
  public void handle(List<Job> jobs) {
    machine.handle(jobs);
  }

  private PaymentOrder shown(Tx tx, OrderRow row) {
    return OrderView.of(
        row,
        parts
            .stores()
            .operations()
            .ofOrders(tx, List.of(row.id()))
            .getOrDefault(row.id(), List.of()));
  }
}
