package org.ampay.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import org.ampay.audit.AuditLog.Verification;
import org.ampay.audit.AuditRecord;
import org.ampay.charging.StartGuard.Verdict;
import org.ampay.payment.MoneyWorld;
import org.ampay.store.TestDatabase;
import org.ampay.store.tables.Tables;
import org.ampay.web.WebFixture.Reply;
import org.ampay.web.people.Role;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Top-ups and refunds over real HTTP, on a session that was held, billed and settled. */
class MoneyApiTest {

  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  /** 12.34 kWh at 1.00 and a start of 0.50, with 10 % tax on top. */
  private static final long TOTAL = 1_412;

  private static final long SESSION = 1;

  private MoneyWorld world;
  private WebFixture web;
  private String own;
  private long driver;

  @BeforeEach
  void start() {
    world = MoneyWorld.onDatabase(DATABASE);
    // The world counts its ids by itself: the web's begin far above.
    DATABASE
        .dsl()
        .insertInto(Tables.ID_SEQUENCE)
        .set(Tables.ID_SEQUENCE.NAME, "web-test")
        .set(Tables.ID_SEQUENCE.NEXT_VALUE, 1_000_000L)
        .execute();
    web = new WebFixture(DATABASE.database());
    own = web.key(Role.OPERATOR_ADMIN, MoneyWorld.OPERATOR);
    driver = web.post(own, "/drivers", "{\"name\":\"Zhang Wei\"}").body().at("/id").asLong();
  }

  @AfterEach
  void stop() {
    web.close();
  }

  private Reply topUp(long minor, String key) {
    return web.post(
        own,
        "/drivers/" + driver + "/wallet/top-ups",
        "{\"amount\":{\"minor\":%d},\"note\":\"cash\"}".formatted(minor),
        "idempotency-key",
        key);
  }

  /** Top-up, hold, charge, bill, capture; the settlement's id. */
  private long settled() {
    assertThat(topUp(8_000, "first").status()).isEqualTo(201);
    long hold = ((Verdict.Granted) world.start(SESSION, driver)).holdId();
    world.finish(SESSION, driver, hold, "12.34");
    world.runJobs();
    assertWallet(8_000 - TOTAL);
    return world.settlement(SESSION).settlement().id();
  }

  private Reply refund(long settlement, String body, String key) {
    return web.post(own, "/settlements/" + settlement + "/refunds", body, "idempotency-key", key);
  }

  private static String minor(long minor) {
    return "{\"amount\":{\"minor\":%d},\"reason\":\"slow charger\"}".formatted(minor);
  }

  private void assertWallet(long minor) {
    JsonNode wallet = web.get(own, "/drivers/" + driver + "/wallet").body();
    assertThat(wallet.at("/balance/minor").asLong()).isEqualTo(minor);
    assertThat(wallet.at("/available/minor").asLong()).isEqualTo(minor);
    assertThat(wallet.at("/held/minor").asLong()).isZero();
  }

  private void assertSettlement(long id, String state, long refunded) {
    JsonNode settlement = web.get(own, "/settlements/" + id).body();
    assertThat(settlement.at("/state").asText()).isEqualTo(state);
    assertThat(world.stateOf(SESSION).code()).isEqualTo(state);
    assertThat(world.settlement(SESSION).settlement().refundedMinor()).isEqualTo(refunded);
  }

  private void assertBalanced() {
    JsonNode trial = web.get(own, "/ledger/trial-balance").body();
    assertThat(trial.at("/balanced").asBoolean()).isTrue();
    assertThat(trial.at("/lines").size()).isPositive();
    long sum = 0;
    for (JsonNode line : trial.at("/lines")) {
      sum += line.at("/debit/minor").asLong() - line.at("/credit/minor").asLong();
    }
    assertThat(sum).isZero();
  }

  private long tenantsShareAndTax() {
    long sum = 0;
    for (JsonNode account : web.get(own, "/ledger/accounts?limit=100").body().at("/items")) {
      String code = account.at("/code").asText();
      if (!code.startsWith("wallet:") && !code.startsWith("bank")) {
        sum += Math.abs(account.at("/balance/minor").asLong());
      }
    }
    return sum;
  }

  private List<AuditRecord> entries(String action) {
    assertThat(web.audit.verify()).isInstanceOf(Verification.Intact.class);
    return web.audit.list(MoneyWorld.OPERATOR, Long.MAX_VALUE, 100).stream()
        .filter(entry -> entry.action().equals(action))
        .toList();
  }

  // ---- refunds ----

  @Test
  void refund_ofEverything_restoresTheWallet_andEmptiesTheTenantsAccounts() {
    long settlement = settled();
    assertSettlement(settlement, "settled", 0);
    assertThat(tenantsShareAndTax()).isPositive();
    Reply done = refund(settlement, "{}", "all");
    assertThat(done.status()).as(done.text()).isEqualTo(201);
    assertThat(done.body().at("/state").asText()).isEqualTo("refunded");
    assertWallet(8_000);
    assertSettlement(settlement, "refunded", TOTAL);
    assertThat(tenantsShareAndTax()).isZero();
    assertBalanced();

    Reply nothingLeft = refund(settlement, "{}", "again");
    assertThat(nothingLeft.status()).isEqualTo(400);
    assertThat(nothingLeft.field()).isEqualTo("amount");
    assertWallet(8_000);
  }

