package org.ampay.ledger;

import static org.ampay.store.tables.Tables.ACCOUNT;
import static org.ampay.store.tables.Tables.JOURNAL;
import static org.ampay.store.tables.Tables.POSTING;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ampay.ledger.Statement.Place;
import org.ampay.store.SqlTx;
import org.ampay.store.Tx;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Reads the books in the database from the postings, whatever the balances say. */
final class BookStore {

  private BookStore() {}

  static Optional<AccountRow> account(Tx tx, @Nullable Long operatorId, long id) {
    return SqlTx.of(tx)
        .dsl()
        .selectFrom(ACCOUNT)
        .where(ACCOUNT.ID.eq(id))
        .and(operatorId == null ? DSL.noCondition() : ACCOUNT.OPERATOR_ID.eq(operatorId))
        .fetchOptional(SqlLedgerStore::row);
  }

  /** Debits less credits of the postings that meet a condition. */
  private static long sum(Tx tx, long accountId, Condition which) {
    BigDecimal sum =
        SqlTx.of(tx)
            .dsl()
            .select(DSL.sum(POSTING.AMOUNT_MINOR))
            .from(POSTING)
            .join(JOURNAL)
            .on(JOURNAL.ID.eq(POSTING.JOURNAL_ID))
            .where(POSTING.ACCOUNT_ID.eq(accountId))
            .and(which)
            .fetchOne(0, BigDecimal.class);
    return sum == null ? 0 : sum.longValueExact();
  }

  private static Condition before(Instant at) {
    return JOURNAL.POSTED_AT.lt(at);
  }

  private static Condition within(Instant from, Instant to) {
    return JOURNAL.POSTED_AT.ge(from).and(JOURNAL.POSTED_AT.lt(to));
  }

  private static Condition upTo(Place place) {
    return POSTING
        .JOURNAL_ID
        .lt(place.journalId())
        .or(POSTING.JOURNAL_ID.eq(place.journalId()).and(POSTING.LINE_NO.le(place.lineNo())));
  }

  private record Lines(long accountId, Condition which, Place after, int limit, long opening) {}

  /** Lines behind a place, in their order; balances from one that is given. */
  private static List<Statement.Line> lines(Tx tx, Lines wanted) {
    Place after = wanted.after();
    List<Statement.Line> lines = new ArrayList<>();
    long balance = wanted.opening();
    for (Record r :
        SqlTx.of(tx)
            .dsl()
            .select(JOURNAL.JOURNAL_KEY, JOURNAL.KIND, JOURNAL.REF, JOURNAL.POSTED_AT)
            .select(POSTING.JOURNAL_ID, POSTING.LINE_NO, POSTING.AMOUNT_MINOR)
            .from(POSTING)
            .join(JOURNAL)
            .on(JOURNAL.ID.eq(POSTING.JOURNAL_ID))
            .where(POSTING.ACCOUNT_ID.eq(wanted.accountId()))
            .and(POSTING.JOURNAL_ID.ge(after.journalId()))
            .and(DSL.not(upTo(after)))
            .and(wanted.which())
            .orderBy(POSTING.JOURNAL_ID, POSTING.LINE_NO)
            .limit(wanted.limit())
            .fetch()) {
      balance = Math.addExact(balance, r.get(POSTING.AMOUNT_MINOR));
      lines.add(
          new Statement.Line(
              r.get(POSTING.JOURNAL_ID),
              r.get(POSTING.LINE_NO),
              r.get(JOURNAL.JOURNAL_KEY),
              r.get(JOURNAL.KIND),
              r.get(JOURNAL.REF),
              r.get(JOURNAL.POSTED_AT),
              r.get(POSTING.AMOUNT_MINOR),
              balance));
    }
    return lines;
  }

  /** An account's statement; lines behind a place, at most so many. */
  static Statement statement(
      Tx tx, AccountRow account, Books.Period period, Place after, int limit) {
    Condition within = within(period.from(), period.to());
    long opening = sum(tx, account.id(), before(period.from()));
    long all = sum(tx, account.id(), within);
    long passed = sum(tx, account.id(), within.and(upTo(after)));
    Lines lines = new Lines(account.id(), within, after, limit, Math.addExact(opening, passed));
    return new Statement(
        account,
        period.from(),
        period.to(),
        opening,
        lines(tx, lines),
        Math.addExact(opening, all));
  }

