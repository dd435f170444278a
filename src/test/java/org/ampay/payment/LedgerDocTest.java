package org.ampay.payment;

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
import org.ampay.base.Money;
import org.ampay.charging.StartGuard.Verdict;
import org.ampay.ledger.LedgerStore.Page;
import org.ampay.payment.fee.PlatformFee;
import org.ampay.store.MemoryTransactor;
import org.junit.jupiter.api.Test;

/** The worked example of docs/ledger.md, played. */
class LedgerDocTest {

  private final MoneyWorld world = MoneyWorld.inMemory(MemoryTransactor.Faults.NONE);

  private Map<String, BigDecimal> balances() {
    Map<String, BigDecimal> found = new LinkedHashMap<>();
    world.transactor.run(
        tx ->
            world
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
    return Files.readAllLines(Path.of("docs/ledger.md")).stream()
        .filter(line -> line.matches("\\| `[^|]+` \\|( -?[0-9]+\\.[0-9]{2} \\|){4}"))
        .map(line -> line.split("\\|"))
        .toList();
  }

  @Test
  void workedExample_isWhatTheLedgerSays() throws IOException {
    PlatformFee fee =
        new PlatformFee(1, 1, Instant.EPOCH, "CNY", 1_000, 10, 0, null, Instant.EPOCH);
    world.fees = (tx, bill) -> fee.of(bill);
    List<Map<String, BigDecimal>> columns = new ArrayList<>();
    world.topUp(1, 10_000);
    columns.add(balances());
    long hold = ((Verdict.Granted) world.start(1, 1L)).holdId();
    columns.add(balances());
    world.finish(1, 1L, hold, "10");
    world.runJobs();
    columns.add(balances());
    world.refunds.refund(
        new Refunds.Request(
            1L, world.settlement(1).settlement().id(), new Money("CNY", 500), "one"));
    columns.add(balances());
    List<String[]> rows = table();
    assertThat(rows).hasSize(8);
    for (int step = 0; step < 4; step++) {
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
