package org.ampay.charging;

import static org.ampay.store.tables.Tables.CHARGING_SESSION;
import static org.ampay.store.tables.Tables.SESSION_LIMIT;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ampay.base.Energy;
import org.ampay.base.Money;
import org.ampay.store.Database;
import org.ampay.store.SqlTx;
import org.ampay.store.Tx;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/** Drivers' limits on the database. */
public final class OrderLimitStore {

  /** Who sets the limit of a session that its driver paid for before: nobody else may change it. */
  public static final String SYSTEM = "system";

  private static final int MOST = 100_000;

  private final Database database;

  public OrderLimitStore(Database database) {
    this.database = database;
  }

  /**
   * A session's limits and what became of them.
   *
   * @param reached {@code amount}, {@code energy}, {@code time} or {@code soc}; null: not yet
   * @param reachedAt when it was decided to stop
   * @param tries how often the station was asked to stop
   * @param answer to the last time: {@code accepted}, {@code refused}, {@code away}
   */
  public record Row(
      long sessionId,
      long operatorId,
      long stationId,
      OrderLimits limits,
      Instant setAt,
      String setBy,
      @Nullable String reached,
      @Nullable Instant reachedAt,
      int tries,
      @Nullable String answer,
      @Nullable Instant answerAt) {}

  /** Whose session it is. */
  public record Place(long sessionId, long operatorId, long stationId) {}

  /**
   * Sets limits as if none had been reached, or none at all. The same limits once more are nothing
   * new: what became of them stays. Neither is what {@link #SYSTEM} sets when a limit was reached:
   * the session is being stopped.
   */
  public void set(Tx tx, Place place, OrderLimits limits, String by, Instant at) {
    var dsl = SqlTx.of(tx).dsl();
    if (limits.isEmpty()) {
      dsl.deleteFrom(SESSION_LIMIT).where(SESSION_LIMIT.SESSION_ID.eq(place.sessionId())).execute();
      return;
    }
    Map<Field<?>, Object> news = columns(limits);
    news.put(SESSION_LIMIT.SET_AT, at);
    news.put(SESSION_LIMIT.SET_BY, by);
    boolean first =
        dsl.insertInto(SESSION_LIMIT)
                .set(SESSION_LIMIT.SESSION_ID, place.sessionId())
                .set(SESSION_LIMIT.OPERATOR_ID, place.operatorId())
                .set(SESSION_LIMIT.STATION_ID, place.stationId())
                .set(news)
                .onDuplicateKeyIgnore()
                .execute()
            == 1;
    if (!first && isNews(dsl, place.sessionId(), limits, by)) {
      dsl.update(SESSION_LIMIT)
          .set(news)
          .where(SESSION_LIMIT.SESSION_ID.eq(place.sessionId()))
          .execute();
    }
  }

  /** Locked: of two who set the same at once the second changes nothing. */
  private static boolean isNews(DSLContext dsl, long sessionId, OrderLimits limits, String by) {
    return dsl.selectFrom(SESSION_LIMIT)
        .where(SESSION_LIMIT.SESSION_ID.eq(sessionId))
        .forUpdate()
        .fetchOptional(OrderLimitStore::row)
        .filter(row -> row.limits().equals(limits) || by.equals(SYSTEM) && row.reached() != null)
        .isEmpty();
  }

  /** The limits, and that nothing became of them yet. */
  private static Map<Field<?>, Object> columns(OrderLimits limits) {
    Money amount = limits.amount();
    Energy energy = limits.energy();
    Duration time = limits.time();
    Map<Field<?>, Object> columns = new HashMap<>();
    columns.put(SESSION_LIMIT.CURRENCY, amount == null ? null : amount.currency());
    columns.put(SESSION_LIMIT.AMOUNT_MINOR, amount == null ? null : amount.minor());
    columns.put(SESSION_LIMIT.ENERGY_MWH, energy == null ? null : energy.milliWh());
    columns.put(SESSION_LIMIT.SECONDS, time == null ? null : (int) time.toSeconds());
    columns.put(SESSION_LIMIT.SOC_PERCENT, limits.socPercent());
    columns.put(SESSION_LIMIT.STOP_TRIES, 0);
    columns.put(SESSION_LIMIT.REACHED, null);
    columns.put(SESSION_LIMIT.REACHED_AT, null);
    columns.put(SESSION_LIMIT.STOP_ANSWER, null);
    columns.put(SESSION_LIMIT.STOP_AT, null);
    return columns;
  }

  /** The limits of a session; empty: none were ever set. */
  public Optional<Row> find(long sessionId) {
    return database
        .dsl()
        .selectFrom(SESSION_LIMIT)
        .where(SESSION_LIMIT.SESSION_ID.eq(sessionId))
        .fetchOptional(OrderLimitStore::row);
  }

  /** Those of all running sessions. */
  List<Row> running() {
    return database
        .dsl()
        .select(SESSION_LIMIT.fields())
        .from(SESSION_LIMIT)
        .join(CHARGING_SESSION)
        .on(CHARGING_SESSION.ID.eq(SESSION_LIMIT.SESSION_ID))
        .where(CHARGING_SESSION.STATE.eq(SessionState.ACTIVE.stored()))
        .limit(MOST)
        .fetch(OrderLimitStore::row);
  }

  void reached(Tx tx, long sessionId, OrderLimits.Kind kind, Instant at) {
    SqlTx.of(tx)
        .dsl()
        .update(SESSION_LIMIT)
        .set(SESSION_LIMIT.REACHED, kind.stored())
        .set(SESSION_LIMIT.REACHED_AT, at)
        .where(SESSION_LIMIT.SESSION_ID.eq(sessionId))
        .and(SESSION_LIMIT.REACHED.isNull())
        .execute();
  }

  void answered(long sessionId, int tries, StationStops.Answer answer, Instant at) {
    database
        .dsl()
        .update(SESSION_LIMIT)
        .set(SESSION_LIMIT.STOP_TRIES, tries)
        .set(SESSION_LIMIT.STOP_ANSWER, answer.stored())
        .set(SESSION_LIMIT.STOP_AT, at)
        .where(SESSION_LIMIT.SESSION_ID.eq(sessionId))
        .execute();
  }

  private static Row row(Record r) {
    Long minor = r.get(SESSION_LIMIT.AMOUNT_MINOR);
    String currency = r.get(SESSION_LIMIT.CURRENCY);
    Long energy = r.get(SESSION_LIMIT.ENERGY_MWH);
    Integer seconds = r.get(SESSION_LIMIT.SECONDS);
    return new Row(
        r.get(SESSION_LIMIT.SESSION_ID),
        r.get(SESSION_LIMIT.OPERATOR_ID),
        r.get(SESSION_LIMIT.STATION_ID),
        new OrderLimits(
            minor == null || currency == null ? null : new Money(currency, minor),
            energy == null ? null : new Energy(energy),
            seconds == null ? null : Duration.ofSeconds(seconds),
            r.get(SESSION_LIMIT.SOC_PERCENT)),
        r.get(SESSION_LIMIT.SET_AT),
        r.get(SESSION_LIMIT.SET_BY),
        r.get(SESSION_LIMIT.REACHED),
        r.get(SESSION_LIMIT.REACHED_AT),
        r.get(SESSION_LIMIT.STOP_TRIES),
        r.get(SESSION_LIMIT.STOP_ANSWER),
        r.get(SESSION_LIMIT.STOP_AT));
  }
}
