package org.ampay.ledger;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.ampay.base.IdSource;
import org.ampay.store.Tx;
import org.jspecify.annotations.Nullable;

/** The ledger at rest. {@link Journals} is its only writer. */
public interface LedgerStore {

  /** The ids of those accounts that exist. */
  Map<Account, Long> ids(Tx tx, Collection<Account> accounts);

  /** Makes accounts with balance and limit 0; one that somebody made meanwhile is left alone. */
  void create(Tx tx, Collection<Account> accounts, IdSource ids, Instant at);

  /** Locks accounts until the end of the transaction, in the order of their ids. */
  List<AccountRow> lock(Tx tx, Collection<Long> accountIds);

  /** Content hashes of the journals of these keys that exist. */
  Map<String, byte[]> hashes(Tx tx, Collection<String> keys);

  /** Adds journals with their postings. */
  void insert(Tx tx, List<NewJournal> journals, Instant at);

  /** Stores the new balances of locked accounts. */
  void balances(Tx tx, List<AccountRow> rows);

  /** A journal about to be stored; the account ids in the order of its postings. */
  record NewJournal(long id, JournalEntry entry, byte[] hash, List<Long> accountIds) {}

  /** Accounts as they are, without a lock; those that do not exist are left out. */
  List<AccountRow> read(Tx tx, Collection<Account> accounts);

  /**
   * Accounts in the order of their ids.
   *
   * @param operatorId null: of all operators
   * @param prefix of the code; empty for all
   */
  List<AccountRow> accounts(Tx tx, @Nullable Long operatorId, String prefix, Page page);

  /**
   * Journals in the order of their ids.
   *
   * @param operatorId null: of all operators
   */
  List<JournalRow> journals(Tx tx, @Nullable Long operatorId, Page page);

  /** The journals with this kind and reference, in the order of their ids. */
  List<JournalRow> about(Tx tx, long operatorId, String kind, long ref);

  /** A statement: journals with a smaller id that touch any of the accounts, newest first. */
  List<JournalRow> statement(Tx tx, Collection<Long> accountIds, long beforeJournalId, int limit);

  /** Totals by kind of account, class of code (its text before the first colon) and currency. */
  List<TrialBalanceRow> trialBalance(Tx tx, @Nullable Long operatorId);

  /** Rows with an id above {@code afterId}, at most {@code limit}. */
  record Page(long afterId, int limit) {}
}
