package org.ampay.billing.share;

import static org.ampay.store.tables.Tables.BILL_SHARE;
import static org.ampay.store.tables.Tables.OPERATOR;
import static org.ampay.store.tables.Tables.PAYEE;
import static org.ampay.store.tables.Tables.REVENUE_CONTRACT;
import static org.ampay.store.tables.Tables.REVENUE_RULE;
import static org.ampay.store.tables.Tables.SITE;
import static org.ampay.store.tables.Tables.STATION;

import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.ampay.store.Rows;
import org.ampay.store.SqlTx;
import org.ampay.store.Tx;
import org.jooq.Field;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/** Payees, contracts and shares in the database. */
final class ShareStore {

  private static final List<Field<?>> RULE_COLUMNS =
      List.of(
          REVENUE_RULE.CONTRACT_ID,
          REVENUE_RULE.LINE_NO,
          REVENUE_RULE.OPERATOR_ID,
          REVENUE_RULE.PAYEE_ID,
          REVENUE_RULE.COMPONENTS,
          REVENUE_RULE.BASE,
          REVENUE_RULE.BASIS_POINTS,
          REVENUE_RULE.FLAT_MINOR,
          REVENUE_RULE.MIN_MINOR,
          REVENUE_RULE.MAX_MINOR);

  private static final List<Field<?>> SHARE_COLUMNS =
      List.of(
          BILL_SHARE.BILL_ID,
          BILL_SHARE.LINE_NO,
          BILL_SHARE.OPERATOR_ID,
          BILL_SHARE.CONTRACT_ID,
          BILL_SHARE.PAYEE_ID,
          BILL_SHARE.CURRENCY,
          BILL_SHARE.BASE_MINOR,
          BILL_SHARE.SHARE_MINOR);

  private ShareStore() {}

  // ---- payees ----

  static void insert(Tx tx, Payee payee) {
    SqlTx.of(tx)
        .dsl()
        .insertInto(PAYEE)
        .set(PAYEE.ID, payee.id())
        .set(PAYEE.OPERATOR_ID, payee.operatorId())
        .set(PAYEE.NAME, payee.name())
        .set(PAYEE.KIND, payee.kind().code())
        .set(PAYEE.ACTIVE, payee.active())
        .set(PAYEE.CREATED_AT, payee.createdAt())
        .execute();
  }

  static void update(Tx tx, Payee payee) {
    SqlTx.of(tx)
        .dsl()
        .update(PAYEE)
        .set(PAYEE.NAME, payee.name())
        .set(PAYEE.KIND, payee.kind().code())
        .set(PAYEE.ACTIVE, payee.active())
        .where(PAYEE.ID.eq(payee.id()))
        .and(PAYEE.OPERATOR_ID.eq(payee.operatorId()))
        .execute();
  }

  /** One; {@code operatorId} null: of any operator. */
  static Optional<Payee> payee(Tx tx, @Nullable Long operatorId, long id) {
    return SqlTx.of(tx)
        .dsl()
        .selectFrom(PAYEE)
        .where(PAYEE.ID.eq(id))
        .and(operatorId == null ? PAYEE.ID.isNotNull() : PAYEE.OPERATOR_ID.eq(operatorId))
        .fetchOptional(ShareStore::payee);
  }

  /** With a smaller id, the newest first. */
  static List<Payee> payees(Tx tx, @Nullable Long operatorId, long beforeId, int limit) {
    return SqlTx.of(tx)
        .dsl()
        .selectFrom(PAYEE)
        .where(PAYEE.ID.lt(beforeId))
        .and(operatorId == null ? PAYEE.ID.isNotNull() : PAYEE.OPERATOR_ID.eq(operatorId))
        .orderBy(PAYEE.ID.desc())
        .limit(limit)
        .fetch(ShareStore::payee);
  }

  private static Payee payee(Record r) {
    return new Payee(
        r.get(PAYEE.ID),
        r.get(PAYEE.OPERATOR_ID),
        r.get(PAYEE.NAME),
        Payee.Kind.ofCode(r.get(PAYEE.KIND)).orElse(Payee.Kind.OTHER),
        r.get(PAYEE.ACTIVE),
        r.get(PAYEE.CREATED_AT));
  }

