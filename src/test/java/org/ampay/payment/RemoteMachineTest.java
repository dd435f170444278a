package org.ampay.payment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.function.Consumer;
import org.ampay.base.Money;
import org.ampay.billing.SettlementState;
import org.ampay.ledger.Account;
import org.ampay.ledger.TrialBalanceRow;
import org.ampay.payment.PaymentAlarm.Kind;
import org.ampay.payment.TestBank.Fault;
import org.ampay.payment.provider.CommandKind;
import org.ampay.payment.provider.Outcome;
import org.ampay.payment.provider.PaymentCommand;
import org.ampay.payment.provider.PaymentCommand.SavedMethod;
import org.ampay.payment.provider.ProviderKey;
import org.ampay.store.MemoryTransactor;
import org.ampay.store.Tx;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Settlements with a provider beyond a network: what it does, and what our books say of it. */
class RemoteMachineTest {

  private static final long DRIVER = 7;
  private static final long TOTAL = 1_155; // 10 kWh
  private static final ProviderKey BANK = new ProviderKey("bank", 9L);

  private final TestBank bank = new TestBank("bank");
  private MoneyWorld world = open(MemoryTransactor.Faults.NONE);

  private MoneyWorld open(MemoryTransactor.Faults faults) {
    MoneyWorld opened = MoneyWorld.inMemory(faults);
    opened.accounts.put(9L, bank);
    return opened;
  }

  @AfterEach
  void booksAgree() {
    assertThat(world.balance(Account.pspClearing(1, "bank", 9L, "CNY"))).isEqualTo(bank.moved());
    assertThat(
            world.transactor.call(tx -> world.stores.ledger().trialBalance(tx, null)).stream()
                .mapToLong(TrialBalanceRow::balanceMinor)
                .sum())
        .isZero();
  }

  private void charged(long session, long holdMinor) {
    world.finish(session, DRIVER, world.held(session, DRIVER, BANK, holdMinor), "10");
  }

  private void run(Duration time) {
    world.time.advance(time);
    world.runJobs();
  }

  private PaymentOperation only(CommandKind kind) {
    return world.settlement(1).operations().stream()
        .filter(op -> op.kind() == kind)
        .reduce(
            (a, b) -> {
              throw new AssertionError("two of " + kind);
            })
        .orElseThrow();
  }

  // ---- above the hold, without a hold ----

  @Test
  void captureAboveTheHold_takesTheRestFromTheWallet() {
    world.topUp(DRIVER, 1_000);
    charged(1, 1_000);
    world.runJobs();
    assertThat(world.stateOf(1)).isEqualTo(SettlementState.SETTLED);
    assertThat(bank.calls).containsExactly("execute capture");
    assertThat(world.wallet(DRIVER).balance().minor()).isEqualTo(1_000 - 155);
    assertThat(world.hold(1).capturedMinor()).isEqualTo(1_000);
    assertThat(world.jobsLeft()).isZero();
  }

  @Test
  void captureAboveTheHold_withoutAnotherWay_leavesADebt() {
    charged(1, 1_000);
    world.runJobs();
    assertThat(world.stateOf(1)).isEqualTo(SettlementState.PARTIAL);
    assertThat(world.balance(Account.receivable(1, DRIVER, "CNY"))).isEqualTo(155);
    world.topUp(DRIVER, 500);
    world.runJobs();
    assertThat(world.stateOf(1)).isEqualTo(SettlementState.SETTLED);
    assertThat(world.wallet(DRIVER).balance().minor()).isEqualTo(500 - 155);
  }

  @Test
  void rest_isChargedByTheSavedMethod_asItWasStored() {
    SavedMethod card = new SavedMethod("customer 1", "card 1");
    world.methods.put(DRIVER, new PaymentMethod(BANK, card));
    bank.faults.add(Fault.NONE);
    bank.faults.add(Fault.DROP_CALL);
    charged(1, 1_000);
    world.runJobs();
    world.methods.put(DRIVER, new PaymentMethod(BANK, new SavedMethod("customer 1", "card 2")));
    run(Duration.ofSeconds(30));
    assertThat(world.stateOf(1)).isEqualTo(SettlementState.SETTLED);
    PaymentCommand charge = bank.done.get(only(CommandKind.CHARGE).reference());
    assertThat(((PaymentCommand.Charge) charge).method()).isEqualTo(card);
    assertThat(bank.moved()).isEqualTo(TOTAL);
  }

