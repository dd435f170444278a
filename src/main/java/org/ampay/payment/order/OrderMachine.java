package org.ampay.payment.order;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.ampay.base.Money;
import org.ampay.charging.StationStops;
import org.ampay.payment.OperationState;
import org.ampay.payment.OrderStarts;
import org.ampay.payment.PaymentAlarm;
import org.ampay.payment.PaymentAlarms;
import org.ampay.payment.PaymentOperation;
import org.ampay.payment.RemoteCalls;
import org.ampay.payment.order.OrderPlan.Step;
import org.ampay.payment.order.PaymentOrder.EndReason;
import org.ampay.payment.order.PaymentOrder.State;
import org.ampay.payment.provider.CommandKind;
import org.ampay.payment.provider.LedgerProvider;
import org.ampay.payment.provider.Outcome;
import org.ampay.payment.provider.PaymentCommand;
import org.ampay.payment.provider.PaymentProvider;
import org.ampay.payment.provider.ProviderKey;
import org.ampay.store.Job;
import org.ampay.store.JobHandler;
import org.ampay.store.NewJob;
import org.ampay.store.Tx;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings orders on, step by step: what is to be done is committed, then done, then its outcome
 * committed. It is the handler of the orders' jobs (each order has one until it is closed, so that
 * none waits for ever), and is called at once where a payer waits.
 *
 * <p>Two of them may work on one order at a time: the order's row is locked where something is
 * decided, a station is asked by who stored that it would, and a provider knows an operation by its
 * reference.
 */
final class OrderMachine implements JobHandler {

  private static final Logger LOG = LoggerFactory.getLogger(OrderMachine.class);
  private static final int MAX_ROUNDS = 12;

  private final OrderParts parts;
  private final OrderOutcomes outcomes;
  private final OrderFacts facts;
  private final RemoteCalls calls;
  private final OrderStations stations;
  private final OrderIncrements increments;
  private final OrderSettings settings;

  OrderMachine(
      OrderParts parts,
      OrderOutcomes outcomes,
      OrderFacts facts,
      RemoteCalls calls,
      OrderStations stations,
      OrderSettings settings) {
    this.parts = parts;
    this.outcomes = outcomes;
    this.facts = facts;
    this.calls = calls;
    this.stations = stations;
    this.increments = new OrderIncrements(parts, stations, this::send);
    this.settings = settings;
  }

  /** How a provider is called. */
  private enum Way {
    /** It never heard of it. */
    SEND,
    /** Perhaps it did: it is asked, and sent again only when it proves that it did not. */
    RESOLVE,
    /** It is asked, and never sent again. */
    ASK
  }

  /** What is to be done outside of the database. */
  private sealed interface Deed {

    /** Send a command, or ask about it. */
    record Call(PaymentOperation operation, PaymentCommand command, Way way) implements Deed {}

    record Start(OrderRow order) implements Deed {}

    record Stop(OrderRow order, OrderSessions.Seen session) implements Deed {}

    record Limit(OrderRow order, OrderSessions.Seen session) implements Deed {}

    /** Hold more, if the session needs it; again at that time. */
    record Look(OrderRow order, OrderSessions.Seen session, Instant until) implements Deed {}

    /** Nothing; again at that time, null: never. */
    record Rest(@Nullable Instant until) implements Deed {}
  }

  @Override
  public void handle(List<Job> jobs) {
    for (Job job : jobs) {
      Optional<Instant> next = advance(job.ref(), false);
      boolean mine = !job.payload().equals(OrderStarts.HEARD);
      parts
          .transactor()
          .run(
              tx -> {
                parts.stores().jobs().done(tx, List.of(job));
                if (mine && next.isPresent()) {
                  parts
                      .stores()
                      .jobs()
                      .insert(
                          tx,
                          List.of(new NewJob(OrderStarts.KIND, job.ref(), soonest(next.get()))));
                }
              });
    }
  }

  /** What others do to the order in between does not have to wait for long. */
  private Instant soonest(Instant next) {
    Instant look = parts.time().now().plus(settings.look());
    return next.isBefore(look) ? next : look;
  }

  /**
   * Does what can be done now.
   *
   * @param urgent somebody waits: the provider is asked even when it was asked a moment ago
   * @return when there is more to do; empty: the order is over
   */
  Optional<Instant> advance(long orderId, boolean urgent) {
    boolean ask = urgent;
    for (int round = 0; round < MAX_ROUNDS; round++) {
      boolean now = ask;
      Deed deed = parts.transactor().call(tx -> next(tx, orderId, now));
      if (deed instanceof Deed.Rest(Instant until)) {
        return Optional.ofNullable(until);
      }
      if (deed instanceof Deed.Look look) {
        increments.look(look.order(), look.session());
        return Optional.of(look.until());
      }
      if (deed instanceof Deed.Call) {
        ask = false;
      }
      doIt(deed);
    }
    return Optional.of(parts.time().now().plus(settings.soon()));
  }