  // ---- contracts ----

  /** Contracts of an operator are added one after the other. */
  static void lockOperator(Tx tx, long operatorId) {
    SqlTx.of(tx)
        .dsl()
        .select(OPERATOR.ID)
        .from(OPERATOR)
        .where(OPERATOR.ID.eq(operatorId))
        .forUpdate()
        .fetch();
  }

  static void insert(Tx tx, RevenueContract contract) {
    SqlTx.of(tx)
        .dsl()
        .insertInto(REVENUE_CONTRACT)
        .set(REVENUE_CONTRACT.ID, contract.id())
        .set(REVENUE_CONTRACT.OPERATOR_ID, contract.operatorId())
        .set(REVENUE_CONTRACT.SITE_ID, contract.scope().siteId())
        .set(REVENUE_CONTRACT.STATION_ID, contract.scope().stationId())
        .set(REVENUE_CONTRACT.NAME, contract.name())
        .set(REVENUE_CONTRACT.CURRENCY, contract.currency())
        .set(REVENUE_CONTRACT.VALID_FROM, contract.validFrom())
        .set(REVENUE_CONTRACT.VALID_UNTIL, contract.validUntil())
        .set(REVENUE_CONTRACT.CREATED_BY, contract.createdBy())
        .set(REVENUE_CONTRACT.CREATED_AT, contract.createdAt())
        .execute();
    List<ShareRule> rules = contract.rules();
    List<Object[]> rows = new java.util.ArrayList<>();
    for (int i = 0; i < rules.size(); i++) {
      rows.add(values(contract, i + 1, rules.get(i)));
    }
    Rows.insert(tx, REVENUE_RULE, RULE_COLUMNS, rows);
  }

  private static Object[] values(RevenueContract contract, int lineNo, ShareRule rule) {
    return new Object[] {
      contract.id(),
      lineNo,
      contract.operatorId(),
      rule.payeeId(),
      rule.components().stream().sorted().map(Component::code).collect(Collectors.joining(",")),
      rule.base().code(),
      rule.basisPoints(),
      rule.flatMinor(),
      rule.minMinor(),
      rule.maxMinor()
    };
  }

  static void end(Tx tx, RevenueContract contract, Instant until) {
    SqlTx.of(tx)
        .dsl()
        .update(REVENUE_CONTRACT)
        .set(REVENUE_CONTRACT.VALID_UNTIL, until)
        .where(REVENUE_CONTRACT.ID.eq(contract.id()))
        .and(REVENUE_CONTRACT.OPERATOR_ID.eq(contract.operatorId()))
        .execute();
  }

  /** One; {@code operatorId} null: of any operator. */
  static Optional<RevenueContract> contract(Tx tx, @Nullable Long operatorId, long id) {
    return SqlTx.of(tx)
        .dsl()
        .selectFrom(REVENUE_CONTRACT)
        .where(REVENUE_CONTRACT.ID.eq(id))
        .and(
            operatorId == null
                ? REVENUE_CONTRACT.ID.isNotNull()
                : REVENUE_CONTRACT.OPERATOR_ID.eq(operatorId))
        .fetchOptional()
        .map(row -> contract(row, rules(tx, List.of(id)).getOrDefault(id, List.of())));
  }

  /** With a smaller id, the newest first. */
  static List<RevenueContract> contracts(
      Tx tx, @Nullable Long operatorId, long beforeId, int limit) {
    var rows =
        SqlTx.of(tx)
            .dsl()
            .selectFrom(REVENUE_CONTRACT)
            .where(REVENUE_CONTRACT.ID.lt(beforeId))
            .and(
                operatorId == null
                    ? REVENUE_CONTRACT.ID.isNotNull()
                    : REVENUE_CONTRACT.OPERATOR_ID.eq(operatorId))
            .orderBy(REVENUE_CONTRACT.ID.desc())
            .limit(limit)
            .fetch();
    Map<Long, List<ShareRule>> rules = rules(tx, rows.getValues(REVENUE_CONTRACT.ID));
    return rows.map(r -> contract(r, rules.getOrDefault(r.get(REVENUE_CONTRACT.ID), List.of())));
  }

