package org.ampay.web;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.ampay.access.Tokens;
import org.ampay.base.IdSource;
import org.ampay.base.Money;
import org.ampay.base.TimeSource;
import org.ampay.billing.catalog.TariffCatalog;
import org.ampay.charging.SessionUseStore;
import org.ampay.charging.StationStops;
import org.ampay.ledger.Journals;
import org.ampay.payment.OrderHolds;
import org.ampay.payment.OrderSettlements;
import org.ampay.payment.PaymentAlarms;
import org.ampay.payment.References;
import org.ampay.payment.RemoteCalls;
import org.ampay.payment.SettlementStores;
import org.ampay.payment.SqlSettlementStore;
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
import org.ampay.payment.provider.Callback;
import org.ampay.payment.provider.CallbackAnswer;
import org.ampay.payment.provider.Capabilities;
import org.ampay.payment.provider.CommandKind;
import org.ampay.payment.provider.Form;
import org.ampay.payment.provider.Outcome;
import org.ampay.payment.provider.PaymentCommand;
import org.ampay.payment.provider.ProviderKey;
import org.ampay.payment.provider.Providers;
import org.ampay.payment.provider.RawCallback;
import org.ampay.payment.provider.RemoteProvider;
import org.ampay.payment.provider.StatementLine;
import org.ampay.payment.provider.deposit.DepositProvider;
import org.ampay.payment.provider.wallet.WalletProvider;
import org.ampay.station.Inventory;
import org.ampay.store.Database;

/** Orders for pages: payers are asked, and nobody ever answers. */
final class OrderFixture {

  /** What payers are given to scan. */
  static final String QR = "weixin://wxpay/bizpayurl?pr=hq8sM2Dzz";

  /** Where payers are sent. */
  static final String LINK = "https://checkout.example.com/c/pay/cs_a1b2c3";

  static final ProviderKey WECHAT = new ProviderKey("wechat", 901L);
  static final ProviderKey STRIPE = new ProviderKey("stripe", 902L);
  static final ProviderKey ALIPAY = new ProviderKey("alipay", 903L);

  private final Database database;
  private final IdSource ids;
  private final TimeSource time;

  OrderFixture(Database database, IdSource ids, TimeSource time) {
    this.database = database;
    this.ids = ids;
    this.time = time;
  }

  Orders orders(
      Inventory inventory,
      TariffCatalog tariffs,
      Tokens tokens,
      SettlementStores stores,
      Journals journals) {
    SecureRandom random = new SecureRandom();
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    Providers providers =
        new Providers(
            List.of(new WalletProvider(), new DepositProvider()),
            account -> Optional.of(new Asking(account)));
    OrderParts parts =
        new OrderParts(
            database.transactor(),
            new OrderParts.Stores(
                new SqlOrderStore(),
                new SqlSettlementStore(),
                new OrderSettlements(stores),
                new OrderHolds(stores),
                new OrderSessionStore(),
                new TokenParties(tokens, random),
                stores.jobs()),
            providers,
            journals,
            new References("test"),
            PaymentAlarms.inDatabase(ids, time, meters),
            ids,
            time);
    StationPlaces places =
        new StationPlaces(
            database, inventory, tariffs, new SessionUseStore(database), station -> true, time);
    OrderStations.Ways ways =
        new OrderStations.Ways(
            places,
            (station, evse, token) ->
                CompletableFuture.completedStage(StationStops.Answer.ACCEPTED),
            (station, transaction) ->
                CompletableFuture.completedStage(StationStops.Answer.ACCEPTED),
            new NoLimits());
    return new Orders(
        parts,
        new Orders.World(
            operator -> accounts(),
            (operator, login) -> OptionalLong.empty(),
            new RemoteCalls(RemoteCalls.Settings.DEFAULT, providers, Runnable::run, time, meters),
            ways,
            random),
        OrderSettings.DEFAULT);
  }

  /** Asks payers, and hears no answer. */
  private record Asking(long account) implements RemoteProvider {

    @Override
    public String name() {
      return "asking";
    }

    @Override
    public Capabilities capabilities() {
      return accounts().stream()
          .filter(one -> one.key().accountId() == account)
          .findFirst()
          .orElseThrow()
          .can();
    }

    @Override
    public Outcome execute(PaymentCommand command) {
      return switch (command.kind()) {
        case AUTHORIZE, PRESENT -> query(command);
        default -> Outcome.Succeeded.of(command.operation().amount());
      };
    }

    @Override
    public Outcome query(PaymentCommand command) {
      return account == STRIPE.accountId()
          ? new Outcome.ActionRequired("ref", Form.REDIRECT, LINK)
          : new Outcome.ActionRequired("ref", Form.QR, QR);
    }

    @Override
    public Callback verify(RawCallback raw) {
      return new Callback.Refused(Callback.Refusal.UNREADABLE);
    }

    @Override
    public CallbackAnswer acknowledged() {
      return new CallbackAnswer(200, "text/plain", "ok");
    }

    @Override
    public CallbackAnswer again() {
      return new CallbackAnswer(500, "text/plain", "again");
    }

    @Override
    public boolean statement(LocalDate day, Consumer<StatementLine> lines) {
      return false;
    }
  }

  private static List<PayAccounts.Account> accounts() {
    return List.of(
        account(WECHAT, "微信商户 1900000109", Capabilities.Flow.PREPAID, Capabilities.Flow.QR),
        account(ALIPAY, "支付宝", Capabilities.Flow.PREAUTH, Capabilities.Flow.QR),
        account(STRIPE, "Stripe", Capabilities.Flow.PREAUTH, Capabilities.Flow.REDIRECT));
  }

  private static PayAccounts.Account account(
      ProviderKey key, String name, Capabilities.Flow flow, Capabilities.Flow form) {
    Capabilities can =
        new Capabilities(
            Set.of(flow, form),
            EnumSet.allOf(CommandKind.class),
            Set.of(),
            new Capabilities.Idempotency(
                Capabilities.Idempotency.By.REFERENCE, Duration.ofDays(30)),
            Set.of("CNY"),
            new Capabilities.Limits(100, 100_000, Duration.ofDays(1), Duration.ofDays(180), 0));
    return new PayAccounts.Account(key, name, can);
  }

  private record NoLimits() implements HoldLimits {
    @Override
    public void limit(long operatorId, long stationId, long sessionId, Money held) {}

    @Override
    public boolean reached(long sessionId) {
      return false;
    }

    @Override
    public Optional<Money> cost(long stationId, long sessionId) {
      return Optional.empty();
    }
  }
}