  /** Sends an operation that was just stored. */
  void send(PaymentOperation operation, PaymentCommand command) {
    doIt(new Deed.Call(operation, command, Way.SEND));
  }

  private void doIt(Deed deed) {
    switch (deed) {
      case Deed.Call call -> {
        outcomes.answered(call.operation(), outcome(call));
      }
      case Deed.Start start -> started(start.order(), stations.start(start.order()));
      case Deed.Stop stop -> stations.stop(stop.order(), stop.session());
      case Deed.Limit limit -> limited(limit.order(), limit.session());
      case Deed.Look _, Deed.Rest _ -> {}
    }
  }

  private Outcome outcome(Deed.Call call) {
    return switch (call.way()) {
      case SEND -> calls.call(new RemoteCalls.Call(call.operation(), call.command(), false));
      case RESOLVE -> calls.call(new RemoteCalls.Call(call.operation(), call.command(), true));
      case ASK -> calls.ask(call.operation(), call.command());
    };
  }

  private Deed next(Tx tx, long orderId, boolean urgent) {
    OrderRow row = parts.stores().orders().lock(tx, List.of(orderId)).get(orderId);
    if (row == null) {
      LOG.warn("there is no order {}", orderId);
      return new Deed.Rest(null);
    }
    List<PaymentOperation> operations = operations(tx, orderId);
    late(tx, row);
    for (int i = 0; i < MAX_ROUNDS; i++) {
      Instant now = parts.time().now();
      Step step =
          OrderPlan.next(row, operations, facts.of(tx, row, operations, urgent), settings, now);
      switch (step) {
        case Step.Become become -> row = become(tx, row, become.changed());
        case Step.Make make -> {
          PaymentOperation made = make(row, make, now);
          parts.stores().operations().insertOperations(tx, List.of(made));
          operations = new ArrayList<>(operations);
          operations.add(made);
          Optional<Deed> deed = begin(tx, row, operations, made);
          if (deed.isPresent()) {
            return deed.get();
          }
          operations = operations(tx, orderId);
        }
        case Step.Ask ask -> {
          return call(tx, row, operations, ask.operation());
        }
        case Step.Start _ -> {
          OrderRow asking = become(tx, row, row.change(now).startAsked().done());
          return new Deed.Start(asking);
        }
        case Step.Stop stop -> {
          OrderRow asking = become(tx, row, row.change(now).stopAsked().done());
          return new Deed.Stop(asking, stop.session());
        }
        case Step.Limit limit -> {
          return new Deed.Limit(row, limit.session());
        }
        case Step.Look look -> {
          return new Deed.Look(row, look.session(), look.until());
        }
        case Step.Wait wait -> {
          return new Deed.Rest(wait.until());
        }
        case Step.Over _ -> {
          return new Deed.Rest(null);
        }
      }
    }
    throw new IllegalStateException("order " + orderId + " does not come to rest");
  }

  /** Money that does not come back in time is a person's matter, too. */
  private void late(Tx tx, OrderRow row) {
    boolean back = row.is(State.RETURNING) || row.is(State.SETTLING) || row.is(State.WAITING);
    if (back && parts.time().now().isAfter(row.progress().deadline().plus(settings.backIn()))) {
      PaymentAlarms.Cause late =
          new PaymentAlarms.Cause(
              row.operatorId(),
              PaymentAlarm.Kind.ORDER_LATE,
              row.id(),
              null,
              row.id(),
              "is " + row.state().code() + " since " + row.progress().deadline());
      parts.alarms().raise(tx, List.of(late));
    }
  }

  private List<PaymentOperation> operations(Tx tx, long orderId) {
    return parts
        .stores()
        .operations()
        .ofOrders(tx, List.of(orderId))
        .getOrDefault(orderId, List.of());
  }

  private OrderRow become(Tx tx, OrderRow before, OrderRow after) {
    parts.stores().orders().update(tx, List.of(after));
    if (before.state() != after.state() && !after.state().live()) {
      parts.stores().parties().end(tx, after);
    }
    if (after.is(State.CLOSED)) {
      outcomes.close(tx, operations(tx, after.id()), op -> true, "not needed any more");
      parts.alarms().clear(tx, List.of(after.id()));
    }
    if (before.state() != after.state()) {
      LOG.debug("order {} is {}", after.id(), after.state().code());
    }
    return after;
  }

  private PaymentOperation make(OrderRow row, Step.Make make, Instant now) {
    return operation(parts, row, make.kind(), make.amountMinor(), make.targetId(), now);
  }

