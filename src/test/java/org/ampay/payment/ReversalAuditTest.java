package org.ampay.payment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.ampay.app.check.AuditChecks;
import org.ampay.app.check.CheckResult;
import org.ampay.audit.AuditLog;
import org.ampay.payment.order.Flow;
import org.ampay.payment.order.PaymentOrder;
import org.ampay.payment.provider.Callback.Disputed.State;
import org.ampay.store.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.aggregator.ArgumentsAccessor;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The audit of orders, refunds, fees and disputes finds each tampering that it is there for. */
class ReversalAuditTest {

  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private static final List<String> TOUCHED =
      List.of(
          "account",
          "journal",
          "posting",
          "start_hold",
          "bill",
          "cdr",
          "settlement",
          "payment_operation",
          "payment_order",
          "payment_account",
          "payment_callback",
          "platform_fee",
          "dispute",
          "bill_share",
          "job");

  private static ReversalStory story;

  @BeforeEach
  void live() {
    if (story == null) {
      story = new ReversalStory(DATABASE);
      tell();
      TOUCHED.forEach(t -> execute("CREATE TABLE kept_" + t + " AS SELECT * FROM " + t));
    }
  }

  private static void tell() {
    story.share();
    story.order(Flow.PREPAID, 1);
    story.refund(1, 500, "one");
    PaymentOrder lost = story.order(Flow.PREPAID, 2);
    story.refund(2, 100, "two");
    story.dispute(lost, "d1", State.OPEN, 1_155);
    story.dispute(lost, "d1", State.LOST, 1_155);
    PaymentOrder open = story.order(Flow.PREAUTH, 3);
    story.dispute(open, "d2", State.OPEN, 1_155);
    PaymentOrder running = story.world.paid(Flow.PREPAID, 5_000);
    story.world.charging(4, running);
    story.facts();
    story.account();
    execute(
        "INSERT INTO payment_callback (id, operator_id, account_id, event_id, operation_id, kind,"
            + " news, body_hash, state, received_at, applied_at) SELECT 1, 1, 9, 'e', MIN(id),"
            + " 'news', '{}', '', 'applied', '2026-03-02', '2026-03-02' FROM payment_operation");
  }

  @AfterEach
  void restore() {
    for (String table : TOUCHED) {
      execute("DELETE FROM " + table);
      execute("INSERT INTO " + table + " SELECT * FROM kept_" + table);
    }
  }

  private static void execute(String sql) {
    DATABASE.dsl().execute(sql);
  }

  private static List<CheckResult> audit() {
    MoneyWorld money = story.world.money;
    List<CheckResult> results = new ArrayList<>();
    new AuditChecks(
            money.transactor,
            money.stores.bills(),
            money.stores.sessions(),
            money.snapshots,
            new AuditLog(DATABASE.database(), money.time),
            money.time)
        .run(results::add);
    return results;
  }

  @Test
  void lifeWithoutFaults_passes() {
    assertThat(audit()).extracting(CheckResult::line).allMatch(line -> line.startsWith("ok "));
    assertThat(audit()).extracting(CheckResult::name).doesNotHaveDuplicates();
  }

  static Stream<Arguments> tamperings() {
    return Stream.of(payments(), reversals(), orders()).flatMap(all -> all);
  }

  private static Stream<Arguments> payments() {
    return Stream.of(
        Arguments.of(
            "one_payment_per_operation", "DELETE FROM journal WHERE kind = 'present' LIMIT 1"),
        Arguments.of(
            "shares_within_price", "UPDATE bill_share SET share_minor = 1051 WHERE line_no = 1"),
        Arguments.of(
            "shares_of_what_is_paid",
            "UPDATE bill_share SET share_minor = share_minor + 2 WHERE line_no = 2"),
        Arguments.of(
            "operations_match_postings",
            "UPDATE payment_operation SET done_minor = done_minor + 1 WHERE kind = 'present'"),
        Arguments.of(
            "operations_match_postings",
            "UPDATE payment_operation SET account_id = 8 WHERE kind = 'refund'"),
        Arguments.of(
            "payment_journals_have_operations",
            "DELETE FROM payment_operation WHERE kind = 'present' LIMIT 1"),
        Arguments.of(
            "captures_within_holds",
            "UPDATE start_hold SET captured_minor = captured_minor + 1 WHERE provider = 'bank'"),
        Arguments.of(
            "refunds_within_takings",
            "UPDATE payment_operation SET done_minor = 5001 WHERE kind = 'refund'"
                + " AND settlement_id IS NULL LIMIT 1"),
        Arguments.of(
            "clearing_matches_operations",
            "UPDATE account SET balance_minor = balance_minor + 1 WHERE code LIKE 'psp%'"),
        Arguments.of(
            "clearing_matches_operations", "UPDATE dispute SET state = 'won' WHERE state = 'open'"),
        Arguments.of(
            "payments_of_one_account", "UPDATE payment_account SET operator_id = 2 WHERE id = 9"),
        Arguments.of(
            "pending_matches_unsettled",
            "UPDATE account SET balance_minor = balance_minor - 1 WHERE code LIKE 'payable_pen%'"),
        Arguments.of(
            "pending_matches_unsettled",
            "UPDATE settlement SET settled_minor = settled_minor - 3 WHERE session_id = 1"));
  }

