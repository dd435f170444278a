package org.ampay.ocpi.cdr;

import static org.ampay.store.tables.Tables.OCPI_CDR;
import static org.ampay.store.tables.Tables.OCPI_CDR_FEED;
import static org.ampay.store.tables.Tables.OCPI_CDR_HELD;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.ampay.base.Money;
import org.ampay.ocpi.OcpiVersion;
import org.ampay.ocpi.http.PageQuery;
import org.ampay.store.Rows;
import org.ampay.store.SqlTx;
import org.ampay.store.Tx;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * CDRs as they were handed out. Each partner has a sequence without gaps in the order of {@code
 * last_updated}; a row of the feed is locked while it grows. So a page is a range of the primary
 * key, and how many match is a difference: both cost the same wherever the page begins.
 */
public final class CdrStore {

  private static final int MAX_REASON = 1_000;
  private static final int MAX_LOCATION = 500;

  private static final List<Field<?>> COLUMNS =
      List.of(
          OCPI_CDR.PARTNER_ID,
          OCPI_CDR.SEQ,
          OCPI_CDR.CDR_ID,
          OCPI_CDR.KIND,
          OCPI_CDR.OPERATOR_ID,
          OCPI_CDR.SESSION_ID,
          OCPI_CDR.BILL_ID,
          OCPI_CDR.CURRENCY,
          OCPI_CDR.EXCL_MINOR,
          OCPI_CDR.INCL_MINOR,
          OCPI_CDR.REPRICED,
          OCPI_CDR.LAST_UPDATED,
          OCPI_CDR.BODY_221,
          OCPI_CDR.BODY_230);

  /** What a CDR is to those before it. */
  public enum Kind {
    CHARGE,
    /** Takes the one before it back. */
    CREDIT,
    /** What is left after a credit. */
    CORRECTED;

    String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Where a partner's feed stands; locked.
   *
   * @param seq the last one's; 0: none yet
   * @param at no CDR may be older
   */
  public record Feed(long partnerId, long seq, Instant at) {}

  /**
   * A CDR.
   *
   * @param excl of its total cost, below 0 in a credit
   */
  public record Row(
      long partnerId,
      long seq,
      String id,
      Kind kind,
      long operatorId,
      long sessionId,
      long billId,
      Money excl,
      Money incl,
      Instant lastUpdated,
      CdrTexts texts) {}

  /** A part of a feed. */
  public record Page(List<String> texts, long total) {}

  /** A session whose CDR cannot be told as it is. */
  public record Held(
      long sessionId,
      long partnerId,
      long operatorId,
      long billId,
      String reason,
      Instant heldAt) {}

  /** Locks a partner's feed; {@code now} is not before the last one's time. */
  public Feed lock(Tx tx, long partnerId, Instant now) {
    Rows.insertMissing(
        tx,
        OCPI_CDR_FEED,
        List.of(OCPI_CDR_FEED.PARTNER_ID, OCPI_CDR_FEED.LAST_SEQ, OCPI_CDR_FEED.LAST_AT),
        List.<Object[]>of(new Object[] {partnerId, 0L, now}));
    return SqlTx.of(tx)
        .dsl()
        .selectFrom(OCPI_CDR_FEED)
        .where(OCPI_CDR_FEED.PARTNER_ID.eq(partnerId))
        .forUpdate()
        .fetchSingle(
            r ->
                new Feed(
                    partnerId, r.getLastSeq(), r.getLastAt().isAfter(now) ? r.getLastAt() : now));
  }

  /** Adds CDRs of one partner, whose feed is locked; their sequence goes on from it. */
  public void add(Tx tx, List<Row> rows) {
    if (rows.isEmpty()) {
      return;
    }
    Rows.insert(tx, OCPI_CDR, COLUMNS, rows.stream().map(CdrStore::values).toList());
    Row last = rows.getLast();
    SqlTx.of(tx)
        .dsl()
        .update(OCPI_CDR_FEED)
        .set(OCPI_CDR_FEED.LAST_SEQ, last.seq())
        .set(OCPI_CDR_FEED.LAST_AT, last.lastUpdated())
        .where(OCPI_CDR_FEED.PARTNER_ID.eq(last.partnerId()))
        .execute();
  }

  private static Object[] values(Row row) {
    return new Object[] {
      row.partnerId(),
      row.seq(),
      row.id(),
      row.kind().code(),
      row.operatorId(),
      row.sessionId(),
      row.billId(),
      row.excl().currency(),
      row.excl().minor(),
      row.incl().minor(),
      row.texts().repriced(),
      row.lastUpdated(),
      row.texts().of(OcpiVersion.V2_2_1),
      row.texts().of(OcpiVersion.V2_3_0)
    };
  }

