package org.ampay.billing.catalog;

import static org.ampay.store.tables.Tables.OPERATOR;
import static org.ampay.store.tables.Tables.SITE;
import static org.ampay.store.tables.Tables.STATION;
import static org.ampay.store.tables.Tables.TARIFF;
import static org.ampay.store.tables.Tables.TARIFF_ASSIGNMENT;
import static org.ampay.store.tables.Tables.TARIFF_REVISION;
import static org.ampay.store.tables.Tables.TARIFF_VERSION;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ampay.store.SqlTx;
import org.ampay.store.Tx;
import org.ampay.store.tables.TariffAssignmentRecord;
import org.ampay.store.tables.TariffRecord;
import org.ampay.store.tables.TariffVersionRecord;
import org.ampay.tariff.TariffJson;
import org.jooq.Condition;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Tariffs in the database. {@link TariffCatalog} is its only writer. */
public final class TariffStore {

  private static final byte ONLY_ROW = 1;

  /** A version as it lies in the table: its text is not looked at. */
  record RawVersion(
      long tariffId, int version, long operatorId, String body, String author, Instant createdAt) {}

  /** Counts every change. */
  long revision(Tx tx) {
    return SqlTx.of(tx)
        .dsl()
        .select(TARIFF_REVISION.REVISION)
        .from(TARIFF_REVISION)
        .fetchOptional(TARIFF_REVISION.REVISION)
        .orElse(0L);
  }

  void countChange(Tx tx) {
    SqlTx.of(tx)
        .dsl()
        .insertInto(TARIFF_REVISION)
        .set(TARIFF_REVISION.ID, ONLY_ROW)
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
        .set(TARIFF_VERSION.AUTHOR, version.author())
        .set(TARIFF_VERSION.CREATED_AT, version.createdAt())
        .execute();
  }

  void insert(Tx tx, Assignment assignment) {
    SqlTx.of(tx)
        .dsl()
        .insertInto(TARIFF_ASSIGNMENT)
        .set(TARIFF_ASSIGNMENT.ID, assignment.id())
        .set(TARIFF_ASSIGNMENT.OPERATOR_ID, assignment.operatorId())
        .set(TARIFF_ASSIGNMENT.TARIFF_ID, assignment.tariffId())
        .set(TARIFF_ASSIGNMENT.LEVEL, assignment.level().code())
        .set(TARIFF_ASSIGNMENT.TARGET_ID, assignment.targetId())
        .set(TARIFF_ASSIGNMENT.PRIORITY, assignment.priority())
        .set(TARIFF_ASSIGNMENT.VALID_FROM, assignment.validFrom())
        .set(TARIFF_ASSIGNMENT.CREATED_AT, assignment.createdAt())
        .set(TARIFF_ASSIGNMENT.CREATED_BY, assignment.createdBy())
        .execute();
  }

  void setCurrent(Tx tx, long tariffId, int version, String name) {
    SqlTx.of(tx)
        .dsl()
        .update(TARIFF)
        .set(TARIFF.CURRENT_VERSION, version)
        .set(TARIFF.NAME, name)
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

  /** The keys of all versions: the number of the newest one, by tariff. */
  Map<Long, Integer> newestVersions(Tx tx) {
    return SqlTx.of(tx)
        .dsl()
        .select(TARIFF.ID, TARIFF.CURRENT_VERSION)
        .from(TARIFF)
        .fetchMap(TARIFF.ID, TARIFF.CURRENT_VERSION);
  }

  /** All versions of some tariffs, oldest first. */
  List<RawVersion> versions(Tx tx, Collection<Long> tariffIds) {
    return SqlTx.of(tx)
        .dsl()
        .selectFrom(TARIFF_VERSION)
        .where(TARIFF_VERSION.TARIFF_ID.in(tariffIds))
        .orderBy(TARIFF_VERSION.TARIFF_ID, TARIFF_VERSION.VERSION)
        .fetch(TariffStore::version);
  }

  List<Assignment> assignments(Tx tx) {
    return SqlTx.of(tx).dsl().selectFrom(TARIFF_ASSIGNMENT).fetch(TariffStore::assignment);
  }

  /** Where a tariff was assigned, the newest first. */
  List<Assignment> assignments(Tx tx, long tariffId) {
    return SqlTx.of(tx)
        .dsl()
        .selectFrom(TARIFF_ASSIGNMENT)
        .where(TARIFF_ASSIGNMENT.TARIFF_ID.eq(tariffId))
        .orderBy(TARIFF_ASSIGNMENT.ID.desc())
        .fetch(TariffStore::assignment);
  }

  /** The currency of the operator that owns the target; empty when it is not that operator's. */
  Optional<String> targetCurrency(Tx tx, long operatorId, TariffLevel level, long targetId) {
    Condition owned =
        switch (level) {
          case GROUP -> DSL.trueCondition();
          case STATION ->
              DSL.exists(
                  DSL.selectOne()
                      .from(STATION)
                      .where(STATION.ID.eq(targetId))
                      .and(STATION.OPERATOR_ID.eq(operatorId)));
          case SITE ->
              DSL.exists(
                  DSL.selectOne()
                      .from(SITE)
                      .where(SITE.ID.eq(targetId))
                      .and(SITE.OPERATOR_ID.eq(operatorId)));
          case OPERATOR -> OPERATOR.ID.eq(targetId);
          case PLATFORM -> DSL.falseCondition();
        };
    return SqlTx.of(tx)
        .dsl()
        .select(OPERATOR.CURRENCY)
        .from(OPERATOR)
        .where(OPERATOR.ID.eq(operatorId))
        .and(owned)
        .fetchOptional(OPERATOR.CURRENCY);
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

  private static RawVersion version(TariffVersionRecord row) {
    return new RawVersion(
        row.getTariffId(),
        row.getVersion(),
        row.getOperatorId(),
        row.getBody(),
        row.getAuthor(),
        row.getCreatedAt());
  }

  private static Assignment assignment(TariffAssignmentRecord row) {
    return new Assignment(
        row.getId(),
        row.getOperatorId(),
        row.getTariffId(),
        TariffLevel.ofCode(row.getLevel()),
        row.getTargetId(),
        row.getPriority(),
        row.getValidFrom(),
        row.getCreatedAt(),
        row.getCreatedBy());
  }
}
