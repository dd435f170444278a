package org.ampay.ocpi.roaming;

import static org.ampay.store.tables.Tables.BILL;
import static org.ampay.store.tables.Tables.BILL_LINE;
import static org.ampay.store.tables.Tables.JOURNAL;
import static org.ampay.store.tables.Tables.PAYMENT_OPERATION;
import static org.ampay.store.tables.Tables.POSTING;
import static org.ampay.store.tables.Tables.ROAMING_INVOICE_ITEM;
import static org.ampay.store.tables.Tables.ROAMING_INVOICE_MONTH;
import static org.ampay.store.tables.Tables.ROAMING_INVOICE_NUMBER;
import static org.ampay.store.tables.Tables.SETTLEMENT;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.ampay.base.Money;
import org.ampay.store.SqlTx;
import org.ampay.store.Tx;
import org.ampay.store.tables.RoamingInvoiceItemRecord;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.SelectJoinStep;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** What goes on partners' invoices: bills that none had, months, numbers. */
final class InvoiceStore {

  private static final int AT_A_TIME = 1_000;
  private static final String REFUND = "refund";

  private InvoiceStore() {}

  private static DSLContext dsl(Tx tx) {
    return SqlTx.of(tx).dsl();
  }

  /** A bill or credit that a partner owes. */
  record Owed(long billId, Money excl, Money tax) {}

  /** A credit has the id of the refund's operation. */
  private static Field<Long> billOfOperation() {
    return DSL.when(PAYMENT_OPERATION.KIND.eq(REFUND), PAYMENT_OPERATION.ID)
        .otherwise(SETTLEMENT.BILL_ID);
  }

  private static <R extends Record> SelectJoinStep<R> postings(SelectJoinStep<R> from) {
    return from.join(JOURNAL)
        .on(JOURNAL.ID.eq(POSTING.JOURNAL_ID))
        .join(PAYMENT_OPERATION)
        .on(PAYMENT_OPERATION.ID.eq(JOURNAL.REF).and(PAYMENT_OPERATION.KIND.eq(JOURNAL.KIND)))
        .join(SETTLEMENT)
        .on(SETTLEMENT.ID.eq(PAYMENT_OPERATION.SETTLEMENT_ID))
        .join(BILL)
        .on(BILL.ID.eq(billOfOperation()))
        .leftJoin(ROAMING_INVOICE_ITEM)
        .on(ROAMING_INVOICE_ITEM.LIVE_BILL.eq(BILL.ID));
  }

  private static Condition openOn(long accountId, Instant before) {
    return POSTING
        .ACCOUNT_ID
        .eq(accountId)
        .and(JOURNAL.KIND.in("charge", REFUND))
        .and(JOURNAL.POSTED_AT.lt(before))
        .and(ROAMING_INVOICE_ITEM.LIVE_BILL.isNull());
  }

  /** Bills and credits of an account, posted before a time, that are on no invoice. */
  static List<Owed> owed(Tx tx, long accountId, Instant before) {
    return postings(
            dsl(tx).select(BILL.ID, BILL.CURRENCY, BILL.EXCL_MINOR, BILL.TAX_MINOR).from(POSTING))
        .where(openOn(accountId, before))
        .orderBy(BILL.ID)
        .fetch(
            r ->
                new Owed(
                    r.get(BILL.ID),
                    new Money(r.get(BILL.CURRENCY), r.get(BILL.EXCL_MINOR)),
                    new Money(r.get(BILL.CURRENCY), r.get(BILL.TAX_MINOR))));
  }

  /** When the oldest of them was posted. */
  static Optional<Instant> oldest(Tx tx, long accountId, Instant before) {
    Field<Instant> first = DSL.min(JOURNAL.POSTED_AT);
    return postings(dsl(tx).select(first).from(POSTING))
        .where(openOn(accountId, before))
        .fetchOptional(first);
  }

  /** The lines of these bills by tax rate, the lowest first. */
  static List<RoamingInvoice.Line> lines(Tx tx, String currency, List<Long> billIds) {
    Map<BigDecimal, RoamingInvoice.Line> byRate = new TreeMap<>();
    Field<BigDecimal> excl = DSL.sum(BILL_LINE.EXCL_MINOR);
    Field<BigDecimal> tax = DSL.sum(BILL_LINE.TAX_MINOR);
    for (int i = 0; i < billIds.size(); i += AT_A_TIME) {
      dsl(tx)
          .select(BILL_LINE.VAT_RATE, excl, tax)
          .from(BILL_LINE)
          .where(BILL_LINE.BILL_ID.in(billIds.subList(i, Math.min(billIds.size(), i + AT_A_TIME))))
          .groupBy(BILL_LINE.VAT_RATE)
          .forEach(
              r -> {
                BigDecimal rate = r.get(BILL_LINE.VAT_RATE);
                Money net = new Money(currency, r.get(excl).longValueExact());
                Money taxes = new Money(currency, r.get(tax).longValueExact());
                byRate.merge(
                    rate == null ? BigDecimal.ONE.negate() : rate.stripTrailingZeros(),
                    new RoamingInvoice.Line(rate, net, taxes, net.plus(taxes)),
                    InvoiceStore::sum);
              });
    }
    return byRate.values().stream()
        .sorted(Comparator.comparing(l -> l.rate() == null ? BigDecimal.ONE.negate() : l.rate()))
        .toList();
  }

