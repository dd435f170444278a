package org.ampay.ocpi.roaming;

import static org.ampay.store.tables.Tables.BILL;
import static org.ampay.store.tables.Tables.OCPI_CDR;
import static org.ampay.store.tables.Tables.OPERATOR;
import static org.ampay.store.tables.Tables.ROAMING_INVOICE;
import static org.ampay.store.tables.Tables.ROAMING_INVOICE_ITEM;
import static org.ampay.store.tables.Tables.ROAMING_INVOICE_LINE;
import static org.ampay.store.tables.Tables.ROAMING_PAYMENT;
import static org.ampay.store.tables.Tables.SITE;

import java.math.BigDecimal;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ampay.base.Money;
import org.ampay.store.SqlTx;
import org.ampay.store.Tx;
import org.ampay.store.tables.RoamingInvoiceRecord;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.impl.DSL;

/** Partners' invoices in the database. Rows are added, never changed. */
final class InvoiceRowStore {

  private InvoiceRowStore() {}

  private static DSLContext dsl(Tx tx) {
    return SqlTx.of(tx).dsl();
  }

  static void insert(Tx tx, RoamingInvoice invoice) {
    RoamingInvoiceRecord row = new RoamingInvoiceRecord();
    row.setId(invoice.id());
    row.setOperatorId(invoice.operatorId());
    row.setNumber(invoice.number());
    row.setCode(invoice.code());
    row.setKind(invoice.kind().code());
    row.setPartnerId(invoice.partnerId());
    row.setPartnerName(invoice.partnerName());
    row.setCurrency(invoice.total().currency());
    row.setPeriod(invoice.period().toString());
    row.setZone(invoice.zone().getId());
    row.setToAt(invoice.to());
    row.setItems(invoice.items());
    row.setExclMinor(invoice.excl().minor());
    row.setTaxMinor(invoice.tax().minor());
    row.setTotalMinor(invoice.total().minor());
    row.setCancelsId(invoice.cancels());
    row.setReason(invoice.reason());
    row.setCreatedBy(invoice.createdBy());
    row.setCreatedAt(invoice.createdAt());
    dsl(tx).insertInto(ROAMING_INVOICE).set(row).execute();
    int lineNo = 0;
    for (RoamingInvoice.Line line : invoice.lines()) {
      dsl(tx)
          .insertInto(ROAMING_INVOICE_LINE)
          .set(ROAMING_INVOICE_LINE.INVOICE_ID, invoice.id())
          .set(ROAMING_INVOICE_LINE.LINE_NO, ++lineNo)
          .set(ROAMING_INVOICE_LINE.VAT_RATE, line.rate())
          .set(ROAMING_INVOICE_LINE.EXCL_MINOR, line.excl().minor())
          .set(ROAMING_INVOICE_LINE.TAX_MINOR, line.tax().minor())
          .set(ROAMING_INVOICE_LINE.TOTAL_MINOR, line.total().minor())
          .execute();
    }
  }

  /** Locks an invoice: it is paid or cancelled by one at a time. */
  static boolean lock(Tx tx, long operatorId, long partnerId, long id) {
    return dsl(tx)
        .select(ROAMING_INVOICE.ID)
        .from(ROAMING_INVOICE)
        .where(ROAMING_INVOICE.ID.eq(id))
        .and(ROAMING_INVOICE.OPERATOR_ID.eq(operatorId))
        .and(ROAMING_INVOICE.PARTNER_ID.eq(partnerId))
        .forUpdate()
        .fetchOptional()
        .isPresent();
  }

  static Optional<RoamingInvoice.Standing> find(Tx tx, long operatorId, long partnerId, long id) {
    return read(
            tx,
            ROAMING_INVOICE
                .OPERATOR_ID
                .eq(operatorId)
                .and(ROAMING_INVOICE.PARTNER_ID.eq(partnerId))
                .and(ROAMING_INVOICE.ID.eq(id)),
            1)
        .stream()
        .findFirst();
  }

  /** Invoices of a partner with an id below another, newest first. */
  static List<RoamingInvoice.Standing> list(
      Tx tx, long operatorId, long partnerId, long beforeId, int limit) {
    return read(
        tx,
        ROAMING_INVOICE
            .OPERATOR_ID
            .eq(operatorId)
            .and(ROAMING_INVOICE.PARTNER_ID.eq(partnerId))
            .and(ROAMING_INVOICE.ID.lt(beforeId)),
        limit);
  }

