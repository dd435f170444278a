package org.ampay.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.concurrent.atomic.AtomicInteger;
import org.ampay.base.Money;
import org.ampay.billing.SettlementState;
import org.ampay.charging.StartGuard.Verdict;
import org.ampay.ledger.Account;
import org.ampay.ledger.TrialBalanceRow;
import org.ampay.store.MemoryTransactor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The whole way of the money with a crash at each commit: just before it (nothing is kept) and just
 * after it (everything is kept and nobody hears of it). After each crash the work is taken up again
 * from the rows, and the end is always the same.
 */
class SettlementFaultsTest {

  private static final long DRIVER = 7;

  /** A crash at the n-th commit. */
  private static final class CrashAt implements MemoryTransactor.Faults {
    private final int commit;
    private final boolean after;
    private int seen;
    private boolean crashed;

    CrashAt(int commit, boolean after) {
      this.commit = commit;
      this.after = after;
    }

    @Override
    public void beforeCommit() {
      seen++;
      crash(!after);
    }

    @Override
    public void afterCommit() {
      crash(after);
    }

    void disarm() {
      crashed = true;
    }

    private void crash(boolean here) {
      if (here && seen == commit && !crashed) {
        crashed = true;
        throw new IllegalStateException("crash");
      }
    }
  }

  private interface Step {
    void run();
  }

  /** Does a step until it comes through; leases of the crashed run end meanwhile. */
  private static void untilDone(MoneyWorld world, Step step) {
    for (int i = 0; ; i++) {
      try {
        step.run();
        return;
      } catch (RuntimeException e) {
        assertThat(i).as("crashes, the last: %s", e).isLessThan(2);
        world.time.advance(MoneyWorld.LEASE);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1,10,SETTLED", "1,100,SETTLED", "2,100,PARTIAL", "0,0,SETTLED"})
  void crashAtEveryCommit_endsTheSame(int scenario, String kwh, SettlementState end) {
    long money = scenario == 2 ? 6_000 : 20_000;
    for (boolean after : new boolean[] {false, true}) {
      for (int commit = 1; commit <= 20; commit++) {
        CrashAt crash = new CrashAt(commit, after);
        MoneyWorld world = MoneyWorld.inMemory(crash);
        play(world, crash, money, kwh);
        check(world, money, end);

        CrashAt leasingCrash = new CrashAt(commit, after);
        MoneyWorld leasing = MoneyWorld.inMemory(leasingCrash).leasing();
        play(leasing, leasingCrash, money, kwh);
        check(leasing, money, end);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void debtBehindARefundThatWasCutOff_isCollectedByATopUp(boolean leasing) {
    AtomicInteger commitsToCrash = new AtomicInteger();
    MoneyWorld world =
        MoneyWorld.inMemory(
            new MemoryTransactor.Faults() {
              @Override
              public void beforeCommit() {
                if (commitsToCrash.getAndDecrement() == 1) {
                  throw new IllegalStateException("crash");
                }
              }
            });
    if (leasing) {
      world.leasing();
    }
    world.topUp(DRIVER, 6_000);
    world.finish(1, DRIVER, ((Verdict.Granted) world.start(1, DRIVER)).holdId(), "100");
    world.runJobs(); // 110.55, of which 60.00 are paid
    Refunds.Request refund =
        new Refunds.Request(
            1L, world.settlement(1).settlement().id(), new Money("CNY", 2_000), "a");
    assertThatIllegalStateException()
        .isThrownBy(() -> world.refunds.refund(refund, (tx, operation) -> commitsToCrash.set(2)));
    world.topUp(DRIVER, 8_000);
    world.runJobs();
    assertThat(world.stateOf(1)).isEqualTo(SettlementState.SETTLED);
    assertThat(world.wallet(DRIVER).balance().minor()).isEqualTo(8_000 + 2_000 - 5_055);
    world.time.advance(MoneyWorld.LEASE);
    world.runJobs();
    assertThat(world.wallet(DRIVER).balance().minor()).isEqualTo(8_000 + 2_000 - 5_055);
  }

  private static void play(MoneyWorld world, CrashAt crash, long money, String kwh) {
    Wallets.TopUp topUp =
        new Wallets.TopUp(world.owner(DRIVER), new Money("CNY", money), "the only one");
    untilDone(world, () -> world.wallets.topUp(topUp));
    long[] hold = new long[1];
    untilDone(world, () -> hold[0] = ((Verdict.Granted) world.start(1, DRIVER)).holdId());
    untilDone(world, () -> world.finish(1, DRIVER, hold[0], kwh));
    untilDone(world, world::runJobs);
    untilDone(
        world,
        () ->
            world.refunds.refund(
                new Refunds.Request(
                    1L,
                    world.settlement(1).settlement().id(),
                    new Money("CNY", 55),
                    "the only refund")));
    world.time.advance(MoneyWorld.LEASE);
    untilDone(world, world::runJobs);
    crash.disarm();
  }

  private static void check(MoneyWorld world, long money, SettlementState end) {
    Settlement settlement = world.settlement(1).settlement();
    long paid = settlement.settledMinor() - settlement.refundedMinor();
    assertThat(settlement.refundedMinor()).isEqualTo(55);
    boolean allGivenBack = settlement.settledMinor() == 55;
    assertThat(settlement.state()).isEqualTo(allGivenBack ? SettlementState.REFUNDED : end);
    assertThat(world.wallet(DRIVER).balance().minor()).isEqualTo(money - paid);
    assertThat(world.wallet(DRIVER).held().minor()).isZero();
    assertThat(world.hold(1).state()).isNotEqualTo(HoldState.HELD);
    assertThat(world.balance(Account.receivable(1, DRIVER, "CNY")))
        .isEqualTo(settlement.amount().minor() - settlement.settledMinor());
    assertThat(world.balance(Account.bank(1, "CNY"))).isEqualTo(money);
    long sum =
        world.transactor.call(tx -> world.stores.ledger().trialBalance(tx, null)).stream()
            .mapToLong(TrialBalanceRow::balanceMinor)
            .sum();
    assertThat(sum).isZero();
  }
}
