package org.ampay.payment.order;

import static org.ampay.store.tables.Tables.CONNECTOR;
import static org.ampay.store.tables.Tables.EVSE;

import java.util.List;
import java.util.Optional;
import org.ampay.store.Database;

/** EVSEs by their pay codes, and whether a cable is there; in the database. */
final class EvseStore {

  /** What OCPP 1.6 and 2.0.1 say of a connector with a cable in it. */
  private static final List<String> PLUGGED =
      List.of("Occupied", "Preparing", "Charging", "SuspendedEV", "SuspendedEVSE", "Finishing");

  private static final int MAX_CODE = 16;

  private final Database database;

  EvseStore(Database database) {
    this.database = database;
  }

  Optional<OrderRow.Place> find(String payCode) {
    return payCode.isBlank() || payCode.length() > MAX_CODE
        ? Optional.empty()
        : database
            .dsl()
            .select(EVSE.STATION_ID, EVSE.EVSE_NO)
            .from(EVSE)
            .where(EVSE.PAY_CODE.eq(payCode))
            .fetchOptional(r -> new OrderRow.Place(r.value1(), r.value2()));
  }

  boolean plugged(OrderRow.Place place) {
    return database
        .dsl()
        .fetchExists(
            CONNECTOR,
            CONNECTOR
                .STATION_ID
                .eq(place.stationId())
                .and(CONNECTOR.EVSE_NO.eq(place.evseNo()))
                .and(CONNECTOR.STATUS.in(PLUGGED)));
  }
}
