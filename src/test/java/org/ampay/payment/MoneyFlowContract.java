package org.ampay.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.ampay.access.AuthorizationStatus;
import org.ampay.base.Money;
import org.ampay.billing.Bill;
import org.ampay.billing.Bills;
import org.ampay.billing.SettlementState;
import org.ampay.charging.StartGuard.Verdict;
import org.ampay.ledger.Account;
import org.ampay.ledger.TrialBalanceRow;
import org.ampay.payment.provider.CommandKind;
import org.ampay.store.Job;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From the hold to the refund, on every kind of store. */
abstract class MoneyFlowContract {

  private static final long DRIVER = 7;

  private MoneyWorld world;

  abstract MoneyWorld newWorld();

  @BeforeEach
  void open() {
    world = newWorld();
  }

  @AfterEach
  void trialBalance_isZero() {
    List<TrialBalanceRow> rows =
        world.transactor.call(tx -> world.stores.ledger().trialBalance(tx, null));
    assertThat(rows.stream().mapToLong(TrialBalanceRow::balanceMinor).sum()).isZero();
  }

  private static Money cny(long minor) {
    return new Money("CNY", minor);
  }

  private static long granted(Verdict verdict) {
    assertThat(verdict).isInstanceOf(Verdict.Granted.class);
    return ((Verdict.Granted) verdict).holdId();
  }

  private static Verdict refused(AuthorizationStatus status) {
    return new Verdict.Refused(status);
  }

  private void charge(long session, String kwh) {
    world.finish(session, DRIVER, granted(world.start(session, DRIVER)), kwh);
    world.runJobs();
  }

  // ---- the guard ----

  @Test
  void start_holdsMoney_andARepeatHearsTheSame() {
    world.topUp(DRIVER, 8_000);
    Verdict first = world.start(1, DRIVER);
    assertThat(world.start(1, DRIVER)).isEqualTo(first);
    assertThat(world.wallet(DRIVER)).isEqualTo(new Wallets.Balance(cny(8_000), cny(5_000), cny(0)));
    assertThat(world.wallet(DRIVER).available()).isEqualTo(cny(3_000));
    world.transactor.run(
        tx -> {
          assertThat(world.holdWriter.find(tx, world.request(1, DRIVER, 1))).contains(first);
          assertThat(world.holdWriter.find(tx, world.request(2, DRIVER, 1))).isEmpty();
        });
  }

  @Test
  void start_withTooLittleMoney_isRefused_alsoWhenRepeatedLater() {
    world.topUp(DRIVER, 4_999);
    assertThat(world.start(1, DRIVER)).isEqualTo(refused(AuthorizationStatus.NO_CREDIT));
    world.topUp(DRIVER, 1);
    assertThat(world.start(1, DRIVER)).isEqualTo(refused(AuthorizationStatus.NO_CREDIT));
    granted(world.start(2, DRIVER));
  }

  @Test
  void startsTogether_areDecidedInOrder() {
    world.topUp(DRIVER, 12_000);
    List<Verdict> verdicts =
        world.starts(
            List.of(
                world.request(1, DRIVER, 5),
                world.request(2, DRIVER, 5),
                world.request(1, DRIVER, 5),
                world.request(3, DRIVER, 5)));
    assertThat(verdicts.get(0)).isEqualTo(verdicts.get(2)).isInstanceOf(Verdict.Granted.class);
    assertThat(verdicts.get(1)).isInstanceOf(Verdict.Granted.class);
    assertThat(verdicts.get(3)).isEqualTo(refused(AuthorizationStatus.NO_CREDIT));
    assertThat(world.wallet(DRIVER).available()).isEqualTo(cny(2_000));
  }

  @Test
  void tokensLimit_countsSessionsThatRun_notThoseThatEnded() {
    world.topUp(DRIVER, 50_000);
    long hold = granted(world.start(1, DRIVER));
    world.sessions.active(1, MoneyWorld.key(1));
    assertThat(world.start(2, DRIVER)).isEqualTo(refused(AuthorizationStatus.CONCURRENT_TX));
    world.finish(1, DRIVER, hold, "1");
    granted(world.start(3, DRIVER));
  }

