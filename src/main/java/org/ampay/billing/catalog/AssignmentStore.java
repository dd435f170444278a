package org.ampay.billing.catalog;

import static org.ampay.store.tables.Tables.CATALOG_DECISION;
import static org.ampay.store.tables.Tables.DRIVER;
import static org.ampay.store.tables.Tables.OPERATOR;
import static org.ampay.store.tables.Tables.SITE;
import static org.ampay.store.tables.Tables.STATION;
import static org.ampay.store.tables.Tables.TARIFF_ASSIGNMENT;
import static org.ampay.store.tables.Tables.TARIFF_ASSIGNMENT_END;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ampay.billing.catalog.Approvals.Kind;
import org.ampay.store.SqlTx;
import org.ampay.store.Tx;
import org.ampay.store.tables.TariffAssignmentRecord;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.impl.DSL;

/** Where tariffs hold, in the database. */
final class AssignmentStore {

  /** Kind of a driver in whose name a roaming partner pays. */
  private static final String PARTNER = "partner";

  void insert(Tx tx, List<Assignment> assignments) {
    DSLContext dsl = SqlTx.of(tx).dsl();
    List<TariffAssignmentRecord> rows = new ArrayList<>(assignments.size());
    for (Assignment assignment : assignments) {
      TariffAssignmentRecord row = dsl.newRecord(TARIFF_ASSIGNMENT);
      row.setId(assignment.id());
      row.setOperatorId(assignment.operatorId());
      row.setTariffId(assignment.tariffId());
      row.setLevel(assignment.level().code());
      row.setTargetId(assignment.targetId());
      row.setPriority(assignment.priority());
      row.setValidFrom(assignment.validFrom());
      row.setValidTo(assignment.validTo());
      row.setCreatedAt(assignment.createdAt());
      row.setCreatedBy(assignment.createdBy());
      row.setPerson(assignment.made().author().person());
      row.setNeedsApproval(assignment.made().approval().needed());
      rows.add(row);
    }
    dsl.batchInsert(rows).execute();
  }

  void insert(Tx tx, Assignment of, Assignment.Ending ending) {
    SqlTx.of(tx)
        .dsl()
        .insertInto(TARIFF_ASSIGNMENT_END)
        .set(TARIFF_ASSIGNMENT_END.ID, ending.id())
        .set(TARIFF_ASSIGNMENT_END.OPERATOR_ID, of.operatorId())
        .set(TARIFF_ASSIGNMENT_END.ASSIGNMENT_ID, of.id())
        .set(TARIFF_ASSIGNMENT_END.ENDS_AT, ending.endsAt())
        .set(TARIFF_ASSIGNMENT_END.CREATED_AT, ending.made().at())
        .set(TARIFF_ASSIGNMENT_END.CREATED_BY, ending.made().author().actor())
        .set(TARIFF_ASSIGNMENT_END.PERSON, ending.made().author().person())
        .set(TARIFF_ASSIGNMENT_END.NEEDS_APPROVAL, ending.made().approval().needed())
        .execute();
  }

  List<Assignment> all(Tx tx) {
    return read(tx, DSL.trueCondition(), DSL.trueCondition(), Integer.MAX_VALUE);
  }

  /** Those of a tariff with an id below {@code beforeId}, newest first. */
  List<Assignment> of(Tx tx, long tariffId, long beforeId, int limit) {
    return read(
        tx,
        TARIFF_ASSIGNMENT.TARIFF_ID.eq(tariffId).and(TARIFF_ASSIGNMENT.ID.lt(beforeId)),
        TARIFF_ASSIGNMENT_END.ASSIGNMENT_ID.in(
            DSL.select(TARIFF_ASSIGNMENT.ID)
                .from(TARIFF_ASSIGNMENT)
                .where(TARIFF_ASSIGNMENT.TARIFF_ID.eq(tariffId))),
        limit);
  }

  List<Assignment> byIds(Tx tx, Collection<Long> ids) {
    return read(
        tx, TARIFF_ASSIGNMENT.ID.in(ids), TARIFF_ASSIGNMENT_END.ASSIGNMENT_ID.in(ids), ids.size());
  }

  private static List<Assignment> read(Tx tx, Condition which, Condition whichEndings, int limit) {
    Map<Long, List<Assignment.Ending>> endings = endings(tx, whichEndings);
    return SqlTx.of(tx)
        .dsl()
        .select(TARIFF_ASSIGNMENT.fields())
        .select(DecisionStore.FIELDS)
        .from(TARIFF_ASSIGNMENT)
        .leftJoin(CATALOG_DECISION)
        .on(DecisionStore.of(Kind.ASSIGNMENT, TARIFF_ASSIGNMENT.ID))
        .where(which)
        .orderBy(TARIFF_ASSIGNMENT.ID.desc())
        .limit(limit)
        .fetch(row -> assignment(row, endings));
  }

