package org.ampay.ledger;

import java.util.List;
import org.ampay.ledger.LedgerStore.Page;
import org.ampay.store.Transactor;
import org.jspecify.annotations.Nullable;

/** The ledger, to look at. An operator's id of null means: of all operators. */
public final class Books {

  private static final int MAX_PAGE = 500;

  private final Transactor transactor;
  private final LedgerStore store;

  public Books(Transactor transactor, LedgerStore store) {
    this.transactor = transactor;
    this.store = store;
  }

  /**
   * Accounts with a greater id, in the order of their ids.
   *
   * @param prefix of the code; empty for all
   */
  public List<AccountRow> accounts(
      @Nullable Long operatorId, String prefix, long afterId, int limit) {
    return transactor.call(tx -> store.accounts(tx, operatorId, prefix, page(afterId, limit)));
  }

  /** Journals with a greater id, in the order of their ids. */
  public List<JournalRow> journals(@Nullable Long operatorId, long afterId, int limit) {
    return transactor.call(tx -> store.journals(tx, operatorId, page(afterId, limit)));
  }

  /** Journals with a smaller id that touch an account, newest first. */
  public List<JournalRow> statement(long accountId, long beforeId, int limit) {
    return transactor.call(
        tx -> store.statement(tx, List.of(accountId), beforeId, Math.clamp(limit, 1, MAX_PAGE)));
  }

  /** Totals by kind, class and currency; debits and credits of a currency are equal. */
  public List<TrialBalanceRow> trialBalance(@Nullable Long operatorId) {
    return transactor.call(tx -> store.trialBalance(tx, operatorId));
  }

  private static Page page(long afterId, int limit) {
    return new Page(afterId, Math.clamp(limit, 1, MAX_PAGE));
  }
}
