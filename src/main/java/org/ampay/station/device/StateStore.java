package org.ampay.station.device;

import static org.ampay.store.tables.Tables.DEVICE_MONITOR;
import static org.ampay.store.tables.Tables.DEVICE_STATE;
import static org.ampay.store.tables.Tables.STATION;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.ampay.station.StationInfo;
import org.ampay.store.Database;
import org.ampay.store.SqlTx;
import org.ampay.store.Tx;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jspecify.annotations.Nullable;

/** What is known of each station's model as a whole. */
final class StateStore {

  /**
   * How far a station's model is known.
   *
   * @param modelFirmware of the last complete reading; null: never read
   * @param askedFirmware for which we have asked by ourselves
   */
  record State(
      @Nullable String modelFirmware,
      @Nullable Instant modelAt,
      @Nullable String askedFirmware,
      int askedTimes) {
    static final State NOTHING = new State(null, null, null, 0);
  }

  private final Database database;

  StateStore(Database database) {
    this.database = database;
  }

  private static DSLContext dsl(Tx tx) {
    return SqlTx.of(tx).dsl();
  }

  State read(long stationId) {
    return database
        .dsl()
        .selectFrom(DEVICE_STATE)
        .where(DEVICE_STATE.STATION_ID.eq(stationId))
        .fetchOptional(
            r ->
                new State(
                    r.get(DEVICE_STATE.MODEL_FIRMWARE),
                    r.get(DEVICE_STATE.MODEL_AT),
                    r.get(DEVICE_STATE.ASKED_FIRMWARE),
                    r.get(DEVICE_STATE.ASKED_TIMES)))
        .orElse(State.NOTHING);
  }

  boolean hasMonitors(long stationId) {
    return database.dsl().fetchExists(DEVICE_MONITOR, DEVICE_MONITOR.STATION_ID.eq(stationId));
  }

  /** The whole model was read, of the firmware that the station has now. */
  void complete(Tx tx, StationInfo station, Instant at) {
    String firmware =
        dsl(tx)
            .select(STATION.FIRMWARE_VERSION)
            .from(STATION)
            .where(STATION.ID.eq(station.id()))
            .fetchOne(STATION.FIRMWARE_VERSION);
    dsl(tx)
        .update(DEVICE_STATE)
        .set(DEVICE_STATE.MODEL_FIRMWARE, firmware == null ? "" : firmware)
        .set(DEVICE_STATE.MODEL_AT, at)
        .where(DEVICE_STATE.STATION_ID.eq(station.id()))
        .execute();
  }

  /** We ask by ourselves; counts how often for one firmware. */
  void asked(Tx tx, StationInfo station, String firmware, int times) {
    dsl(tx)
        .update(DEVICE_STATE)
        .set(DEVICE_STATE.ASKED_FIRMWARE, firmware)
        .set(DEVICE_STATE.ASKED_TIMES, times)
        .where(DEVICE_STATE.STATION_ID.eq(station.id()))
        .execute();
  }

  void monitoring(Tx tx, StationInfo station, Observation.Monitoring told) {
    Map<Field<?>, Object> changes = new HashMap<>();
    if (told.base() != null) {
      changes.put(DEVICE_STATE.MONITORING_BASE, told.base());
    }
    if (told.level() != null) {
      changes.put(DEVICE_STATE.MONITORING_LEVEL, told.level());
    }
    if (!changes.isEmpty()) {
      dsl(tx)
          .update(DEVICE_STATE)
          .set(changes)
          .where(DEVICE_STATE.STATION_ID.eq(station.id()))
          .execute();
    }
  }
}
