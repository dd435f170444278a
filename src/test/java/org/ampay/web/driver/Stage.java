package org.ampay.web.driver;

import static org.ampay.store.tables.Tables.ACCOUNT;
import static org.ampay.store.tables.Tables.BILL;
import static org.ampay.store.tables.Tables.EVSE;
import static org.ampay.store.tables.Tables.JOB;
import static org.ampay.store.tables.Tables.PAYMENT_OPERATION;
import static org.ampay.store.tables.Tables.PAYMENT_ORDER;
import static org.ampay.store.tables.Tables.START_HOLD;
import static org.ampay.store.tables.Tables.STATION;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.ampay.app.Foundation;
import org.ampay.app.check.AuditChecks;
import org.ampay.app.simulator.Eventually;
import org.ampay.audit.AuditLog;
import org.ampay.billing.BillableSessions;
import org.ampay.billing.SqlBillStore;
import org.ampay.billing.catalog.SqlTariffSnapshotStore;
import org.ampay.charging.SqlSessionStore;
import org.ampay.conformance.ScenarioServer;
import org.ampay.payment.kit.SamplePlugin;
import org.ampay.store.JobSignal;
import org.ampay.store.SqlJobStore;
import org.ampay.store.Transactor;
import org.ampay.web.Browsers;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** The whole server and a browser, shared by all stories. The price is 1.00 CNY/kWh + 0.50. */
final class Stage {

  final ScenarioServer server;
  final Browsers browsers;

  private static final class Shared {
    static final Stage INSTANCE = new Stage();
  }

