package org.ampay.billing.catalog;

import static org.ampay.store.tables.Tables.CATALOG_DECISION;
import static org.ampay.store.tables.Tables.TARIFF;
import static org.ampay.store.tables.Tables.TARIFF_REVISION;
import static org.ampay.store.tables.Tables.TARIFF_VERSION;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ampay.billing.catalog.Approvals.Kind;
import org.ampay.store.SqlTx;
import org.ampay.store.Tx;
import org.ampay.store.tables.TariffRecord;
import org.ampay.tariff.TariffJson;
import org.jooq.Condition;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Tariffs and their versions in the database. This package is their only writer. */
public final class TariffStore {

  private static final byte ANY_CHANGE = 1;
  private static final byte ASSIGNMENTS = 2;

  /** A version as it lies in the table: its text is not looked at. */
  record RawVersion(
      long id, int version, long operatorId, String body, @Nullable Instant validFrom, Made made) {}

  /**
   * How much was changed.
   *
   * @param any of all changes
   * @param assignments of changes of assignments and their ends
   */
  record Revision(long any, long assignments) {

    static final Revision NONE = new Revision(-1, -1);
  }

  Revision revision(Tx tx) {
    Map<Byte, Long> rows =
        SqlTx.of(tx)
            .dsl()
            .select(TARIFF_REVISION.ID, TARIFF_REVISION.REVISION)
            .from(TARIFF_REVISION)
            .fetchMap(TARIFF_REVISION.ID, TARIFF_REVISION.REVISION);
    return new Revision(rows.getOrDefault(ANY_CHANGE, 0L), rows.getOrDefault(ASSIGNMENTS, 0L));
  }

  /** Counts a change, and keeps other writers waiting until it is committed. */
  void countChange(Tx tx) {
    count(tx, ANY_CHANGE);
  }

  /** Counts a change of assignments, besides {@link #countChange}. */
  void countAssignments(Tx tx) {
    count(tx, ASSIGNMENTS);
  }

  private static void count(Tx tx, byte what) {
    SqlTx.of(tx)
        .dsl()
        .insertInto(TARIFF_REVISION)
        .set(TARIFF_REVISION.ID, what)
        .set(TARIFF_REVISION.REVISION, 1L)
        .onDuplicateKeyUpdate()
        .set(TARIFF_REVISION.REVISION, TARIFF_REVISION.REVISION.plus(1))
        .execute();
  }

  void insert(Tx tx, StoredTariff tariff) {
    SqlTx.of(tx)
        .dsl()
        .insertInto(TARIFF)
        .set(TARIFF.ID, tariff.id())
        .set(TARIFF.OPERATOR_ID, tariff.operatorId())
        .set(TARIFF.NAME, tariff.name())
        .set(TARIFF.CURRENCY, tariff.currency())
        .set(TARIFF.CURRENT_VERSION, tariff.currentVersion())
        .set(TARIFF.CHANGES, 1)
        .set(TARIFF.CREATED_AT, tariff.createdAt())
        .execute();
  }

  void insert(Tx tx, TariffVersion version) {
    SqlTx.of(tx)
        .dsl()
        .insertInto(TARIFF_VERSION)
        .set(TARIFF_VERSION.TARIFF_ID, version.tariffId())
        .set(TARIFF_VERSION.VERSION, version.version())
        .set(TARIFF_VERSION.OPERATOR_ID, version.operatorId())
        .set(TARIFF_VERSION.BODY, TariffJson.write(version.tariff()))
        .set(TARIFF_VERSION.AUTHOR, version.made().author().actor())
        .set(TARIFF_VERSION.PERSON, version.made().author().person())
        .set(TARIFF_VERSION.CREATED_AT, version.createdAt())
        .set(TARIFF_VERSION.VALID_FROM, version.validFrom())
        .set(TARIFF_VERSION.NEEDS_APPROVAL, version.made().approval().needed())
        .execute();
  }

