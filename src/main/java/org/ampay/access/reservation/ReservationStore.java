package org.ampay.access.reservation;

import static org.ampay.store.tables.Tables.RESERVATION;
import static org.ampay.store.tables.Tables.STATION;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.ampay.access.IdToken;
import org.ampay.store.ChangeCounter;
import org.ampay.store.Database;
import org.ampay.store.SqlTx;
import org.ampay.store.Tx;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/** The table of reservations. */
final class ReservationStore {

  private static final List<String> OPEN =
      List.of(ReservationState.REQUESTED.word(), ReservationState.ACCEPTED.word());

  private final Database database;
  private final ChangeCounter counter;

  ReservationStore(Database database) {
    this.database = database;
    this.counter = new ChangeCounter(database, "reservations");
  }

  private static DSLContext dsl(Tx tx) {
    return SqlTx.of(tx).dsl();
  }

  long version() {
    return counter.version();
  }

  void changed(Tx tx) {
    counter.changed(tx);
  }

  /** One at a time may decide what is free on a station. */
  void lockStation(Tx tx, long stationId) {
    dsl(tx).select(STATION.ID).from(STATION).where(STATION.ID.eq(stationId)).forUpdate().fetch();
  }

  /** Of every station. */
  List<Reservation> open(Instant now) {
    return database
        .dsl()
        .selectFrom(RESERVATION)
        .where(RESERVATION.STATE.in(OPEN))
        .and(RESERVATION.UNTIL_AT.gt(now))
        .fetch(ReservationStore::reservation);
  }

  List<Reservation> open(Tx tx, long stationId, Instant now) {
    return dsl(tx)
        .selectFrom(RESERVATION)
        .where(RESERVATION.STATION_ID.eq(stationId))
        .and(RESERVATION.STATE.in(OPEN))
        .and(RESERVATION.UNTIL_AT.gt(now))
        .fetch(ReservationStore::reservation);
  }

  /**
   * By its row.
   *
   * @param operatorId null: of any operator
   */
  Optional<Reservation> find(@Nullable Long operatorId, long id) {
    Condition own = RESERVATION.ID.eq(id);
    return database
        .dsl()
        .selectFrom(RESERVATION)
        .where(operatorId == null ? own : own.and(RESERVATION.OPERATOR_ID.eq(operatorId)))
        .fetchOptional(ReservationStore::reservation);
  }

  void insert(Tx tx, Reservation r) {
    dsl(tx)
        .insertInto(RESERVATION)
        .set(RESERVATION.ID, r.id())
        .set(RESERVATION.OPERATOR_ID, r.operatorId())
        .set(RESERVATION.STATION_ID, r.stationId())
        .set(RESERVATION.RESERVATION_NO, r.number())
        .set(RESERVATION.EVSE_NO, r.evse())
        .set(RESERVATION.CONNECTOR_TYPE, r.connectorType())
        .set(RESERVATION.TOKEN_UID, r.token().uid())
        .set(RESERVATION.TOKEN_TYPE, r.token().type())
        .set(RESERVATION.GROUP_TOKEN, r.group())
        .set(RESERVATION.UNTIL_AT, r.until())
        .set(RESERVATION.STATE, r.state().word())
        .set(RESERVATION.CREATED_BY, r.createdBy())
        .set(RESERVATION.CREATED_AT, r.createdAt())
        .execute();
  }

  /** An open reservation becomes that; one that is over stays as it is. */
  boolean decide(Tx tx, long id, Reservation.Outcome outcome) {
    return end(tx, RESERVATION.ID.eq(id), outcome) > 0;
  }

  /** The open reservations of that number. */
  int end(Tx tx, long stationId, int number, Reservation.Outcome outcome) {
    return end(
        tx,
        RESERVATION.STATION_ID.eq(stationId).and(RESERVATION.RESERVATION_NO.eq(number)),
        outcome);
  }

  /** The open reservation that {@code fresh} takes the number of. */
  void replace(Tx tx, Reservation fresh, Instant now) {
    Condition old =
        RESERVATION
            .STATION_ID
            .eq(fresh.stationId())
            .and(RESERVATION.RESERVATION_NO.eq(fresh.number()))
            .and(RESERVATION.ID.ne(fresh.id()));
    end(tx, old, new Reservation.Outcome(ReservationState.REPLACED, null, null, now));
  }

  /** Those of them whose time is over. */
  int expire(Tx tx, Collection<Long> ids, Instant now) {
    Condition due = RESERVATION.ID.in(ids).and(RESERVATION.UNTIL_AT.le(now));
    return end(tx, due, new Reservation.Outcome(ReservationState.EXPIRED, null, null, now));
  }

  private static int end(Tx tx, Condition which, Reservation.Outcome outcome) {
    return dsl(tx)
        .update(RESERVATION)
        .set(RESERVATION.STATE, outcome.state().word())
        .set(RESERVATION.REASON, outcome.reason())
        .set(RESERVATION.TRANSACTION_ID, outcome.transactionId())
        .set(RESERVATION.ENDED_AT, outcome.endedAt())
        .where(which)
        .and(RESERVATION.STATE.in(OPEN))
        .execute();
  }

  private static Reservation reservation(Record r) {
    return new Reservation(
        r.get(RESERVATION.ID),
        r.get(RESERVATION.OPERATOR_ID),
        r.get(RESERVATION.STATION_ID),
        r.get(RESERVATION.RESERVATION_NO),
        r.get(RESERVATION.EVSE_NO),
        r.get(RESERVATION.CONNECTOR_TYPE),
        new IdToken(r.get(RESERVATION.TOKEN_UID), r.get(RESERVATION.TOKEN_TYPE)),
        r.get(RESERVATION.GROUP_TOKEN),
        r.get(RESERVATION.UNTIL_AT),
        r.get(RESERVATION.CREATED_AT),
        r.get(RESERVATION.CREATED_BY),
        new Reservation.Outcome(
            ReservationState.of(r.get(RESERVATION.STATE)),
            r.get(RESERVATION.REASON),
            r.get(RESERVATION.TRANSACTION_ID),
            r.get(RESERVATION.ENDED_AT)));
  }
}
