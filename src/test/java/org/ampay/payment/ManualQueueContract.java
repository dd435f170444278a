package org.ampay.payment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.ampay.billing.SettlementState;
import org.ampay.ledger.Account;
import org.ampay.ledger.TrialBalanceRow;
import org.ampay.payment.ManualQueue.Result;
import org.ampay.payment.PaymentAlarm.Kind;
import org.ampay.payment.TestBank.Fault;
import org.ampay.payment.provider.ProviderKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What persons do about payments, on every kind of store. */
abstract class ManualQueueContract {

  private static final long DRIVER = 7;
  private static final long TOTAL = 1_155; // 10.50 and 10 % tax
  private static final ProviderKey BANK = new ProviderKey("bank", 9L);

  private final TestBank bank = new TestBank("bank");
  private final AtomicInteger entries = new AtomicInteger();
  private MoneyWorld world;

  abstract MoneyWorld newWorld();

  @BeforeEach
  void open() {
    world = newWorld();
    world.accounts.put(9L, bank);
  }

  @AfterEach
  void booksAgree() {
    assertThat(
            world.transactor.call(tx -> world.stores.ledger().trialBalance(tx, null)).stream()
                .mapToLong(TrialBalanceRow::balanceMinor)
                .sum())
        .isZero();
    assertThat(world.balance(Account.pspClearing(1, "bank", 9L, "CNY"))).isEqualTo(bank.moved());
  }

  private ManualQueue.Wish wish(String person) {
    return new ManualQueue.Wish(
        1L,
        world.settlement(1).settlement().id(),
        new WriteOff.Person("user:" + person, person),
        tx -> tx.afterCommit(entries::incrementAndGet));
  }

  private void debt(long paidMinor) {
    if (paidMinor > 0) {
      world.topUp(DRIVER, paidMinor);
    }
    world.finish(1, DRIVER, null, "10");
    world.runJobs();
  }

  private WriteOff proposed() {
    Result result = world.manual.proposeWriteOff(wish("ann"), "moved away");
    return ((Result.WrittenDown) result).writeOff();
  }

  private long balance(Account account) {
    return world.balance(account);
  }

  // ---- write-offs ----

  @Test
  void writeOff_needsTwoPersons_andPostsWhatIsLost() {
    debt(0);
    WriteOff proposed = proposed();
    assertThat(proposed.amount().minor()).isEqualTo(TOTAL);
    assertThat(world.manual.proposed(1L, Long.MAX_VALUE, 10)).containsExactly(proposed);
    assertThat(world.manual.proposed(2L, Long.MAX_VALUE, 10)).isEmpty();
    assertThat(world.manual.decideWriteOff(wish("ann"), proposed.id(), true))
        .isEqualTo(new Result.OwnWork());
    assertThat(balance(Account.badDebt(1, "CNY"))).isZero();
    assertThat(entries).hasValue(1);

    Result approved = world.manual.decideWriteOff(wish("bob"), proposed.id(), true);
    assertThat(((Result.WrittenDown) approved).writeOff().state())
        .isEqualTo(WriteOff.State.APPROVED);
    assertThat(entries).hasValue(2);
    assertThat(world.settlement(1).settlement().state()).isEqualTo(SettlementState.WRITTEN_OFF);
    assertThat(world.stateOf(1)).isEqualTo(SettlementState.DEBT);
    assertThat(balance(Account.receivable(1, DRIVER, "CNY"))).isZero();
    assertThat(balance(Account.payablePending(1, "CNY"))).isZero();
    assertThat(balance(Account.badDebt(1, "CNY"))).isEqualTo(105); // the tax is owed all the same
    assertThat(world.manual.proposed(1L, Long.MAX_VALUE, 10)).isEmpty();
  }

  @Test
  void writeOffOfARest_leavesWhatWasPaid() {
    debt(500);
    assertThat(world.stateOf(1)).isEqualTo(SettlementState.PARTIAL);
    WriteOff proposed = proposed();
    assertThat(proposed.amount().minor()).isEqualTo(TOTAL - 500);
    world.manual.decideWriteOff(wish("bob"), proposed.id(), true);
    long share = 1_050L * 500 / TOTAL;
    assertThat(balance(Account.payable(1, "CNY"))).isEqualTo(-share);
    assertThat(balance(Account.payablePending(1, "CNY"))).isZero();
    assertThat(balance(Account.receivable(1, DRIVER, "CNY"))).isZero();
    assertThat(balance(Account.badDebt(1, "CNY"))).isEqualTo(TOTAL - 500 - (1_050 - share));
  }

  @Test
  void writtenOff_isNotChargedAnyMore() {
    debt(0);
    world.manual.decideWriteOff(wish("bob"), proposed().id(), true);
    world.topUp(DRIVER, 5_000);
    world.runJobs();
    assertThat(world.wallet(DRIVER).balance().minor()).isEqualTo(5_000);
    assertThat(world.manual.retry(wish("bob"))).isInstanceOf(Result.NotNow.class);
  }