  private static Map<Long, List<Assignment.Ending>> endings(Tx tx, Condition which) {
    Map<Long, List<Assignment.Ending>> endings = new HashMap<>();
    SqlTx.of(tx)
        .dsl()
        .select(TARIFF_ASSIGNMENT_END.fields())
        .select(DecisionStore.FIELDS)
        .from(TARIFF_ASSIGNMENT_END)
        .leftJoin(CATALOG_DECISION)
        .on(DecisionStore.of(Kind.ENDING, TARIFF_ASSIGNMENT_END.ID))
        .where(which)
        .orderBy(TARIFF_ASSIGNMENT_END.ID)
        .forEach(
            row ->
                endings
                    .computeIfAbsent(
                        row.get(TARIFF_ASSIGNMENT_END.ASSIGNMENT_ID), id -> new ArrayList<>())
                    .add(ending(row)));
    return endings;
  }

  private static Assignment.Ending ending(Record row) {
    return new Assignment.Ending(
        row.get(TARIFF_ASSIGNMENT_END.ID),
        row.get(TARIFF_ASSIGNMENT_END.ENDS_AT),
        new Made(
            new Author(
                row.get(TARIFF_ASSIGNMENT_END.CREATED_BY), row.get(TARIFF_ASSIGNMENT_END.PERSON)),
            row.get(TARIFF_ASSIGNMENT_END.CREATED_AT),
            DecisionStore.approval(row, row.get(TARIFF_ASSIGNMENT_END.NEEDS_APPROVAL))));
  }

  private static Assignment assignment(Record row, Map<Long, List<Assignment.Ending>> endings) {
    long id = row.get(TARIFF_ASSIGNMENT.ID);
    return new Assignment(
        id,
        row.get(TARIFF_ASSIGNMENT.OPERATOR_ID),
        row.get(TARIFF_ASSIGNMENT.TARIFF_ID),
        TariffLevel.ofCode(row.get(TARIFF_ASSIGNMENT.LEVEL)),
        row.get(TARIFF_ASSIGNMENT.TARGET_ID),
        row.get(TARIFF_ASSIGNMENT.PRIORITY),
        row.get(TARIFF_ASSIGNMENT.VALID_FROM),
        row.get(TARIFF_ASSIGNMENT.VALID_TO),
        new Made(
            new Author(row.get(TARIFF_ASSIGNMENT.CREATED_BY), row.get(TARIFF_ASSIGNMENT.PERSON)),
            row.get(TARIFF_ASSIGNMENT.CREATED_AT),
            DecisionStore.approval(row, row.get(TARIFF_ASSIGNMENT.NEEDS_APPROVAL))),
        endings.getOrDefault(id, List.of()));
  }

  /** What the operator's customers pay in; empty when there is no such operator. */
  Optional<String> currency(Tx tx, long operatorId) {
    return SqlTx.of(tx)
        .dsl()
        .select(OPERATOR.CURRENCY)
        .from(OPERATOR)
        .where(OPERATOR.ID.eq(operatorId))
        .fetchOptional(OPERATOR.CURRENCY);
  }

  /** Those of the targets that are the operator's. */
  Set<Long> owned(Tx tx, long operatorId, TariffLevel level, Collection<Long> targets) {
    DSLContext dsl = SqlTx.of(tx).dsl();
    return switch (level) {
      case GROUP -> new HashSet<>(targets); // nothing but drivers say that there is one
      case DRIVER ->
          dsl.select(DRIVER.ID)
              .from(DRIVER)
              .where(DRIVER.ID.in(targets).and(DRIVER.OPERATOR_ID.eq(operatorId)))
              .fetchSet(DRIVER.ID);
      case PARTNER ->
          dsl.select(DRIVER.ID)
              .from(DRIVER)
              .where(DRIVER.ID.in(targets).and(DRIVER.OPERATOR_ID.eq(operatorId)))
              .and(DRIVER.KIND.eq(PARTNER))
              .fetchSet(DRIVER.ID);
      case STATION ->
          dsl.select(STATION.ID)
              .from(STATION)
              .where(STATION.ID.in(targets).and(STATION.OPERATOR_ID.eq(operatorId)))
              .fetchSet(STATION.ID);
      case SITE ->
          dsl.select(SITE.ID)
              .from(SITE)
              .where(SITE.ID.in(targets).and(SITE.OPERATOR_ID.eq(operatorId)))
              .fetchSet(SITE.ID);
      case OPERATOR -> Set.of(operatorId);
      case PLATFORM -> Set.of();
    };
  }
}
