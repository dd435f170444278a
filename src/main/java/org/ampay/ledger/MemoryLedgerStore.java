package org.ampay.ledger;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.ampay.base.IdSource;
import org.ampay.store.MemoryTx;
import org.ampay.store.StoreException;
import org.ampay.store.Tx;
import org.jspecify.annotations.Nullable;

/** The ledger in memory, for simulations: transactions come one at a time. */
public final class MemoryLedgerStore implements LedgerStore {

  private final NavigableMap<Long, AccountRow> accounts = new TreeMap<>();
  private final Map<Account, Long> byAccount = new HashMap<>();
  private final NavigableMap<Long, JournalRow> journals = new TreeMap<>();
  private final Map<String, byte[]> hashes = new HashMap<>();

  @Override
  public Map<Account, Long> ids(Tx tx, Collection<Account> wanted) {
    Map<Account, Long> found = new HashMap<>();
    for (Account account : wanted) {
      Long id = byAccount.get(account);
      if (id != null) {
        found.put(account, id);
      }
    }
    return found;
  }

  @Override
  public void create(Tx tx, Collection<Account> wanted, IdSource ids, Instant at) {
    for (Account account : wanted) {
      if (!byAccount.containsKey(account)) {
        long id = ids.next();
        byAccount.put(account, id);
        accounts.put(id, new AccountRow(id, account, 0, 0));
        MemoryTx.of(tx)
            .undo(
                () -> {
                  byAccount.remove(account);
                  accounts.remove(id);
                });
      }
    }
  }

  @Override
  public List<AccountRow> lock(Tx tx, Collection<Long> accountIds) {
    return accountIds.stream().sorted().map(accounts::get).filter(Objects::nonNull).toList();
  }

  @Override
  public Map<String, byte[]> hashes(Tx tx, Collection<String> keys) {
    Map<String, byte[]> found = new HashMap<>();
    for (String key : keys) {
      byte[] hash = hashes.get(key);
      if (hash != null) {
        found.put(key, hash);
      }
    }
    return found;
  }

  @Override
  public void insert(Tx tx, List<NewJournal> added, Instant at) {
    for (NewJournal journal : added) {
      JournalEntry entry = journal.entry();
      if (hashes.putIfAbsent(entry.key(), journal.hash()) != null) {
        throw new StoreException.DuplicateKey("journal " + entry.key(), null);
      }
      journals.put(journal.id(), row(journal, at));
      MemoryTx.of(tx)
          .undo(
              () -> {
                hashes.remove(entry.key());
                journals.remove(journal.id());
              });
    }
  }

  private static JournalRow row(NewJournal journal, Instant at) {
    JournalEntry entry = journal.entry();
    List<JournalRow.Line> lines = new ArrayList<>();
    for (int i = 0; i < entry.postings().size(); i++) {
      Posting posting = entry.postings().get(i);
      Account account = posting.account();
      lines.add(
          new JournalRow.Line(
              journal.accountIds().get(i), account.code(), account.currency(), posting.minor()));
    }
    return new JournalRow(
        journal.id(), entry.operatorId(), entry.key(), entry.kind(), entry.ref(), at, lines);
  }

  @Override
  public void balances(Tx tx, List<AccountRow> rows) {
    for (AccountRow row : rows) {
      AccountRow before = Objects.requireNonNull(accounts.put(row.id(), row), "account exists");
      MemoryTx.of(tx).undo(() -> accounts.put(before.id(), before));
    }
  }

  @Override
  public List<AccountRow> read(Tx tx, Collection<Account> wanted) {
    return lock(tx, ids(tx, wanted).values());
  }

  @Override
  public List<AccountRow> accounts(Tx tx, @Nullable Long operatorId, String prefix, Page page) {
    return accounts.tailMap(page.afterId(), false).values().stream()
        .filter(row -> operatorId == null || row.account().operatorId() == operatorId)
        .filter(row -> row.account().code().startsWith(prefix))
        .limit(page.limit())
        .toList();
  }

  @Override
  public List<JournalRow> journals(Tx tx, @Nullable Long operatorId, Page page) {
    return journals.tailMap(page.afterId(), false).values().stream()
        .filter(of(operatorId))
        .limit(page.limit())
        .toList();
  }

  @Override
  public List<JournalRow> about(Tx tx, long operatorId, String kind, long ref) {
    return journals.values().stream()
        .filter(of(operatorId))
        .filter(journal -> journal.kind().equals(kind) && journal.ref() == ref)
        .toList();
  }

  @Override
  public List<JournalRow> statement(
      Tx tx, Collection<Long> accountIds, long beforeJournalId, int limit) {
    Stream<JournalRow> newestFirst =
        journals.headMap(beforeJournalId, false).descendingMap().values().stream();
    return newestFirst
        .filter(
            journal -> journal.lines().stream().anyMatch(l -> accountIds.contains(l.accountId())))
        .limit(limit)
        .toList();
  }

  @Override
  public List<TrialBalanceRow> trialBalance(Tx tx, @Nullable Long operatorId) {
    Map<String, TrialBalanceRow> sums = new TreeMap<>();
    for (AccountRow row : accounts(tx, operatorId, "", new Page(0, Integer.MAX_VALUE))) {
      Account account = row.account();
      String accountClass = account.code().split(":", 2)[0];
      String key = account.currency() + " " + account.kind().code() + " " + accountClass;
      sums.merge(
          key,
          new TrialBalanceRow(
              account.kind(), accountClass, account.currency(), 1, row.balanceMinor()),
          MemoryLedgerStore::sum);
    }
    return List.copyOf(sums.values());
  }

  private static TrialBalanceRow sum(TrialBalanceRow a, TrialBalanceRow b) {
    return new TrialBalanceRow(
        a.kind(),
        a.accountClass(),
        a.currency(),
        a.accounts() + b.accounts(),
        Math.addExact(a.balanceMinor(), b.balanceMinor()));
  }

  private static Predicate<JournalRow> of(@Nullable Long operatorId) {
    return journal -> operatorId == null || journal.operatorId() == operatorId;
  }
}
