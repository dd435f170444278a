package org.ampay.app.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.ampay.audit.AuditLog;
import org.ampay.billing.Bill;
import org.ampay.ocpi.cdr.CdrWorld;
import org.ampay.store.TestDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The audit of what partners were told: silent when all is well, and not when it was touched. */
class RecordChecksTest {

  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private CdrWorld cdrs;

  @BeforeEach
  void told() {
    cdrs = new CdrWorld(DATABASE);
    cdrs.bench.belongs(77, 4);
    cdrs.bench.belongs(78, 4);
    Bill charge = cdrs.money.billed(77, "10");
    cdrs.published(charge);
    cdrs.published(cdrs.money.billed(78, "2"));
    cdrs.published(cdrs.money.credit(charge, 300, 30));
  }

  @Test
  void whatWasToldIsWhatWasBilled() {
    assertThat(broken()).isEmpty();
    assertThat(results())
        .filteredOn(result -> result.name().startsWith("partner_cdrs"))
        .hasSize(3)
        .allSatisfy(result -> assertThat(result.checked()).isEqualTo(4));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          partner_cdrs_equal_bills|UPDATE bill SET total_minor = total_minor + 1 WHERE session_id = 78
          partner_cdrs_equal_bills|DELETE FROM bill WHERE session_id = 78
          partner_cdrs_equal_bills|DELETE FROM ocpi_cdr WHERE kind = 'credit'
          partner_cdrs_say_their_totals|UPDATE ocpi_cdr SET body_221 = REPLACE(body_221, '"incl_vat":2.75}', '"incl_vat":2.76}')
          partner_cdrs_say_their_totals|UPDATE ocpi_cdr SET body_230 = REPLACE(body_230, '"total_cost":{"before_taxes":2.50', '"total_cost":{"before_taxes":2.51')
          partner_cdrs_in_one_sequence|UPDATE ocpi_cdr SET seq = 9 WHERE seq = 4
          partner_cdrs_in_one_sequence|UPDATE ocpi_cdr SET last_updated = '2030-01-01' WHERE seq = 2
          partner_cdrs_in_one_sequence|UPDATE ocpi_cdr_feed SET last_seq = 3
          """)
  void whatWasTouchedIsFound(String check, String sql) {
    assertThat(DATABASE.dsl().execute(sql)).isPositive();
    assertThat(broken()).contains(check);
  }

  private List<String> broken() {
    return results().stream()
        .filter(result -> !result.ok() && result.name().startsWith("partner_cdrs"))
        .map(CheckResult::name)
        .toList();
  }

  private List<CheckResult> results() {
    List<CheckResult> results = new ArrayList<>();
    new AuditChecks(
            cdrs.world.transactor,
            cdrs.money.bills(),
            cdrs.money.sessions(),
            cdrs.world.snapshots,
            new AuditLog(DATABASE.database(), cdrs.world.time),
            cdrs.world.time)
        .run(results::add);
    return results;
  }
}