  @Test
  void tokenWithoutDriver_mayStart_andIsCounted() {
    granted(world.start(1, null));
    assertThat(world.start(2, null)).isEqualTo(refused(AuthorizationStatus.CONCURRENT_TX));
    assertThat(world.hold(1).amount()).isEqualTo(cny(0));
  }

  @Test
  void realMoney_isHeldBeforeGifts_andGiftsGoBackFirst() {
    world.topUp(DRIVER, 4_000);
    world.gift(DRIVER, 3_000);
    long hold = granted(world.start(1, DRIVER));
    assertThat(world.wallet(DRIVER))
        .isEqualTo(new Wallets.Balance(cny(7_000), cny(5_000), cny(2_000)));
    world.finish(1, DRIVER, hold, "40"); // 44.55: 40.00 real, 4.55 of the gift
    world.runJobs();
    assertThat(world.wallet(DRIVER)).isEqualTo(new Wallets.Balance(cny(2_545), cny(0), cny(2_545)));
    assertThat(world.settlement(1).operations().getFirst().result().giftMinor()).isEqualTo(455);
  }

  @Test
  void holdWithoutASession_isReleasedByItsDeadline_andHeldAgainOnARepeat() {
    world.topUp(DRIVER, 5_000);
    long hold = granted(world.start(1, DRIVER));
    world.time.advance(Duration.ofMinutes(14));
    world.runJobs();
    assertThat(world.hold(1).state()).isEqualTo(HoldState.HELD);
    world.time.advance(Duration.ofMinutes(2));
    world.runJobs();
    assertThat(world.hold(1).state()).isEqualTo(HoldState.RELEASED);
    assertThat(world.wallet(DRIVER).available()).isEqualTo(cny(5_000));
    assertThat(granted(world.start(1, DRIVER))).isEqualTo(hold);
    assertThat(world.wallet(DRIVER).available()).isEqualTo(cny(0));
    assertThat(world.hold(1).timesHeld()).isEqualTo(2);
  }

  @Test
  void holdOfARunningSession_losesItsDeadline() {
    world.topUp(DRIVER, 5_000);
    granted(world.start(1, DRIVER));
    world.sessions.active(1, MoneyWorld.key(1));
    world.time.advance(Duration.ofMinutes(16));
    world.runJobs();
    assertThat(world.hold(1).state()).isEqualTo(HoldState.HELD);
    assertThat(world.hold(1).sessionId()).isEqualTo(1);
    assertThat(world.hold(1).deadline()).isNull();
  }

  // ---- bill and settlement ----

  @Test
  void session_isBilledAndSettledFromItsHold() {
    world.topUp(DRIVER, 8_000);
    charge(1, "12.34"); // 12.34 + 0.50 = 12.84, tax 1.28
    Bill bill = new Bills(world.transactor, world.stores.bills()).ofSession(1L, 1).orElseThrow();
    assertThat(bill.total()).isEqualTo(cny(1_412));
    assertThat(bill.excl()).isEqualTo(cny(1_284));
    assertThat(bill.lines()).extracting(Bill.Line::dimension).containsExactly("FLAT", "ENERGY");
    assertThat(world.stateOf(1)).isEqualTo(SettlementState.SETTLED);
    assertThat(world.wallet(DRIVER)).isEqualTo(new Wallets.Balance(cny(6_588), cny(0), cny(0)));
    assertThat(world.balance(Account.receivable(1, DRIVER, "CNY"))).isZero();
    assertThat(world.balance(Account.payablePending(1, "CNY"))).isZero();
    assertThat(world.balance(Account.payable(1, "CNY"))).isEqualTo(-1_284);
    assertThat(world.hold(1).state()).isEqualTo(HoldState.CAPTURED);
    assertThat(world.hold(1).capturedMinor()).isEqualTo(1_412);
    Settlements.Detail settlement = world.settlement(1);
    assertThat(settlement.settlement().settledMinor()).isEqualTo(1_412);
    assertThat(settlement.operations())
        .extracting(op -> op.kind().code())
        .containsExactly("capture");
  }