  static List<RoamingInvoice> issued(Tx tx, long operatorId, long partnerId) {
    return read(
            tx,
            ROAMING_INVOICE
                .OPERATOR_ID
                .eq(operatorId)
                .and(ROAMING_INVOICE.PARTNER_ID.eq(partnerId))
                .and(ROAMING_INVOICE.KIND.eq(RoamingInvoice.Kind.INVOICE.code())),
            Integer.MAX_VALUE)
        .stream()
        .map(RoamingInvoice.Standing::invoice)
        .sorted(Comparator.comparing(RoamingInvoice::createdAt).thenComparing(RoamingInvoice::id))
        .toList();
  }

  /**
   * The ids of the CDRs of some bills of an invoice. A credit has one that takes back and mostly
   * one for what is left. A bill whose CDR is held back stands for itself: it will have its id.
   */
  static List<String> cdrs(Tx tx, RoamingInvoice invoice, long offset, int bills) {
    Field<Long> bill = DSL.field(DSL.name("part", "bill_id"), Long.class);
    var part =
        DSL.select(ROAMING_INVOICE_ITEM.BILL_ID.as("bill_id"))
            .from(ROAMING_INVOICE_ITEM)
            .where(ROAMING_INVOICE_ITEM.INVOICE_ID.eq(invoice.id()))
            .orderBy(ROAMING_INVOICE_ITEM.BILL_ID)
            .limit(offset, bills)
            .asTable("part");
    return dsl(tx)
        .select(bill, OCPI_CDR.CDR_ID)
        .from(part)
        .leftJoin(OCPI_CDR)
        .on(OCPI_CDR.BILL_ID.eq(bill).and(OCPI_CDR.PARTNER_ID.eq(invoice.partnerId())))
        .orderBy(bill, OCPI_CDR.SEQ)
        .fetch(
            r ->
                r.get(OCPI_CDR.CDR_ID) == null
                    ? Long.toString(r.get(bill))
                    : r.get(OCPI_CDR.CDR_ID));
  }

  private static List<RoamingInvoice.Standing> read(Tx tx, Condition which, int limit) {
    var credit = ROAMING_INVOICE.as("credit");
    Field<BigDecimal> paid =
        DSL.field(
            DSL.select(DSL.sum(ROAMING_PAYMENT.RECEIVED_MINOR.plus(ROAMING_PAYMENT.FEE_MINOR)))
                .from(ROAMING_PAYMENT)
                .where(ROAMING_PAYMENT.INVOICE_ID.eq(ROAMING_INVOICE.ID)));
    List<Record> rows =
        List.copyOf(
            dsl(tx)
                .select(ROAMING_INVOICE.fields())
                .select(credit.ID, paid)
                .from(ROAMING_INVOICE)
                .leftJoin(credit)
                .on(credit.CANCELS_ID.eq(ROAMING_INVOICE.ID))
                .where(which)
                .orderBy(ROAMING_INVOICE.ID.desc())
                .limit(limit)
                .fetch());
    List<Long> ids = rows.stream().map(r -> r.get(ROAMING_INVOICE.ID)).toList();
    Map<Long, List<RoamingInvoice.Line>> lines = lines(tx, ids);
    List<RoamingInvoice.Standing> all = new ArrayList<>(rows.size());
    for (Record r : rows) {
      RoamingInvoice invoice = invoice(r, lines.getOrDefault(r.get(ROAMING_INVOICE.ID), List.of()));
      BigDecimal sum = r.get(paid);
      String currency = invoice.total().currency();
      all.add(
          new RoamingInvoice.Standing(
              invoice,
              r.get(credit.ID),
              new Money(currency, sum == null ? 0 : sum.longValueExact())));
    }
    return all;
  }