  /** What the partner was told of a session, in the order in which it was. */
  public List<Row> ofSession(Tx tx, long partnerId, long sessionId) {
    return SqlTx.of(tx)
        .dsl()
        .selectFrom(OCPI_CDR)
        .where(OCPI_CDR.SESSION_ID.eq(sessionId))
        .and(OCPI_CDR.PARTNER_ID.eq(partnerId))
        .orderBy(OCPI_CDR.SEQ)
        .fetch(CdrStore::row);
  }

  private static Row row(Record r) {
    String currency = r.get(OCPI_CDR.CURRENCY);
    Map<OcpiVersion, String> texts = new EnumMap<>(OcpiVersion.class);
    texts.put(OcpiVersion.V2_2_1, r.get(OCPI_CDR.BODY_221));
    texts.put(OcpiVersion.V2_3_0, r.get(OCPI_CDR.BODY_230));
    return new Row(
        r.get(OCPI_CDR.PARTNER_ID),
        r.get(OCPI_CDR.SEQ),
        r.get(OCPI_CDR.CDR_ID),
        Kind.valueOf(r.get(OCPI_CDR.KIND).toUpperCase(Locale.ROOT)),
        r.get(OCPI_CDR.OPERATOR_ID),
        r.get(OCPI_CDR.SESSION_ID),
        r.get(OCPI_CDR.BILL_ID),
        new Money(currency, r.get(OCPI_CDR.EXCL_MINOR)),
        new Money(currency, r.get(OCPI_CDR.INCL_MINOR)),
        r.get(OCPI_CDR.LAST_UPDATED),
        new CdrTexts(texts, r.get(OCPI_CDR.REPRICED)));
  }

  /** One of a partner's; empty: it has none of that id. */
  public Optional<String> text(Tx tx, long partnerId, String id, OcpiVersion version) {
    return SqlTx.of(tx)
        .dsl()
        .select(body(version))
        .from(OCPI_CDR)
        .where(OCPI_CDR.PARTNER_ID.eq(partnerId))
        .and(OCPI_CDR.CDR_ID.eq(id))
        .fetchOptional(body(version));
  }

  /** The CDR of the same session that was made before; empty: it is the first. */
  Optional<String> before(Tx tx, long partnerId, String id) {
    var earlier = OCPI_CDR.as("earlier");
    return SqlTx.of(tx)
        .dsl()
        .select(earlier.CDR_ID)
        .from(OCPI_CDR)
        .join(earlier)
        .on(earlier.SESSION_ID.eq(OCPI_CDR.SESSION_ID))
        .and(earlier.PARTNER_ID.eq(OCPI_CDR.PARTNER_ID))
        .and(earlier.SEQ.lt(OCPI_CDR.SEQ))
        .where(OCPI_CDR.PARTNER_ID.eq(partnerId))
        .and(OCPI_CDR.CDR_ID.eq(id))
        .orderBy(earlier.SEQ.desc())
        .limit(1)
        .fetchOptional(earlier.CDR_ID);
  }

  /** A part of what a partner may pull. */
  public Page page(Tx tx, long partnerId, OcpiVersion version, PageQuery query) {
    long first = query.from() == null ? 1 : firstFrom(tx, partnerId, query.from());
    long end =
        query.to() == null ? lastSeq(tx, partnerId) + 1 : firstFrom(tx, partnerId, query.to());
    long total = Math.max(0, end - first);
    if (query.offset() >= total || query.limit() < 1) {
      return new Page(List.of(), total);
    }
    long from = first + query.offset();
    long to = Math.min(end, from + query.limit());
    List<String> texts =
        SqlTx.of(tx)
            .dsl()
            .select(body(version))
            .from(OCPI_CDR)
            .where(OCPI_CDR.PARTNER_ID.eq(partnerId))
            .and(OCPI_CDR.SEQ.ge(from))
            .and(OCPI_CDR.SEQ.lt(to))
            .orderBy(OCPI_CDR.SEQ)
            .fetch(body(version));
    return new Page(texts, total);
  }

  /** The sequence of the first one that is not older; behind the last when there is none. */
  private static long firstFrom(Tx tx, long partnerId, Instant at) {
    Long found =
        SqlTx.of(tx)
            .dsl()
            .select(OCPI_CDR.SEQ)
            .from(OCPI_CDR)
            .where(OCPI_CDR.PARTNER_ID.eq(partnerId))
            .and(OCPI_CDR.LAST_UPDATED.ge(roundedUp(at)))
            .orderBy(OCPI_CDR.LAST_UPDATED, OCPI_CDR.SEQ)
            .limit(1)
            .fetchOne(OCPI_CDR.SEQ);
    return found == null ? lastSeq(tx, partnerId) + 1 : found;
  }