  @Test
  void cdr_holdsTheBillsTotal() {
    world.topUp(DRIVER, 8_000);
    charge(1, "12.34");
    Bills bills = new Bills(world.transactor, world.stores.bills());
    Bill bill = bills.ofSession(1L, 1).orElseThrow();
    assertThat(bills.cdr(1L, bill.id()).orElseThrow().body())
        .contains("\"total\":{\"excl_minor\":1284,\"tax_minor\":128,\"incl_minor\":1412}")
        .contains("\"unrounded\":{\"excl\":\"12.84\",\"incl\":\"14.124\"}")
        .contains("\"address\":\"1 Road\"")
        .contains("\"uid\":\"TAG1\"");
    assertThat(bills.cdr(2L, bill.id())).isEmpty();
    assertThat(bills.ofSession(2L, 1)).isEmpty();
    assertThat(bills.list(1L, Long.MAX_VALUE, 10)).extracting(Bill::id).containsExactly(bill.id());
  }

  @Test
  void billAboveTheHold_takesTheRestFromTheWallet() {
    world.topUp(DRIVER, 20_000);
    charge(1, "100"); // 110.55
    assertThat(world.stateOf(1)).isEqualTo(SettlementState.SETTLED);
    assertThat(world.wallet(DRIVER).balance()).isEqualTo(cny(20_000 - 11_055));
    assertThat(world.settlement(1).operations())
        .extracting(op -> op.kind().code())
        .containsExactly("capture", "charge");
  }

  @Test
  void billAboveAllMoney_isPartlyPaid_andCollectedByATopUp() {
    world.topUp(DRIVER, 6_000);
    charge(1, "100"); // 110.55
    assertThat(world.stateOf(1)).isEqualTo(SettlementState.PARTIAL);
    assertThat(world.wallet(DRIVER).balance()).isEqualTo(cny(0));
    assertThat(world.balance(Account.receivable(1, DRIVER, "CNY"))).isEqualTo(5_055);
    world.topUp(DRIVER, 5_000);
    world.runJobs();
    assertThat(world.stateOf(1)).isEqualTo(SettlementState.PARTIAL);
    world.topUp(DRIVER, 100);
    world.runJobs();
    assertThat(world.stateOf(1)).isEqualTo(SettlementState.SETTLED);
    assertThat(world.wallet(DRIVER).balance()).isEqualTo(cny(45));
    assertThat(world.balance(Account.payablePending(1, "CNY"))).isZero();
    assertThat(world.balance(Account.payable(1, "CNY"))).isEqualTo(-10_050);
  }

  @Test
  void billWithoutHoldAndMoney_isADebt() {
    world.finish(1, DRIVER, null, "1");
    world.runJobs();
    assertThat(world.stateOf(1)).isEqualTo(SettlementState.DEBT);
    assertThat(world.settlement(1).settlement().reason())
        .isEqualTo("not enough money in the wallet");
  }

  @Test
  void billOfAnExpiredHold_isChargedFromTheWallet() {
    world.topUp(DRIVER, 5_000);
    long hold = granted(world.start(1, DRIVER));
    world.time.advance(Duration.ofMinutes(16));
    world.runJobs();
    world.finish(1, DRIVER, hold, "1");
    world.runJobs();
    assertThat(world.stateOf(1)).isEqualTo(SettlementState.SETTLED);
    assertThat(world.wallet(DRIVER)).isEqualTo(new Wallets.Balance(cny(4_835), cny(0), cny(0)));
  }

  @Test
  void billWithoutAPayer_waitsForAPerson_andItsPlaceIsFree() {
    world.finish(1, null, granted(world.start(1, null)), "1");
    world.runJobs();
    assertThat(world.stateOf(1)).isEqualTo(SettlementState.MANUAL);
    assertThat(world.settlement(1).settlement().reason()).isEqualTo("no payer");
    assertThat(world.hold(1).state()).isEqualTo(HoldState.RELEASED);
  }

