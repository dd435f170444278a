package org.ampay.ledger;

import static org.ampay.store.tables.Tables.ACCOUNT;
import static org.ampay.store.tables.Tables.JOURNAL;
import static org.ampay.store.tables.Tables.POSTING;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.ampay.base.IdSource;
import org.ampay.store.Rows;
import org.ampay.store.SqlTx;
import org.ampay.store.Tx;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** The ledger in the database. */
public final class SqlLedgerStore implements LedgerStore {

  private static final List<Field<?>> ACCOUNT_COLUMNS =
      List.of(
          ACCOUNT.ID,
          ACCOUNT.OPERATOR_ID,
          ACCOUNT.CODE,
          ACCOUNT.KIND,
          ACCOUNT.CURRENCY,
          ACCOUNT.BALANCE_MINOR,
          ACCOUNT.LIMIT_MINOR,
          ACCOUNT.CREATED_AT);

  private static final List<Field<?>> JOURNAL_COLUMNS =
      List.of(
          JOURNAL.ID,
          JOURNAL.OPERATOR_ID,
          JOURNAL.JOURNAL_KEY,
          JOURNAL.CONTENT_HASH,
          JOURNAL.KIND,
          JOURNAL.REF,
          JOURNAL.POSTED_AT);

  private static final List<Field<?>> POSTING_COLUMNS =
      List.of(
          POSTING.JOURNAL_ID,
          POSTING.LINE_NO,
          POSTING.ACCOUNT_ID,
          POSTING.CURRENCY,
          POSTING.AMOUNT_MINOR);

  private static final Comparator<Account> BY_CODE =
      Comparator.comparing(Account::operatorId)
          .thenComparing(Account::code)
          .thenComparing(Account::currency);

  @Override
  public Map<Account, Long> ids(Tx tx, Collection<Account> accounts) {
    return read(tx, accounts).stream()
        .collect(Collectors.toMap(AccountRow::account, AccountRow::id));
  }

  @Override
  public List<AccountRow> read(Tx tx, Collection<Account> accounts) {
    if (accounts.isEmpty()) {
      return List.of();
    }
    // By code in general: whoever asks names the operators and currencies too, and checks below.
    Set<Account> wanted = Set.copyOf(accounts);
    return SqlTx.of(tx)
        .dsl()
        .selectFrom(ACCOUNT)
        .where(ACCOUNT.OPERATOR_ID.in(distinct(accounts, Account::operatorId)))
        .and(ACCOUNT.CODE.in(distinct(accounts, Account::code)))
        .and(ACCOUNT.CURRENCY.in(distinct(accounts, Account::currency)))
        .fetch(SqlLedgerStore::row)
        .stream()
        .filter(row -> wanted.contains(row.account()))
        .toList();
  }

  private static <V> Set<V> distinct(Collection<Account> accounts, Function<Account, V> part) {
    return accounts.stream().map(part).collect(Collectors.toSet());
  }

  @Override
  public void create(Tx tx, Collection<Account> accounts, IdSource ids, Instant at) {
    // In one order, so that two transactions that make the same accounts do not deadlock.
    List<Object[]> rows =
        accounts.stream().sorted(BY_CODE).map(a -> values(ids.next(), a, 0, 0, at)).toList();
    Rows.insertMissing(tx, ACCOUNT, ACCOUNT_COLUMNS, rows);
  }

  private static Object[] values(
      long id, Account account, long balanceMinor, long limitMinor, Instant createdAt) {
    return new Object[] {
      id,
      account.operatorId(),
      account.code(),
      account.kind().code(),
      account.currency(),
      balanceMinor,
      account.limited() ? limitMinor : null,
      createdAt
    };
  }

  @Override
  public List<AccountRow> lock(Tx tx, Collection<Long> accountIds) {
    return SqlTx.of(tx)
        .dsl()
        .selectFrom(ACCOUNT.forceIndex("PRIMARY")) // a scan would wait for everybody's locks
        .where(ACCOUNT.ID.in(accountIds))
        .orderBy(ACCOUNT.ID)
        .forUpdate()
        .fetch(SqlLedgerStore::row);
  }

