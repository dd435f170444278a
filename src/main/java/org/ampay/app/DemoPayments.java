package org.ampay.app;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.ampay.app.sandbox.Sandbox;
import org.ampay.app.sandbox.SandboxSettings;
import org.ampay.app.sandbox.SandboxWire;
import org.ampay.app.sandbox.Wires;
import org.ampay.payment.PaymentOperation;
import org.ampay.payment.account.AccountDraft;
import org.ampay.payment.account.PaymentAccount;
import org.ampay.payment.account.PaymentAccounts;
import org.ampay.payment.order.NewOrder;
import org.ampay.payment.order.Orders;
import org.ampay.payment.order.PayWay;
import org.ampay.payment.order.PaymentOrder;
import org.ampay.payment.order.Placed;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The demo's payments: a sandbox plays the providers, each of the demo's operators has accounts
 * with it, and now and then somebody pays at a charge point by phone.
 */
public final class DemoPayments implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(DemoPayments.class);
  private static final String ACTOR = "system";
  private static final long FIRST_SECONDS = 30;
  private static final long PAUSE_SECONDS = 45;
  private static final int OF_TEN_PAY = 8;
  private static final long SEED = 20_260_102;

  /** Who is paid how. */
  private static final Map<Long, List<String>> PROVIDERS =
      Map.of(
          DemoWorld.CHINA, List.of("wechat", "alipay"), DemoWorld.EUROPE.id(), List.of("stripe"));

  private final Foundation on;
  private final PaymentAccounts accounts;
  private final Orders orders;
  private final URI base;
  private final Sandbox sandbox;
  private final DemoPayStore places;
  private final Random random = new Random(SEED);
  private final ScheduledExecutorService payers =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("demo-orders").factory());

  private DemoPayments(Foundation on, PaymentAccounts accounts, Orders orders, URI base) {
    this.on = on;
    this.accounts = accounts;
    this.orders = orders;
    this.base = base;
    this.places = new DemoPayStore(on.database());
    SandboxSettings local = SandboxSettings.local(on.time());
    this.sandbox =
        Sandbox.start(
            new SandboxSettings(
                local.listen(),
                SEED,
                on.time(),
                on.settings().data().resolve("sandbox.journal"),
                local.post()),
            Wires.ALL);
  }

  /**
   * Starts the sandbox, makes the accounts that are missing and lets payers come.
   *
   * @param base of our pages and callbacks, without a slash at the end
   */
  static DemoPayments start(Foundation on, PaymentAccounts accounts, Orders orders, URI base) {
    DemoPayments demo = new DemoPayments(on, accounts, orders, base);
    try {
      PROVIDERS.forEach(
          (operator, providers) ->
              providers.stream()
                  .filter(demo.sandbox.providers()::contains)
                  .forEach(provider -> demo.account(operator, provider)));
    } catch (RuntimeException e) {
      demo.close();
      throw e;
    }
    demo.payers.scheduleWithFixedDelay(
        demo::someoneComes, FIRST_SECONDS, PAUSE_SECONDS, TimeUnit.SECONDS);
    return demo;
  }

  /** Where the gateways of the demo are: for payers' pages. */
  public URI address() {
    return sandbox.address();
  }

  /** The sandbox has another port at each start: the account is told. */
  private void account(long operator, String provider) {
    String code = "demo-" + operator;
    Map<String, String> values =
        sandbox.account(provider, code, URI.create(base + "/hooks/" + provider + "/" + code));
    AccountDraft draft = new AccountDraft(provider, code, "Sandbox " + provider, values, true);
    Optional<PaymentAccount> known =
        accounts.list(operator).stream()
            .filter(account -> account.provider().equals(provider) && account.code().equals(code))
            .findFirst();
    if (known.isEmpty()) {
      accounts.create(operator, draft, ACTOR);
    } else {
      accounts.change(operator, known.get().id(), draft, ACTOR);
    }
  }

  private void someoneComes() {
    try {
      List<Long> operators = PROVIDERS.keySet().stream().sorted().toList();
      long operator = operators.get(random.nextInt(operators.size()));
      List<String> codes = places.codes(operator);
      if (!codes.isEmpty()) {
        pay(codes.get(random.nextInt(codes.size())));
      }
    } catch (RuntimeException e) {
      LOG.warn("the demo's payer was turned away", e);
    }
  }

  private void pay(String code) {
    List<PayWay> ways =
        orders.ways(code).stream().filter(way -> way.via().accountId() != null).toList();
    if (ways.isEmpty()) {
      return;
    }
    PayWay way = ways.get(random.nextInt(ways.size()));
    Placed placed =
        orders.place(
            new NewOrder(
                code,
                way.via(),
                way.flow(),
                way.form(),
                way.usual(),
                "en",
                URI.create(base + "/pay/orders/"),
                "127.0.0.1",
                null,
                "demo " + on.ids().next()));
    if (placed instanceof Placed.Ok(PaymentOrder order)) {
      decide(order);
    }
  }

  private void decide(PaymentOrder order) {
    PaymentOperation.Action action = order.action();
    boolean pays = random.nextInt(10) < OF_TEN_PAY;
    if (action == null || !pays || !sandbox.act(action.data(), SandboxWire.Act.PAY)) {
      orders.cancel(order.code());
    }
  }

  @Override
  public void close() {
    payers.shutdownNow();
    sandbox.close();
  }
}