  private static Map<Long, List<ShareRule>> rules(Tx tx, Collection<Long> contractIds) {
    if (contractIds.isEmpty()) {
      return Map.of();
    }
    return SqlTx.of(tx)
        .dsl()
        .selectFrom(REVENUE_RULE)
        .where(REVENUE_RULE.CONTRACT_ID.in(contractIds))
        .orderBy(REVENUE_RULE.CONTRACT_ID, REVENUE_RULE.LINE_NO)
        .fetchGroups(REVENUE_RULE.CONTRACT_ID, ShareStore::rule);
  }

  private static ShareRule rule(Record r) {
    Set<Component> components = new HashSet<>();
    Arrays.stream(r.get(REVENUE_RULE.COMPONENTS).split(","))
        .forEach(code -> components.add(Component.ofCode(code).orElseThrow()));
    return new ShareRule(
        r.get(REVENUE_RULE.PAYEE_ID),
        components,
        ShareRule.Base.ofCode(r.get(REVENUE_RULE.BASE)),
        r.get(REVENUE_RULE.BASIS_POINTS),
        r.get(REVENUE_RULE.FLAT_MINOR),
        r.get(REVENUE_RULE.MIN_MINOR),
        r.get(REVENUE_RULE.MAX_MINOR));
  }

  private static RevenueContract contract(Record r, List<ShareRule> rules) {
    return new RevenueContract(
        r.get(REVENUE_CONTRACT.ID),
        r.get(REVENUE_CONTRACT.OPERATOR_ID),
        new RevenueContract.Scope(
            r.get(REVENUE_CONTRACT.SITE_ID), r.get(REVENUE_CONTRACT.STATION_ID)),
        r.get(REVENUE_CONTRACT.NAME),
        r.get(REVENUE_CONTRACT.CURRENCY),
        r.get(REVENUE_CONTRACT.VALID_FROM),
        r.get(REVENUE_CONTRACT.VALID_UNTIL),
        rules,
        r.get(REVENUE_CONTRACT.CREATED_BY),
        r.get(REVENUE_CONTRACT.CREATED_AT));
  }

  /** Whether the operator has such a site. */
  static boolean hasSite(Tx tx, long operatorId, long siteId) {
    return SqlTx.of(tx)
        .dsl()
        .fetchExists(SITE, SITE.ID.eq(siteId).and(SITE.OPERATOR_ID.eq(operatorId)));
  }

  /** Whether the operator has such a station. */
  static boolean hasStation(Tx tx, long operatorId, long stationId) {
    return SqlTx.of(tx)
        .dsl()
        .fetchExists(STATION, STATION.ID.eq(stationId).and(STATION.OPERATOR_ID.eq(operatorId)));
  }

  /** Where stations stand. */
  static Map<Long, Long> sites(Tx tx, Collection<Long> stationIds) {
    return SqlTx.of(tx)
        .dsl()
        .select(STATION.ID, STATION.SITE_ID)
        .from(STATION)
        .where(STATION.ID.in(stationIds))
        .fetchMap(STATION.ID, STATION.SITE_ID);
  }

  // ---- shares ----

  static void insert(Tx tx, List<BillShare> shares) {
    Rows.insert(tx, BILL_SHARE, SHARE_COLUMNS, shares.stream().map(ShareStore::values).toList());
  }

  private static Object[] values(BillShare share) {
    return new Object[] {
      share.billId(),
      share.lineNo(),
      share.operatorId(),
      share.contractId(),
      share.payeeId(),
      share.currency(),
      share.baseMinor(),
      share.shareMinor()
    };
  }

  static Map<Long, List<BillShare>> ofBills(Tx tx, Collection<Long> billIds) {
    return SqlTx.of(tx)
        .dsl()
        .selectFrom(BILL_SHARE)
        .where(BILL_SHARE.BILL_ID.in(billIds))
        .orderBy(BILL_SHARE.BILL_ID, BILL_SHARE.LINE_NO)
        .fetchGroups(
            BILL_SHARE.BILL_ID,
            r ->
                new BillShare(
                    r.getBillId(),
                    r.getLineNo(),
                    r.getOperatorId(),
                    r.getContractId(),
                    r.getPayeeId(),
                    r.getCurrency(),
                    r.getBaseMinor(),
                    r.getShareMinor()));
  }
}