  @Override
  public Map<String, byte[]> hashes(Tx tx, Collection<String> keys) {
    return SqlTx.of(tx)
        .dsl()
        .select(JOURNAL.JOURNAL_KEY, JOURNAL.CONTENT_HASH)
        .from(JOURNAL)
        .where(JOURNAL.JOURNAL_KEY.in(keys))
        .fetchMap(JOURNAL.JOURNAL_KEY, JOURNAL.CONTENT_HASH);
  }

  @Override
  public void insert(Tx tx, List<NewJournal> journals, Instant at) {
    List<Object[]> heads = new ArrayList<>(journals.size());
    List<Object[]> lines = new ArrayList<>(journals.size() * 3);
    for (NewJournal journal : journals) {
      JournalEntry entry = journal.entry();
      heads.add(
          new Object[] {
            journal.id(),
            entry.operatorId(),
            entry.key(),
            journal.hash(),
            entry.kind(),
            entry.ref(),
            at
          });
      for (int i = 0; i < entry.postings().size(); i++) {
        Posting posting = entry.postings().get(i);
        Long accountId = journal.accountIds().get(i);
        String currency = posting.account().currency();
        lines.add(new Object[] {journal.id(), i + 1, accountId, currency, posting.minor()});
      }
    }
    Rows.insert(tx, JOURNAL, JOURNAL_COLUMNS, heads);
    Rows.insert(tx, POSTING, POSTING_COLUMNS, lines);
  }

  @Override
  public void balances(Tx tx, List<AccountRow> rows) {
    List<Object[]> values =
        rows.stream()
            .map(r -> values(r.id(), r.account(), r.balanceMinor(), r.limitMinor(), Instant.EPOCH))
            .toList();
    Rows.overwrite(tx, ACCOUNT, ACCOUNT_COLUMNS, List.of(ACCOUNT.BALANCE_MINOR), values);
  }

  @Override
  public List<AccountRow> accounts(Tx tx, @Nullable Long operatorId, String prefix, Page page) {
    Condition wanted = operatorId == null ? DSL.noCondition() : ACCOUNT.OPERATOR_ID.eq(operatorId);
    Condition named = prefix.isEmpty() ? DSL.noCondition() : ACCOUNT.CODE.startsWith(prefix);
    return SqlTx.of(tx)
        .dsl()
        .selectFrom(ACCOUNT)
        .where(wanted)
        .and(named)
        .and(ACCOUNT.ID.gt(page.afterId()))
        .orderBy(ACCOUNT.ID)
        .limit(page.limit())
        .fetch(SqlLedgerStore::row);
  }

  @Override
  public List<JournalRow> journals(Tx tx, @Nullable Long operatorId, Page page) {
    Condition wanted = operatorId == null ? DSL.noCondition() : JOURNAL.OPERATOR_ID.eq(operatorId);
    DSLContext dsl = SqlTx.of(tx).dsl();
    List<Long> ids =
        dsl.select(JOURNAL.ID)
            .from(JOURNAL)
            .where(wanted)
            .and(JOURNAL.ID.gt(page.afterId()))
            .orderBy(JOURNAL.ID)
            .limit(page.limit())
            .fetch(JOURNAL.ID);
    return load(dsl, ids);
  }

  @Override
  public List<JournalRow> about(Tx tx, long operatorId, String kind, long ref) {
    DSLContext dsl = SqlTx.of(tx).dsl();
    List<Long> ids =
        dsl.select(JOURNAL.ID)
            .from(JOURNAL)
            .where(JOURNAL.REF.eq(ref))
            .and(JOURNAL.KIND.eq(kind))
            .and(JOURNAL.OPERATOR_ID.eq(operatorId))
            .orderBy(JOURNAL.ID)
            .fetch(JOURNAL.ID);
    return load(dsl, ids);
  }

  @Override
  public List<JournalRow> statement(
      Tx tx, Collection<Long> accountIds, long beforeJournalId, int limit) {
    DSLContext dsl = SqlTx.of(tx).dsl();
    List<Long> ids =
        dsl.selectDistinct(POSTING.JOURNAL_ID)
            .from(POSTING)
            .where(POSTING.ACCOUNT_ID.in(accountIds))
            .and(POSTING.JOURNAL_ID.lt(beforeJournalId))
            .orderBy(POSTING.JOURNAL_ID.desc())
            .limit(limit)
            .fetch(POSTING.JOURNAL_ID);
    return load(dsl, ids);
  }

