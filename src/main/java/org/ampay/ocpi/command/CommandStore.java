package org.ampay.ocpi.command;

import static org.ampay.store.tables.Tables.CHARGING_SESSION;
import static org.ampay.store.tables.Tables.OCPI_RESERVATION;

import java.util.Locale;
import java.util.Optional;
import org.ampay.charging.SessionState;
import org.ampay.store.SqlTx;
import org.ampay.store.Tx;

/** What commands need of the database. */
final class CommandStore {

  private CommandStore() {}

  /** Where a session is. */
  record SessionPlace(long stationId, int evseNo, String transactionId, SessionState state) {}

  static Optional<SessionPlace> session(Tx tx, long id) {
    return SqlTx.of(tx)
        .dsl()
        .select(
            CHARGING_SESSION.STATION_ID,
            CHARGING_SESSION.EVSE_NO,
            CHARGING_SESSION.TRANSACTION_ID,
            CHARGING_SESSION.STATE)
        .from(CHARGING_SESSION)
        .where(CHARGING_SESSION.ID.eq(id))
        .fetchOptional(
            r ->
                new SessionPlace(
                    r.value1(), r.value2(), r.value3(), SessionState.ofStored(r.value4())));
  }

  /** A partner's reservation. */
  record Reserved(long rowId, long stationId) {}

  static Optional<Reserved> reservation(Tx tx, long partnerId, String reservationId) {
    return SqlTx.of(tx)
        .dsl()
        .selectFrom(OCPI_RESERVATION)
        .where(OCPI_RESERVATION.PARTNER_ID.eq(partnerId))
        .and(OCPI_RESERVATION.RESERVATION_ID.eq(reservationId.toLowerCase(Locale.ROOT)))
        .fetchOptional(r -> new Reserved(r.getRowId(), r.getStationId()));
  }

  static void save(Tx tx, long partnerId, String reservationId, Reserved reserved) {
    SqlTx.of(tx)
        .dsl()
        .insertInto(OCPI_RESERVATION)
        .set(OCPI_RESERVATION.PARTNER_ID, partnerId)
        .set(OCPI_RESERVATION.RESERVATION_ID, reservationId.toLowerCase(Locale.ROOT))
        .set(OCPI_RESERVATION.ROW_ID, reserved.rowId())
        .set(OCPI_RESERVATION.STATION_ID, reserved.stationId())
        .onDuplicateKeyUpdate()
        .set(OCPI_RESERVATION.ROW_ID, reserved.rowId())
        .set(OCPI_RESERVATION.STATION_ID, reserved.stationId())
        .execute();
  }
}
