package org.ampay.billing;

import static org.ampay.store.tables.Tables.BILL;
import static org.ampay.store.tables.Tables.BILL_LINE;
import static org.ampay.store.tables.Tables.CDR;
import static org.ampay.store.tables.Tables.CONNECTOR;
import static org.ampay.store.tables.Tables.EVSE;
import static org.ampay.store.tables.Tables.OPERATOR;
import static org.ampay.store.tables.Tables.SITE;
import static org.ampay.store.tables.Tables.STATION;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.ampay.base.Money;
import org.ampay.billing.CdrPlace.Outlet;
import org.ampay.store.Rows;
import org.ampay.store.SqlTx;
import org.ampay.store.Tx;
import org.ampay.tariff.Funder;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Bills and CDRs in the database. */
public final class SqlBillStore implements BillStore {

  private static final List<Field<?>> BILL_COLUMNS =
      List.of(
          BILL.ID,
          BILL.OPERATOR_ID,
          BILL.SESSION_ID,
          BILL.STATION_ID,
          BILL.HOLD_ID,
          BILL.KIND,
          BILL.SEQ,
          BILL.DRIVER_ID,
          BILL.SNAPSHOT_ID,
          BILL.CURRENCY,
          BILL.EXCL_MINOR,
          BILL.TAX_MINOR,
          BILL.TOTAL_MINOR,
          BILL.CREATED_AT);

  private static final List<Field<?>> LINE_COLUMNS =
      List.of(
          BILL_LINE.BILL_ID,
          BILL_LINE.LINE_NO,
          BILL_LINE.DIMENSION,
          BILL_LINE.ELEMENT_NO,
          BILL_LINE.FROM_AT,
          BILL_LINE.TO_AT,
          BILL_LINE.VOLUME,
          BILL_LINE.UNIT_PRICE,
          BILL_LINE.VAT_RATE,
          BILL_LINE.EXCL_MINOR,
          BILL_LINE.TAX_MINOR,
          BILL_LINE.TOTAL_MINOR,
          BILL_LINE.LABEL,
          BILL_LINE.FUNDER);

  private static final List<Field<?>> CDR_COLUMNS =
      List.of(CDR.ID, CDR.OPERATOR_ID, CDR.SESSION_ID, CDR.BILL_ID, CDR.BODY, CDR.CREATED_AT);

  @Override
  public Set<Long> billed(Tx tx, Collection<Long> sessionIds) {
    return SqlTx.of(tx)
        .dsl()
        .select(BILL.SESSION_ID)
        .from(BILL)
        .where(BILL.SESSION_ID.in(sessionIds))
        .and(BILL.KIND.eq(Bill.Kind.CHARGE.code()))
        .fetchSet(BILL.SESSION_ID);
  }

  @Override
  public void insert(Tx tx, List<Bill> bills, List<Cdr> cdrs) {
    List<Object[]> lines = new ArrayList<>(bills.size() * 2);
    for (Bill bill : bills) {
      for (int i = 0; i < bill.lines().size(); i++) {
        lines.add(values(bill.id(), i + 1, bill.lines().get(i)));
      }
    }
    Rows.insert(tx, BILL, BILL_COLUMNS, bills.stream().map(SqlBillStore::values).toList());
    Rows.insert(tx, BILL_LINE, LINE_COLUMNS, lines);
    Rows.insert(tx, CDR, CDR_COLUMNS, cdrs.stream().map(SqlBillStore::values).toList());
  }

  private static Object[] values(Bill bill) {
    return new Object[] {
      bill.id(),
      bill.operatorId(),
      bill.session().id(),
      bill.session().stationId(),
      bill.session().holdId(),
      bill.kind().code(),
      bill.seq(),
      bill.driverId(),
      bill.snapshotId(),
      bill.excl().currency(),
      bill.excl().minor(),
      bill.tax().minor(),
      bill.total().minor(),
      bill.createdAt()
    };
  }

  private static Object[] values(long billId, int lineNo, Bill.Line line) {
    return new Object[] {
      billId,
      lineNo,
      line.dimension(),
      line.element(),
      line.from(),
      line.to(),
      line.volume(),
      line.unitPrice(),
      line.vatPercent(),
      line.excl().minor(),
      line.tax().minor(),
      line.total().minor(),
      line.label(),
      line.funder() == null ? null : line.funder().wire()
    };
  }