  private static Map<Long, List<RoamingInvoice.Line>> lines(Tx tx, List<Long> ids) {
    Map<Long, List<RoamingInvoice.Line>> lines = new HashMap<>();
    dsl(tx)
        .select(ROAMING_INVOICE_LINE.fields())
        .select(ROAMING_INVOICE.CURRENCY)
        .from(ROAMING_INVOICE_LINE)
        .join(ROAMING_INVOICE)
        .on(ROAMING_INVOICE.ID.eq(ROAMING_INVOICE_LINE.INVOICE_ID))
        .where(ROAMING_INVOICE_LINE.INVOICE_ID.in(ids))
        .orderBy(ROAMING_INVOICE_LINE.INVOICE_ID, ROAMING_INVOICE_LINE.LINE_NO)
        .forEach(
            r -> {
              String currency = r.get(ROAMING_INVOICE.CURRENCY);
              lines
                  .computeIfAbsent(r.get(ROAMING_INVOICE_LINE.INVOICE_ID), id -> new ArrayList<>())
                  .add(
                      new RoamingInvoice.Line(
                          r.get(ROAMING_INVOICE_LINE.VAT_RATE),
                          new Money(currency, r.get(ROAMING_INVOICE_LINE.EXCL_MINOR)),
                          new Money(currency, r.get(ROAMING_INVOICE_LINE.TAX_MINOR)),
                          new Money(currency, r.get(ROAMING_INVOICE_LINE.TOTAL_MINOR))));
            });
    return lines;
  }

  private static RoamingInvoice invoice(Record r, List<RoamingInvoice.Line> lines) {
    String currency = r.get(ROAMING_INVOICE.CURRENCY);
    return new RoamingInvoice(
        r.get(ROAMING_INVOICE.ID),
        r.get(ROAMING_INVOICE.OPERATOR_ID),
        r.get(ROAMING_INVOICE.NUMBER),
        r.get(ROAMING_INVOICE.CODE),
        RoamingInvoice.Kind.ofCode(r.get(ROAMING_INVOICE.KIND)),
        r.get(ROAMING_INVOICE.PARTNER_ID),
        r.get(ROAMING_INVOICE.PARTNER_NAME),
        YearMonth.parse(r.get(ROAMING_INVOICE.PERIOD)),
        ZoneId.of(r.get(ROAMING_INVOICE.ZONE)),
        r.get(ROAMING_INVOICE.TO_AT),
        r.get(ROAMING_INVOICE.ITEMS),
        new Money(currency, r.get(ROAMING_INVOICE.EXCL_MINOR)),
        new Money(currency, r.get(ROAMING_INVOICE.TAX_MINOR)),
        new Money(currency, r.get(ROAMING_INVOICE.TOTAL_MINOR)),
        lines,
        r.get(ROAMING_INVOICE.CANCELS_ID),
        r.get(ROAMING_INVOICE.REASON),
        r.get(ROAMING_INVOICE.CREATED_BY),
        r.get(ROAMING_INVOICE.CREATED_AT));
  }

  /** Bills on an invoice with an id above another, in that order. */
  static List<RoamingInvoice.Item> items(Tx tx, long invoiceId, long afterBill, int limit) {
    return dsl(tx)
        .select(BILL.ID, BILL.SESSION_ID, BILL.KIND, BILL.CREATED_AT, BILL.CURRENCY)
        .select(ROAMING_INVOICE_ITEM.TOTAL_MINOR)
        .from(ROAMING_INVOICE_ITEM)
        .join(BILL)
        .on(BILL.ID.eq(ROAMING_INVOICE_ITEM.BILL_ID))
        .where(ROAMING_INVOICE_ITEM.INVOICE_ID.eq(invoiceId))
        .and(BILL.ID.gt(afterBill))
        .orderBy(BILL.ID)
        .limit(limit)
        .fetch(
            r ->
                new RoamingInvoice.Item(
                    r.get(BILL.ID),
                    r.get(BILL.SESSION_ID),
                    r.get(BILL.KIND),
                    r.get(BILL.CREATED_AT),
                    new Money(r.get(BILL.CURRENCY), r.get(ROAMING_INVOICE_ITEM.TOTAL_MINOR))));
  }

  /** Who writes invoices, and by which clock. */
  record Issuer(String country, String party, String currency, ZoneId zone) {}

  /** An operator's months are those of its first site. */
  static Issuer issuer(Tx tx, long operatorId) {
    ZoneId zone =
        dsl(tx)
            .select(SITE.TIME_ZONE)
            .from(SITE)
            .where(SITE.OPERATOR_ID.eq(operatorId))
            .orderBy(SITE.ID)
            .limit(1)
            .fetchOptional(SITE.TIME_ZONE)
            .map(ZoneId::of)
            .orElse(ZoneOffset.UTC);
    return dsl(tx)
        .select(OPERATOR.COUNTRY_CODE, OPERATOR.PARTY_ID, OPERATOR.CURRENCY)
        .from(OPERATOR)
        .where(OPERATOR.ID.eq(operatorId))
        .fetchSingle(r -> new Issuer(r.value1(), r.value2(), r.value3(), zone));
  }
}