  /** Times are kept to the millisecond. */
  private static Instant roundedUp(Instant at) {
    Instant millis = at.truncatedTo(ChronoUnit.MILLIS);
    return millis.equals(at) ? at : millis.plusMillis(1);
  }

  private static long lastSeq(Tx tx, long partnerId) {
    Long last =
        SqlTx.of(tx)
            .dsl()
            .select(DSL.max(OCPI_CDR.SEQ))
            .from(OCPI_CDR)
            .where(OCPI_CDR.PARTNER_ID.eq(partnerId))
            .fetchOne(DSL.max(OCPI_CDR.SEQ));
    return last == null ? 0 : last;
  }

  private static Field<String> body(OcpiVersion version) {
    return switch (version) {
      case V2_2_1 -> OCPI_CDR.BODY_221;
      case V2_3_0 -> OCPI_CDR.BODY_230;
    };
  }

  /** The newest of a partner's that were made since, oldest first. */
  List<String> since(Tx tx, long partnerId, Instant since, int limit) {
    return SqlTx.of(tx)
        .dsl()
        .select(OCPI_CDR.CDR_ID)
        .from(OCPI_CDR)
        .where(OCPI_CDR.PARTNER_ID.eq(partnerId))
        .and(OCPI_CDR.LAST_UPDATED.ge(since))
        .orderBy(OCPI_CDR.LAST_UPDATED.desc(), OCPI_CDR.SEQ.desc())
        .limit(limit)
        .fetch(OCPI_CDR.CDR_ID)
        .reversed();
  }

  /** Where the partner keeps a CDR; empty: it did not tell. */
  Optional<String> location(Tx tx, long partnerId, String id) {
    return SqlTx.of(tx)
        .dsl()
        .select(OCPI_CDR.LOCATION)
        .from(OCPI_CDR)
        .where(OCPI_CDR.PARTNER_ID.eq(partnerId))
        .and(OCPI_CDR.CDR_ID.eq(id))
        .and(OCPI_CDR.LOCATION.isNotNull())
        .fetchOptional(OCPI_CDR.LOCATION);
  }

  /** The partner told where it keeps a CDR. */
  public void keptAt(Tx tx, long partnerId, String id, String location) {
    SqlTx.of(tx)
        .dsl()
        .update(OCPI_CDR)
        .set(OCPI_CDR.LOCATION, location)
        .where(OCPI_CDR.PARTNER_ID.eq(partnerId))
        .and(OCPI_CDR.CDR_ID.eq(id))
        .and(DSL.condition(location.length() <= MAX_LOCATION))
        .execute();
  }

  /** Puts a session on the list for people, or changes why it is there. */
  public void hold(Tx tx, Held held) {
    String reason =
        held.reason().length() <= MAX_REASON
            ? held.reason()
            : held.reason().substring(0, MAX_REASON);
    SqlTx.of(tx)
        .dsl()
        .insertInto(OCPI_CDR_HELD)
        .set(OCPI_CDR_HELD.SESSION_ID, held.sessionId())
        .set(OCPI_CDR_HELD.PARTNER_ID, held.partnerId())
        .set(OCPI_CDR_HELD.OPERATOR_ID, held.operatorId())
        .set(OCPI_CDR_HELD.BILL_ID, held.billId())
        .set(OCPI_CDR_HELD.REASON, reason)
        .set(OCPI_CDR_HELD.HELD_AT, held.heldAt())
        .onDuplicateKeyUpdate()
        .set(OCPI_CDR_HELD.BILL_ID, held.billId())
        .set(OCPI_CDR_HELD.REASON, reason)
        .execute();
  }

  /** Takes sessions off the list. */
  public void release(Tx tx, List<Long> sessionIds) {
    SqlTx.of(tx)
        .dsl()
        .deleteFrom(OCPI_CDR_HELD)
        .where(OCPI_CDR_HELD.SESSION_ID.in(sessionIds))
        .execute();
  }

  /**
   * What is on the list, in the order of the sessions' ids.
   *
   * @param operatorId null: of all operators
   */
  public List<Held> held(Tx tx, @Nullable Long operatorId, long afterSession, int limit) {
    Condition scope =
        operatorId == null ? DSL.noCondition() : OCPI_CDR_HELD.OPERATOR_ID.eq(operatorId);
    return SqlTx.of(tx)
        .dsl()
        .selectFrom(OCPI_CDR_HELD)
        .where(scope)
        .and(OCPI_CDR_HELD.SESSION_ID.gt(afterSession))
        .orderBy(OCPI_CDR_HELD.SESSION_ID)
        .limit(limit)
        .fetch(
            r ->
                new Held(
                    r.getSessionId(),
                    r.getPartnerId(),
                    r.getOperatorId(),
                    r.getBillId(),
                    r.getReason(),
                    r.getHeldAt()));
  }
}