  private static Object[] values(Cdr cdr) {
    return new Object[] {
      cdr.id(), cdr.operatorId(), cdr.sessionId(), cdr.billId(), cdr.body(), cdr.createdAt()
    };
  }

  @Override
  public Map<Long, Bill> heads(Tx tx, Collection<Long> billIds) {
    return SqlTx.of(tx)
        .dsl()
        .selectFrom(BILL)
        .where(BILL.ID.in(billIds))
        .fetch(SqlBillStore::head)
        .stream()
        .collect(Collectors.toMap(Bill::id, Function.identity()));
  }

  @Override
  public Optional<Bill> ofSession(Tx tx, @Nullable Long operatorId, long sessionId) {
    return SqlTx.of(tx)
        .dsl()
        .selectFrom(BILL)
        .where(BILL.SESSION_ID.eq(sessionId))
        .and(BILL.KIND.eq(Bill.Kind.CHARGE.code()))
        .and(of(BILL.OPERATOR_ID, operatorId))
        .fetchOptional(SqlBillStore::head)
        .map(
            head ->
                head.withLines(lines(tx, List.of(head.id())).getOrDefault(head.id(), List.of())));
  }

  @Override
  public List<Bill> credits(Tx tx, long sessionId) {
    List<Bill> heads =
        SqlTx.of(tx)
            .dsl()
            .selectFrom(BILL)
            .where(BILL.SESSION_ID.eq(sessionId))
            .and(BILL.KIND.eq(Bill.Kind.CREDIT.code()))
            .orderBy(BILL.SEQ)
            .fetch(SqlBillStore::head);
    if (heads.isEmpty()) {
      return heads;
    }
    Map<Long, List<Bill.Line>> lines = lines(tx, heads.stream().map(Bill::id).toList());
    return heads.stream()
        .map(head -> head.withLines(lines.getOrDefault(head.id(), List.of())))
        .toList();
  }

  @Override
  public Map<Long, List<Bill.Line>> lines(Tx tx, Collection<Long> billIds) {
    Map<Long, List<Bill.Line>> lines = new HashMap<>();
    SqlTx.of(tx)
        .dsl()
        .select(BILL_LINE.fields())
        .select(BILL.CURRENCY)
        .from(BILL_LINE)
        .join(BILL)
        .on(BILL.ID.eq(BILL_LINE.BILL_ID))
        .where(BILL_LINE.BILL_ID.in(billIds))
        .orderBy(BILL_LINE.BILL_ID, BILL_LINE.LINE_NO)
        .forEach(
            r ->
                lines
                    .computeIfAbsent(r.get(BILL_LINE.BILL_ID), id -> new ArrayList<>())
                    .add(line(r)));
    return lines;
  }

  private static Bill.Line line(Record r) {
    String currency = r.get(BILL.CURRENCY);
    return new Bill.Line(
        r.get(BILL_LINE.DIMENSION),
        r.get(BILL_LINE.ELEMENT_NO),
        r.get(BILL_LINE.FROM_AT),
        r.get(BILL_LINE.TO_AT),
        r.get(BILL_LINE.VOLUME),
        r.get(BILL_LINE.UNIT_PRICE),
        r.get(BILL_LINE.VAT_RATE),
        new Money(currency, r.get(BILL_LINE.EXCL_MINOR)),
        new Money(currency, r.get(BILL_LINE.TAX_MINOR)),
        r.get(BILL_LINE.LABEL),
        Funder.ofWire(r.get(BILL_LINE.FUNDER)));
  }

  @Override
  public List<Bill> list(Tx tx, @Nullable Long operatorId, long beforeId, int limit) {
    return SqlTx.of(tx)
        .dsl()
        .selectFrom(BILL)
        .where(of(BILL.OPERATOR_ID, operatorId))
        .and(BILL.ID.lt(beforeId))
        .orderBy(BILL.ID.desc())
        .limit(limit)
        .fetch(SqlBillStore::head);
  }

  @Override
  public Optional<Cdr> cdr(Tx tx, @Nullable Long operatorId, long billId) {
    return SqlTx.of(tx)
        .dsl()
        .selectFrom(CDR)
        .where(CDR.BILL_ID.eq(billId))
        .and(of(CDR.OPERATOR_ID, operatorId))
        .fetchOptional(
            r ->
                new Cdr(
                    r.get(CDR.ID),
                    r.get(CDR.OPERATOR_ID),
                    r.get(CDR.SESSION_ID),
                    r.get(CDR.BILL_ID),
                    r.get(CDR.BODY),
                    r.get(CDR.CREATED_AT)));
  }

