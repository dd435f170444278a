package org.ampay.charging;

import static org.ampay.store.tables.Tables.CHARGING_SESSION;

import org.ampay.access.reservation.EvseUse;
import org.ampay.store.Database;

/** Whether a session runs at an EVSE. */
public final class SessionUseStore implements EvseUse {

  private final Database database;

  public SessionUseStore(Database database) {
    this.database = database;
  }

  @Override
  public boolean inUse(long stationId, int evse) {
    return database
        .dsl()
        .fetchExists(
            CHARGING_SESSION,
            CHARGING_SESSION
                .STATE
                .eq(SessionState.ACTIVE.stored())
                .and(CHARGING_SESSION.STATION_ID.eq(stationId))
                .and(CHARGING_SESSION.EVSE_NO.eq(evse))
                .and(CHARGING_SESSION.STOPPED_AT.isNull()));
  }
}