  static PaymentOperation operation(
      OrderParts parts,
      OrderRow row,
      CommandKind kind,
      long minor,
      @Nullable Long targetId,
      Instant now) {
    long id = parts.ids().next();
    return new PaymentOperation(
        id,
        row.operatorId(),
        PaymentOperation.About.order(row.id(), targetId),
        row.payer().driverId(),
        row.payer().via(),
        kind,
        parts.references().of(id),
        new Money(row.amount().currency(), minor),
        PaymentOperation.Result.REQUESTED,
        now,
        now);
  }

  /** In our own ledger it is decided at once; beyond a network, it is to be sent. */
  private Optional<Deed> begin(
      Tx tx, OrderRow row, List<PaymentOperation> operations, PaymentOperation made) {
    PaymentCommand command = command(row, operations, made);
    if (inLedger(made.via()).isEmpty()) {
      return Optional.of(new Deed.Call(made, command, Way.SEND));
    }
    outcomes.decided(tx, inLedger(made.via()).get(), made, command);
    return Optional.empty();
  }

  private PaymentCommand command(
      OrderRow row, List<PaymentOperation> operations, PaymentOperation op) {
    return OrderCommands.of(row, operations, op, settings.payIn());
  }

  private Optional<LedgerProvider> inLedger(ProviderKey via) {
    Optional<PaymentProvider> provider = parts.providers().find(via);
    return provider.isPresent() && provider.get() instanceof LedgerProvider ledger
        ? Optional.of(ledger)
        : Optional.empty();
  }

  private void started(OrderRow asked, StationStops.Answer answer) {
    Instant now = parts.time().now();
    change(
        asked.id(),
        row -> {
          if (!row.is(State.PAID)) {
            return row; // its session came first, or somebody cancelled
          }
          return switch (answer) {
            case ACCEPTED -> row.change(now).to(State.STARTING, now.plus(settings.plugIn())).done();
            case REFUSED ->
                row.change(now).end(EndReason.START_REFUSED).to(State.RETURNING, now).done();
            case AWAY ->
                row.change(now).end(EndReason.STATION_OFFLINE).to(State.RETURNING, now).done();
          };
        });
  }

  private void limited(OrderRow order, OrderSessions.Seen session) {
    stations.limit(order, session);
    change(
        order.id(),
        row -> {
          OrderRow.Bound bound = row.progress().bound();
          return bound == null
              ? row
              : row.change(parts.time().now())
                  .bound(new OrderRow.Bound(bound.sessionKey(), bound.holdId(), session.id()))
                  .done();
        });
  }

  /** Changes an order under its lock. */
  void change(long orderId, UnaryOperator<OrderRow> how) {
    parts
        .transactor()
        .run(
            tx -> {
              OrderRow row = parts.stores().orders().lock(tx, List.of(orderId)).get(orderId);
              OrderRow after = row == null ? null : how.apply(row);
              if (row != null && after != null && !after.equals(row)) {
                become(tx, row, after);
              }
            });
  }

  /** Asks the provider about a payment that is waited for, unless that was just done. */
  void askNow(long orderId) {
    Optional<Deed.Call> call = parts.transactor().call(tx -> open(tx, orderId));
    if (call.isPresent()) {
      doIt(call.get());
      parts.transactor().run(tx -> outcomes.wake(tx, orderId, OrderStarts.HEARD));
    }
  }

  private Optional<Deed.Call> open(Tx tx, long orderId) {
    OrderRow row = parts.stores().orders().lock(tx, List.of(orderId)).get(orderId);
    if (row == null || !row.is(State.WAITING)) {
      return Optional.empty();
    }
    List<PaymentOperation> operations = operations(tx, orderId);
    PaymentOperation ask = OrderPlan.ask(operations);
    Instant again = ask.updatedAt().plus(settings.soon());
    return ask.state().isOpen() && !parts.time().now().isBefore(again)
        ? Optional.of(call(tx, row, operations, ask))
        : Optional.empty();
  }

  /** What never came is stored as sent before it is sent again. */
  private Deed.Call call(
      Tx tx, OrderRow row, List<PaymentOperation> operations, PaymentOperation op) {
    PaymentCommand command = command(row, operations, op);
    if (op.state() == OperationState.NOT_SENT) {
      PaymentOperation sending = op.sending(parts.time().now());
      parts.stores().operations().updateOperations(tx, List.of(sending));
      return new Deed.Call(sending, command, Way.SEND);
    }
    boolean wanted =
        switch (op.kind()) {
          case AUTHORIZE, PRESENT -> row.progress().wish() == null;
          case INCREMENT -> row.is(State.CHARGING);
          case CAPTURE, RELEASE, CHARGE, CANCEL, REFUND, SPLIT, PAYOUT, TOP_UP, WITHDRAW -> true;
        };
    return new Deed.Call(op, command, wanted ? Way.RESOLVE : Way.ASK);
  }
}
