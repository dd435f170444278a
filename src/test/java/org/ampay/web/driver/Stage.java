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
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.ampay.app.Foundation;
import org.ampay.app.check.AuditChecks;
import org.ampay.app.simulator.Eventually;
import org.ampay.audit.AuditLog;
import org.ampay.billing.BillableSessions;
import org.ampay.billing.SqlBillStore;
import org.ampay.billing.catalog.SqlTariffSnapshotStore;
import org.ampay.charging.SqlSessionStore;
import org.ampay.conformance.ScenarioServer;
import org.ampay.store.JobSignal;
import org.ampay.store.SqlJobStore;
import org.ampay.store.Transactor;
import org.ampay.store.tables.tables.records.PaymentOrderRecord;
import org.ampay.web.Browsers;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/** The whole server and a browser, shared by all stories. The price is 1.00 CNY/kWh + 0.50. */
final class Stage {

  final ScenarioServer server;
  final Browsers browsers;

  private static final class Shared {
    static final Stage INSTANCE = new Stage();
  }

  private Stage() {
    this.server = ScenarioServer.start(Map.of());
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

  /** An order as its driver goes through it. */
  static final class Order implements AutoCloseable {

    final Stage stage;
    final Till till;
    final Pile pile;
    final Browsers.Window window;
    final Page page;
    private final long movedBefore;
    private String code = "";

    Order(Stage stage, Till till, Pile pile) {
      this.stage = stage;
      this.till = till;
      this.pile = pile;
      this.movedBefore = till.moved();
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

    /** Scans the code, chooses, and sends the form. */
    Order wants(long minor) {
      page.navigate(stage.url(path()));
      page.check("input[name='way'][value='" + till.way() + "']");
      till.fill(page);
      page.check("input[name='amount'][value='" + minor + "']");
      page.click("#order button");
      page.waitForURL("**/pay/orders/*");
      code = page.url().replaceFirst(".*/pay/orders/([^/?]+).*", "$1");
      return this;
    }

    String code() {
      return code;
    }

    PaymentOrderRecord row() {
      return stage.dsl().fetchSingle(PAYMENT_ORDER, PAYMENT_ORDER.CODE.eq(code));
    }

    /** Waits for a state, then looks at the page again. */
    Order awaits(String state) {
      Eventually.await(
          "order " + state + ", it is " + row().getState(), () -> row().getState().equals(state));
      page.navigate(stage.url("/pay/orders/" + code));
      return this;
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
          .where(PAYMENT_OPERATION.ORDER_ID.eq(row().getId()))
          .and(PAYMENT_OPERATION.ACTION.isNotNull())
          .fetchSingle(PAYMENT_OPERATION.ACTION);
    }

    /** The time of the order's present state is over: its deadline is put into the past. */
    void runsOutOfTime() {
      long id = row().getId();
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
      PaymentOrderRecord row = row();
      assertThat(row.getEndReason()).isEqualTo(end);
      assertThat(row.getLiveEvse()).isNull();
      long total = row.getTotalMinor() == null ? 0 : row.getTotalMinor();
      assertThat(total).as("total").isEqualTo(taken + owed);
      long returned = row.getReturnedMinor() == null ? 0 : row.getReturnedMinor();
      assertThat(row.getHeldMinor() - returned).as("kept of what was held").isEqualTo(taken);
      assertBill(row, total);
      assertNothingOpen(row);
      assertThat(till.moved() - movedBefore).as("the provider's own books").isEqualTo(taken);
      assertThat(till.held()).as("set aside at the provider").isZero();
      assertLedger(row, owed);
      assertThat(window.complaints).isEmpty();
    }

    private void assertBill(PaymentOrderRecord row, long total) {
      if (row.getSessionId() != null) {
        assertThat(
                stage
                    .dsl()
                    .select(DSL.sum(BILL.TOTAL_MINOR))
                    .from(BILL)
                    .where(BILL.SESSION_ID.eq(row.getSessionId()))
                    .fetchSingle()
                    .value1()
                    .longValueExact())
            .as("bill")
            .isEqualTo(total);
      } else {
        assertThat(total).isZero();
      }
    }

    private void assertNothingOpen(PaymentOrderRecord row) {
      assertThat(
              stage
                  .dsl()
                  .select(PAYMENT_OPERATION.KIND, PAYMENT_OPERATION.STATE)
                  .from(PAYMENT_OPERATION)
                  .where(PAYMENT_OPERATION.DRIVER_ID.eq(row.getDriverId()))
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
                      START_HOLD.ORDER_ID.eq(row.getId()).and(START_HOLD.STATE.eq("held"))))
          .as("holds left")
          .isZero();
    }

    /** The driver owes what is owed, and nothing else of the driver is anywhere. */
    private void assertLedger(PaymentOrderRecord row, long owed) {
      Map<String, Long> balances =
          stage
              .dsl()
              .select(ACCOUNT.CODE, ACCOUNT.BALANCE_MINOR)
              .from(ACCOUNT)
              .where(
                  ACCOUNT.CODE.in(
                      "deposit:" + row.getDriverId(),
                      "receivable:" + row.getDriverId(),
                      "wallet_held:" + row.getDriverId()))
              .fetchMap(ACCOUNT.CODE, ACCOUNT.BALANCE_MINOR);
      balances.values().removeIf(balance -> balance == 0);
      assertThat(balances)
          .isEqualTo(owed == 0 ? Map.of() : Map.of("receivable:" + row.getDriverId(), owed));
      assertThat(
              stage
                  .dsl()
                  .select(DSL.sum(ACCOUNT.BALANCE_MINOR))
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
