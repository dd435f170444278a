package org.ampay.payment;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.ampay.access.Authorization;
import org.ampay.access.AuthorizationStatus;
import org.ampay.access.Tokens;
import org.ampay.base.CountingIds;
import org.ampay.base.Money;
import org.ampay.charging.SessionState;
import org.ampay.charging.StartGuard;
import org.ampay.charging.StationStops.Answer;
import org.ampay.payment.order.ChargePlaces;
import org.ampay.payment.order.Flow;
import org.ampay.payment.order.HoldLimits;
import org.ampay.payment.order.MemoryParties;
import org.ampay.payment.order.NewOrder;
import org.ampay.payment.order.OrderParts;
import org.ampay.payment.order.OrderSessionStore;
import org.ampay.payment.order.OrderSessions;
import org.ampay.payment.order.OrderSettings;
import org.ampay.payment.order.OrderStations;
import org.ampay.payment.order.Orders;
import org.ampay.payment.order.PayAccounts;
import org.ampay.payment.order.PaymentOrder;
import org.ampay.payment.order.Placed;
import org.ampay.payment.order.SqlOrderStore;
import org.ampay.payment.order.TokenParties;
import org.ampay.payment.order.WalletLogin;
import org.ampay.payment.provider.Form;
import org.ampay.payment.provider.ProviderKey;
import org.ampay.station.StationInfo;
import org.ampay.store.MemoryTransactor;
import org.ampay.store.TestDatabase;
import org.ampay.store.Tx;
import org.jspecify.annotations.Nullable;

/** A world of money with orders at one EVSE, whose code is {@code P1}. */
final class OrderWorld {

  static final ProviderKey BANK = new ProviderKey(OrderBank.NAME, 9L);
  static final ProviderKey WALLET = ProviderKey.inLedger("wallet");
  static final String CODE = "P1";

  /** The driver who can sign in: card C, PIN 1234. */
  static final long SIGNED_IN = 7;

  final OrderBank bank;
  final MoneyWorld money;
  final Orders orders;
  final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  final PaymentAlarms alarms;
  final List<String> started = new ArrayList<>();
  final List<String> stopped = new ArrayList<>();
  final List<Money> limits = new ArrayList<>();
  final Deque<Answer> answers = new ArrayDeque<>();
  ChargePlaces.Readiness readiness = ChargePlaces.Readiness.READY;
  boolean plugged;
  @Nullable Money cost;
  boolean usedUp;
  @Nullable Runnable duringStart;

  private OrderWorld(OrderBank bank, MoneyWorld money, OrderParts.Stores stores) {
    this.bank = bank;
    this.money = money;
    money.accounts.put(9L, bank);
    alarms =
        stores.orders() instanceof SqlOrderStore
            ? PaymentAlarms.inDatabase(money.ids, money.time, meters)
            : PaymentAlarms.inMemory(money.ids, money.time, meters);
    OrderParts parts =
        new OrderParts(
            money.transactor,
            stores,
            money.providers,
            money.journals,
            new References("test"),
            alarms,
            money.ids,
            money.time);
    orders =
        new Orders(
            parts,
            new Orders.World(
                operator -> List.of(new PayAccounts.Account(BANK, "The bank", bank.capabilities())),
                (operator, login) ->
                    login.equals(new WalletLogin("C", "1234"))
                        ? OptionalLong.of(SIGNED_IN)
                        : OptionalLong.empty(),
                new RemoteCalls(
                    RemoteCalls.Settings.DEFAULT,
                    money.providers,
                    Runnable::run,
                    money.time,
                    meters),
                ways(),
                new Random(1)),
            OrderSettings.DEFAULT);
    money.handle(OrderStarts.KIND, orders);
  }

  static OrderWorld inMemory(MemoryTransactor.Faults faults) {
    OrderBank bank = new OrderBank();
    MoneyWorld money = MoneyWorld.inMemory(faults);
    return new OrderWorld(
        bank,
        money,
        new OrderParts.Stores(
            money.memoryOrders,
            (MemorySettlementStore) money.stores.settlements(),
            new OrderSettlements(money.stores),
            new OrderHolds(money.stores),
            new Sessions(money.sessions),
            new MemoryParties(new CountingIds(500_000), new Random(2)),
            money.stores.jobs()));
  }

  static OrderWorld onDatabase(TestDatabase database) {
    OrderBank bank = new OrderBank();
    MoneyWorld money = MoneyWorld.onDatabase(database);
    Tokens tokens =
        new Tokens(database.database(), new CountingIds(500_000), money.time, Runnable::run);
    return new OrderWorld(
        bank,
        money,
        new OrderParts.Stores(
            new SqlOrderStore(),
            new SqlSettlementStore(),
            new OrderSettlements(money.stores),
            new OrderHolds(money.stores),
            new OrderSessionStore(),
            new TokenParties(tokens, new Random(2)),
            money.stores.jobs()));
  }