  @Test
  void refund_inParts_endsAtTheTotal_andNeverAboveIt() {
    long settlement = settled();
    assertThat(refund(settlement, minor(TOTAL + 1), "too much").field()).isEqualTo("amount");
    assertWallet(8_000 - TOTAL);
    assertThat(refund(settlement, minor(412), "part").status()).isEqualTo(201);
    assertWallet(7_000);
    assertSettlement(settlement, "settled", 412);
    assertBalanced();

    Reply above = refund(settlement, minor(1_001), "above");
    assertThat(above.status()).isEqualTo(400);
    assertThat(above.text()).contains("refundable is 10.00 CNY");
    assertWallet(7_000);
    assertSettlement(settlement, "settled", 412);

    assertThat(refund(settlement, minor(1_000), "rest").status()).isEqualTo(201);
    assertWallet(8_000);
    assertSettlement(settlement, "refunded", TOTAL);
    world.time.advance(Duration.ofMinutes(5));
    world.runJobs();
    assertWallet(8_000);
    assertBalanced();
  }

  @Test
  void refund_ofAnotherTenantsSettlement_isNotFound() {
    long settlement = settled();
    web.otherOperator(2);
    String other = web.key(Role.OPERATOR_ADMIN, 2L);
    assertThat(web.post(other, "/settlements/" + settlement + "/refunds", "{}").status())
        .isEqualTo(404);
    assertWallet(8_000 - TOTAL);
  }

  // ---- withdrawals ----

  private Reply withdraw(long minor, String key) {
    return web.post(
        own,
        "/drivers/" + driver + "/wallet/withdrawals",
        "{\"amount\":{\"minor\":" + minor + "},\"note\":\"counter\"}",
        "idempotency-key",
        key);
  }

  @Test
  void withdrawal_takesRealMoneyOnce_andNoMoreThanThereIs() {
    topUp(8_000, "first");
    world.gift(driver, 500);
    assertThat(withdraw(3_000, "out").status()).isEqualTo(201);
    forgetAnswers();
    assertThat(withdraw(3_000, "out").status()).isEqualTo(201);
    assertWallet(5_500);
    forgetAnswers();
    assertThat(withdraw(3_001, "out").status()).isEqualTo(422);
    Reply above = withdraw(5_001, "above");
    assertThat(above.status()).isEqualTo(400);
    assertThat(above.text()).contains("amount.minor", "50.00 CNY");
    assertThat(withdraw(0, "nothing").status()).isEqualTo(400);
    assertThat(withdraw(-5, "less").status()).isEqualTo(400);
    assertThat(withdraw(5_000, "rest").status()).isEqualTo(201);
    assertWallet(500);
    assertBalanced();
    assertThat(entries("wallet.withdraw")).hasSize(2);
  }

  // ---- who did it ----

  @Test
  void topUpAndRefund_leaveOneEntryEach_howeverOftenTheyAreRepeated() {
    long settlement = settled();
    topUp(8_000, "first");
    for (int i = 0; i < 2; i++) {
      assertThat(refund(settlement, minor(412), "part").status()).isEqualTo(201);
    }
    forgetAnswers();
    assertThat(topUp(8_000, "first").status()).isEqualTo(201);
    assertThat(refund(settlement, minor(412), "part").status()).isEqualTo(201);
    assertWallet(7_000);
    assertThat(entries("wallet.top_up"))
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.subject()).isEqualTo("driver:" + driver);
              assertThat(entry.detail()).contains("80.00 CNY", "cash", "operation");
            });
    assertThat(entries("settlement.refund"))
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.subject()).isEqualTo("settlement:" + settlement);
              assertThat(entry.detail()).contains("4.12 CNY", "slow charger", "operation");
            });
  }

  /** As if the process had died after the money was moved and before the answer was kept. */
  private void forgetAnswers() {
    DATABASE.dsl().deleteFrom(Tables.IDEMPOTENT_ANSWER).execute();
  }

  @Test
  void withoutItsEntry_noMoneyMoves() {
    long settlement = settled();
    DATABASE.dsl().execute("RENAME TABLE audit_entry TO audit_entry_away");
    try {
      assertThat(topUp(500, "second").status()).isGreaterThanOrEqualTo(500);
      assertThat(refund(settlement, minor(412), "part").status()).isGreaterThanOrEqualTo(500);
    } finally {
      DATABASE.dsl().execute("RENAME TABLE audit_entry_away TO audit_entry");
    }
    world.time.advance(Duration.ofMinutes(5));
    world.runJobs();
    assertWallet(8_000 - TOTAL);
    assertSettlement(settlement, "settled", 0);
    assertThat(entries("settlement.refund")).isEmpty();

    assertThat(topUp(500, "second").status()).isEqualTo(201);
    assertThat(refund(settlement, minor(412), "part").status()).isEqualTo(201);
    assertWallet(8_000 - TOTAL + 500 + 412);
    assertThat(entries("wallet.top_up")).hasSize(2);
    assertThat(entries("settlement.refund")).hasSize(1);
    assertBalanced();
  }
}
