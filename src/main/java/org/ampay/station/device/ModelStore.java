package org.ampay.station.device;

import static org.ampay.store.tables.Tables.DEVICE_CHANGE;
import static org.ampay.store.tables.Tables.DEVICE_STATE;
import static org.ampay.store.tables.Tables.DEVICE_VARIABLE;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.ampay.base.IdSource;
import org.ampay.station.StationInfo;
import org.ampay.store.Rows;
import org.ampay.store.SqlTx;
import org.ampay.store.Tx;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jspecify.annotations.Nullable;

/** Writes values of variables, and their history. */
final class ModelStore {

  /** Variables of one station; further ones are not kept. */
  static final int MOST_VARIABLES = 20_000;

  /** Changes of one station; older ones are deleted. */
  static final int MOST_CHANGES = 20_000;

  /** Where values come from. */
  record Origin(StationInfo station, Observation.Source source, long reportId, Instant at) {}

  private static final List<Field<?>> COLUMNS =
      List.of(
          DEVICE_VARIABLE.ID,
          DEVICE_VARIABLE.OPERATOR_ID,
          DEVICE_VARIABLE.STATION_ID,
          DEVICE_VARIABLE.COMPONENT,
          DEVICE_VARIABLE.COMPONENT_INSTANCE,
          DEVICE_VARIABLE.EVSE_NO,
          DEVICE_VARIABLE.CONNECTOR_NO,
          DEVICE_VARIABLE.VARIABLE,
          DEVICE_VARIABLE.VARIABLE_INSTANCE,
          DEVICE_VARIABLE.ATTRIBUTE,
          DEVICE_VARIABLE.VALUE,
          DEVICE_VARIABLE.PENDING_VALUE,
          DEVICE_VARIABLE.MUTABILITY,
          DEVICE_VARIABLE.IS_PERSISTENT,
          DEVICE_VARIABLE.IS_CONSTANT,
          DEVICE_VARIABLE.DATA_TYPE,
          DEVICE_VARIABLE.UNIT,
          DEVICE_VARIABLE.MIN_LIMIT,
          DEVICE_VARIABLE.MAX_LIMIT,
          DEVICE_VARIABLE.VALUES_LIST,
          DEVICE_VARIABLE.SUPPORTS_MONITORING,
          DEVICE_VARIABLE.SOURCE,
          DEVICE_VARIABLE.REPORT_ID,
          DEVICE_VARIABLE.FIRST_AT,
          DEVICE_VARIABLE.CHANGED_AT,
          DEVICE_VARIABLE.CONFIRMED_AT,
          DEVICE_VARIABLE.REMOVED_AT);
  private static final List<Field<?>> CHANGED = COLUMNS.subList(10, COLUMNS.size());
  private static final List<Field<?>> CHANGE_COLUMNS =
      List.of(
          DEVICE_CHANGE.ID,
          DEVICE_CHANGE.OPERATOR_ID,
          DEVICE_CHANGE.STATION_ID,
          DEVICE_CHANGE.VARIABLE_ID,
          DEVICE_CHANGE.CHANGED_AT,
          DEVICE_CHANGE.BEFORE_VALUE,
          DEVICE_CHANGE.AFTER_VALUE,
          DEVICE_CHANGE.PRESENT,
          DEVICE_CHANGE.WAS_PRESENT,
          DEVICE_CHANGE.SOURCE);

  private final IdSource ids;

  ModelStore(IdSource ids) {
    this.ids = ids;
  }

  private static DSLContext dsl(Tx tx) {
    return SqlTx.of(tx).dsl();
  }

  /** Makes the writers of one station wait for each other. */
  void lock(Tx tx, StationInfo station) {
    dsl(tx)
        .insertInto(DEVICE_STATE)
        .set(DEVICE_STATE.STATION_ID, station.id())
        .set(DEVICE_STATE.OPERATOR_ID, station.operatorId())
        .set(DEVICE_STATE.ASKED_TIMES, 0)
        .onDuplicateKeyIgnore()
        .execute();
    dsl(tx)
        .select(DEVICE_STATE.STATION_ID)
        .from(DEVICE_STATE)
        .where(DEVICE_STATE.STATION_ID.eq(station.id()))
        .forUpdate()
        .fetchOne();
  }

  /** Stores what a station said; the station must be {@linkplain #lock locked}. */
  void store(Tx tx, Origin origin, Collection<VariableFact> facts) {
    Map<VariableKey, VariableFact> newest = new LinkedHashMap<>();
    facts.forEach(fact -> newest.put(fact.key(), fact));
    Map<VariableKey, VariableRow> known = read(tx, origin.station().id(), newest.keySet());
    int room =
        known.size() == newest.size() ? 0 : MOST_VARIABLES - count(tx, origin.station().id());
    List<Object[]> rows = new ArrayList<>();
    List<Object[]> changes = new ArrayList<>();
    for (VariableFact fact : newest.values()) {
      VariableRow old = known.get(fact.key());
      if (old == null && room-- <= 0) {
        continue;
      }
      VariableRow now = old == null ? fresh(origin, fact) : next(origin, fact, old);
      rows.add(row(origin, now));
      if (old != null && (!old.present() || !Objects.equals(old.value(), now.value()))) {
        changes.add(change(origin, old, now.value(), true));
      }
    }
    Rows.overwrite(tx, DEVICE_VARIABLE, COLUMNS, CHANGED, rows);
    keep(tx, origin, changes);
  }

  /** Marks variables that the station says it does not have. */
  void removed(Tx tx, Origin origin, Collection<VariableKey> keys) {
    remove(tx, origin, List.copyOf(read(tx, origin.station().id(), keys).values()));
  }

