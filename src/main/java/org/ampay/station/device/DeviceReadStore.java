package org.ampay.station.device;

import static org.ampay.store.tables.Tables.DEVICE_CHANGE;
import static org.ampay.store.tables.Tables.DEVICE_EVENT;
import static org.ampay.store.tables.Tables.DEVICE_MONITOR;
import static org.ampay.store.tables.Tables.DEVICE_REPORT;
import static org.ampay.store.tables.Tables.DEVICE_STATE;
import static org.ampay.store.tables.Tables.DEVICE_VARIABLE;
import static org.ampay.store.tables.Tables.STATION;
import static org.ampay.store.tables.Tables.STATION_ADMISSION;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ampay.store.Database;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * Reads what is known of stations. Whoever asks has found the station in its own scope before: the
 * rows are reached by the station's id only.
 */
public final class DeviceReadStore {

  /** An event as stored. */
  public record EventRow(long id, Instant receivedAt, DeviceEvent event) {}

  /** A monitor as stored. */
  public record MonitorRow(long id, MonitorFact monitor, Instant updatedAt) {}

  /** The model as a whole; null where nothing is known. */
  public record Summary(
      @Nullable String firmware,
      @Nullable Instant readAt,
      @Nullable String monitoringBase,
      @Nullable Integer monitoringLevel) {
    static final Summary NOTHING = new Summary(null, null, null, null);
  }

  /**
   * Which variables.
   *
   * @param search part of the name of component, variable or of the value; empty: all
   * @param component its exact name; empty: all
   * @param changedSince null: all
   */
  public record Filter(String search, String component, @Nullable Instant changedSince) {
    public static final Filter ALL = new Filter("", "", null);
  }

  private final Database database;

  public DeviceReadStore(Database database) {
    this.database = database;
  }

  private DSLContext dsl() {
    return database.dsl();
  }

  public Summary summary(long stationId) {
    return dsl()
        .selectFrom(DEVICE_STATE)
        .where(DEVICE_STATE.STATION_ID.eq(stationId))
        .fetchOptional(
            r ->
                new Summary(
                    r.get(DEVICE_STATE.MODEL_FIRMWARE),
                    r.get(DEVICE_STATE.MODEL_AT),
                    r.get(DEVICE_STATE.MONITORING_BASE),
                    r.get(DEVICE_STATE.MONITORING_LEVEL)))
        .orElse(Summary.NOTHING);
  }

  /** The variables a station has, in the order of their names; from that row on. */
  public List<VariableRow> variables(long stationId, Filter filter, int offset, int limit) {
    return dsl()
        .selectFrom(DEVICE_VARIABLE)
        .where(DEVICE_VARIABLE.STATION_ID.eq(stationId))
        .and(DEVICE_VARIABLE.REMOVED_AT.isNull())
        .and(matches(filter))
        .orderBy(
            DEVICE_VARIABLE.COMPONENT,
            DEVICE_VARIABLE.COMPONENT_INSTANCE,
            DEVICE_VARIABLE.EVSE_NO,
            DEVICE_VARIABLE.CONNECTOR_NO,
            DEVICE_VARIABLE.VARIABLE,
            DEVICE_VARIABLE.VARIABLE_INSTANCE,
            DEVICE_VARIABLE.ATTRIBUTE)
        .limit(limit)
        .offset(offset)
        .fetch(VariableRowStore::row);
  }

  private static Condition matches(Filter filter) {
    Condition condition = DSL.noCondition();
    if (!filter.component().isEmpty()) {
      condition = condition.and(DEVICE_VARIABLE.COMPONENT.eq(filter.component()));
    }
    Instant since = filter.changedSince();
    if (since != null) {
      // A first value is no change.
      condition =
          condition
              .and(DEVICE_VARIABLE.CHANGED_AT.ge(since))
              .and(DEVICE_VARIABLE.CHANGED_AT.gt(DEVICE_VARIABLE.FIRST_AT));
    }
    String search = filter.search().strip();
    if (!search.isEmpty()) {
      String pattern =
          "%"
              + search
                  .replace("!", "!!")
                  .replace("%", "!%")
                  .replace("_", "!_")
                  .toLowerCase(java.util.Locale.ROOT)
              + "%";
      condition =
          condition.and(
              DSL.lower(DEVICE_VARIABLE.COMPONENT)
                  .like(pattern, '!')
                  .or(DSL.lower(DEVICE_VARIABLE.VARIABLE).like(pattern, '!'))
                  .or(DSL.lower(DEVICE_VARIABLE.VARIABLE_INSTANCE).like(pattern, '!'))
                  .or(DSL.lower(DEVICE_VARIABLE.VALUE).like(pattern, '!')));
    }
    return condition;
  }

  /** The names of a station's components. */
  public List<String> components(long stationId) {
    return dsl()
        .selectDistinct(DEVICE_VARIABLE.COMPONENT)
        .from(DEVICE_VARIABLE)
        .where(DEVICE_VARIABLE.STATION_ID.eq(stationId))
        .and(DEVICE_VARIABLE.REMOVED_AT.isNull())
        .and(DEVICE_VARIABLE.COMPONENT.ne(""))
        .orderBy(DEVICE_VARIABLE.COMPONENT)
        .limit(500)
        .fetch(DEVICE_VARIABLE.COMPONENT);
  }