  @Override
  public Map<Outlet, CdrPlace> places(Tx tx, Collection<Outlet> places) {
    List<Long> stations = places.stream().map(Outlet::stationId).distinct().toList();
    Map<Long, Record> sites =
        SqlTx.of(tx)
            .dsl()
            .select(STATION.ID, STATION.IDENTITY)
            .select(SITE.fields())
            .select(OPERATOR.COUNTRY_CODE, OPERATOR.PARTY_ID)
            .from(STATION)
            .join(SITE)
            .on(SITE.ID.eq(STATION.SITE_ID))
            .join(OPERATOR)
            .on(OPERATOR.ID.eq(STATION.OPERATOR_ID))
            .where(STATION.ID.in(stations))
            .fetch()
            .stream()
            .collect(Collectors.toMap(r -> r.get(STATION.ID), Function.identity()));
    Map<String, Record> outlets = outlets(tx, stations);
    Map<Outlet, CdrPlace> found = new HashMap<>();
    for (Outlet place : places) {
      Record site = sites.get(place.stationId());
      if (site != null) {
        Record exact =
            outlets.get(key(place.stationId(), place.evse().evseNo(), place.evse().connectorNo()));
        Record evse = outlets.get(key(place.stationId(), place.evse().evseNo(), 0));
        found.put(place, place(site, exact == null ? evse : exact));
      }
    }
    return found;
  }

  /** Connectors by their place; under connector 0 the first one of each EVSE. */
  private static Map<String, Record> outlets(Tx tx, List<Long> stations) {
    Map<String, Record> outlets = new HashMap<>();
    SqlTx.of(tx)
        .dsl()
        .select(EVSE.STATION_ID, EVSE.EVSE_NO, EVSE.CURRENT_TYPE)
        .select(CONNECTOR.CONNECTOR_NO, CONNECTOR.STANDARD)
        .from(EVSE)
        .join(CONNECTOR)
        .on(CONNECTOR.STATION_ID.eq(EVSE.STATION_ID).and(CONNECTOR.EVSE_NO.eq(EVSE.EVSE_NO)))
        .where(EVSE.STATION_ID.in(stations))
        .orderBy(CONNECTOR.CONNECTOR_NO)
        .forEach(
            r -> {
              long station = r.get(EVSE.STATION_ID);
              int evse = r.get(EVSE.EVSE_NO);
              outlets.put(key(station, evse, r.get(CONNECTOR.CONNECTOR_NO)), r);
              outlets.putIfAbsent(key(station, evse, 0), r);
            });
    return outlets;
  }

  private static String key(long stationId, int evseNo, int connectorNo) {
    return stationId + ":" + evseNo + ":" + connectorNo;
  }

  private static CdrPlace place(Record site, @Nullable Record outlet) {
    return new CdrPlace(
        new CdrPlace.Party(site.get(OPERATOR.COUNTRY_CODE), site.get(OPERATOR.PARTY_ID)),
        site.get(SITE.CODE),
        site.get(SITE.NAME),
        site.get(SITE.ADDRESS),
        site.get(SITE.CITY),
        site.get(SITE.POSTAL_CODE),
        site.get(SITE.COUNTRY),
        site.get(SITE.LATITUDE),
        site.get(SITE.LONGITUDE),
        site.get(SITE.TIME_ZONE),
        site.get(STATION.IDENTITY),
        outlet == null ? null : outlet.get(CONNECTOR.STANDARD),
        outlet == null ? null : outlet.get(EVSE.CURRENT_TYPE));
  }

  private static Bill head(Record r) {
    String currency = r.get(BILL.CURRENCY);
    return new Bill(
        r.get(BILL.ID),
        r.get(BILL.OPERATOR_ID),
        new Bill.Session(r.get(BILL.SESSION_ID), r.get(BILL.STATION_ID), r.get(BILL.HOLD_ID)),
        Bill.Kind.ofCode(r.get(BILL.KIND)),
        r.get(BILL.SEQ),
        r.get(BILL.DRIVER_ID),
        r.get(BILL.SNAPSHOT_ID),
        new Money(currency, r.get(BILL.EXCL_MINOR)),
        new Money(currency, r.get(BILL.TAX_MINOR)),
        r.get(BILL.CREATED_AT),
        List.of());
  }

  private static Condition of(Field<Long> column, @Nullable Long operatorId) {
    return operatorId == null ? DSL.noCondition() : column.eq(operatorId);
  }
}