  @Test
  void savedMethod_declined_isADebt_andIsChargedAgainWhenAPersonSaysSo() {
    world.methods.put(DRIVER, new PaymentMethod(BANK, new SavedMethod("c", "m")));
    bank.faults.add(Fault.DECLINE);
    world.finish(1, DRIVER, null, "10");
    world.runJobs();
    assertThat(world.stateOf(1)).isEqualTo(SettlementState.DEBT);
    assertThat(world.manual.retry(wish(tx -> {}))).isInstanceOf(ManualQueue.Result.Accepted.class);
    world.runJobs();
    assertThat(world.stateOf(1)).isEqualTo(SettlementState.SETTLED);
    assertThat(world.settlement(1).operations()).hasSize(2);
    assertThat(bank.done).hasSize(1);
  }

  private ManualQueue.Wish wish(Consumer<Tx> entry) {
    return new ManualQueue.Wish(
        1L, world.settlement(1).settlement().id(), new WriteOff.Person("user:a", "a"), entry);
  }

  @Test
  void declinedCapture_givesTheHoldBack_andTakesTheWallet() {
    world.topUp(DRIVER, 5_000);
    bank.faults.add(Fault.DECLINE);
    charged(1, 5_000);
    world.runJobs();
    assertThat(world.stateOf(1)).isEqualTo(SettlementState.SETTLED);
    assertThat(bank.calls).containsExactly("execute capture", "execute release");
    assertThat(world.hold(1).state()).isEqualTo(HoldState.RELEASED);
    assertThat(world.wallet(DRIVER).balance().minor()).isEqualTo(5_000 - TOTAL);
  }

  // ---- accounts that vanish ----

  @Test
  void accountThatIsGone_isManual_andOthersGoOn() {
    charged(1, 5_000);
    world.accounts.clear();
    world.topUp(8, 5_000);
    world.finish(2, 8L, null, "10");
    world.runJobs();
    assertThat(world.stateOf(2)).isEqualTo(SettlementState.SETTLED);
    assertThat(world.stateOf(1)).isEqualTo(SettlementState.MANUAL);
    assertThat(world.alarms()).containsExactly(Kind.ACCOUNT_GONE);
    world.accounts.put(9L, bank);
    world.manual.retry(wish(tx -> {}));
    world.runJobs();
    assertThat(world.stateOf(1)).isEqualTo(SettlementState.SETTLED);
    assertThat(world.alarms()).isEmpty();
    assertThat(world.hold(1).state()).isEqualTo(HoldState.CAPTURED);
  }

  @Test
  void accountThatGoesAfterTheSending_isManual_andGoesOnByItselfWhenItIsBack() {
    bank.faults.add(Fault.DROP_ANSWER);
    charged(1, 5_000);
    world.runJobs();
    world.accounts.clear();
    run(Duration.ofSeconds(30));
    assertThat(world.stateOf(1)).isEqualTo(SettlementState.MANUAL);
    world.accounts.put(9L, bank);
    run(Duration.ofMinutes(2));
    assertThat(world.stateOf(1)).isEqualTo(SettlementState.SETTLED);
    assertThat(bank.done).hasSize(1);
  }

  // ---- deadlines ----

  @Test
  void unknownForLong_raisesAnAlarm_thenBecomesAPersons_andEndsWhenTheProviderIsBack() {
    bank.faults.add(Fault.DROP_ANSWER);
    charged(1, 5_000);
    world.runJobs();
    bank.down = true;
    run(Duration.ofMinutes(9));
    assertThat(world.alarms()).isEmpty();
    run(Duration.ofMinutes(2));
    assertThat(world.alarms()).containsExactly(Kind.UNKNOWN);
    run(Duration.ofHours(24));
    assertThat(world.stateOf(1)).isEqualTo(SettlementState.MANUAL);
    assertThat(world.alarms()).contains(Kind.SETTLEMENT_LATE, Kind.UNKNOWN);
    assertThat(world.meters.counter("ampay.payment.alarms", "kind", "unknown").count())
        .isEqualTo(1);
    bank.down = false;
    run(Duration.ofMinutes(11));
    assertThat(world.stateOf(1)).isEqualTo(SettlementState.SETTLED);
    assertThat(world.alarms()).isEmpty();
    assertThat(world.jobsLeft()).isZero();
  }

