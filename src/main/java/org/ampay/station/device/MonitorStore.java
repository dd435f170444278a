package org.ampay.station.device;

import static org.ampay.store.tables.Tables.DEVICE_MONITOR;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.ampay.base.IdSource;
import org.ampay.station.StationInfo;
import org.ampay.store.Rows;
import org.ampay.store.SqlTx;
import org.ampay.store.Tx;
import org.jooq.DSLContext;
import org.jooq.Field;

/** The monitors of stations. */
final class MonitorStore {

  /** Monitors of one station; further ones are not kept. */
  static final int MOST_MONITORS = 5_000;

  private static final List<Field<?>> COLUMNS =
      List.of(
          DEVICE_MONITOR.ID,
          DEVICE_MONITOR.OPERATOR_ID,
          DEVICE_MONITOR.STATION_ID,
          DEVICE_MONITOR.MONITOR_ID,
          DEVICE_MONITOR.COMPONENT,
          DEVICE_MONITOR.COMPONENT_INSTANCE,
          DEVICE_MONITOR.EVSE_NO,
          DEVICE_MONITOR.CONNECTOR_NO,
          DEVICE_MONITOR.VARIABLE,
          DEVICE_MONITOR.VARIABLE_INSTANCE,
          DEVICE_MONITOR.TYPE,
          DEVICE_MONITOR.VALUE,
          DEVICE_MONITOR.SEVERITY,
          DEVICE_MONITOR.IN_TRANSACTION,
          DEVICE_MONITOR.REPORT_ID,
          DEVICE_MONITOR.UPDATED_AT);
  private static final List<Field<?>> CHANGED = COLUMNS.subList(4, COLUMNS.size());

  private final IdSource ids;

  MonitorStore(IdSource ids) {
    this.ids = ids;
  }

  private static DSLContext dsl(Tx tx) {
    return SqlTx.of(tx).dsl();
  }

  /** Stores monitors under their ids. */
  void store(Tx tx, StationInfo station, long reportId, Instant at, List<MonitorFact> facts) {
    int room =
        MOST_MONITORS
            - dsl(tx).fetchCount(DEVICE_MONITOR, DEVICE_MONITOR.STATION_ID.eq(station.id()));
    List<Object[]> rows = new ArrayList<>();
    for (MonitorFact fact : facts.subList(0, Math.clamp(room, 0, facts.size()))) {
      VariableKey place = fact.place();
      rows.add(
          new Object[] {
            ids.next(),
            station.operatorId(),
            station.id(),
            fact.monitorId(),
            place.component(),
            place.componentInstance(),
            place.evseNo(),
            place.connectorNo(),
            place.variable(),
            place.variableInstance(),
            fact.type(),
            fact.value(),
            fact.severity(),
            fact.duringTransactions(),
            reportId,
            at
          });
    }
    Rows.overwrite(tx, DEVICE_MONITOR, COLUMNS, CHANGED, rows);
  }

  void cleared(Tx tx, long stationId, List<Integer> monitorIds) {
    dsl(tx)
        .deleteFrom(DEVICE_MONITOR)
        .where(DEVICE_MONITOR.STATION_ID.eq(stationId))
        .and(DEVICE_MONITOR.MONITOR_ID.in(monitorIds))
        .execute();
  }

  /** Forgets what a complete report, begun at that time, did not name. */
  void clearedSince(Tx tx, long stationId, Instant begun) {
    dsl(tx)
        .deleteFrom(DEVICE_MONITOR)
        .where(DEVICE_MONITOR.STATION_ID.eq(stationId))
        .and(DEVICE_MONITOR.UPDATED_AT.lt(begun))
        .execute();
  }
}