  private Stage() {
    this.server = ScenarioServer.start(Map.of("plugins", SamplePlugin.folder().toString()));
    this.browsers = new Browsers();
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .unstarted(
                    () -> {
                      browsers.close();
                      server.close();
                    }));
  }

  static Stage shared() {
    return Shared.INSTANCE;
  }

  DSLContext dsl() {
    return server.server().foundation().database().dsl();
  }

  String url(String path) {
    return server.api().base() + path;
  }

  /** A driver with a phone in front of a pile. */
  Order driver(Till till, Pile pile) {
    return new Order(this, till, pile);
  }

  /** All invariants hold. */
  void audit() {
    List<String> broken = new ArrayList<>();
    Foundation on = server.server().foundation();
    Transactor transactor = on.database().transactor();
    SqlJobStore jobs = new SqlJobStore(on.idSource("jobs"), on.time(), new JobSignal());
    new AuditChecks(
            transactor,
            new SqlBillStore(),
            BillableSessions.of(new SqlSessionStore(jobs)),
            new SqlTariffSnapshotStore(transactor, on.ids(), on.time()),
            new AuditLog(on.database(), on.time()),
            on.time())
        .run(
            result -> {
              if (!result.ok()) {
                broken.add(result.line());
              }
            });
    assertThat(broken).isEmpty();
  }

  /** What is stored of an order; money in minor units, 0 where none is stored. */
  record Row(
      long id,
      String state,
      @Nullable String end,
      @Nullable String live,
      @Nullable Long session,
      long driver,
      long held,
      long total,
      long returned) {

    static Row of(Record r) {
      return new Row(
          r.get(PAYMENT_ORDER.ID),
          r.get(PAYMENT_ORDER.STATE),
          r.get(PAYMENT_ORDER.END_REASON),
          r.get(PAYMENT_ORDER.LIVE_EVSE),
          r.get(PAYMENT_ORDER.SESSION_ID),
          r.get(PAYMENT_ORDER.DRIVER_ID),
          r.get(PAYMENT_ORDER.HELD_MINOR),
          Objects.requireNonNullElse(r.get(PAYMENT_ORDER.TOTAL_MINOR), 0L),
          Objects.requireNonNullElse(r.get(PAYMENT_ORDER.RETURNED_MINOR), 0L));
    }
  }

  /** An order as its driver goes through it. */
  static final class Order implements AutoCloseable {

    final Stage stage;
    final Till till;
    final Pile pile;
    final Browsers.Window window;
    final Page page;
    private final long movedBefore;
    private final long heldBefore;
    private String code = "";

    Order(Stage stage, Till till, Pile pile) {
      this.stage = stage;
      this.till = till;
      this.pile = pile;
      this.movedBefore = till.moved();
      this.heldBefore = till.held();
      this.window = stage.browsers.open(390, 844, "en");
      this.page = window.page;
    }

    /** The path behind the QR code of the pile. */
    String path() {
      return "/pay/"
          + stage
              .dsl()
              .select(EVSE.PAY_CODE)
              .from(EVSE)
              .join(STATION)
              .on(STATION.ID.eq(EVSE.STATION_ID))
              .where(STATION.IDENTITY.eq(pile.identity()))
              .fetchSingle(EVSE.PAY_CODE);
    }

    /** Scans the code, chooses, and sends the form: there is an order. */
    Order wants(long minor) {
      sends(minor);
      page.waitForURL("**/pay/orders/*");
      code = page.url().replaceFirst(".*/pay/orders/([^/?]+).*", "$1");
      return this;
    }

    /** Scans the code, chooses, and sends the form. */
    void sends(long minor) {
      String way = till.way();
      page.navigate(stage.url(path()));
      page.check("input[name='way'][value='" + way + "']");
      till.fill(page);
      page.check("input[name='amount'][value='" + minor + "']");
      page.click("#order button");
    }

    String code() {
      return code;
    }

    Row row() {
      return stage
          .dsl()
          .selectFrom(PAYMENT_ORDER)
          .where(PAYMENT_ORDER.CODE.eq(code))
          .fetchSingle(Row::of);
    }

    /** Waits for a state, then looks at the page again. */
    Order awaits(String state) {
      Eventually.await(
          "order " + state + ", it is " + row().state(), () -> row().state().equals(state));
      page.navigate(stage.url("/pay/orders/" + code));
      return this;
    }

    /** Waits until the order knows its session: from then on its amount is watched. */
    void awaitsSession() {
      Eventually.await("session of the order", () -> row().session() != null);
    }

    /** The page that is open comes by itself to say that. */
    void awaitsOnPage(String title) {
      page.waitForSelector("#told h1:text-is('" + title + "')");
    }

    Order click(String button) {
      page.click("#" + button);
      return this;
    }

    String title() {
      return page.textContent("#told h1");
    }

    String told() {
      return page.textContent("#told");
    }

    /** What the payer is to scan or to open. */
    String action() {
      return stage
          .dsl()
          .select(PAYMENT_OPERATION.ACTION)
          .from(PAYMENT_OPERATION)
          .where(PAYMENT_OPERATION.ORDER_ID.eq(row().id()))
          .and(PAYMENT_OPERATION.ACTION.isNotNull())
          .fetchSingle(PAYMENT_OPERATION.ACTION);
    }

    /** The time of the order's present state is over: its deadline is put into the past. */
    void runsOutOfTime() {
      long id = row().id();
      Instant past = Instant.now().minusSeconds(1);
      stage
          .dsl()
          .update(PAYMENT_ORDER)
          .set(PAYMENT_ORDER.DEADLINE, past)
          .where(PAYMENT_ORDER.ID.eq(id))
          .execute();
      stage.dsl().update(JOB).set(JOB.DUE_AT, past).where(JOB.REF.eq(id)).execute();
    }

    /**
     * The order is closed, with that money: bill, operations, ledger and the provider's own books
     * agree to the cent, and nothing is held anywhere.
     *
     * @param taken minor units; what the payer is without
     * @param owed beyond that
     */
    void assertEnd(String end, long taken, long owed) {
      awaits("closed");
      Row row = row();
      assertThat(row.end()).isEqualTo(end);
      assertThat(row.live()).isNull();
      long total = row.total();
      assertThat(total).as("total").isEqualTo(taken + owed);
      assertThat(row.held() - row.returned()).as("kept of what was held").isEqualTo(taken);
      assertBill(row, total);
      assertNothingOpen(row);
      assertThat(till.moved() - movedBefore).as("the provider's own books").isEqualTo(taken);
      assertThat(till.held()).as("set aside at the provider").isEqualTo(heldBefore);
      assertLedger(row, owed);
      assertThat(window.complaints.stream().filter(c -> c.contains(stage.url("/")))).isEmpty();
    }

    private void assertBill(Row row, long total) {
      if (row.session() != null) {
        assertThat(
                stage
                    .dsl()
                    .select(DSL.sum(BILL.TOTAL_MINOR))
                    .from(BILL)
                    .where(BILL.SESSION_ID.eq(row.session()))
                    .fetchSingle()
                    .value1()
                    .longValueExact())
            .as("bill")
            .isEqualTo(total);
      } else {
        assertThat(total).isZero();
      }
    }

    private void assertNothingOpen(Row row) {
      assertThat(
              stage
                  .dsl()
                  .select(PAYMENT_OPERATION.KIND, PAYMENT_OPERATION.STATE)
                  .from(PAYMENT_OPERATION)
                  .where(PAYMENT_OPERATION.DRIVER_ID.eq(row.driver()))
                  .and(
                      PAYMENT_OPERATION.STATE.in(
                          "requested", "pending", "action_required", "not_sent", "unknown"))
                  .fetch())
          .as("open operations")
          .isEmpty();
      assertThat(
              stage
                  .dsl()
                  .fetchCount(
                      START_HOLD,
                      START_HOLD.ORDER_ID.eq(row.id()).and(START_HOLD.STATE.eq("held"))))
          .as("holds left")
          .isZero();
    }

    /** The driver owes what is owed, and nothing else of the driver is anywhere. */
    private void assertLedger(Row row, long owed) {
      Map<String, Long> balances =
          stage
              .dsl()
              .select(ACCOUNT.CODE, ACCOUNT.BALANCE_MINOR)
              .from(ACCOUNT)
              .where(
                  ACCOUNT.CODE.in(
                      "deposit:" + row.driver(),
                      "receivable:" + row.driver(),
                      "wallet_held:" + row.driver()))
              .fetchMap(ACCOUNT.CODE, ACCOUNT.BALANCE_MINOR);
      balances.values().removeIf(balance -> balance == 0);
      assertThat(balances)
          .isEqualTo(owed == 0 ? Map.of() : Map.of("receivable:" + row.driver(), owed));
      assertThat(
              stage
                  .dsl()
                  .select(DSL.coalesce(DSL.sum(ACCOUNT.BALANCE_MINOR), DSL.val(BigDecimal.ZERO)))
                  .from(ACCOUNT)
                  .fetchSingle()
                  .value1()
                  .longValueExact())
          .as("trial balance")
          .isZero();
    }

    @Override
    public void close() {
      window.close();
      pile.close();
    }
  }
}
