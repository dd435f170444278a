package org.ampay.app.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.ampay.audit.AuditEntry;
import org.ampay.audit.AuditLog;
import org.ampay.base.Money;
import org.ampay.billing.promotion.BenefitedLife;
import org.ampay.charging.StartGuard.Verdict;
import org.ampay.payment.MoneyWorld;
import org.ampay.payment.Refunds;
import org.ampay.store.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.aggregator.ArgumentsAccessor;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The checks pass on a life without faults, and each finds the tampering that it is there for. */
class AuditChecksTest {

  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private static final List<String> TOUCHED =
      List.of(
          "account",
          "journal",
          "posting",
          "start_hold",
          "bill",
          "bill_line",
          "cdr",
          "settlement",
          "payment_operation",
          "charging_session",
          "session_fact",
          "meter_reading",
          "audit_entry",
          "job",
          "coupon",
          "coupon_claim",
          "coupon_use",
          "campaign",
          "points_lot",
          "points_hold",
          "points_entry",
          "bill_benefit");

  private static MoneyWorld world;

  @BeforeEach
  void live() {
    if (world == null) {
      world = MoneyWorld.onDatabase(DATABASE);
      story();
      TOUCHED.forEach(t -> execute("CREATE TABLE kept_" + t + " AS SELECT * FROM " + t));
    }
  }

  /** What the test before tampered with is as it was. */
  @AfterEach
  void restore() {
    for (String table : TOUCHED) {
      execute("DELETE FROM " + table);
      execute("INSERT INTO " + table + " SELECT * FROM kept_" + table);
    }
  }

  /** Sessions 1 to 6: settled, refunded in part, partly paid, free of a payer, running, waiting. */
  private static void story() {
    world.topUp(1, 20_000);
    world.topUp(2, 6_000);
    world.topUp(3, 9_000);
    finish(1, 1L, "12.34");
    finish(2, 1L, "30");
    finish(3, 2L, "100");
    finish(4, null, "1");
    world.runJobs();
    world.refunds.refund(
        new Refunds.Request(
            1L, world.settlement(2).settlement().id(), new Money("CNY", 333), "one"));
    BenefitedLife.play(world, DATABASE, 7, 1, 3);
    world.start(5, 3L);
    execute(
        "INSERT INTO charging_session (id, session_key, operator_id, site_id, station_id, evse_no,"
            + " connector_no, protocol, transaction_id, started_at, start_received, state,"
            + " settlement_state, hold_id) SELECT 5, hold_key, 1, 5, 10, 1, 1, '1.6', '5',"
            + " created_at, created_at, 'active', 'none', id FROM start_hold WHERE driver_id = 3");
    finish(6, 1L, "1");
    execute(
        "INSERT INTO session_fact (station_id, fact_ms, fact_key, session_id, kind) SELECT"
            + " station_id, id, session_key, id, 'start' FROM charging_session");
    new AuditLog(DATABASE.database(), world.time).append(AuditEntry.of(1L, "cli", "test", "it"));
    execute(
        "INSERT INTO meter_reading (session_id, id, received_at, station_id, evse_no, read_at)"
            + " VALUES (1, 1, '2026-03-02', 10, 1, '2026-03-02')");
  }

  private static void finish(long session, Long driver, String kwh) {
    long hold = ((Verdict.Granted) world.start(session, driver)).holdId();
    world.finish(session, driver, hold, kwh);
  }

  private static void execute(String sql) {
    DATABASE.dsl().execute(sql);
  }

  private static List<CheckResult> audit() {
    List<CheckResult> results = new ArrayList<>();
    new AuditChecks(
            world.transactor,
            world.stores.bills(),
            world.stores.sessions(),
            world.snapshots,
            new AuditLog(DATABASE.database(), world.time),
            world.time)
        .run(results::add);
    return results;
  }

  private static List<String> broken() {
    return audit().stream().filter(r -> !r.ok()).map(CheckResult::name).toList();
  }

  @Test
  void lifeWithoutFaults_passes() {
    List<CheckResult> results = audit();
    assertThat(results).extracting(CheckResult::line).allMatch(line -> line.startsWith("ok "));
    assertThat(results).extracting(CheckResult::name).doesNotHaveDuplicates();
    assertThat(results)
        .filteredOn(r -> r.name().equals("bills_reprice_equal"))
        .extracting(CheckResult::checked)
        .containsExactly(5L);
  }

  static Stream<Arguments> tamperings() {
    return Stream.of(ledgerTamperings(), settlementTamperings(), promotionTamperings())
        .flatMap(all -> all);
  }

  private static Stream<Arguments> ledgerTamperings() {
    return Stream.of(
        Arguments.of(
            "journals_balance",
            "UPDATE posting SET amount_minor = amount_minor + 1 ORDER BY journal_id LIMIT 1"),
        Arguments.of(
            "journals_have_postings",
            "DELETE FROM posting WHERE journal_id = (SELECT MIN(id) FROM journal)"),
        Arguments.of("postings_have_journals", "DELETE FROM journal ORDER BY id LIMIT 1"),
        Arguments.of(
            "balances_match_postings",
            "UPDATE account SET balance_minor = balance_minor - 1 WHERE code = 'bank'"),
        Arguments.of(
            "wallet_limits", "UPDATE account SET balance_minor = 1 WHERE code = 'wallet:1:real'"),
        Arguments.of(
            "one_payment_per_operation",
            "UPDATE payment_operation SET state = 'declined' WHERE kind = 'charge'"),
        Arguments.of(
            "one_payment_per_operation",
            "DELETE FROM journal WHERE kind = 'capture' ORDER BY id LIMIT 1"),
        Arguments.of(
            "operations_match_postings",
            "UPDATE payment_operation SET done_minor = done_minor - 1 WHERE kind = 'refund'"),
        Arguments.of(
            "payment_journals_have_operations",
            "DELETE FROM payment_operation WHERE kind = 'charge'"),
        Arguments.of(
            "captures_within_holds",
            "UPDATE start_hold SET captured_minor = amount_minor + 1 WHERE state = 'captured'"),
        Arguments.of(
            "holds_have_owner",
            "UPDATE charging_session SET state = 'rejected' WHERE id = 5",
            "DELETE FROM job WHERE kind = 'hold_expiry'",
            "UPDATE start_hold SET deadline = '2026-03-01' WHERE driver_id = 3"),
        Arguments.of(
            "held_money_matches_holds",
            "UPDATE start_hold SET state = 'released' WHERE driver_id = 3"));
  }

