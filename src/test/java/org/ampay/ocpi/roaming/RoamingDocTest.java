package org.ampay.ocpi.roaming;

import static org.ampay.ocpi.roaming.RoamingWorld.EMP;
import static org.ampay.ocpi.roaming.RoamingWorld.MARCH;
import static org.ampay.ocpi.roaming.RoamingWorld.yuan;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ampay.ledger.LedgerStore.Page;
import org.ampay.payment.fee.PlatformFee;
import org.ampay.store.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The worked example of docs/roaming.md, played. */
class RoamingDocTest {

  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private final RoamingWorld world = new RoamingWorld(DATABASE);

  private Map<String, BigDecimal> balances() {
    Map<String, BigDecimal> found = new LinkedHashMap<>();
    world.money.transactor.run(
        tx ->
            world
                .money
                .stores
                .ledger()
                .accounts(tx, null, "", new Page(0, 100))
                .forEach(
                    row ->
                        found.put(
                            row.account().code(), BigDecimal.valueOf(row.balanceMinor(), 2))));
    return found;
  }

  private static List<String[]> table() throws IOException {
    return Files.readAllLines(Path.of("docs/roaming.md")).stream()
        .filter(line -> line.matches("\\| `[^|]+` \\|( -?[0-9]+\\.[0-9]{2} \\|){3}"))
        .map(line -> line.split("\\|"))
        .toList();
  }

  @Test
  void workedExample_isWhatTheLedgerSays() throws IOException {
    PlatformFee fee =
        new PlatformFee(1, 1, Instant.EPOCH, "CNY", 1_000, 10, 0, null, Instant.EPOCH);
    world.money.fees = (tx, bill) -> fee.of(bill);
    List<Map<String, BigDecimal>> columns = new ArrayList<>();
    world.session(1, EMP, "10");
    columns.add(balances());
    world.refund(1, 500);
    columns.add(balances());
    world.at("2026-04-02T00:00:00Z");
    RoamingInvoice invoice = world.invoice(world.emp(), MARCH);
    assertThat(invoice.total()).isEqualTo(yuan(655));
    world.pay(world.emp(), invoice.id(), 400, 5);
    columns.add(balances());
    assertThat(world.standing(invoice).orElseThrow().open()).isEqualTo(yuan(250));
    List<String[]> rows = table();
    assertThat(rows).hasSize(8);
    for (int step = 0; step < 3; step++) {
      Map<String, BigDecimal> told = new LinkedHashMap<>();
      for (String[] row : rows) {
        told.put(row[1].strip().replace("`", ""), new BigDecimal(row[step + 2].strip()));
      }
      Map<String, BigDecimal> here = columns.get(step);
      assertThat(told.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add))
          .isEqualByComparingTo("0");
      told.values().removeIf(amount -> amount.signum() == 0);
      here.values().removeIf(amount -> amount.signum() == 0);
      assertThat(here).as("step %d", step).containsExactlyInAnyOrderEntriesOf(told);
    }
  }
}