  /** The present value of one attribute; empty when it is not known. */
  public Optional<String> value(long stationId, VariableKey key) {
    return dsl()
        .select(DEVICE_VARIABLE.VALUE)
        .from(DEVICE_VARIABLE)
        .where(DEVICE_VARIABLE.STATION_ID.eq(stationId))
        .and(DEVICE_VARIABLE.COMPONENT.eq(key.component()))
        .and(DEVICE_VARIABLE.COMPONENT_INSTANCE.eq(key.componentInstance()))
        .and(DEVICE_VARIABLE.EVSE_NO.eq(key.evseNo()))
        .and(DEVICE_VARIABLE.CONNECTOR_NO.eq(key.connectorNo()))
        .and(DEVICE_VARIABLE.VARIABLE.eq(key.variable()))
        .and(DEVICE_VARIABLE.VARIABLE_INSTANCE.eq(key.variableInstance()))
        .and(DEVICE_VARIABLE.ATTRIBUTE.eq(key.attribute()))
        .and(DEVICE_VARIABLE.REMOVED_AT.isNull())
        .fetchOptional(DEVICE_VARIABLE.VALUE);
  }

  /** The newest changes with an id below that; of one variable when it is not 0. */
  public List<ValueChange> changes(long stationId, long variableId, long beforeId, int limit) {
    Condition condition = DEVICE_CHANGE.STATION_ID.eq(stationId).and(DEVICE_CHANGE.ID.lt(beforeId));
    if (variableId != 0) {
      condition = condition.and(DEVICE_CHANGE.VARIABLE_ID.eq(variableId));
    }
    return joined(condition)
        .orderBy(DEVICE_CHANGE.ID.desc())
        .limit(limit)
        .fetch(VariableRowStore::change);
  }

  private org.jooq.SelectConditionStep<Record> joined(Condition condition) {
    return dsl()
        .select(DEVICE_CHANGE.fields())
        .select(
            DEVICE_VARIABLE.COMPONENT,
            DEVICE_VARIABLE.COMPONENT_INSTANCE,
            DEVICE_VARIABLE.EVSE_NO,
            DEVICE_VARIABLE.CONNECTOR_NO,
            DEVICE_VARIABLE.VARIABLE,
            DEVICE_VARIABLE.VARIABLE_INSTANCE,
            DEVICE_VARIABLE.ATTRIBUTE)
        .from(DEVICE_CHANGE)
        .join(DEVICE_VARIABLE)
        .on(DEVICE_VARIABLE.ID.eq(DEVICE_CHANGE.VARIABLE_ID))
        .where(condition);
  }

  /**
   * The values at that time, as far as the history reaches: the present ones, and before the first
   * change after that time what it changed.
   */
  public Map<VariableKey, Values> valuesAt(long stationId, Instant at) {
    Map<Long, Values> before = new HashMap<>();
    dsl()
        .selectFrom(DEVICE_CHANGE)
        .where(DEVICE_CHANGE.STATION_ID.eq(stationId))
        .and(DEVICE_CHANGE.CHANGED_AT.gt(at))
        .orderBy(DEVICE_CHANGE.ID)
        .forEach(
            r ->
                before.putIfAbsent(
                    r.get(DEVICE_CHANGE.VARIABLE_ID),
                    new Values(
                        r.get(DEVICE_CHANGE.WAS_PRESENT), r.get(DEVICE_CHANGE.BEFORE_VALUE))));
    Map<VariableKey, Values> values = new HashMap<>();
    dsl()
        .selectFrom(DEVICE_VARIABLE)
        .where(DEVICE_VARIABLE.STATION_ID.eq(stationId))
        .and(DEVICE_VARIABLE.FIRST_AT.le(at))
        .forEach(
            r -> {
              VariableRow row = VariableRowStore.row(r);
              Values then = before.getOrDefault(row.id(), new Values(row.present(), row.value()));
              if (then.present()) {
                values.put(row.key(), then);
              }
            });
    return values;
  }

  /**
   * A value at some time.
   *
   * @param present false: the station did not have the variable
   */
  public record Values(boolean present, @Nullable String value) {}

  /** The newest reports with an id below that. */
  public List<ReportRow> reports(long stationId, long beforeId, int limit) {
    return dsl()
        .selectFrom(DEVICE_REPORT)
        .where(DEVICE_REPORT.STATION_ID.eq(stationId))
        .and(DEVICE_REPORT.ID.lt(beforeId))
        .orderBy(DEVICE_REPORT.ID.desc())
        .limit(limit)
        .fetch(ReportStore::row);
  }

  public Optional<ReportRow> report(long stationId, long reportId) {
    return dsl()
        .selectFrom(DEVICE_REPORT)
        .where(DEVICE_REPORT.STATION_ID.eq(stationId))
        .and(DEVICE_REPORT.ID.eq(reportId))
        .fetchOptional(ReportStore::row);
  }

