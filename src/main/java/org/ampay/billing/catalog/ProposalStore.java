package org.ampay.billing.catalog;

import static org.ampay.store.tables.Tables.CALENDAR;
import static org.ampay.store.tables.Tables.CALENDAR_VERSION;
import static org.ampay.store.tables.Tables.CATALOG_DECISION;
import static org.ampay.store.tables.Tables.TARIFF;
import static org.ampay.store.tables.Tables.TARIFF_ASSIGNMENT;
import static org.ampay.store.tables.Tables.TARIFF_ASSIGNMENT_END;
import static org.ampay.store.tables.Tables.TARIFF_VERSION;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.ampay.billing.catalog.Approvals.Kind;
import org.ampay.billing.catalog.Approvals.Subject;
import org.ampay.store.SqlTx;
import org.ampay.store.Tx;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Finds what waits for a second person: four tables of one shape. */
final class ProposalStore {

  /**
   * What may wait.
   *
   * @param of the tariff's id, of a calendar the calendar's
   * @param open needs approval, and nobody has decided
   */
  record Row(
      Subject subject,
      long operatorId,
      long of,
      String name,
      Optional<Long> assignmentId,
      Author author,
      Instant at,
      boolean open) {}

  /** Where the columns of one kind lie. */
  private record Shape(
      Kind kind,
      Table<?> from,
      Field<Long> subject,
      Field<Integer> version,
      Field<Long> operator,
      Field<Long> of,
      Field<String> name,
      @Nullable Field<Long> assignment,
      Field<String> actor,
      Field<String> person,
      Field<Instant> at,
      Field<Boolean> needed) {}

  private static final Field<Integer> NO_VERSION = DSL.val(0).as("no_version");

  private static Shape shape(Kind kind) {
    return switch (kind) {
      case TARIFF ->
          new Shape(
              kind,
              TARIFF_VERSION.join(TARIFF).on(TARIFF.ID.eq(TARIFF_VERSION.TARIFF_ID)),
              TARIFF_VERSION.TARIFF_ID,
              TARIFF_VERSION.VERSION,
              TARIFF_VERSION.OPERATOR_ID,
              TARIFF.ID,
              TARIFF.NAME,
              null,
              TARIFF_VERSION.AUTHOR,
              TARIFF_VERSION.PERSON,
              TARIFF_VERSION.CREATED_AT,
              TARIFF_VERSION.NEEDS_APPROVAL);
      case CALENDAR ->
          new Shape(
              kind,
              CALENDAR_VERSION.join(CALENDAR).on(CALENDAR.ID.eq(CALENDAR_VERSION.CALENDAR_ID)),
              CALENDAR_VERSION.CALENDAR_ID,
              CALENDAR_VERSION.VERSION,
              CALENDAR_VERSION.OPERATOR_ID,
              CALENDAR.ID,
              CALENDAR.NAME,
              null,
              CALENDAR_VERSION.AUTHOR,
              CALENDAR_VERSION.PERSON,
              CALENDAR_VERSION.CREATED_AT,
              CALENDAR_VERSION.NEEDS_APPROVAL);
      case ASSIGNMENT ->
          new Shape(
              kind,
              TARIFF_ASSIGNMENT.join(TARIFF).on(TARIFF.ID.eq(TARIFF_ASSIGNMENT.TARIFF_ID)),
              TARIFF_ASSIGNMENT.ID,
              NO_VERSION,
              TARIFF_ASSIGNMENT.OPERATOR_ID,
              TARIFF.ID,
              TARIFF.NAME,
              TARIFF_ASSIGNMENT.ID,
              TARIFF_ASSIGNMENT.CREATED_BY,
              TARIFF_ASSIGNMENT.PERSON,
              TARIFF_ASSIGNMENT.CREATED_AT,
              TARIFF_ASSIGNMENT.NEEDS_APPROVAL);
      case ENDING ->
          new Shape(
              kind,
              TARIFF_ASSIGNMENT_END
                  .join(TARIFF_ASSIGNMENT)
                  .on(TARIFF_ASSIGNMENT.ID.eq(TARIFF_ASSIGNMENT_END.ASSIGNMENT_ID))
                  .join(TARIFF)
                  .on(TARIFF.ID.eq(TARIFF_ASSIGNMENT.TARIFF_ID)),
              TARIFF_ASSIGNMENT_END.ID,
              NO_VERSION,
              TARIFF_ASSIGNMENT_END.OPERATOR_ID,
              TARIFF.ID,
              TARIFF.NAME,
              TARIFF_ASSIGNMENT.ID,
              TARIFF_ASSIGNMENT_END.CREATED_BY,
              TARIFF_ASSIGNMENT_END.PERSON,
              TARIFF_ASSIGNMENT_END.CREATED_AT,
              TARIFF_ASSIGNMENT_END.NEEDS_APPROVAL);
    };
  }

  /** What waits, oldest first. */
  List<Row> open(Tx tx, Kind kind, @Nullable Long operatorId, int limit) {
    Shape shape = shape(kind);
    Condition open = shape.needed().isTrue().and(CATALOG_DECISION.KIND.isNull());
    return select(SqlTx.of(tx).dsl(), shape, open.and(of(shape, operatorId)), limit);
  }

  Optional<Row> find(Tx tx, Subject subject, @Nullable Long operatorId) {
    Shape shape = shape(subject.kind());
    Condition same = shape.subject().eq(subject.id()).and(of(shape, operatorId));
    if (shape.version() != NO_VERSION) {
      same = same.and(shape.version().eq(subject.version()));
    }
    return select(SqlTx.of(tx).dsl(), shape, same, 1).stream().findFirst();
  }

  private static Condition of(Shape shape, @Nullable Long operatorId) {
    return operatorId == null ? DSL.trueCondition() : shape.operator().eq(operatorId);
  }

  private static List<Row> select(DSLContext dsl, Shape shape, Condition where, int limit) {
    boolean versioned = shape.version() != NO_VERSION;
    Condition decision =
        versioned
            ? DecisionStore.of(shape.kind(), shape.subject(), shape.version())
            : DecisionStore.of(shape.kind(), shape.subject());
    return dsl.select(
            shape.subject(),
            shape.operator(),
            shape.of(),
            shape.name(),
            shape.actor(),
            shape.person(),
            shape.at(),
            shape.needed(),
            CATALOG_DECISION.KIND,
            shape.version(),
            shape.assignment() == null
                ? DSL.val(0L).as("no_assignment")
                : TARIFF_ASSIGNMENT.ID.as("assignment"))
        .from(shape.from())
        .leftJoin(CATALOG_DECISION)
        .on(decision)
        .where(where)
        .orderBy(shape.at(), shape.subject())
        .limit(limit)
        .fetch(row -> row(row, shape));
  }

  private static Row row(Record row, Shape shape) {
    return new Row(
        new Subject(shape.kind(), row.get(shape.subject()), row.get(shape.version())),
        row.get(shape.operator()),
        row.get(shape.of()),
        row.get(shape.name()),
        shape.assignment() == null
            ? Optional.empty()
            : Optional.of(row.get("assignment", Long.class)),
        new Author(row.get(shape.actor()), row.get(shape.person())),
        row.get(shape.at()),
        row.get(shape.needed()) && row.get(CATALOG_DECISION.KIND) == null);
  }
}
