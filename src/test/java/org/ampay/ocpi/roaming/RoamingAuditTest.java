package org.ampay.ocpi.roaming;

import static org.ampay.ocpi.roaming.RoamingWorld.BY;
import static org.ampay.ocpi.roaming.RoamingWorld.EMP;
import static org.ampay.ocpi.roaming.RoamingWorld.MARCH;
import static org.ampay.ocpi.roaming.RoamingWorld.OTHER;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.ampay.app.check.CheckResult;
import org.ampay.store.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.aggregator.ArgumentsAccessor;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The audit passes on roaming without faults, and finds each tampering that it is there for. */
class RoamingAuditTest {

  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private static final List<String> TOUCHED =
      List.of(
          "account",
          "journal",
          "posting",
          "bill",
          "payment_operation",
          "driver",
          "roaming_invoice",
          "roaming_invoice_item",
          "roaming_invoice_line",
          "roaming_invoice_month",
          "roaming_invoice_number",
          "roaming_payment");

  private static RoamingWorld world;

  @BeforeEach
  void live() {
    if (world == null) {
      world = new RoamingWorld(DATABASE);
      story();
      TOUCHED.forEach(t -> execute("CREATE TABLE kept_" + t + " AS SELECT * FROM " + t));
    }
  }

  private static void story() {
    world.session(1, EMP, "10");
    world.session(2, EMP, "20");
    world.refund(2, 300);
    world.session(3, OTHER, "1");
    world.money.topUp(1, 10_000);
    world.at("2026-04-02T08:00:00Z");
    RoamingInvoice wrong = world.invoice(world.emp(), MARCH);
    world.invoices().cancel(world.emp(), wrong.id(), "wrong", BY);
    RoamingInvoice right = world.invoice(world.emp(), MARCH);
    world.invoice(world.other(), MARCH);
    world.pay(world.emp(), right.id(), 1_000, 25);
    RoamingPayment typo = world.pay(world.emp(), right.id(), 700, 0);
    world.payments.reverse(world.emp(), typo.id(), BY);
    world.session(4, EMP, "3");
    world.facts();
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

  @Test
  void lifeWithoutFaults_passes() {
    assertThat(world.checks())
        .extracting(CheckResult::line)
        .allMatch(line -> line.startsWith("ok "));
    assertThat(world.checks()).extracting(CheckResult::name).doesNotHaveDuplicates();
  }

  static Stream<Arguments> tamperings() {
    return Stream.concat(money(), invoices());
  }

  private static Stream<Arguments> money() {
    return Stream.of(
        Arguments.of("partners_pay_their_sessions", "UPDATE driver SET kind = 'person'"),
        Arguments.of(
            "partners_pay_their_sessions",
            "UPDATE payment_operation SET provider = 'wallet' WHERE provider = 'roaming' LIMIT 1"),
        Arguments.of(
            "operations_match_postings",
            "UPDATE payment_operation SET driver_id = 701 WHERE kind = 'refund'"),
        Arguments.of(
            "partner_accounts_match",
            "UPDATE account SET balance_minor = balance_minor - 1 WHERE code = 'roaming:700'"),
        Arguments.of("partner_accounts_match", "DELETE FROM roaming_payment WHERE fee_minor > 0"),
        Arguments.of(
            "roaming_payments_posted",
            "UPDATE roaming_payment SET received_minor = received_minor + 1 LIMIT 1"),
        Arguments.of(
            "roaming_payments_posted",
            "UPDATE roaming_payment SET fee_minor = 24, received_minor = 1001"
                + " WHERE fee_minor = 25"),
        Arguments.of(
            "roaming_journals_have_payments",
            "DELETE FROM roaming_payment WHERE reverses_id IS NOT NULL"),
        Arguments.of(
            "roaming_payments_within_invoices",
            "UPDATE roaming_payment SET received_minor = 100000 WHERE fee_minor = 25"),
        Arguments.of(
            "roaming_payments_within_invoices",
            "UPDATE roaming_payment p SET invoice_id = (SELECT MIN(id) FROM roaming_invoice)"),
        Arguments.of(
            "roaming_reversals_match",
            "UPDATE roaming_payment SET fee_minor = 1 WHERE reverses_id IS NOT NULL"));
  }

  private static Stream<Arguments> invoices() {
    return Stream.of(
        Arguments.of(
            "roaming_invoices_without_gaps", "DELETE FROM roaming_invoice WHERE number = 2"),
        Arguments.of(
            "roaming_invoices_without_gaps",
            "UPDATE roaming_invoice SET number = 9 WHERE number = 4"),
        Arguments.of("roaming_invoices_without_gaps", "DELETE FROM roaming_invoice_number"),
        Arguments.of(
            "roaming_invoices_add_up",
            "UPDATE roaming_invoice SET total_minor = total_minor + 1 WHERE number = 3"),
        Arguments.of(
            "roaming_invoices_add_up",
            "UPDATE roaming_invoice_line SET tax_minor = tax_minor + 1 LIMIT 1"),
        Arguments.of(
            "roaming_invoices_add_up", "DELETE FROM roaming_invoice_item WHERE total_minor = 1155"),
        Arguments.of(
            "roaming_items_match_bills",
            "UPDATE bill SET driver_id = 701 WHERE driver_id = 700 AND kind = 'credit'"),
        Arguments.of(
            "roaming_items_match_bills",
            "UPDATE roaming_invoice_item SET total_minor = total_minor + 1 LIMIT 1"),
        Arguments.of(
            "roaming_invoices_hold_or_are_cancelled",
            "UPDATE roaming_invoice_item SET live_bill = NULL WHERE live_bill IS NOT NULL LIMIT 1"),
        Arguments.of(
            "roaming_invoices_hold_or_are_cancelled", "DELETE FROM roaming_invoice_month LIMIT 1"),
        Arguments.of(
            "roaming_invoices_hold_or_are_cancelled",
            "UPDATE roaming_invoice SET cancels_id = 77 WHERE kind = 'credit'"),
        Arguments.of(
            "roaming_sessions_invoiced",
            "DELETE FROM roaming_invoice_item WHERE bill_id = (SELECT id FROM bill"
                + " WHERE session_id = 1 AND kind = 'charge')"));
  }

  @ParameterizedTest
  @MethodSource("tamperings")
  void tampering_isFound(ArgumentsAccessor arguments) {
    execute(arguments.getString(1));
    assertThat(world.checks().stream().filter(result -> !result.ok()).map(CheckResult::name))
        .as(arguments.getString(1))
        .contains(arguments.getString(0));
  }
}
