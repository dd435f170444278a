package org.ampay.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import org.ampay.base.CountingIds;
import org.ampay.base.TestTime;
import org.ampay.ledger.LedgerStore.Page;
import org.ampay.store.Transactor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the ledger does on every {@link LedgerStore}. */
abstract class LedgerStoreContract {

  private static final Account BANK = Account.bank(1, "CNY");
  private static final Account WALLET = Account.walletReal(1, 7, "CNY");
  private static final Account HELD = Account.walletHeld(1, 7, "CNY");

  private final TestTime time = TestTime.monday();
  private final CountingIds ids = new CountingIds();
  private LedgerStore store;
  private Journals journals;

  abstract Transactor transactor();

  abstract LedgerStore newStore();

  @BeforeEach
  void open() {
    store = newStore();
    journals = new Journals(store, ids, time);
  }

  private void post(JournalEntry... entries) {
    transactor().run(tx -> journals.post(tx, List.of(entries)));
  }

  private static JournalEntry topUp(String key, long minor) {
    return new JournalEntry(
        key, "top_up", 1, 1, List.of(Posting.debit(BANK, minor), Posting.credit(WALLET, minor)));
  }

  private static JournalEntry hold(String key, long minor) {
    return new JournalEntry(
        key, "hold", 2, 1, List.of(Posting.debit(WALLET, minor), Posting.credit(HELD, minor)));
  }

  private long balance(Account account) {
    return transactor()
        .call(
            tx ->
                store.read(tx, List.of(account)).stream()
                    .mapToLong(AccountRow::balanceMinor)
                    .sum());
  }

  @Test
  void entries_moveBalances_summedOverTheGroup() {
    post(topUp("t1", 10_000), topUp("t2", 500), hold("h1", 5_000));
    assertThat(balance(BANK)).isEqualTo(10_500);
    assertThat(balance(WALLET)).isEqualTo(-5_500);
    assertThat(balance(HELD)).isEqualTo(-5_000);
  }

  @Test
  void unbalancedEntry_isRefused() {
    assertThatThrownBy(
            () ->
                new JournalEntry(
                    "x", "x", 1, 1, List.of(Posting.debit(BANK, 2), Posting.credit(WALLET, 1))))
        .hasMessageContaining("out of balance by 1 CNY");
    assertThatThrownBy(
            () ->
                new JournalEntry(
                    "x",
                    "x",
                    1,
                    1,
                    List.of(Posting.debit(BANK, 1), Posting.credit(Account.bank(1, "EUR"), 1))))
        .hasMessageContaining("out of balance");
  }

  @Test
  void repeat_isPassedOver_otherContentIsAnError() {
    post(topUp("t1", 100));
    post(topUp("t1", 100), topUp("t2", 1));
    assertThat(balance(BANK)).isEqualTo(101);
    assertThatThrownBy(() -> post(topUp("t3", 5), topUp("t1", 99)))
        .isInstanceOf(LedgerException.KeyConflict.class);
    assertThat(balance(BANK)).isEqualTo(101);
  }

  @Test
  void walletBelowItsLimit_isRefused_andNothingKept() {
    post(topUp("t1", 100));
    assertThatThrownBy(() -> post(topUp("t2", 50), hold("h1", 151)))
        .isInstanceOf(LedgerException.LimitExceeded.class);
    assertThat(balance(WALLET)).isEqualTo(-100);
    post(hold("h2", 100));
    assertThat(balance(WALLET)).isZero();
  }

  @Test
  void lockedGroup_seesItsOwnEntries() {
    post(topUp("t1", 100));
    long left =
        transactor()
            .call(
                tx -> {
                  LedgerGroup group = journals.lock(tx, List.of(WALLET, HELD));
                  group.add(hold("h1", 60));
                  long available = group.available(WALLET);
                  assertThat(group.available(HELD)).isEqualTo(60);
                  group.post();
                  return available;
                });
    assertThat(left).isEqualTo(40);
    assertThat(balance(HELD)).isEqualTo(-60);
  }