  void setCurrent(Tx tx, StoredTariff tariff) {
    SqlTx.of(tx)
        .dsl()
        .update(TARIFF)
        .set(TARIFF.CURRENT_VERSION, tariff.currentVersion())
        .set(TARIFF.NAME, tariff.name())
        .set(TARIFF.CHANGES, TARIFF.CHANGES.plus(1))
        .where(TARIFF.ID.eq(tariff.id()))
        .execute();
  }

  /** Says that something of the tariff has changed besides its row. */
  void touch(Tx tx, long tariffId) {
    SqlTx.of(tx)
        .dsl()
        .update(TARIFF)
        .set(TARIFF.CHANGES, TARIFF.CHANGES.plus(1))
        .where(TARIFF.ID.eq(tariffId))
        .execute();
  }

  /**
   * A tariff of the operator.
   *
   * @param operatorId null: of any operator
   */
  Optional<StoredTariff> find(Tx tx, @Nullable Long operatorId, long id, boolean lock) {
    var select = SqlTx.of(tx).dsl().selectFrom(TARIFF).where(TARIFF.ID.eq(id)).and(of(operatorId));
    return (lock ? select.forUpdate() : select).fetchOptional(TariffStore::tariff);
  }

  List<StoredTariff> list(Tx tx, @Nullable Long operatorId, long afterId, int limit) {
    return SqlTx.of(tx)
        .dsl()
        .selectFrom(TARIFF)
        .where(TARIFF.ID.gt(afterId))
        .and(of(operatorId))
        .orderBy(TARIFF.ID)
        .limit(limit)
        .fetch(TariffStore::tariff);
  }

  /** Those of the tariffs that the operator has. */
  List<StoredTariff> byIds(Tx tx, @Nullable Long operatorId, Collection<Long> ids) {
    return SqlTx.of(tx)
        .dsl()
        .selectFrom(TARIFF)
        .where(TARIFF.ID.in(ids))
        .and(of(operatorId))
        .orderBy(TARIFF.ID)
        .fetch(TariffStore::tariff);
  }

  /** How often each tariff was changed. */
  Map<Long, Integer> changes(Tx tx) {
    return SqlTx.of(tx)
        .dsl()
        .select(TARIFF.ID, TARIFF.CHANGES)
        .from(TARIFF)
        .fetchMap(TARIFF.ID, TARIFF.CHANGES);
  }

  /** All versions of some tariffs, oldest first. */
  List<RawVersion> versions(Tx tx, Collection<Long> tariffIds) {
    return SqlTx.of(tx)
        .dsl()
        .select(TARIFF_VERSION.fields())
        .select(DecisionStore.FIELDS)
        .from(TARIFF_VERSION)
        .leftJoin(CATALOG_DECISION)
        .on(DecisionStore.of(Kind.TARIFF, TARIFF_VERSION.TARIFF_ID, TARIFF_VERSION.VERSION))
        .where(TARIFF_VERSION.TARIFF_ID.in(tariffIds))
        .orderBy(TARIFF_VERSION.TARIFF_ID, TARIFF_VERSION.VERSION)
        .fetch(TariffStore::version);
  }

  private static Condition of(@Nullable Long operatorId) {
    return operatorId == null ? DSL.trueCondition() : TARIFF.OPERATOR_ID.eq(operatorId);
  }

  private static StoredTariff tariff(TariffRecord row) {
    return new StoredTariff(
        row.getId(),
        row.getOperatorId(),
        row.getName(),
        row.getCurrency(),
        row.getCurrentVersion(),
        row.getCreatedAt());
  }

  private static RawVersion version(Record row) {
    return new RawVersion(
        row.get(TARIFF_VERSION.TARIFF_ID),
        row.get(TARIFF_VERSION.VERSION),
        row.get(TARIFF_VERSION.OPERATOR_ID),
        row.get(TARIFF_VERSION.BODY),
        row.get(TARIFF_VERSION.VALID_FROM),
        new Made(
            new Author(row.get(TARIFF_VERSION.AUTHOR), row.get(TARIFF_VERSION.PERSON)),
            row.get(TARIFF_VERSION.CREATED_AT),
            DecisionStore.approval(row, row.get(TARIFF_VERSION.NEEDS_APPROVAL))));
  }
}