  private static Stream<Arguments> reversals() {
    return Stream.of(
        Arguments.of(
            "refunds_have_credits", "DELETE FROM bill WHERE kind = 'credit' ORDER BY id LIMIT 1"),
        Arguments.of("refunds_have_credits", "UPDATE bill SET total_minor = -499 WHERE seq = 1"),
        Arguments.of(
            "credits_have_refunds",
            "UPDATE payment_operation SET kind = 'charge' WHERE reference LIKE 'dispute-%'"),
        Arguments.of(
            "credits_have_refunds",
            "UPDATE cdr SET body = REPLACE(body, '\"incl_minor\":-500', '\"incl_minor\":500')"),
        Arguments.of(
            "credits_within_charges",
            "UPDATE bill SET excl_minor = excl_minor - 9999 WHERE kind = 'credit'"),
        Arguments.of(
            "credits_within_charges", "UPDATE bill SET seq = 7 WHERE kind = 'credit' LIMIT 1"),
        Arguments.of(
            "credits_match_postings",
            "UPDATE bill SET tax_minor = tax_minor - 1 WHERE kind = 'credit'"),
        Arguments.of("fees_match_bills", "UPDATE platform_fee SET basis_points = 1100"),
        Arguments.of("fees_match_bills", "DELETE FROM platform_fee"),
        Arguments.of(
            "fees_match_bills",
            "UPDATE posting SET amount_minor = amount_minor - 1 WHERE account_id IN"
                + " (SELECT id FROM account WHERE code = 'platform_fee')"),
        Arguments.of("disputes_match_ledger", "UPDATE dispute SET taken_minor = 1 WHERE id > 0"),
        Arguments.of("disputes_match_ledger", "DELETE FROM dispute WHERE state = 'open'"),
        Arguments.of(
            "disputes_end_in_full",
            "UPDATE dispute SET written_minor = written_minor + 1 WHERE state = 'lost'"),
        Arguments.of(
            "disputes_end_in_full",
            "UPDATE payment_operation SET reference = 'x' WHERE reference LIKE 'dispute-%'"));
  }

  private static Stream<Arguments> orders() {
    return Stream.of(
        Arguments.of(
            "deposits_match_operations",
            "UPDATE account SET balance_minor = balance_minor + 1 WHERE code LIKE 'deposit:%'"),
        Arguments.of(
            "deposits_have_orders",
            "UPDATE payment_order SET state = 'closed'",
            "DELETE FROM job WHERE kind = 'order'"),
        Arguments.of("orders_end_or_wait", "DELETE FROM job WHERE kind = 'order'"),
        Arguments.of(
            "closed_orders_are_done",
            "UPDATE payment_order SET end_reason = NULL WHERE state = 'closed'"),
        Arguments.of(
            "closed_orders_are_done",
            "UPDATE payment_order SET state = 'closed' WHERE state = 'charging'"),
        Arguments.of(
            "orders_match_payments",
            "UPDATE payment_order SET held_minor = held_minor + 1 WHERE state = 'closed'"),
        Arguments.of("orders_live_once", "UPDATE payment_order SET live_evse = NULL"),
        Arguments.of("order_owners_agree", "UPDATE payment_order SET driver_id = 77"),
        Arguments.of(
            "callbacks_applied_or_waiting", "UPDATE payment_callback SET applied_at = NULL"),
        Arguments.of(
            "callbacks_applied_or_waiting",
            "UPDATE payment_callback SET state = 'stored', applied_at = NULL"));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("tamperings")
  void tampering_isFound(ArgumentsAccessor arguments) {
    for (int i = 1; i < arguments.size(); i++) {
      assertThat(DATABASE.dsl().execute(arguments.getString(i))).as("rows").isPositive();
    }
    assertThat(audit().stream().filter(r -> !r.ok()).map(CheckResult::name))
        .contains(arguments.getString(0));
  }
}
