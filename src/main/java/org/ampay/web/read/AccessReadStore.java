package org.ampay.web.read;

import static org.ampay.store.tables.Tables.DRIVER;
import static org.ampay.store.tables.Tables.ID_TOKEN;
import static org.ampay.store.tables.Tables.STATION;
import static org.ampay.store.tables.Tables.UNKNOWN_TOKEN;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.ampay.store.Database;
import org.jooq.Condition;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Tokens and drivers in lists. */
public final class AccessReadStore extends ScopeStore {

  public AccessReadStore(Database database) {
    super(database);
  }

  /** A token with its driver's name. */
  public record TokenRow(
      long id,
      long operatorId,
      String uid,
      String type,
      @Nullable String group,
      @Nullable Long driverId,
      @Nullable String driverName,
      @Nullable Instant expiresAt,
      boolean blocked,
      int maxConcurrent,
      @Nullable String allowedEvses,
      @Nullable String evseType,
      Instant createdAt) {}

  /** A token that stations sent and nobody knows. */
  public record UnknownTokenRow(
      String uid, String type, String station, Instant firstSeen, Instant lastSeen, int seen) {}

  /** A driver. */
  public record DriverRow(
      long id,
      long operatorId,
      String name,
      @Nullable String email,
      @Nullable String phone,
      @Nullable String language,
      @Nullable Long groupId,
      Instant createdAt) {}

  /** Tokens of that uid, compared without case: one an operator. */
  public List<TokenRow> tokensOf(Scope scope, String uidKey) {
    return tokens(in(scope, ID_TOKEN.OPERATOR_ID).and(ID_TOKEN.UID_KEY.eq(uidKey)), 2);
  }

  /**
   * Tokens in the order of their ids, after {@code afterId}.
   *
   * @param search part of the uid or of the driver's name; empty: all
   */
  public List<TokenRow> tokens(Scope scope, String search, long afterId, int limit) {
    Condition condition =
        in(scope, ID_TOKEN.OPERATOR_ID)
            .and(ID_TOKEN.ID.gt(afterId))
            .and(ID_TOKEN.ORDER_ID.isNull());
    if (!search.isBlank()) {
      condition = condition.and(found(search, ID_TOKEN.UID_KEY).or(found(search, DRIVER.NAME)));
    }
    return tokens(condition, limit);
  }

  /** The tokens of a driver the caller has found in its scope. */
  public List<TokenRow> tokensOfDriver(long driverId, int limit) {
    return tokens(ID_TOKEN.DRIVER_ID.eq(driverId), limit);
  }

  private List<TokenRow> tokens(Condition condition, int limit) {
    return dsl()
        .select(ID_TOKEN.fields())
        .select(DRIVER.NAME)
        .from(ID_TOKEN)
        .leftJoin(DRIVER)
        .on(DRIVER.ID.eq(ID_TOKEN.DRIVER_ID))
        .where(condition)
        .orderBy(ID_TOKEN.ID)
        .limit(limit)
        .fetch(AccessReadStore::token);
  }

  /** Unknown tokens, last seen first. */
  public List<UnknownTokenRow> unknownTokens(Scope scope, int limit) {
    return dsl()
        .select(UNKNOWN_TOKEN.fields())
        .select(STATION.IDENTITY)
        .from(UNKNOWN_TOKEN)
        .leftJoin(STATION)
        .on(STATION.ID.eq(UNKNOWN_TOKEN.STATION_ID))
        .where(in(scope, UNKNOWN_TOKEN.OPERATOR_ID))
        .orderBy(UNKNOWN_TOKEN.LAST_SEEN.desc())
        .limit(limit)
        .fetch(
            r ->
                new UnknownTokenRow(
                    r.get(UNKNOWN_TOKEN.UID),
                    r.get(UNKNOWN_TOKEN.TYPE),
                    Optional.ofNullable(r.get(STATION.IDENTITY)).orElse("?"),
                    r.get(UNKNOWN_TOKEN.FIRST_SEEN),
                    r.get(UNKNOWN_TOKEN.LAST_SEEN),
                    r.get(UNKNOWN_TOKEN.SEEN)));
  }

  public Optional<DriverRow> driver(Scope scope, long id) {
    Condition shown = DRIVER.ID.eq(id).and(DRIVER.KIND.ne("partner"));
    return drivers(in(scope, DRIVER.OPERATOR_ID).and(shown), 1).stream().findFirst();
  }

  /**
   * Drivers in the order of their ids, after {@code afterId}.
   *
   * @param search part of the name, e-mail or phone; empty: all
   */
  public List<DriverRow> drivers(Scope scope, String search, long afterId, int limit) {
    Condition condition =
        in(scope, DRIVER.OPERATOR_ID).and(DRIVER.ID.gt(afterId)).and(DRIVER.KIND.eq("person"));
    if (!search.isBlank()) {
      condition =
          condition.and(
              found(search, DRIVER.NAME)
                  .or(found(search, DRIVER.EMAIL))
                  .or(found(search, DRIVER.PHONE)));
    }
    return drivers(condition, limit);
  }

  private List<DriverRow> drivers(Condition condition, int limit) {
    return dsl()
        .selectFrom(DRIVER)
        .where(condition)
        .orderBy(DRIVER.ID)
        .limit(limit)
        .fetch(AccessReadStore::driver);
  }

  private static Condition found(String search, org.jooq.Field<String> field) {
    return DSL.lower(field).like(DSL.lower(DSL.val(anywhere(search.strip()))), '!');
  }

  private static TokenRow token(Record r) {
    return new TokenRow(
        r.get(ID_TOKEN.ID),
        r.get(ID_TOKEN.OPERATOR_ID),
        r.get(ID_TOKEN.UID),
        r.get(ID_TOKEN.TYPE),
        r.get(ID_TOKEN.GROUP_TOKEN),
        r.get(ID_TOKEN.DRIVER_ID),
        r.get(DRIVER.NAME),
        r.get(ID_TOKEN.EXPIRES_AT),
        r.get(ID_TOKEN.BLOCKED),
        r.get(ID_TOKEN.MAX_CONCURRENT),
        r.get(ID_TOKEN.ALLOWED_EVSES),
        r.get(ID_TOKEN.EVSE_TYPE),
        r.get(ID_TOKEN.CREATED_AT));
  }

  private static DriverRow driver(Record r) {
    return new DriverRow(
        r.get(DRIVER.ID),
        r.get(DRIVER.OPERATOR_ID),
        r.get(DRIVER.NAME),
        r.get(DRIVER.EMAIL),
        r.get(DRIVER.PHONE),
        r.get(DRIVER.LANGUAGE),
        r.get(DRIVER.GROUP_ID),
        r.get(DRIVER.CREATED_AT));
  }
}
