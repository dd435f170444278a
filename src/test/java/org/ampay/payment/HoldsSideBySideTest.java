package org.ampay.payment;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;
import org.ampay.billing.SettlementState;
import org.ampay.charging.StartGuard.Verdict;
import org.ampay.ledger.TrialBalanceRow;
import org.ampay.store.GroupCommit;
import org.ampay.store.TestDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two groups of holds at a time on a real database, beside each other and beside settlements. */
@Timeout(120)
class HoldsSideBySideTest {

  private static final int DRIVERS = 8;
  private static final int STARTS = 60;

  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private MoneyWorld world;

  @BeforeEach
  void tokensAndWallets() {
    world = MoneyWorld.onDatabase(DATABASE);
    for (long driver = 1; driver <= DRIVERS; driver++) {
      DATABASE
          .dsl()
          .execute(
              "REPLACE INTO id_token (id, operator_id, uid, uid_key, type, driver_id, blocked,"
                  + " max_concurrent, created_at) VALUES (?, 1, ?, ?, 'ISO14443', ?, FALSE, 1,"
                  + " '2026-01-01')",
              driver,
              "T" + driver,
              "t" + driver,
              driver);
      world.topUp(driver, 17_000);
    }
  }

  /** Odd drivers' tokens may charge twice at a time, the others as often as there is money. */
  private static int limit(long driver) {
    return driver % 2 == 1 ? 2 : 100;
  }

  private static long driver(long session) {
    return session % DRIVERS + 1;
  }

  private List<CompletableFuture<Verdict>> start(ExecutorService threads, LongStream sessions) {
    WalletGuard guard =
        new WalletGuard(
            new GroupCommit.Settings("hold", 10_000, 7, 2, Duration.ofSeconds(5)),
            world.transactor,
            world.holdWriter,
            new GroupCommit.Environment(
                threads,
                threads,
                (pause, task) -> threads.execute(task),
                world.time,
                new SimpleMeterRegistry()));
    return sessions
        .mapToObj(
            session ->
                guard
                    .reserve(world.request(session, driver(session), limit(driver(session))))
                    .toCompletableFuture())
        .toList();
  }

  @Test
  void limitsAndWallets_areKept() {
    int[] granted = new int[DRIVERS + 1];
    try (ExecutorService threads = Executors.newCachedThreadPool()) {
      List<CompletableFuture<Verdict>> verdicts =
          start(threads, LongStream.range(0, (long) DRIVERS * STARTS));
      for (int session = 0; session < verdicts.size(); session++) {
        if (verdicts.get(session).join() instanceof Verdict.Granted) {
          granted[(int) driver(session)]++;
        }
      }
    }
    for (int driver = 1; driver <= DRIVERS; driver++) {
      int expected = driver % 2 == 1 ? 2 : 3;
      assertThat(granted[driver]).as("driver %s", driver).isEqualTo(expected);
      assertThat(world.wallet(driver).held().minor()).isEqualTo(5_000L * expected);
    }
    assertBalanced();
  }

  @Test
  void settlementsMeanwhile_loseNothing() {
    List<Long> sessions = new ArrayList<>();
    for (long session = 1; session <= DRIVERS * 3L; session++) {
      Verdict verdict =
          world.starts(List.of(world.request(session, driver(session), 100))).getFirst();
      assertThat(verdict).isInstanceOf(Verdict.Granted.class);
      sessions.add(session);
    }
    try (ExecutorService threads = Executors.newCachedThreadPool()) {
      List<CompletableFuture<Verdict>> others =
          start(threads, LongStream.range(1_000, 1_000 + (long) DRIVERS * STARTS));
      for (long session : sessions) {
        world.finish(session, driver(session), world.hold(session).id(), "10");
        world.runJobs();
      }
      others.forEach(CompletableFuture::join);
    }
    sessions.forEach(
        session -> assertThat(world.stateOf(session)).isEqualTo(SettlementState.SETTLED));
    for (int driver = 1; driver <= DRIVERS; driver++) {
      assertThat(world.wallet(driver).balance().minor()).isEqualTo(17_000 - 3 * 1_155);
      assertThat(world.wallet(driver).available().minor()).isNotNegative();
    }
    assertBalanced();
  }

  private void assertBalanced() {
    List<TrialBalanceRow> rows =
        world.transactor.call(tx -> world.stores.ledger().trialBalance(tx, null));
    assertThat(rows.stream().mapToLong(TrialBalanceRow::balanceMinor).sum()).isZero();
  }
}
