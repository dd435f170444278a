package org.ampay.web.read;

import static org.ampay.store.tables.Tables.MESSAGE_LOG;
import static org.ampay.store.tables.Tables.STATION;

import java.nio.charset.StandardCharsets;
import java.sql.SQLTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.ampay.store.Database;
import org.ampay.web.http.Problem;
import org.jooq.Condition;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** The message log, as pages and the API show it. */
public final class MessageReadStore {

  /** A search that takes longer is given up: the database has other work. */
  private static final int MOST_SECONDS = 10;

  /** Entries are stored up to a second late, and clocks are set right now and then. */
  private static final Duration SLACK = Duration.ofMinutes(5);

  private final Database database;

  public MessageReadStore(Database database) {
    this.database = database;
  }

  /**
   * A logged frame.
   *
   * @param direction {@code in} from the station, {@code out} to it
   * @param action null: of an answer to nothing that was asked
   * @param errorCode of a CALLERROR
   * @param protocol that the station spoke last
   */
  public record Message(
      long id,
      Instant at,
      String station,
      @Nullable String protocol,
      String direction,
      @Nullable String action,
      @Nullable String messageId,
      @Nullable String errorCode,
      String frame) {}

  /**
   * Which messages.
   *
   * @param station identity; null: of all
   * @param error only CALLERRORs, or those of one code; null: all
   * @param messageId its beginning; null: any
   */
  public record Filter(
      @Nullable String station,
      @Nullable String action,
      @Nullable String direction,
      @Nullable String error,
      @Nullable String messageId,
      @Nullable Instant from,
      @Nullable Instant to) {

    /** Any CALLERROR. */
    public static final String ANY_ERROR = "any";

    /** Everything of one station. */
    public static Filter ofStation(String identity) {
      return new Filter(identity, null, null, null, null, null, null);
    }
  }

  /** The newest with an id below {@code beforeId}. */
  public List<Message> newest(Scope scope, Filter filter, long beforeId, int limit) {
    return select(scope, filter, MESSAGE_LOG.ID.lt(beforeId), true, limit);
  }

  /** The oldest with an id above {@code afterId}, in their order. */
  public List<Message> after(Scope scope, Filter filter, long afterId, int limit) {
    return select(scope, filter, MESSAGE_LOG.ID.gt(afterId), false, limit);
  }

  public Optional<Message> find(Scope scope, long id) {
    return select(
            scope,
            new Filter(null, null, null, null, null, null, null),
            MESSAGE_LOG.ID.eq(id),
            true,
            1)
        .stream()
        .findFirst();
  }

  /** The id of the newest entry; 0 when there is none. */
  public long lastId() {
    return database
        .dsl()
        .select(MESSAGE_LOG.ID)
        .from(MESSAGE_LOG)
        .orderBy(MESSAGE_LOG.ID.desc())
        .limit(1)
        .fetchOptional(MESSAGE_LOG.ID)
        .orElse(0L);
  }

  private List<Message> select(
      Scope scope, Filter filter, Condition where, boolean newestFirst, int limit) {
    try {
      return find(scope, filter, where, newestFirst, limit);
    } catch (RuntimeException e) {
      if (isTimeout(e)) {
        throw Problem.other(422, "search-too-wide", "Name a station or a shorter time").exception();
      }
      throw e;
    }
  }

  private static boolean isTimeout(RuntimeException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLTimeoutException) {
        return true;
      }
    }
    return false;
  }

  private List<Message> find(
      Scope scope, Filter filter, Condition where, boolean newestFirst, int limit) {
    return database
        .dsl()
        .select(MESSAGE_LOG.fields())
        .select(STATION.IDENTITY, STATION.PROTOCOL)
        .from(MESSAGE_LOG)
        .join(STATION)
        .on(STATION.ID.eq(MESSAGE_LOG.STATION_ID))
        .where(where)
        .and(in(scope))
        .and(of(filter))
        .orderBy(newestFirst ? MESSAGE_LOG.ID.desc() : MESSAGE_LOG.ID.asc())
        .limit(limit)
        .queryTimeout(MOST_SECONDS)
        .fetch(MessageReadStore::message);
  }

  private static Condition in(Scope scope) {
    return ScopeStore.in(scope, STATION.OPERATOR_ID);
  }

  private Condition of(Filter filter) {
    Condition condition = DSL.noCondition();
    if (filter.station() != null) {
      // The number, so that the index of a station's messages is used.
      Long id =
          database
              .dsl()
              .select(STATION.ID)
              .from(STATION)
              .where(STATION.IDENTITY.eq(filter.station()))
              .fetchOne(STATION.ID);
      condition = condition.and(MESSAGE_LOG.STATION_ID.eq(id == null ? -1L : id));
    }
    if (filter.action() != null) {
      condition = condition.and(MESSAGE_LOG.ACTION.eq(filter.action()));
    }
    if (filter.direction() != null) {
      condition = condition.and(MESSAGE_LOG.DIRECTION.eq(filter.direction()));
    }
    if (filter.error() != null) {
      condition =
          condition.and(
              filter.error().equals(Filter.ANY_ERROR)
                  ? MESSAGE_LOG.ERROR_CODE.isNotNull()
                  : MESSAGE_LOG.ERROR_CODE.eq(filter.error()));
    }
    if (filter.messageId() != null) {
      condition = condition.and(MESSAGE_LOG.MESSAGE_ID.startsWith(filter.messageId()));
    }
    if (filter.from() != null) {
      condition =
          condition
              .and(MESSAGE_LOG.LOGGED_AT.ge(filter.from()))
              .and(MESSAGE_LOG.ID.ge(idAt(filter.from().minus(SLACK))));
    }
    if (filter.to() != null) {
      condition =
          condition
              .and(MESSAGE_LOG.LOGGED_AT.lt(filter.to()))
              .and(MESSAGE_LOG.ID.le(idAt(filter.to().plus(SLACK))));
    }
    return condition;
  }

  /**
   * An id near which the log was at that time: ids grow with time, so that a search in the past
   * need not read everything since, and the log needs no further index.
   */
  private long idAt(Instant time) {
    long low = 0;
    long high = lastId() + 1;
    while (high - low > 1) {
      long middle = low + (high - low) / 2;
      Optional<Record> next =
          database
              .dsl()
              .select(MESSAGE_LOG.ID, MESSAGE_LOG.LOGGED_AT)
              .from(MESSAGE_LOG)
              .where(MESSAGE_LOG.ID.ge(middle))
              .orderBy(MESSAGE_LOG.ID)
              .limit(1)
              .fetchOptional()
              .map(found -> found);
      if (next.isEmpty() || !next.get().get(MESSAGE_LOG.LOGGED_AT).isBefore(time)) {
        high = middle;
      } else {
        low = next.get().get(MESSAGE_LOG.ID);
      }
    }
    return high;
  }

  private static Message message(Record r) {
    return new Message(
        r.get(MESSAGE_LOG.ID),
        r.get(MESSAGE_LOG.LOGGED_AT),
        r.get(STATION.IDENTITY),
        r.get(STATION.PROTOCOL),
        r.get(MESSAGE_LOG.DIRECTION),
        r.get(MESSAGE_LOG.ACTION),
        r.get(MESSAGE_LOG.MESSAGE_ID),
        r.get(MESSAGE_LOG.ERROR_CODE),
        new String(r.get(MESSAGE_LOG.FRAME), StandardCharsets.UTF_8));
  }
}