  @Test
  void rejectedWriteOff_changesNothing_andMayBeProposedAnew() {
    debt(0);
    WriteOff first = proposed();
    assertThat(world.manual.proposeWriteOff(wish("bob"), "again"))
        .isInstanceOf(Result.NotNow.class);
    world.manual.decideWriteOff(wish("bob"), first.id(), false);
    assertThat(world.stateOf(1)).isEqualTo(SettlementState.DEBT);
    assertThat(world.manual.decideWriteOff(wish("bob"), first.id(), true))
        .isInstanceOf(Result.NotNow.class);
    assertThat(balance(Account.badDebt(1, "CNY"))).isZero();
    proposed();
  }

  @Test
  void paidMeanwhile_isNotWrittenOff() {
    debt(0);
    WriteOff proposed = proposed();
    world.topUp(DRIVER, 5_000);
    world.runJobs();
    assertThat(world.manual.decideWriteOff(wish("bob"), proposed.id(), true))
        .isInstanceOf(Result.NotNow.class);
    assertThat(world.stateOf(1)).isEqualTo(SettlementState.SETTLED);
  }

  @Test
  void whatIsNotKnown_isNotWrittenOff() {
    bank.faults.add(Fault.DROP_CALL);
    world.finish(1, DRIVER, world.held(1, DRIVER, BANK, 5_000), "10");
    world.runJobs();
    assertThat(world.manual.proposeWriteOff(wish("ann"), "why not"))
        .isInstanceOf(Result.NotNow.class);
    assertThat(entries).hasValue(0);
    world.time.advance(Duration.ofMinutes(1));
    world.runJobs();
  }

  // ---- again ----

  @Test
  void misconfigured_isManual_andTriedAgainWithTheSameReference() {
    bank.faults.addAll(List.of(Fault.MISCONFIGURED));
    world.finish(1, DRIVER, world.held(1, DRIVER, BANK, 5_000), "10");
    world.runJobs();
    assertThat(world.manual.list(1L, Long.MAX_VALUE, 10)).hasSize(1);
    assertThat(world.manual.list(2L, Long.MAX_VALUE, 10)).isEmpty();
    assertThat(world.alarms()).containsExactly(Kind.MISCONFIGURED);
    assertThat(world.hold(1).state()).isEqualTo(HoldState.HELD);
    assertThat(world.manual.retry(wish("ann"))).isInstanceOf(Result.Accepted.class);
    assertThat(entries).hasValue(1);
    world.runJobs();
    assertThat(world.stateOf(1)).isEqualTo(SettlementState.SETTLED);
    assertThat(bank.calls).containsExactly("execute capture", "query capture", "execute capture");
    assertThat(world.settlement(1).operations()).hasSize(1);
    assertThat(world.alarms()).isEmpty();
    assertThat(world.manual.list(1L, Long.MAX_VALUE, 10)).isEmpty();
  }

  @Test
  void askAgain_asksAtOnce() {
    bank.faults.add(Fault.DROP_ANSWER);
    world.finish(1, DRIVER, world.held(1, DRIVER, BANK, 5_000), "10");
    world.runJobs();
    assertThat(world.stateOf(1)).isEqualTo(SettlementState.PENDING);
    world.manual.askAgain(wish("ann"));
    world.runJobs();
    assertThat(world.stateOf(1)).isEqualTo(SettlementState.SETTLED);
    assertThat(world.manual.askAgain(wish("ann"))).isInstanceOf(Result.NotNow.class);
  }

  @Test
  void alarm_isAcknowledgedOnce_byItsOperator() {
    bank.faults.add(Fault.MISCONFIGURED);
    world.finish(1, DRIVER, world.held(1, DRIVER, BANK, 5_000), "10");
    world.runJobs();
    long alarm = world.manual.alarms(1L, Long.MAX_VALUE, 10).getFirst().id();
    assertThat(world.manual.acknowledge(2L, alarm, tx -> entries.incrementAndGet())).isFalse();
    assertThat(world.manual.acknowledge(1L, alarm, tx -> entries.incrementAndGet())).isTrue();
    assertThat(world.manual.acknowledge(1L, alarm, tx -> entries.incrementAndGet())).isFalse();
    assertThat(entries).hasValue(1);
    assertThat(world.alarms()).isEmpty();
  }

  @Test
  void anothersSettlement_isNotThere() {
    debt(0);
    ManualQueue.Wish stranger =
        new ManualQueue.Wish(
            2L,
            world.settlement(1).settlement().id(),
            new WriteOff.Person("user:eve", "eve"),
            tx -> entries.incrementAndGet());
    assertThat(world.manual.retry(stranger)).isEqualTo(new Result.NotFound());
    assertThat(world.manual.askAgain(stranger)).isEqualTo(new Result.NotFound());
    assertThat(world.manual.proposeWriteOff(stranger, "x")).isEqualTo(new Result.NotFound());
    assertThat(entries).hasValue(0);
  }
}