  /** Marks what a complete inventory, begun at that time, did not name. */
  void removedSince(Tx tx, Origin origin, Instant begun) {
    Condition silent =
        DEVICE_VARIABLE
            .STATION_ID
            .eq(origin.station().id())
            .and(DEVICE_VARIABLE.CONFIRMED_AT.lt(begun))
            .and(DEVICE_VARIABLE.REMOVED_AT.isNull());
    remove(
        tx, origin, dsl(tx).selectFrom(DEVICE_VARIABLE).where(silent).fetch(VariableRowStore::row));
  }

  private void remove(Tx tx, Origin origin, List<VariableRow> rows) {
    List<VariableRow> gone = rows.stream().filter(VariableRow::present).toList();
    if (gone.isEmpty()) {
      return;
    }
    dsl(tx)
        .update(DEVICE_VARIABLE)
        .set(DEVICE_VARIABLE.REMOVED_AT, origin.at())
        .setNull(DEVICE_VARIABLE.PENDING_VALUE)
        .where(DEVICE_VARIABLE.ID.in(gone.stream().map(VariableRow::id).toList()))
        .execute();
    keep(tx, origin, gone.stream().map(row -> change(origin, row, null, false)).toList());
  }

  private Map<VariableKey, VariableRow> read(
      Tx tx, long stationId, Collection<VariableKey> wanted) {
    Map<VariableKey, VariableRow> rows = new HashMap<>();
    if (wanted.isEmpty()) {
      return rows;
    }
    Set<String> components =
        wanted.stream().map(VariableKey::component).collect(Collectors.toSet());
    Set<String> variables = wanted.stream().map(VariableKey::variable).collect(Collectors.toSet());
    dsl(tx)
        .selectFrom(DEVICE_VARIABLE)
        .where(DEVICE_VARIABLE.STATION_ID.eq(stationId))
        .and(DEVICE_VARIABLE.COMPONENT.in(components))
        .and(DEVICE_VARIABLE.VARIABLE.in(variables))
        .forEach(
            record -> {
              VariableRow row = VariableRowStore.row(record);
              if (wanted.contains(row.key())) {
                rows.put(row.key(), row);
              }
            });
    return rows;
  }

  private static int count(Tx tx, long stationId) {
    return dsl(tx).fetchCount(DEVICE_VARIABLE, DEVICE_VARIABLE.STATION_ID.eq(stationId));
  }

  private VariableRow fresh(Origin origin, VariableFact fact) {
    VariableFact.Traits traits =
        fact.traits() == null ? VariableFact.Traits.NOTHING_SAID : fact.traits();
    return new VariableRow(
        ids.next(),
        fact.key(),
        fact.pending() ? null : fact.value(),
        fact.pending() ? fact.value() : null,
        traits,
        origin.source().word(),
        origin.at(),
        origin.at(),
        origin.at(),
        null);
  }

  private static VariableRow next(Origin origin, VariableFact fact, VariableRow old) {
    String value = fact.pending() ? old.value() : fact.value();
    boolean same = old.present() && Objects.equals(old.value(), value);
    return new VariableRow(
        old.id(),
        old.key(),
        value,
        fact.pending() ? fact.value() : stillPending(fact, old),
        fact.traits() == null ? old.traits() : fact.traits(),
        fact.pending() ? old.source() : origin.source().word(),
        old.firstAt(),
        same ? old.changedAt() : origin.at(),
        origin.at(),
        null);
  }

  /** Read again before the boot, the old value stands and the new one still waits. */
  private static @Nullable String stillPending(VariableFact fact, VariableRow old) {
    String pending = old.pending();
    return pending != null && Objects.equals(fact.value(), old.value()) ? pending : null;
  }

  private static Object[] row(Origin origin, VariableRow row) {
    VariableKey key = row.key();
    VariableFact.Traits traits = row.traits();
    return new @Nullable Object[] {
      row.id(),
      origin.station().operatorId(),
      origin.station().id(),
      key.component(),
      key.componentInstance(),
      key.evseNo(),
      key.connectorNo(),
      key.variable(),
      key.variableInstance(),
      key.attribute(),
      row.value(),
      row.pending(),
      traits.mutability(),
      traits.persistent(),
      traits.constant(),
      traits.dataType(),
      traits.unit(),
      traits.minLimit(),
      traits.maxLimit(),
      traits.valuesList(),
      traits.supportsMonitoring(),
      row.source(),
      origin.reportId(),
      row.firstAt(),
      row.changedAt(),
      row.confirmedAt(),
      row.removedAt()
    };
  }

  private Object[] change(
      Origin origin, VariableRow before, @Nullable String after, boolean present) {
    return new @Nullable Object[] {
      ids.next(),
      origin.station().operatorId(),
      origin.station().id(),
      before.id(),
      origin.at(),
      before.value(),
      after,
      present,
      before.present(),
      origin.source().word()
    };
  }

  private static void keep(Tx tx, Origin origin, List<Object[]> changes) {
    if (changes.isEmpty()) {
      return;
    }
    Rows.insert(tx, DEVICE_CHANGE, CHANGE_COLUMNS, changes);
    Long oldest =
        dsl(tx)
            .select(DEVICE_CHANGE.ID)
            .from(DEVICE_CHANGE)
            .where(DEVICE_CHANGE.STATION_ID.eq(origin.station().id()))
            .orderBy(DEVICE_CHANGE.ID.desc())
            .limit(1)
            .offset(MOST_CHANGES)
            .fetchOne(DEVICE_CHANGE.ID);
    if (oldest != null) {
      dsl(tx)
          .deleteFrom(DEVICE_CHANGE)
          .where(DEVICE_CHANGE.STATION_ID.eq(origin.station().id()))
          .and(DEVICE_CHANGE.ID.le(oldest))
          .execute();
    }
  }
}