  static List<ExportRow> export(
      Tx tx, @Nullable Long operatorId, Books.Period period, Place after, int limit) {
    return SqlTx.of(tx)
        .dsl()
        .select(JOURNAL.ID, JOURNAL.JOURNAL_KEY, JOURNAL.KIND, JOURNAL.POSTED_AT)
        .select(POSTING.LINE_NO, POSTING.CURRENCY, POSTING.AMOUNT_MINOR)
        .select(ACCOUNT.CODE, ACCOUNT.KIND)
        .from(JOURNAL)
        .join(POSTING)
        .on(POSTING.JOURNAL_ID.eq(JOURNAL.ID))
        .join(ACCOUNT)
        .on(ACCOUNT.ID.eq(POSTING.ACCOUNT_ID))
        .where(operatorId == null ? DSL.noCondition() : JOURNAL.OPERATOR_ID.eq(operatorId))
        .and(JOURNAL.ID.ge(after.journalId()))
        .and(DSL.not(upTo(after)))
        .and(within(period.from(), period.to()))
        .orderBy(JOURNAL.ID, POSTING.LINE_NO)
        .limit(limit)
        .fetch(BookStore::exported);
  }

  private static ExportRow exported(Record r) {
    return new ExportRow(
        r.get(JOURNAL.ID),
        r.get(JOURNAL.JOURNAL_KEY),
        r.get(JOURNAL.KIND),
        r.get(JOURNAL.POSTED_AT),
        r.get(POSTING.LINE_NO),
        r.get(ACCOUNT.CODE),
        AccountKind.ofCode(r.get(ACCOUNT.KIND)),
        r.get(POSTING.CURRENCY),
        r.get(POSTING.AMOUNT_MINOR));
  }

  /** The trial balance of what was posted before a time; accounts without postings are left out. */
  static List<TrialBalanceRow> trialBalance(Tx tx, @Nullable Long operatorId, Instant at) {
    Field<String> accountClass =
        DSL.field("SUBSTRING_INDEX({0}, ':', 1)", String.class, ACCOUNT.CODE).as("account_class");
    Field<Integer> count = DSL.countDistinct(ACCOUNT.ID);
    Field<BigDecimal> sum = DSL.sum(POSTING.AMOUNT_MINOR);
    return SqlTx.of(tx)
        .dsl()
        .select(ACCOUNT.KIND, accountClass, POSTING.CURRENCY, count, sum)
        .from(POSTING)
        .join(JOURNAL)
        .on(JOURNAL.ID.eq(POSTING.JOURNAL_ID))
        .join(ACCOUNT)
        .on(ACCOUNT.ID.eq(POSTING.ACCOUNT_ID))
        .where(before(at))
        .and(operatorId == null ? DSL.noCondition() : JOURNAL.OPERATOR_ID.eq(operatorId))
        .groupBy(ACCOUNT.KIND, accountClass, POSTING.CURRENCY)
        .orderBy(POSTING.CURRENCY, ACCOUNT.KIND, accountClass)
        .fetch(
            r ->
                new TrialBalanceRow(
                    AccountKind.ofCode(r.get(ACCOUNT.KIND)),
                    r.get(accountClass),
                    r.get(POSTING.CURRENCY),
                    r.get(count),
                    r.get(sum).longValueExact()));
  }

  /** An account whose balance is not the sum of its postings. */
  record Difference(AccountRow account, long postedMinor) {}

  /** Accounts with an id above another, in that order, with what their postings sum up to. */
  static List<Difference> compare(Tx tx, long afterId, int limit) {
    Field<BigDecimal> sum =
        DSL.field(
            DSL.select(DSL.coalesce(DSL.sum(POSTING.AMOUNT_MINOR), BigDecimal.ZERO))
                .from(POSTING)
                .where(POSTING.ACCOUNT_ID.eq(ACCOUNT.ID)));
    return SqlTx.of(tx)
        .dsl()
        .select(ACCOUNT.fields())
        .select(sum)
        .from(ACCOUNT)
        .where(ACCOUNT.ID.gt(afterId))
        .orderBy(ACCOUNT.ID)
        .limit(limit)
        .fetch(r -> new Difference(SqlLedgerStore.row(r), r.get(sum).longValueExact()));
  }

  /** What a locked account's postings sum up to. */
  static long posted(Tx tx, long accountId) {
    return sum(tx, accountId, DSL.noCondition());
  }
}
