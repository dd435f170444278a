package org.ampay.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.ampay.base.CountingIds;
import org.ampay.base.TestTime;
import org.ampay.store.TestDatabase;
import org.ampay.store.Transactor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SqlLedgerStoreTest extends LedgerStoreContract {

  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  @Override
  Transactor transactor() {
    return DATABASE.transactor();
  }

  @Override
  LedgerStore newStore() {
    DATABASE.clear();
    return new SqlLedgerStore();
  }

  /** New accounts, old ones, in every order: no wallet is overdrawn and nothing is lost. */
  @Test
  void concurrentGroups_keepBalancesRight() throws Exception {
    CountingIds ids = new CountingIds(1_000_000);
    LedgerStore store = new SqlLedgerStore();
    DATABASE.clear();
    Account bank = Account.bank(1, "CNY");
    int threads = 4;
    int groups = 25;
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      List<Future<?>> running = new ArrayList<>();
      for (int t = 0; t < threads; t++) {
        int thread = t;
        Journals journals = new Journals(store, ids, TestTime.monday());
        running.add(
            pool.submit(
                () -> {
                  for (int g = 0; g < groups; g++) {
                    List<JournalEntry> entries = new ArrayList<>();
                    for (int i = 0; i < 10; i++) {
                      Account wallet =
                          Account.walletReal(1, (thread * 3L + i * 7L + g) % 20, "CNY");
                      entries.add(
                          new JournalEntry(
                              thread + ":" + g + ":" + i,
                              "top_up",
                              g,
                              1,
                              List.of(Posting.debit(bank, 1), Posting.credit(wallet, 1))));
                    }
                    transactor().run(tx -> journals.post(tx, entries));
                  }
                }));
      }
      for (Future<?> future : running) {
        future.get();
      }
    }
    long total = (long) threads * groups * 10;
    List<TrialBalanceRow> rows = transactor().call(tx -> store.trialBalance(tx, 1L));
    assertThat(rows)
        .containsExactly(
            new TrialBalanceRow(AccountKind.ASSET, "bank", "CNY", 1, total),
            new TrialBalanceRow(AccountKind.LIABILITY, "wallet", "CNY", 20, -total));
  }
}