  @Test
  void tooOldToBeSentAgain_isOnlyAskedAbout() {
    bank.validFor = Duration.ofHours(24);
    bank.faults.add(Fault.DROP_CALL);
    charged(1, 5_000);
    world.runJobs();
    bank.down = true;
    run(Duration.ofHours(23));
    bank.down = false;
    bank.calls.clear();
    run(Duration.ofMinutes(1));
    assertThat(bank.calls).containsExactly("query capture", "execute release");
    assertThat(world.stateOf(1)).isEqualTo(SettlementState.DEBT);
    assertThat(bank.moved()).isZero();
  }

  @Test
  void outage_isOverWithinAMinute_forAll() {
    int sessions = 60;
    for (int i = 1; i <= sessions; i++) {
      bank.faults.add(i % 2 == 0 ? Fault.DROP_ANSWER : Fault.DROP_CALL);
    }
    for (int i = 1; i <= sessions; i++) {
      charged(i, 5_000);
    }
    bank.down = true;
    for (int i = 0; i < 90; i++) {
      run(Duration.ofSeconds(20));
    }
    int during = bank.calls.size();
    bank.down = false;
    bank.faults.clear();
    for (int i = 0; i < 60; i++) {
      run(Duration.ofSeconds(1));
    }
    for (int i = 1; i <= sessions; i++) {
      assertThat(world.stateOf(i)).isEqualTo(SettlementState.SETTLED);
    }
    assertThat(bank.done).hasSize(sessions);
    assertThat(during).as("the circuit keeps calls away").isLessThan(sessions * 90);
  }

  @Test
  void circuit_opensAfterFailures_andIsTriedAgain() {
    bank.down = true;
    for (int i = 1; i <= 40; i++) {
      charged(i, 5_000);
    }
    world.runJobs();
    assertThat(bank.calls).hasSize(10).containsOnly("execute capture");
    assertThat(world.settlement(40).operations().getFirst().state())
        .isEqualTo(OperationState.NOT_SENT);
    bank.down = false;
    for (int i = 0; i < 40; i++) {
      run(Duration.ofSeconds(1));
    }
    for (int i = 1; i <= 40; i++) {
      assertThat(world.stateOf(i)).isEqualTo(SettlementState.SETTLED);
    }
    assertThat(bank.done).hasSize(40);
  }

  // ---- news ----

  @Test
  void callback_beforeOurAnswer_twice_andAfterTheRefund_endsTheSame() {
    bank.meanwhile = command -> tell(command, Outcome.Succeeded.of(command.operation().amount()));
    charged(1, 5_000);
    world.runJobs();
    assertThat(world.stateOf(1)).isEqualTo(SettlementState.SETTLED);
    bank.meanwhile = command -> {};
    PaymentOperation capture = only(CommandKind.CAPTURE);
    world.remoteSettler.heard(capture.id(), Outcome.Succeeded.of(capture.amount()));
    Money half = new Money("CNY", 500);
    long id = world.settlement(1).settlement().id();
    world.refunds.refund(new Refunds.Request(null, id, half, "k"));
    run(Duration.ofMinutes(1));
    assertThat(world.settlement(1).settlement().refundedMinor()).isEqualTo(500);
    world.remoteSettler.heard(capture.id(), Outcome.Succeeded.of(capture.amount()));
    world.remoteSettler.heard(capture.id(), new Outcome.Declined("an old one"));
    world.runJobs();
    assertThat(world.stateOf(1)).isEqualTo(SettlementState.SETTLED);
    assertThat(world.alarms()).isEmpty();
    assertThat(world.jobsLeft()).isZero();
  }

  private void tell(PaymentCommand command, Outcome outcome) {
    world.remoteSettler.heard(command.operation().id(), outcome);
  }

  @Test
  void callbackThatSaysNo_onlyMakesUsAsk() {
    bank.faults.add(Fault.DROP_ANSWER);
    charged(1, 5_000);
    world.runJobs();
    world.remoteSettler.heard(only(CommandKind.CAPTURE).id(), new Outcome.Declined("forged?"));
    world.runJobs();
    assertThat(world.stateOf(1)).isEqualTo(SettlementState.SETTLED);
  }

  @Test
  void successAfterADecline_isAnAlarm_andIsPostedWhenAPersonAsksAgain() {
    bank.faults.add(Fault.DECLINE);
    bank.faults.add(Fault.NONE);
    charged(1, 5_000);
    world.runJobs();
    assertThat(world.stateOf(1)).isEqualTo(SettlementState.DEBT);
    PaymentOperation capture = only(CommandKind.CAPTURE);
    world.remoteSettler.heard(capture.id(), Outcome.Succeeded.of(capture.amount()));
    world.remoteSettler.heard(capture.id(), Outcome.Succeeded.of(capture.amount()));
    assertThat(world.alarms()).containsExactly(Kind.CONTRADICTION);
    assertThat(world.stateOf(1)).isEqualTo(SettlementState.DEBT);
    bank.declined.clear();
    bank.execute(new PaymentCommand.Charge(capture.forProvider(), null)); // as it says
    world.manual.askAgain(wish(tx -> {}));
    world.runJobs();
    assertThat(world.stateOf(1)).isEqualTo(SettlementState.SETTLED);
  }