  @Test
  void totalThatCannotBeRepeated_isNotBilled() {
    world.topUp(DRIVER, 5_000);
    world.finish(1, DRIVER, granted(world.start(1, DRIVER)), "1", cny(166));
    world.runJobs();
    assertThat(world.stateOf(1)).isEqualTo(SettlementState.MANUAL);
    assertThat(new Bills(world.transactor, world.stores.bills()).ofSession(null, 1)).isEmpty();
    List<Job> parked = world.transactor.call(tx -> world.stores.jobs().parked(tx, 9));
    assertThat(parked)
        .singleElement()
        .satisfies(job -> assertThat(job.lastError()).contains("told 1.66 CNY"));
  }

  @Test
  void billingTwice_isBillingOnce() {
    world.topUp(DRIVER, 5_000);
    charge(1, "1");
    world.finish(1, DRIVER, world.hold(1).id(), "1");
    world.runJobs();
    assertThat(world.wallet(DRIVER).balance()).isEqualTo(cny(4_835));
    assertThat(new Bills(world.transactor, world.stores.bills()).list(null, Long.MAX_VALUE, 9))
        .hasSize(1);
  }

  // ---- refunds ----

  private Refunds.Result refund(long session, Money amount, String key) {
    return world.refunds.refund(
        new Refunds.Request(1L, world.settlement(session).settlement().id(), amount, key));
  }

  @Test
  void refund_goesBackToTheWallet_andReversesShareAndTax() {
    world.topUp(DRIVER, 8_000);
    charge(1, "12.34");
    assertThat(refund(1, cny(412), "a")).isInstanceOf(Refunds.Result.Accepted.class);
    assertThat(refund(1, cny(412), "a")).isInstanceOf(Refunds.Result.Accepted.class);
    assertThat(refund(1, cny(411), "a")).isInstanceOf(Refunds.Result.KeyConflict.class);
    assertThat(world.wallet(DRIVER).balance()).isEqualTo(cny(7_000));
    assertThat(world.stateOf(1)).isEqualTo(SettlementState.SETTLED);
    assertThat(refund(1, cny(1_001), "b")).isEqualTo(new Refunds.Result.WrongAmount(cny(1_000)));
    assertThat(refund(1, null, "c")).isInstanceOf(Refunds.Result.Accepted.class);
    assertThat(world.wallet(DRIVER).balance()).isEqualTo(cny(8_000));
    assertThat(world.stateOf(1)).isEqualTo(SettlementState.REFUNDED);
    assertThat(world.balance(Account.payable(1, "CNY"))).isZero();
    assertThat(world.balance(Account.tax(1, "CN", java.math.BigDecimal.TEN, "CNY"))).isZero();
    world.time.advance(Duration.ofMinutes(1));
    world.runJobs();
    assertThat(world.wallet(DRIVER).balance()).isEqualTo(cny(8_000));
    assertThat(refund(1, null, "d")).isEqualTo(new Refunds.Result.WrongAmount(cny(0)));
  }

  @Test
  void refund_ofWhatWasPaidInPart_isNotTakenBackByItsOwnJob() {
    world.topUp(DRIVER, 6_000);
    charge(1, "100");
    assertThat(world.stateOf(1)).isEqualTo(SettlementState.PARTIAL);
    refund(1, cny(2_000), "a");
    world.time.advance(Duration.ofMinutes(1));
    world.runJobs();
    assertThat(world.wallet(DRIVER).balance()).isEqualTo(cny(2_000));
    assertThat(world.stateOf(1)).isEqualTo(SettlementState.PARTIAL);
  }

  @Test
  void refund_ofAnotherOperatorsSettlement_isNotFound() {
    world.topUp(DRIVER, 8_000);
    charge(1, "1");
    long id = world.settlement(1).settlement().id();
    assertThat(world.refunds.refund(new Refunds.Request(2L, id, null, "x")))
        .isInstanceOf(Refunds.Result.NotFound.class);
  }