  /** Whole journals, in the order of {@code ids}. */
  private static List<JournalRow> load(DSLContext dsl, List<Long> ids) {
    if (ids.isEmpty()) {
      return List.of();
    }
    Map<Long, List<Record>> rows = new LinkedHashMap<>();
    dsl.select(JOURNAL.fields())
        .select(POSTING.ACCOUNT_ID, POSTING.CURRENCY, POSTING.AMOUNT_MINOR, ACCOUNT.CODE)
        .from(JOURNAL)
        .join(POSTING)
        .on(POSTING.JOURNAL_ID.eq(JOURNAL.ID))
        .join(ACCOUNT)
        .on(ACCOUNT.ID.eq(POSTING.ACCOUNT_ID))
        .where(JOURNAL.ID.in(ids))
        .orderBy(JOURNAL.ID, POSTING.LINE_NO)
        .forEach(r -> rows.computeIfAbsent(r.get(JOURNAL.ID), id -> new ArrayList<>()).add(r));
    return ids.stream()
        .map(id -> rows.getOrDefault(id, List.of()))
        .filter(of -> !of.isEmpty())
        .map(SqlLedgerStore::journal)
        .toList();
  }

  private static JournalRow journal(List<Record> rows) {
    Record head = rows.getFirst();
    return new JournalRow(
        head.get(JOURNAL.ID),
        head.get(JOURNAL.OPERATOR_ID),
        head.get(JOURNAL.JOURNAL_KEY),
        head.get(JOURNAL.KIND),
        head.get(JOURNAL.REF),
        head.get(JOURNAL.POSTED_AT),
        rows.stream().map(SqlLedgerStore::line).toList());
  }

  private static JournalRow.Line line(Record r) {
    return new JournalRow.Line(
        r.get(POSTING.ACCOUNT_ID),
        r.get(ACCOUNT.CODE),
        r.get(POSTING.CURRENCY),
        r.get(POSTING.AMOUNT_MINOR));
  }

  @Override
  public List<TrialBalanceRow> trialBalance(Tx tx, @Nullable Long operatorId) {
    Condition wanted = operatorId == null ? DSL.noCondition() : ACCOUNT.OPERATOR_ID.eq(operatorId);
    Field<String> accountClass =
        DSL.field("SUBSTRING_INDEX({0}, ':', 1)", String.class, ACCOUNT.CODE).as("account_class");
    Field<Integer> count = DSL.count();
    Field<BigDecimal> sum = DSL.sum(ACCOUNT.BALANCE_MINOR);
    return SqlTx.of(tx)
        .dsl()
        .select(ACCOUNT.KIND, accountClass, ACCOUNT.CURRENCY, count, sum)
        .from(ACCOUNT)
        .where(wanted)
        .groupBy(ACCOUNT.KIND, accountClass, ACCOUNT.CURRENCY)
        .orderBy(ACCOUNT.CURRENCY, ACCOUNT.KIND, accountClass)
        .fetch(
            r ->
                new TrialBalanceRow(
                    AccountKind.ofCode(r.get(ACCOUNT.KIND)),
                    r.get(accountClass),
                    r.get(ACCOUNT.CURRENCY),
                    r.get(count),
                    r.get(sum).longValueExact()));
  }

  static AccountRow row(Record r) {
    Long limit = r.get(ACCOUNT.LIMIT_MINOR);
    Account account =
        new Account(
            r.get(ACCOUNT.OPERATOR_ID),
            r.get(ACCOUNT.CODE),
            AccountKind.ofCode(r.get(ACCOUNT.KIND)),
            r.get(ACCOUNT.CURRENCY),
            limit != null);
    return new AccountRow(
        r.get(ACCOUNT.ID), account, r.get(ACCOUNT.BALANCE_MINOR), limit == null ? 0 : limit);
  }
}