  private static Stream<Arguments> settlementTamperings() {
    return Stream.of(
        Arguments.of(
            "bill_parts_add_up",
            "UPDATE bill_line SET total_minor = total_minor + 1 ORDER BY bill_id LIMIT 1"),
        Arguments.of(
            "shares_and_taxes_make_gross",
            "UPDATE bill SET total_minor = total_minor + 1 ORDER BY id LIMIT 1"),
        Arguments.of(
            "receipt_cdr_ledger_equal",
            "UPDATE cdr SET body = REPLACE(body, '\"incl_minor\":1412', '\"incl_minor\":1411')"),
        Arguments.of(
            "receipt_cdr_ledger_equal",
            "UPDATE charging_session SET total_minor = total_minor - 1 WHERE id = 1"),
        Arguments.of("owners_agree", "UPDATE bill SET operator_id = 2 ORDER BY id LIMIT 1"),
        Arguments.of("owners_agree", "UPDATE charging_session SET driver_id = 9 WHERE id = 1"),
        Arguments.of("audit_log_unbroken", "UPDATE audit_entry SET actor = 'somebody'"),
        Arguments.of("audit_log_unbroken", "DELETE FROM audit_entry"),
        Arguments.of("sessions_billed_or_waiting", "DELETE FROM job WHERE kind = 'bill'"),
        Arguments.of(
            "sessions_billed_or_waiting",
            "UPDATE charging_session SET state = 'review' WHERE id = 5"),
        Arguments.of("bills_settled_or_waiting", "DELETE FROM settlement WHERE session_id = 1"),
        Arguments.of(
            "open_operations_have_jobs",
            "UPDATE payment_operation SET state = 'unknown' WHERE kind = 'charge'"),
        Arguments.of(
            "settlements_match_operations",
            "UPDATE settlement SET settled_minor = settled_minor - 1 WHERE session_id = 1"),
        Arguments.of(
            "receivables_match_settlements",
            "UPDATE account SET balance_minor = balance_minor + 1 WHERE code = 'receivable:2'"),
        Arguments.of(
            "session_states_match",
            "UPDATE charging_session SET settlement_state = 'settled' WHERE id = 3"),
        Arguments.of(
            "facts_have_sessions", "UPDATE session_fact SET session_id = 77 WHERE session_id = 1"),
        Arguments.of("readings_have_sessions", "UPDATE meter_reading SET session_id = 77"),
        Arguments.of("sessions_have_facts", "DELETE FROM session_fact WHERE session_id = 2"),
        Arguments.of(
            "bills_reprice_equal",
            "UPDATE bill_line SET volume = volume + 0.000000001 ORDER BY bill_id LIMIT 1"),
        Arguments.of(
            "bills_reprice_equal",
            "UPDATE charging_session SET price_facts = REPLACE(price_facts, '12.34', '12.35')"));
  }

  private static Stream<Arguments> promotionTamperings() {
    return Stream.of(
        Arguments.of(
            "claims_match_uses",
            "UPDATE coupon_claim SET state = 'claimed' WHERE state = 'consumed'"),
        Arguments.of("coupon_uses_have_lines", "DELETE FROM bill_line WHERE dimension = 'COUPON'"),
        Arguments.of("coupon_lines_have_uses", "DELETE FROM coupon_use"),
        Arguments.of("coupons_within_limits", "UPDATE coupon SET claimed = claimed + 1"),
        Arguments.of(
            "reserved_benefits_have_owner",
            "UPDATE start_hold SET state = 'captured' WHERE driver_id = 3"),
        Arguments.of(
            "campaigns_within_budget", "UPDATE campaign SET spent_minor = spent_minor + 1"),
        Arguments.of("points_match_entries", "DELETE FROM points_entry WHERE kind = 'used'"),
        Arguments.of(
            "points_reserved_by_holds", "UPDATE points_hold SET points = points + 1 LIMIT 1"),
        Arguments.of(
            "points_match_ledger",
            "UPDATE account SET balance_minor = balance_minor + 1 WHERE code = 'points:1'"),
        Arguments.of(
            "points_used_match_bills", "UPDATE bill_benefit SET points_earned = points_earned + 1"),
        Arguments.of(
            "platform_discounts_posted",
            "UPDATE bill_line SET funder = 'operator' WHERE funder = 'platform'"));
  }

  @Test
  void whatIsWrong_isSaidInWords() {
    execute("UPDATE start_hold SET state = 'released' WHERE driver_id = 3");
    assertThat(audit())
        .filteredOn(result -> !result.ok())
        .extracting(CheckResult::first)
        .allMatch(first -> first.matches("(driver|hold|claim|points) .*"));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("tamperings")
  void tampering_isFound(ArgumentsAccessor arguments) {
    for (int i = 1; i < arguments.size(); i++) {
      assertThat(DATABASE.dsl().execute(arguments.getString(i))).as("rows").isPositive();
    }
    assertThat(broken()).contains(arguments.getString(0));
  }
}
