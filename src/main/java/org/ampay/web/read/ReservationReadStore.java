package org.ampay.web.read;

import static org.ampay.store.tables.Tables.RESERVATION;
import static org.ampay.store.tables.Tables.STATION;

import java.time.Instant;
import java.util.List;
import org.ampay.store.Database;
import org.jooq.Condition;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/** Reservations in lists. */
public final class ReservationReadStore extends ScopeStore {

  public ReservationReadStore(Database database) {
    super(database);
  }

  /**
   * A reservation with its station's identity.
   *
   * @param evse 0: any
   */
  public record ReservationRow(
      long id,
      long operatorId,
      String station,
      int number,
      int evse,
      @Nullable String connectorType,
      String token,
      String tokenType,
      @Nullable String group,
      Instant until,
      String state,
      @Nullable String reason,
      @Nullable String transactionId,
      String createdBy,
      Instant createdAt,
      @Nullable Instant endedAt) {

    /** Whether it can be called off. */
    public boolean open() {
      return state.equals("requested") || state.equals("accepted");
    }
  }

  /**
   * Newest first.
   *
   * @param station identity; null: of all
   * @param state null: in any
   * @param beforeId only older ones
   */
  public List<ReservationRow> list(
      Scope scope, @Nullable String station, @Nullable String state, long beforeId, int limit) {
    Condition condition = in(scope, RESERVATION.OPERATOR_ID).and(RESERVATION.ID.lt(beforeId));
    condition = station == null ? condition : condition.and(STATION.IDENTITY.eq(station));
    condition = state == null ? condition : condition.and(RESERVATION.STATE.eq(state));
    return dsl()
        .select(RESERVATION.fields())
        .select(STATION.IDENTITY)
        .from(RESERVATION)
        .leftJoin(STATION)
        .on(STATION.ID.eq(RESERVATION.STATION_ID))
        .where(condition)
        .orderBy(RESERVATION.ID.desc())
        .limit(limit)
        .fetch(ReservationReadStore::row);
  }

  private static ReservationRow row(Record r) {
    String station = r.get(STATION.IDENTITY);
    return new ReservationRow(
        r.get(RESERVATION.ID),
        r.get(RESERVATION.OPERATOR_ID),
        station == null ? "" : station,
        r.get(RESERVATION.RESERVATION_NO),
        r.get(RESERVATION.EVSE_NO),
        r.get(RESERVATION.CONNECTOR_TYPE),
        r.get(RESERVATION.TOKEN_UID),
        r.get(RESERVATION.TOKEN_TYPE),
        r.get(RESERVATION.GROUP_TOKEN),
        r.get(RESERVATION.UNTIL_AT),
        r.get(RESERVATION.STATE),
        r.get(RESERVATION.REASON),
        r.get(RESERVATION.TRANSACTION_ID),
        r.get(RESERVATION.CREATED_BY),
        r.get(RESERVATION.CREATED_AT),
        r.get(RESERVATION.ENDED_AT));
  }
}