  /** The sessions that a test puts there. */
  private record Sessions(TestSessions sessions) implements OrderSessions {
    @Override
    public Optional<Seen> find(Tx tx, ByteBuffer key) {
      return sessions
          .byKey(key)
          .map(
              held ->
                  new Seen(
                      held.id(),
                      MoneyWorld.STATION,
                      Long.toString(held.id()),
                      held.state() != SessionState.ACTIVE));
    }
  }

  private OrderStations.Ways ways() {
    return new OrderStations.Ways(
        new Places(),
        (station, evse, token) -> {
          started.add(token.uid());
          if (duringStart != null) {
            duringStart.run();
          }
          return CompletableFuture.completedStage(
              answers.isEmpty() ? Answer.ACCEPTED : answers.pop());
        },
        (station, transaction) -> {
          stopped.add(transaction);
          return CompletableFuture.completedStage(Answer.ACCEPTED);
        },
        new Limits());
  }

  private final class Limits implements HoldLimits {
    @Override
    public void limit(long operatorId, long stationId, long sessionId, Money held) {
      limits.add(held);
    }

    @Override
    public boolean reached(long sessionId) {
      return usedUp;
    }

    @Override
    public Optional<Money> cost(long stationId, long sessionId) {
      return Optional.ofNullable(cost);
    }
  }

  private final class Places implements ChargePlaces {
    @Override
    public Optional<Spot> find(String payCode) {
      return payCode.equals(CODE)
          ? Optional.of(new Spot(MoneyWorld.station(), 1))
          : Optional.empty();
    }

    @Override
    public Optional<StationInfo> station(long stationId) {
      return Optional.of(MoneyWorld.station());
    }

    @Override
    public Readiness readiness(Spot spot) {
      return readiness;
    }

    @Override
    public boolean plugged(long stationId, int evseNo) {
      return plugged;
    }
  }

  // ---- what a test does ----

  static Money cny(long minor) {
    return new Money("CNY", minor);
  }

  static NewOrder draft(Flow flow, long minor, String key) {
    boolean wallet = flow == Flow.WALLET;
    return new NewOrder(
        CODE,
        wallet ? WALLET : BANK,
        flow,
        wallet ? Form.IN_APP : Form.QR,
        cny(minor),
        "zh-CN",
        URI.create("https://pay.example/orders/"),
        "10.0.0.1",
        wallet ? new WalletLogin("C", "1234") : null,
        key);
  }

  PaymentOrder place(Flow flow, long minor) {
    Placed placed = orders.place(draft(flow, minor, "key"));
    if (placed instanceof Placed.Ok(PaymentOrder order)) {
      return order;
    }
    throw new AssertionError("refused: " + placed);
  }

  /** Placed, agreed to, and the station promised to start. */
  PaymentOrder paid(Flow flow, long minor) {
    PaymentOrder order = place(flow, minor);
    if (flow != Flow.WALLET) {
      bank.agrees();
    }
    later(5);
    return now(order);
  }

  PaymentOrder now(PaymentOrder order) {
    return orders.byCode(order.code()).orElseThrow();
  }

  void later(long seconds) {
    money.time.advance(java.time.Duration.ofSeconds(seconds));
    money.runJobs();
  }

  /** Time passes in small steps, with what is due in each. */
  void pass(long seconds) {
    for (long t = 0; t < seconds; t += 10) {
      later(10);
    }
  }

  /** The alarms of orders that are open. */
  List<PaymentAlarm> alarms() {
    return money.transactor.call(
        tx -> alarms.open(tx, null, new SettlementStore.Before(Long.MAX_VALUE, 10)));
  }

  long driver(PaymentOrder order) {
    return orders.operations(order.id()).getFirst().driverId();
  }

  /** The station begins a session with the order's token. */
  StartGuard.Verdict start(long session, PaymentOrder order, int evseNo) {
    return money.starts(List.of(request(session, order, evseNo))).getFirst();
  }

  StartGuard.Request request(long session, PaymentOrder order, int evseNo) {
    Authorization authorization =
        new Authorization(
            AuthorizationStatus.ACCEPTED,
            null,
            null,
            400_000 + order.id(),
            driver(order),
            null,
            1,
            Authorization.Told.NOTHING,
            order.id());
    return new StartGuard.Request(
        MoneyWorld.key(session),
        MoneyWorld.station(),
        evseNo,
        authorization,
        MoneyWorld.START,
        money.time.now());
  }

  /** A session that runs on the order's money. */
  long charging(long session, PaymentOrder order) {
    StartGuard.Verdict verdict = start(session, order, 1);
    if (!(verdict instanceof StartGuard.Verdict.Granted granted)) {
      throw new AssertionError("refused: " + verdict);
    }
    money.sessions.active(session, MoneyWorld.key(session));
    later(3);
    return granted.holdId();
  }

  /** The session ends; it costs kWh × 1.10 + 0.55. */
  void ends(long session, PaymentOrder order, String kwh) {
    StartHold hold = Objects.requireNonNull(money.hold(session));
    money.finish(session, driver(order), hold.id(), kwh);
    money.runJobs();
    later(31);
    later(31);
  }
}