  @Test
  void accountThatDoesNotExist_isMadeEmpty_whenItIsLocked() {
    transactor()
        .run(tx -> assertThat(journals.lock(tx, List.of(WALLET)).available(WALLET)).isZero());
    transactor().run(tx -> assertThat(store.accounts(tx, null, "", new Page(0, 10))).hasSize(1));
  }

  @Test
  void rolledBackAccount_isMadeAgain() {
    assertThatThrownBy(
            () ->
                transactor()
                    .run(
                        tx -> {
                          journals.post(tx, List.of(topUp("t1", 1)));
                          throw new IllegalStateException("fault");
                        }))
        .hasMessage("fault");
    post(topUp("t1", 2));
    assertThat(balance(BANK)).isEqualTo(2);
  }

  @Test
  void reads_areScopedAndPaged() {
    post(topUp("t1", 100), hold("h1", 30));
    Account other = Account.bank(2, "CNY");
    post(
        new JournalEntry(
            "o1",
            "top_up",
            9,
            2,
            List.of(Posting.debit(other, 7), Posting.credit(Account.walletReal(2, 8, "CNY"), 7))));
    transactor()
        .run(
            tx -> {
              assertThat(store.accounts(tx, 1L, "wallet", new Page(0, 10)))
                  .extracting(row -> row.account().code())
                  .containsExactlyInAnyOrder("wallet:7:real", "wallet_held:7");
              List<JournalRow> first = store.journals(tx, 1L, new Page(0, 1));
              assertThat(first).extracting(JournalRow::key).containsExactly("t1");
              assertThat(first.getFirst().postedAt())
                  .isEqualTo(Instant.parse("2026-03-02T08:00:00Z"));
              assertThat(first.getFirst().lines())
                  .extracting(JournalRow.Line::minor)
                  .containsExactly(100L, -100L);
              assertThat(store.journals(tx, 1L, new Page(first.getFirst().id(), 9)))
                  .extracting(JournalRow::key)
                  .containsExactly("h1");
              assertThat(store.journals(tx, null, new Page(0, 9))).hasSize(3);
              assertThat(store.about(tx, 1, "hold", 2)).hasSize(1);
              assertThat(store.about(tx, 2, "hold", 2)).isEmpty();
            });
  }

  @Test
  void statement_isNewestFirst() {
    post(topUp("t1", 100));
    post(hold("h1", 30));
    post(topUp("t2", 5));
    transactor()
        .run(
            tx -> {
              long wallet = store.ids(tx, List.of(WALLET)).get(WALLET);
              List<JournalRow> all = store.statement(tx, List.of(wallet), Long.MAX_VALUE, 2);
              assertThat(all).extracting(JournalRow::key).containsExactly("t2", "h1");
              assertThat(store.statement(tx, List.of(wallet), all.getLast().id(), 9))
                  .extracting(JournalRow::key)
                  .containsExactly("t1");
            });
  }

  @Test
  void trialBalance_isZeroInAll() {
    post(topUp("t1", 100), hold("h1", 30));
    List<TrialBalanceRow> rows = transactor().call(tx -> store.trialBalance(tx, 1L));
    assertThat(rows)
        .contains(
            new TrialBalanceRow(AccountKind.ASSET, "bank", "CNY", 1, 100),
            new TrialBalanceRow(AccountKind.LIABILITY, "wallet", "CNY", 1, -70),
            new TrialBalanceRow(AccountKind.LIABILITY, "wallet_held", "CNY", 1, -30));
    assertThat(rows.stream().mapToLong(TrialBalanceRow::balanceMinor).sum()).isZero();
    assertThat(rows.stream().mapToLong(TrialBalanceRow::debitMinor).sum()).isEqualTo(100);
    assertThat(rows.stream().mapToLong(TrialBalanceRow::creditMinor).sum()).isEqualTo(100);
  }
}
