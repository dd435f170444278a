package org.ampay.app;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.ampay.base.IdSource;
import org.ampay.base.Money;
import org.ampay.base.PasswordHasher;
import org.ampay.charging.LiveCosts;
import org.ampay.charging.OrderLimitStore;
import org.ampay.charging.OrderLimits;
import org.ampay.charging.SessionUseStore;
import org.ampay.ocpp.RemoteControl;
import org.ampay.ocpp.RemoteStarts;
import org.ampay.ocpp.RemoteStops;
import org.ampay.payment.Disputes;
import org.ampay.payment.OrderHolds;
import org.ampay.payment.OrderSettlements;
import org.ampay.payment.OrderStarts;
import org.ampay.payment.SqlSettlementStore;
import org.ampay.payment.callback.CallbackWork;
import org.ampay.payment.callback.DisputeNews;
import org.ampay.payment.method.DriverPins.PinCheck;
import org.ampay.payment.order.HoldLimits;
import org.ampay.payment.order.OrderParts;
import org.ampay.payment.order.OrderSessionStore;
import org.ampay.payment.order.OrderSettings;
import org.ampay.payment.order.OrderStations;
import org.ampay.payment.order.Orders;
import org.ampay.payment.order.PayAccounts;
import org.ampay.payment.order.SqlOrderStore;
import org.ampay.payment.order.StationPlaces;
import org.ampay.payment.order.TokenParties;
import org.ampay.payment.order.WalletLogins;
import org.ampay.station.CommandPort;
import org.ampay.store.JobRunner;

/** Orders at charge points, wired. */
final class OrderRooms {

  private static final Duration LEASE = Duration.ofMinutes(5);
  private static final int AT_A_TIME = 8;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  /** Two days of pauses: nobody's money is given up while somebody repairs. */
  private static final int ATTEMPTS = 3_000;

  final Orders orders;

  OrderRooms(Foundation on, CoreRooms core, CommandPort commands) {
    IdSource ids = on.idSource("money");
    OrderParts parts =
        new OrderParts(
            on.database().transactor(),
            new OrderParts.Stores(
                new SqlOrderStore(),
                new SqlSettlementStore(),
                new OrderSettlements(core.money.stores),
                new OrderHolds(core.money.stores),
                new OrderSessionStore(),
                new TokenParties(core.tokens, on.random()),
                core.jobs),
            core.money.providers,
            core.money.journals,
            core.money.payments.references,
            core.money.payments.alarms,
            ids,
            on.time());
    orders =
        new Orders(
            parts,
            new Orders.World(
                accounts(core),
                logins(core),
                core.money.payments.calls,
                stations(on, core, commands),
                on.random()),
            OrderSettings.DEFAULT.with(
                on.settings().orders().payIn(), on.settings().orders().plugIn()));
    core.runner.register(
        JobRunner.Settings.of(OrderStarts.KIND)
            .withBatch(1)
            .withParallelism(AT_A_TIME)
            .withLease(LEASE)
            .withBackoff(FIRST_PAUSE, LONGEST_PAUSE, ATTEMPTS),
        orders);
    core.accounts.hear(
        core.runner, new CallbackWork.Ears(core.money.remoteSettler, orders, disputes(core)));
  }

  private static DisputeNews disputes(CoreRooms core) {
    return (tx, heard) ->
        core.money.disputes.heard(
            tx,
            new Disputes.News(
                heard.via(), heard.operationId(), heard.dispute(), heard.receivedAt()));
  }

  private static PayAccounts accounts(CoreRooms core) {
    return operator ->
        core.accounts.accounts.offered(operator).stream()
            .map(
                offer ->
                    new PayAccounts.Account(
                        offer.account().key(), offer.account().name(), offer.can()))
            .toList();
  }

  private static WalletLogins logins(CoreRooms core) {
    return (operator, login) -> {
      try {
        return switch (core.accounts.pins.check(operator, login.card(), login.pin())) {
          case PinCheck.Right(long driver) -> OptionalLong.of(driver);
          case PinCheck.Wrong _, PinCheck.Locked _ -> OptionalLong.empty();
        };
      } catch (PasswordHasher.BusyException e) {
        return OptionalLong.empty(); // he may try again; nothing was proven
      }
    };
  }

  private static OrderStations.Ways stations(Foundation on, CoreRooms core, CommandPort commands) {
    RemoteControl control = new RemoteControl(commands, on.ids(), RemoteStops.ORDERS);
    return new OrderStations.Ways(
        new StationPlaces(
            on.database(),
            core.inventory,
            core.tariffs,
            new SessionUseStore(on.database()),
            commands::ready,
            on.time()),
        new RemoteStarts(control),
        new RemoteStops(control),
        new Limits(core, new LiveCosts(core.sessions, core.inventory, on.time())));
  }

  /** Sessions of orders are stopped like those with a driver's limit. */
  private record Limits(CoreRooms core, LiveCosts costs) implements HoldLimits {

    @Override
    public void limit(long operatorId, long stationId, long sessionId, Money held) {
      core.drivers.limits.set(
          new OrderLimitStore.Place(sessionId, operatorId, stationId),
          new OrderLimits(held, null, null, null),
          OrderLimitStore.SYSTEM);
    }

    @Override
    public boolean reached(long sessionId) {
      return core.drivers.limits.find(sessionId).map(row -> row.reached()).isPresent();
    }

    @Override
    public Optional<Money> cost(long stationId, long sessionId) {
      return costs.of(stationId, sessionId);
    }
  }
}
