package org.ampay.ledger;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.ampay.base.IdSource;
import org.ampay.base.TimeSource;
import org.ampay.ledger.LedgerStore.NewJournal;
import org.ampay.store.Tx;
import org.jspecify.annotations.Nullable;

/**
 * Posts journals. Entries of a group are posted together: the rows of all their accounts are locked
 * in the order of their ids (so that two groups cannot deadlock), credit limits are checked under
 * the locks, and each account's balance is written once, however many entries touch it.
 *
 * <p>Post once in a transaction: a second group would take its locks out of order.
 */
public final class Journals {

  private static final int MAX_CACHED_ACCOUNTS = 50_000;

  private final LedgerStore store;
  private final IdSource ids;
  private final TimeSource time;
  private final Cache<Account, Long> known =
      Caffeine.newBuilder().maximumSize(MAX_CACHED_ACCOUNTS).build();

  public Journals(LedgerStore store, IdSource ids, TimeSource time) {
    this.store = store;
    this.ids = ids;
    this.time = time;
  }

  /**
   * Posts entries; those that are posted already, with the same content, are passed over.
   *
   * @throws LedgerException when a key was used for something else or a limit would be exceeded:
   *     roll the transaction back
   */
  public void post(Tx tx, List<JournalEntry> entries) {
    if (entries.isEmpty()) {
      return;
    }
    LedgerGroup group = new LedgerGroup(this, tx, new HashMap<>());
    entries.forEach(group::add);
    group.post();
  }

  /** {@link #post} of entries that cannot be posted already: see {@link LedgerGroup#postNew}. */
  public void postNew(Tx tx, List<JournalEntry> entries) {
    LedgerGroup group = new LedgerGroup(this, tx, new HashMap<>());
    entries.forEach(group::add);
    group.postNew();
  }

  /**
   * Locks accounts, for callers that decide by their balances what to post. An account that does
   * not exist is made, empty: so that the next one need not look for it again.
   *
   * @param accounts everything that the entries may touch
   */
  public LedgerGroup lock(Tx tx, Collection<Account> accounts) {
    return new LedgerGroup(this, tx, lockOrMake(tx, new LinkedHashSet<>(accounts)));
  }

  private Map<Account, AccountRow> lockRows(Tx tx, Map<Account, Long> accountIds) {
    Map<Account, AccountRow> rows = new HashMap<>();
    if (!accountIds.isEmpty()) {
      for (AccountRow row : store.lock(tx, new TreeSet<>(accountIds.values()))) {
        rows.put(row.account(), row);
      }
    }
    return rows;
  }

  private Map<Account, Long> existing(Tx tx, Collection<Account> accounts) {
    Map<Account, Long> found = new HashMap<>();
    Set<Account> unknown = new LinkedHashSet<>();
    for (Account account : accounts) {
      Long id = known.getIfPresent(account);
      if (id == null) {
        unknown.add(account);
      } else {
        found.put(account, id);
      }
    }
    if (!unknown.isEmpty()) {
      Map<Account, Long> read = store.ids(tx, unknown);
      remember(tx, read);
      found.putAll(read);
    }
    return found;
  }

  private Map<Account, AccountRow> lockOrMake(Tx tx, Set<Account> accounts) {
    Map<Account, Long> found = existing(tx, accounts);
    Set<Account> missing = new LinkedHashSet<>(accounts);
    missing.removeAll(found.keySet());
    if (!missing.isEmpty()) {
      store.create(tx, missing, ids, time.now());
      Map<Account, Long> made = store.ids(tx, missing);
      remember(tx, made);
      found.putAll(made);
    }
    return lockRows(tx, found);
  }

  /** Only after the commit: a row that was made here may yet be rolled back. */
  private void remember(Tx tx, Map<Account, Long> resolved) {
    tx.afterCommit(() -> known.putAll(resolved));
  }

  /** Posts what is new of the entries. {@code rows} are locked; others are locked here. */
  void post(Tx tx, Map<Account, AccountRow> rows, Map<String, JournalEntry> entries) {
    lockOthers(tx, rows, entries.values()); // before the look: nobody else posts them meanwhile
    Map<String, byte[]> posted = store.hashes(tx, entries.keySet());
    write(
        tx,
        rows,
        entries.values().stream().filter(entry -> isNew(entry, posted.get(entry.key()))).toList());
  }

  /** {@link #post} of entries that are known to be new. */
  void postNew(Tx tx, Map<Account, AccountRow> rows, Map<String, JournalEntry> entries) {
    lockOthers(tx, rows, entries.values());
    write(tx, rows, entries.values());
  }

  private void lockOthers(Tx tx, Map<Account, AccountRow> rows, Collection<JournalEntry> entries) {
    Set<Account> others = new LinkedHashSet<>();
    entries.forEach(e -> e.postings().forEach(p -> others.add(p.account())));
    others.removeAll(rows.keySet());
    if (!others.isEmpty()) {
      rows.putAll(lockOrMake(tx, others));
    }
  }

  private void write(Tx tx, Map<Account, AccountRow> rows, Collection<JournalEntry> entries) {
    if (entries.isEmpty()) {
      return;
    }
    List<NewJournal> journals = entries.stream().map(entry -> journal(entry, rows)).toList();
    Map<Long, AccountRow> changed = new LinkedHashMap<>();
    for (NewJournal journal : journals) {
      for (Posting posting : journal.entry().postings()) {
        AccountRow row = rowOf(rows, posting.account());
        AccountRow last = changed.getOrDefault(row.id(), row);
        changed.put(row.id(), moved(last, posting.minor()));
      }
    }
    changed.values().forEach(Journals::checkLimit);
    store.insert(tx, journals, time.now());
    store.balances(tx, List.copyOf(changed.values()));
  }

  private static boolean isNew(JournalEntry entry, byte @Nullable [] hash) {
    if (hash != null && !Arrays.equals(hash, entry.contentHash())) {
      throw new LedgerException.KeyConflict(entry.key());
    }
    return hash == null;
  }

  private NewJournal journal(JournalEntry entry, Map<Account, AccountRow> rows) {
    List<Long> accountIds =
        entry.postings().stream().map(p -> rowOf(rows, p.account()).id()).toList();
    return new NewJournal(ids.next(), entry, entry.contentHash(), accountIds);
  }

  private static AccountRow rowOf(Map<Account, AccountRow> rows, Account account) {
    return Objects.requireNonNull(rows.get(account), "an account vanished");
  }

  private static AccountRow moved(AccountRow row, long minor) {
    return new AccountRow(
        row.id(), row.account(), Math.addExact(row.balanceMinor(), minor), row.limitMinor());
  }

  private static void checkLimit(AccountRow row) {
    if (row.account().limited() && row.available() < 0) {
      throw new LedgerException.LimitExceeded(row.account(), row.balanceMinor());
    }
  }
}
