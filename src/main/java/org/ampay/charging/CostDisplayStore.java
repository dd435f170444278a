package org.ampay.charging;

import static org.ampay.store.tables.Tables.CHARGING_SESSION;
import static org.ampay.store.tables.Tables.COST_DISPLAY;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.ampay.station.Protocol;
import org.ampay.station.StationInfo;
import org.ampay.store.Database;

/** Which stations show costs, and their running sessions. */
public final class CostDisplayStore {

  private static final int MOST = 10_000;

  private final Database database;

  public CostDisplayStore(Database database) {
    this.database = database;
  }

  /** A running session of OCPP 2.0.1. */
  record Running(long sessionId, long stationId, String transactionId) {}

  Set<Long> stations() {
    return database
        .dsl()
        .select(COST_DISPLAY.STATION_ID)
        .from(COST_DISPLAY)
        .fetchSet(COST_DISPLAY.STATION_ID);
  }

  void set(StationInfo station, boolean shows, Instant since) {
    if (shows) {
      database
          .dsl()
          .insertInto(COST_DISPLAY)
          .columns(COST_DISPLAY.STATION_ID, COST_DISPLAY.OPERATOR_ID, COST_DISPLAY.SINCE)
          .values(station.id(), station.operatorId(), since)
          .onDuplicateKeyUpdate()
          .set(COST_DISPLAY.OPERATOR_ID, station.operatorId())
          .execute();
    } else {
      database
          .dsl()
          .deleteFrom(COST_DISPLAY)
          .where(COST_DISPLAY.STATION_ID.eq(station.id()))
          .execute();
    }
  }

  List<Running> running(Collection<Long> stationIds) {
    return database
        .dsl()
        .select(CHARGING_SESSION.ID, CHARGING_SESSION.STATION_ID, CHARGING_SESSION.TRANSACTION_ID)
        .from(CHARGING_SESSION)
        .where(CHARGING_SESSION.STATE.eq(SessionState.ACTIVE.stored()))
        .and(CHARGING_SESSION.PROTOCOL.eq(Protocol.OCPP_201.version()))
        .and(CHARGING_SESSION.STATION_ID.in(stationIds))
        .limit(MOST)
        .fetch(row -> new Running(row.value1(), row.value2(), row.value3()));
  }
}