  // ---- answers that are no end ----

  @Test
  void queryThatIsRefused_isNoEnd_andAnAlarm() {
    bank.faults.add(Fault.DROP_ANSWER);
    bank.answers.add(new Outcome.Misconfigured("key expired"));
    charged(1, 5_000);
    world.runJobs();
    run(Duration.ofSeconds(5));
    assertThat(world.alarms()).containsExactly(Kind.MISCONFIGURED);
    assertThat(world.stateOf(1)).isEqualTo(SettlementState.PENDING);
    run(Duration.ofSeconds(30));
    assertThat(world.stateOf(1)).isEqualTo(SettlementState.SETTLED);
    assertThat(world.alarms()).isEmpty();
  }

  @Test
  void moreThanWasAskedFor_isNoAnswer() {
    bank.faults.add(Fault.DROP_ANSWER);
    bank.answers.add(Outcome.Succeeded.of(new Money("CNY", 99_999)));
    bank.answers.add(Outcome.Succeeded.of(new Money("EUR", TOTAL)));
    charged(1, 5_000);
    world.runJobs();
    run(Duration.ofSeconds(5));
    run(Duration.ofSeconds(10));
    assertThat(world.stateOf(1)).isEqualTo(SettlementState.PENDING);
    run(Duration.ofSeconds(30));
    assertThat(world.stateOf(1)).isEqualTo(SettlementState.SETTLED);
  }

  // ---- crashes ----

  /** A crash at the n-th commit, before or after it. */
  private static final class CrashAt implements MemoryTransactor.Faults {
    private final int commit;
    private final boolean after;
    private int seen;
    private boolean armed;

    CrashAt(int commit, boolean after) {
      this.commit = commit;
      this.after = after;
    }

    @Override
    public void beforeCommit() {
      if (armed) {
        seen++;
      }
      crash(!after);
    }

    @Override
    public void afterCommit() {
      crash(after);
    }

    private void crash(boolean here) {
      if (armed && here && seen == commit) {
        armed = false;
        throw new IllegalStateException("crash");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void crashAtEachStep_withEachFault_movesMoneyOnce(Fault fault) {
    for (int commit = 1; commit <= 12; commit++) {
      for (boolean after : new boolean[] {false, true}) {
        CrashAt crash = new CrashAt(commit, after);
        bank.done.clear();
        bank.declined.clear();
        bank.faults.clear();
        bank.faults.add(fault);
        world = open(crash);
        world.topUp(DRIVER, 300);
        charged(1, 1_000);
        crash.armed = true;
        untilQuiet();
        check(fault);
      }
    }
  }

  private void untilQuiet() {
    for (int i = 0; i < 20; i++) {
      try {
        run(Duration.ofMinutes(2));
      } catch (RuntimeException e) {
        assertThat(e.toString()).containsAnyOf("crash", "commit");
      }
    }
  }

  private void check(Fault fault) {
    boolean refused = world.stateOf(1) == SettlementState.MANUAL;
    SettlementState end =
        switch (fault) {
          case NONE, NOT_SENT, DROP_CALL, DROP_ANSWER, THROW -> SettlementState.SETTLED;
          case DECLINE -> SettlementState.PARTIAL;
          // Where the refusal was lost in a crash it was asked about, and sent again.
          case MISCONFIGURED -> refused ? SettlementState.MANUAL : SettlementState.SETTLED;
        };
    assertThat(world.stateOf(1)).isEqualTo(end);
    assertThat(world.jobsLeft()).isZero();
    long captures =
        bank.done.values().stream().filter(c -> c.kind() == CommandKind.CAPTURE).count();
    boolean paid = end == SettlementState.SETTLED;
    assertThat(captures).isEqualTo(paid ? 1 : 0);
    HoldState unpaid = refused ? HoldState.HELD : HoldState.RELEASED;
    assertThat(world.hold(1).state()).isEqualTo(paid ? HoldState.CAPTURED : unpaid);
    booksAgree();
  }
}
