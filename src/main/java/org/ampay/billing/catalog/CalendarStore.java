package org.ampay.billing.catalog;

import static org.ampay.store.tables.Tables.CALENDAR;
import static org.ampay.store.tables.Tables.CALENDAR_VERSION;
import static org.ampay.store.tables.Tables.CATALOG_DECISION;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ampay.billing.catalog.Approvals.Kind;
import org.ampay.billing.catalog.TariffStore.RawVersion;
import org.ampay.store.SqlTx;
import org.ampay.store.Tx;
import org.ampay.store.tables.CalendarRecord;
import org.ampay.tariff.CalendarJson;
import org.jooq.Condition;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Calendars and their versions in the database. */
final class CalendarStore {

  void insert(Tx tx, StoredCalendar calendar) {
    SqlTx.of(tx)
        .dsl()
        .insertInto(CALENDAR)
        .set(CALENDAR.ID, calendar.id())
        .set(CALENDAR.OPERATOR_ID, calendar.operatorId())
        .set(CALENDAR.NAME, calendar.name())
        .set(CALENDAR.CURRENT_VERSION, calendar.currentVersion())
        .set(CALENDAR.CHANGES, 1)
        .set(CALENDAR.CREATED_AT, calendar.createdAt())
        .execute();
  }

  void insert(Tx tx, CalendarVersion version) {
    SqlTx.of(tx)
        .dsl()
        .insertInto(CALENDAR_VERSION)
        .set(CALENDAR_VERSION.CALENDAR_ID, version.calendarId())
        .set(CALENDAR_VERSION.VERSION, version.version())
        .set(CALENDAR_VERSION.OPERATOR_ID, version.operatorId())
        .set(CALENDAR_VERSION.BODY, CalendarJson.write(version.calendar()).toString())
        .set(CALENDAR_VERSION.AUTHOR, version.made().author().actor())
        .set(CALENDAR_VERSION.PERSON, version.made().author().person())
        .set(CALENDAR_VERSION.CREATED_AT, version.made().at())
        .set(CALENDAR_VERSION.VALID_FROM, version.validFrom())
        .set(CALENDAR_VERSION.NEEDS_APPROVAL, version.made().approval().needed())
        .execute();
  }

  void setCurrent(Tx tx, StoredCalendar calendar) {
    SqlTx.of(tx)
        .dsl()
        .update(CALENDAR)
        .set(CALENDAR.CURRENT_VERSION, calendar.currentVersion())
        .set(CALENDAR.NAME, calendar.name())
        .set(CALENDAR.CHANGES, CALENDAR.CHANGES.plus(1))
        .where(CALENDAR.ID.eq(calendar.id()))
        .execute();
  }

  void touch(Tx tx, long calendarId) {
    SqlTx.of(tx)
        .dsl()
        .update(CALENDAR)
        .set(CALENDAR.CHANGES, CALENDAR.CHANGES.plus(1))
        .where(CALENDAR.ID.eq(calendarId))
        .execute();
  }

  /** A calendar of any operator, locked against other writers of its versions. */
  Optional<StoredCalendar> lock(Tx tx, long id) {
    return SqlTx.of(tx)
        .dsl()
        .selectFrom(CALENDAR)
        .where(CALENDAR.ID.eq(id))
        .forUpdate()
        .fetchOptional(CalendarStore::calendar);
  }

  /** Those that the operator may use: its own and the platform's; null: all. */
  Optional<StoredCalendar> find(Tx tx, @Nullable Long operatorId, long id) {
    return SqlTx.of(tx)
        .dsl()
        .selectFrom(CALENDAR)
        .where(CALENDAR.ID.eq(id))
        .and(usableBy(operatorId))
        .fetchOptional(CalendarStore::calendar);
  }

  List<StoredCalendar> list(Tx tx, @Nullable Long operatorId, long afterId, int limit) {
    return SqlTx.of(tx)
        .dsl()
        .selectFrom(CALENDAR)
        .where(CALENDAR.ID.gt(afterId))
        .and(usableBy(operatorId))
        .orderBy(CALENDAR.ID)
        .limit(limit)
        .fetch(CalendarStore::calendar);
  }

  Map<Long, Integer> changes(Tx tx) {
    return SqlTx.of(tx)
        .dsl()
        .select(CALENDAR.ID, CALENDAR.CHANGES)
        .from(CALENDAR)
        .fetchMap(CALENDAR.ID, CALENDAR.CHANGES);
  }

  /** All versions of some calendars, oldest first. */
  List<RawVersion> versions(Tx tx, Collection<Long> calendarIds) {
    return SqlTx.of(tx)
        .dsl()
        .select(CALENDAR_VERSION.fields())
        .select(DecisionStore.FIELDS)
        .from(CALENDAR_VERSION)
        .leftJoin(CATALOG_DECISION)
        .on(DecisionStore.of(Kind.CALENDAR, CALENDAR_VERSION.CALENDAR_ID, CALENDAR_VERSION.VERSION))
        .where(CALENDAR_VERSION.CALENDAR_ID.in(calendarIds))
        .orderBy(CALENDAR_VERSION.CALENDAR_ID, CALENDAR_VERSION.VERSION)
        .fetch(CalendarStore::version);
  }

  private static Condition usableBy(@Nullable Long operatorId) {
    return operatorId == null
        ? DSL.trueCondition()
        : CALENDAR.OPERATOR_ID.eq(0L).or(CALENDAR.OPERATOR_ID.eq(operatorId));
  }

  private static StoredCalendar calendar(CalendarRecord row) {
    return new StoredCalendar(
        row.getId(),
        row.getOperatorId(),
        row.getName(),
        row.getCurrentVersion(),
        row.getCreatedAt());
  }

  private static RawVersion version(Record row) {
    return new RawVersion(
        row.get(CALENDAR_VERSION.CALENDAR_ID),
        row.get(CALENDAR_VERSION.VERSION),
        row.get(CALENDAR_VERSION.OPERATOR_ID),
        row.get(CALENDAR_VERSION.BODY),
        row.get(CALENDAR_VERSION.VALID_FROM),
        new Made(
            new Author(row.get(CALENDAR_VERSION.AUTHOR), row.get(CALENDAR_VERSION.PERSON)),
            row.get(CALENDAR_VERSION.CREATED_AT),
            DecisionStore.approval(row, row.get(CALENDAR_VERSION.NEEDS_APPROVAL))));
  }
}
