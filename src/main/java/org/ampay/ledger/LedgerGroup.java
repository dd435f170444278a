package org.ampay.ledger;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.ampay.store.Tx;

/**
 * Locked accounts and the entries that are to be posted to them. Balances include the entries added
 * so far, so that a group of decisions can be made one after the other. Lives as long as its
 * transaction.
 */
public final class LedgerGroup {

  private final Journals journals;
  private final Tx tx;
  private final Map<Account, AccountRow> rows;
  private final Map<String, JournalEntry> entries = new LinkedHashMap<>();
  private final Map<Account, Long> moved = new HashMap<>();

  LedgerGroup(Journals journals, Tx tx, Map<Account, AccountRow> rows) {
    this.journals = journals;
    this.tx = tx;
    this.rows = rows;
  }

  /** What may still be taken from a limited account that was locked; 0 when it does not exist. */
  public long available(Account account) {
    AccountRow row = rows.get(account);
    return Math.subtractExact(row == null ? 0 : row.available(), moved.getOrDefault(account, 0L));
  }

  /** Adds an entry; a second one with the same key and content is the same entry. */
  public void add(JournalEntry entry) {
    JournalEntry same = entries.putIfAbsent(entry.key(), entry);
    if (same != null) {
      if (!same.equals(entry)) {
        throw new LedgerException.KeyConflict(entry.key());
      }
      return;
    }
    entry.postings().forEach(p -> moved.merge(p.account(), p.minor(), Math::addExact));
  }

  /** Posts the entries, in the order in which they were added. */
  public void post() {
    if (!entries.isEmpty()) {
      journals.post(tx, rows, entries);
    }
  }

  /**
   * Posts entries that cannot be posted already, because their keys were made in this transaction
   * or belong to rows that it holds locked and open: they are not looked for. A key that is taken
   * all the same fails the transaction.
   */
  public void postNew() {
    if (!entries.isEmpty()) {
      journals.postNew(tx, rows, entries);
    }
  }
}
