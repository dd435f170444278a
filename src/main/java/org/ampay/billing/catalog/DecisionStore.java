package org.ampay.billing.catalog;

import static org.ampay.store.tables.Tables.CATALOG_DECISION;
import static org.ampay.store.tables.Tables.CATALOG_SETTING;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.ampay.billing.catalog.Approvals.Kind;
import org.ampay.billing.catalog.Approvals.Subject;
import org.ampay.store.SqlTx;
import org.ampay.store.Tx;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.SelectField;
import org.jooq.impl.DSL;

/** What second persons said, and where one is needed. */
final class DecisionStore {

  /** What {@link #approval} reads, where {@link #of} joins. */
  static final SelectField<?>[] FIELDS = {
    CATALOG_DECISION.APPROVED,
    CATALOG_DECISION.DECIDED_BY,
    CATALOG_DECISION.DECIDED_AT,
    CATALOG_DECISION.NOTE
  };

  /** Joins the decision on a row. */
  static Condition of(Kind kind, Field<Long> subject, Field<Integer> version) {
    return CATALOG_DECISION
        .KIND
        .eq(kind.code())
        .and(CATALOG_DECISION.SUBJECT_ID.eq(subject))
        .and(CATALOG_DECISION.VERSION.eq(version));
  }

  static Condition of(Kind kind, Field<Long> subject) {
    return of(kind, subject, DSL.val(0));
  }

  static Approval approval(Record row, boolean needed) {
    Boolean approved = row.get(CATALOG_DECISION.APPROVED);
    return new Approval(
        needed,
        approved == null
            ? null
            : new Approval.Decision(
                approved,
                row.get(CATALOG_DECISION.DECIDED_BY),
                row.get(CATALOG_DECISION.DECIDED_AT),
                row.get(CATALOG_DECISION.NOTE)));
  }

  void insert(Tx tx, Subject subject, long operatorId, Approval.Decision decision) {
    SqlTx.of(tx)
        .dsl()
        .insertInto(CATALOG_DECISION)
        .set(CATALOG_DECISION.KIND, subject.kind().code())
        .set(CATALOG_DECISION.SUBJECT_ID, subject.id())
        .set(CATALOG_DECISION.VERSION, subject.version())
        .set(CATALOG_DECISION.OPERATOR_ID, operatorId)
        .set(CATALOG_DECISION.APPROVED, decision.approved())
        .set(CATALOG_DECISION.DECIDED_BY, decision.by())
        .set(CATALOG_DECISION.DECIDED_AT, decision.at())
        .set(CATALOG_DECISION.NOTE, decision.note())
        .execute();
  }

  /** Whether new prices of an operator (0: of the platform) need a second person. */
  boolean isNeeded(Tx tx, long operatorId) {
    Optional<Boolean> setting =
        SqlTx.of(tx)
            .dsl()
            .select(CATALOG_SETTING.APPROVAL)
            .from(CATALOG_SETTING)
            .where(CATALOG_SETTING.OPERATOR_ID.eq(operatorId))
            .fetchOptional(CATALOG_SETTING.APPROVAL);
    return Objects.requireNonNullElse(setting.orElse(null), false);
  }

  void setNeeded(Tx tx, long operatorId, boolean needed, String by, Instant at) {
    SqlTx.of(tx)
        .dsl()
        .insertInto(CATALOG_SETTING)
        .set(CATALOG_SETTING.OPERATOR_ID, operatorId)
        .set(CATALOG_SETTING.APPROVAL, needed)
        .set(CATALOG_SETTING.CHANGED_BY, by)
        .set(CATALOG_SETTING.CHANGED_AT, at)
        .onDuplicateKeyUpdate()
        .set(CATALOG_SETTING.APPROVAL, needed)
        .set(CATALOG_SETTING.CHANGED_BY, by)
        .set(CATALOG_SETTING.CHANGED_AT, at)
        .execute();
  }
}
