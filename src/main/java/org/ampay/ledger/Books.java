package org.ampay.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.ampay.ledger.LedgerStore.Page;
import org.ampay.ledger.Statement.Place;
import org.ampay.store.Transactor;
import org.jspecify.annotations.Nullable;

/** The ledger, to look at. An operator's id of null means: of all operators. */
public final class Books {

  private static final int MAX_PAGE = 500;
  private static final int MAX_LINES = 1_001;

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

  /** The trial balance of what was posted before a time: of the postings, not the balances. */
  public List<TrialBalanceRow> trialBalance(@Nullable Long operatorId, Instant at) {
    return transactor.call(tx -> BookStore.trialBalance(tx, operatorId, at));
  }

  /**
   * The statement of an account; empty when there is none for whoever asks.
   *
   * @param period from inclusive, to exclusive
   * @param after where a part before has ended
   * @param limit of lines, 1 to 1,001
   */
  public Optional<Statement> statement(
      @Nullable Long operatorId, long accountId, Period period, Place after, int limit) {
    return transactor.call(
        tx ->
            BookStore.account(tx, operatorId, accountId)
                .map(
                    account ->
                        BookStore.statement(
                            tx, account, period, after, Math.clamp(limit, 1, MAX_LINES))));
  }

  /** Postings of a time behind a place, in the order of their journals. */
  public List<ExportRow> export(@Nullable Long operatorId, Period period, Place after, int limit) {
    return transactor.call(tx -> BookStore.export(tx, operatorId, period, after, limit));
  }

  /** A time: from inclusive, to exclusive. */
  public record Period(Instant from, Instant to) {}

  private static Page page(long afterId, int limit) {
    return new Page(afterId, Math.clamp(limit, 1, MAX_PAGE));
  }
}