  /** Monitors with an id (of ours) above that. */
  public List<MonitorRow> monitors(long stationId, long afterId, int limit) {
    return dsl()
        .selectFrom(DEVICE_MONITOR)
        .where(DEVICE_MONITOR.STATION_ID.eq(stationId))
        .and(DEVICE_MONITOR.ID.gt(afterId))
        .orderBy(DEVICE_MONITOR.ID)
        .limit(limit)
        .fetch(
            r ->
                new MonitorRow(
                    r.get(DEVICE_MONITOR.ID),
                    new MonitorFact(
                        r.get(DEVICE_MONITOR.MONITOR_ID),
                        new VariableKey(
                            r.get(DEVICE_MONITOR.COMPONENT),
                            r.get(DEVICE_MONITOR.COMPONENT_INSTANCE),
                            r.get(DEVICE_MONITOR.EVSE_NO),
                            r.get(DEVICE_MONITOR.CONNECTOR_NO),
                            r.get(DEVICE_MONITOR.VARIABLE),
                            r.get(DEVICE_MONITOR.VARIABLE_INSTANCE),
                            VariableKey.ACTUAL),
                        r.get(DEVICE_MONITOR.TYPE),
                        r.get(DEVICE_MONITOR.VALUE),
                        r.get(DEVICE_MONITOR.SEVERITY),
                        r.get(DEVICE_MONITOR.IN_TRANSACTION)),
                    r.get(DEVICE_MONITOR.UPDATED_AT)));
  }

  /** The newest events with an id (of ours) below that. */
  public List<EventRow> events(long stationId, long beforeId, int limit) {
    return dsl()
        .selectFrom(DEVICE_EVENT)
        .where(DEVICE_EVENT.STATION_ID.eq(stationId))
        .and(DEVICE_EVENT.ID.lt(beforeId))
        .orderBy(DEVICE_EVENT.ID.desc())
        .limit(limit)
        .fetch(DeviceReadStore::event);
  }

  private static EventRow event(Record r) {
    VariableKey place =
        new VariableKey(
            r.get(DEVICE_EVENT.COMPONENT),
            r.get(DEVICE_EVENT.COMPONENT_INSTANCE),
            r.get(DEVICE_EVENT.EVSE_NO),
            r.get(DEVICE_EVENT.CONNECTOR_NO),
            r.get(DEVICE_EVENT.VARIABLE),
            r.get(DEVICE_EVENT.VARIABLE_INSTANCE),
            VariableKey.ACTUAL);
    return new EventRow(
        r.get(DEVICE_EVENT.ID),
        r.get(DEVICE_EVENT.RECEIVED_AT),
        new DeviceEvent(
            r.get(DEVICE_EVENT.EVENT_ID),
            r.get(DEVICE_EVENT.EVENT_AT),
            place,
            r.get(DEVICE_EVENT.TRIGGER_KIND),
            r.get(DEVICE_EVENT.ACTUAL_VALUE),
            r.get(DEVICE_EVENT.CAUSE),
            r.get(DEVICE_EVENT.CLEARED),
            r.get(DEVICE_EVENT.MONITOR_ID),
            r.get(DEVICE_EVENT.NOTIFICATION),
            r.get(DEVICE_EVENT.TECH_CODE),
            r.get(DEVICE_EVENT.TECH_INFO),
            r.get(DEVICE_EVENT.TRANSACTION_ID)));
  }

  /** Deletes what is older than anybody wants to know; a part at a time. */
  public void forget(Instant changesBefore, Instant eventsBefore) {
    dsl()
        .deleteFrom(DEVICE_CHANGE)
        .where(DEVICE_CHANGE.CHANGED_AT.lt(changesBefore))
        .limit(10_000)
        .execute();
    dsl()
        .deleteFrom(DEVICE_EVENT)
        .where(DEVICE_EVENT.RECEIVED_AT.lt(eventsBefore))
        .limit(10_000)
        .execute();
    ofDeleted(DEVICE_STATE, DEVICE_STATE.STATION_ID);
    ofDeleted(DEVICE_REPORT, DEVICE_REPORT.STATION_ID);
    ofDeleted(DEVICE_CHANGE, DEVICE_CHANGE.STATION_ID);
    ofDeleted(DEVICE_VARIABLE, DEVICE_VARIABLE.STATION_ID);
    ofDeleted(DEVICE_EVENT, DEVICE_EVENT.STATION_ID);
    ofDeleted(DEVICE_MONITOR, DEVICE_MONITOR.STATION_ID);
    ofDeleted(STATION_ADMISSION, STATION_ADMISSION.STATION_ID);
  }

  /** Deletes what is left of stations that were deleted. */
  private void ofDeleted(Table<?> table, Field<Long> stationId) {
    dsl()
        .deleteFrom(table)
        .where(DSL.notExists(DSL.selectOne().from(STATION).where(STATION.ID.eq(stationId))))
        .limit(10_000)
        .execute();
  }
}