  private static RoamingInvoice.Line sum(RoamingInvoice.Line a, RoamingInvoice.Line b) {
    return new RoamingInvoice.Line(
        a.rate(), a.excl().plus(b.excl()), a.tax().plus(b.tax()), a.total().plus(b.total()));
  }

  /** The next number of an operator; whoever comes second waits for the first one's commit. */
  static int nextNumber(Tx tx, long operatorId) {
    dsl(tx)
        .insertInto(ROAMING_INVOICE_NUMBER)
        .set(ROAMING_INVOICE_NUMBER.OPERATOR_ID, operatorId)
        .set(ROAMING_INVOICE_NUMBER.LAST_NUMBER, 1)
        .onDuplicateKeyUpdate()
        .set(ROAMING_INVOICE_NUMBER.LAST_NUMBER, ROAMING_INVOICE_NUMBER.LAST_NUMBER.plus(1))
        .execute();
    return dsl(tx)
        .select(ROAMING_INVOICE_NUMBER.LAST_NUMBER)
        .from(ROAMING_INVOICE_NUMBER)
        .where(ROAMING_INVOICE_NUMBER.OPERATOR_ID.eq(operatorId))
        .fetchSingle()
        .value1();
  }

  /** The invoice of a month that holds. */
  static Optional<Long> ofMonth(Tx tx, long partnerId, String currency, YearMonth month) {
    return dsl(tx)
        .select(ROAMING_INVOICE_MONTH.INVOICE_ID)
        .from(ROAMING_INVOICE_MONTH)
        .where(ROAMING_INVOICE_MONTH.PARTNER_ID.eq(partnerId))
        .and(ROAMING_INVOICE_MONTH.CURRENCY.eq(currency))
        .and(ROAMING_INVOICE_MONTH.PERIOD.eq(month.toString()))
        .fetchOptional(ROAMING_INVOICE_MONTH.INVOICE_ID);
  }

  /** A new invoice's month and items. */
  static void insert(Tx tx, RoamingInvoice invoice, List<Owed> owed) {
    dsl(tx)
        .insertInto(ROAMING_INVOICE_MONTH)
        .set(ROAMING_INVOICE_MONTH.PARTNER_ID, invoice.partnerId())
        .set(ROAMING_INVOICE_MONTH.CURRENCY, invoice.total().currency())
        .set(ROAMING_INVOICE_MONTH.PERIOD, invoice.period().toString())
        .set(ROAMING_INVOICE_MONTH.INVOICE_ID, invoice.id())
        .execute();
    List<RoamingInvoiceItemRecord> rows = new ArrayList<>(owed.size());
    for (Owed one : owed) {
      rows.add(item(invoice.id(), one.billId(), one.excl().plus(one.tax()).minor(), one.billId()));
    }
    insertItems(tx, rows);
  }

  private static RoamingInvoiceItemRecord item(
      long invoiceId, long billId, long total, @Nullable Long live) {
    RoamingInvoiceItemRecord row = new RoamingInvoiceItemRecord();
    row.setInvoiceId(invoiceId);
    row.setBillId(billId);
    row.setTotalMinor(total);
    row.setLiveBill(live);
    return row;
  }

  private static void insertItems(Tx tx, List<RoamingInvoiceItemRecord> rows) {
    for (int i = 0; i < rows.size(); i += AT_A_TIME) {
      Collection<RoamingInvoiceItemRecord> some =
          rows.subList(i, Math.min(rows.size(), i + AT_A_TIME));
      dsl(tx).batchInsert(some).execute();
    }
  }

  /** The month and the bills of an invoice are free again; the credit has its items, negated. */
  static void cancel(Tx tx, RoamingInvoice invoice, RoamingInvoice credit) {
    List<RoamingInvoiceItemRecord> rows = new ArrayList<>();
    for (RoamingInvoiceItemRecord row :
        dsl(tx)
            .selectFrom(ROAMING_INVOICE_ITEM)
            .where(ROAMING_INVOICE_ITEM.INVOICE_ID.eq(invoice.id()))
            .fetch()) {
      rows.add(item(credit.id(), row.getBillId(), Math.negateExact(row.getTotalMinor()), null));
    }
    dsl(tx)
        .update(ROAMING_INVOICE_ITEM)
        .setNull(ROAMING_INVOICE_ITEM.LIVE_BILL)
        .where(ROAMING_INVOICE_ITEM.INVOICE_ID.eq(invoice.id()))
        .execute();
    insertItems(tx, rows);
    dsl(tx)
        .deleteFrom(ROAMING_INVOICE_MONTH)
        .where(ROAMING_INVOICE_MONTH.INVOICE_ID.eq(invoice.id()))
        .execute();
  }
}