  @Test
  void giftMoney_isNotRefunded() {
    world.topUp(DRIVER, 4_000);
    world.gift(DRIVER, 3_000);
    charge(1, "40"); // 44.55, of it 4.55 gift
    assertThat(refund(1, cny(4_455), "a")).isEqualTo(new Refunds.Result.WrongAmount(cny(4_000)));
    refund(1, null, "b");
    assertThat(world.stateOf(1)).isEqualTo(SettlementState.REFUNDED);
    assertThat(world.wallet(DRIVER).balance()).isEqualTo(cny(4_000 + 2_545));
  }

  // ---- wallets, read models ----

  @Test
  void topUp_repeated_isOneTopUp() {
    Wallets.TopUp topUp = new Wallets.TopUp(world.owner(DRIVER), cny(100), "k");
    assertThat(world.wallets.topUp(topUp)).isEqualTo(world.wallets.topUp(topUp));
    assertThat(world.wallets.topUp(new Wallets.TopUp(world.owner(DRIVER), cny(101), "k")))
        .isInstanceOf(Wallets.TopUpResult.KeyConflict.class);
    assertThat(world.wallet(DRIVER).balance()).isEqualTo(cny(100));
  }

  @Test
  void witness_seesANewOperationOnce_andUndoesItByFailing() {
    List<CommandKind> seen = new ArrayList<>();
    Witness careful = (tx, operation) -> seen.add(operation.kind());
    Witness failing =
        (tx, operation) -> {
          throw new IllegalStateException("cannot be written");
        };
    Wallets.TopUp topUp = new Wallets.TopUp(world.owner(DRIVER), cny(8_000), "k");
    assertThatIllegalStateException().isThrownBy(() -> world.wallets.topUp(topUp, failing));
    assertThat(world.wallet(DRIVER).balance()).isEqualTo(cny(0));
    world.wallets.topUp(topUp, careful);
    world.wallets.topUp(topUp, careful);
    charge(1, "12.34");
    Refunds.Request refund =
        new Refunds.Request(1L, world.settlement(1).settlement().id(), cny(412), "a");
    assertThatIllegalStateException().isThrownBy(() -> world.refunds.refund(refund, failing));
    world.time.advance(Duration.ofMinutes(1));
    world.runJobs();
    assertThat(world.wallet(DRIVER).balance()).isEqualTo(cny(8_000 - 1_412));
    world.refunds.refund(refund, careful);
    world.refunds.refund(refund, careful);
    assertThat(world.wallet(DRIVER).balance()).isEqualTo(cny(7_000));
    assertThat(seen).containsExactly(CommandKind.TOP_UP, CommandKind.REFUND);
  }

  @Test
  void movements_tellWhatChanged() {
    world.topUp(DRIVER, 8_000);
    charge(1, "10"); // 11.55
    List<Wallets.Movement> movements =
        world.wallets.movements(world.owner(DRIVER), Long.MAX_VALUE, 9);
    assertThat(movements)
        .extracting(Wallets.Movement::kind)
        .containsExactly("capture", "hold", "top_up");
    assertThat(movements)
        .extracting(Wallets.Movement::available)
        .containsExactly(cny(3_845), cny(-5_000), cny(8_000));
    assertThat(movements)
        .extracting(Wallets.Movement::held)
        .containsExactly(cny(-5_000), cny(5_000), cny(0));
    assertThat(world.wallets.movements(world.owner(99), Long.MAX_VALUE, 9)).isEmpty();
  }

  @Test
  void settlements_areListedByOperatorAndState() {
    world.topUp(DRIVER, 8_000);
    charge(1, "1");
    world.finish(2, 8L, null, "1");
    world.runJobs();
    Settlements settlements = new Settlements(world.transactor, world.stores);
    assertThat(settlements.list(1L, null, Long.MAX_VALUE, 9)).hasSize(2);
    assertThat(settlements.list(2L, null, Long.MAX_VALUE, 9)).isEmpty();
    assertThat(settlements.list(null, SettlementState.DEBT, Long.MAX_VALUE, 9))
        .extracting(Settlement::sessionId)
        .containsExactly(2L);
    long id = world.settlement(1).settlement().id();
    assertThat(settlements.byId(1L, id)).isPresent();
    assertThat(settlements.byId(2L, id)).isEmpty();
  }
}
