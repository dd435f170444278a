package org.ampay.ocpi.session;

import static org.ampay.store.tables.Tables.OCPI_SESSION;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ampay.ocpi.OcpiVersion;
import org.ampay.ocpi.http.PageQuery;
import org.ampay.store.Rows;
import org.ampay.store.SqlTx;
import org.ampay.store.Tx;
import org.jooq.Condition;
import org.jooq.Field;

/** Sessions as partners are told them. */
public final class OcpiSessionStore {

  private static final List<Field<?>> COLUMNS =
      List.of(
          OCPI_SESSION.SESSION_ID,
          OCPI_SESSION.PARTNER_ID,
          OCPI_SESSION.OPERATOR_ID,
          OCPI_SESSION.STATUS,
          OCPI_SESSION.LAST_UPDATED,
          OCPI_SESSION.CONTENT_HASH,
          OCPI_SESSION.BODY_221,
          OCPI_SESSION.BODY_230);

  private static final List<Field<?>> CHANGING =
      List.of(
          OCPI_SESSION.STATUS,
          OCPI_SESSION.LAST_UPDATED,
          OCPI_SESSION.CONTENT_HASH,
          OCPI_SESSION.BODY_221,
          OCPI_SESSION.BODY_230);

  /** What was told last. */
  public record Told(RoamingState.Status status, Instant lastUpdated, byte[] hash) {}

  /** What is told now. */
  public record Row(
      long sessionId,
      long partnerId,
      long operatorId,
      RoamingState.Status status,
      Instant lastUpdated,
      byte[] hash,
      Map<OcpiVersion, String> texts) {}

  /** A part of a list. */
  public record Page(List<String> texts, long total) {}

  /** What was told of sessions; locked. */
  public Map<Long, Told> told(Tx tx, Collection<Long> ids) {
    Map<Long, Told> told = new HashMap<>();
    SqlTx.of(tx)
        .dsl()
        .select(
            OCPI_SESSION.SESSION_ID,
            OCPI_SESSION.STATUS,
            OCPI_SESSION.LAST_UPDATED,
            OCPI_SESSION.CONTENT_HASH)
        .from(OCPI_SESSION)
        .where(OCPI_SESSION.SESSION_ID.in(ids))
        .orderBy(OCPI_SESSION.SESSION_ID)
        .forUpdate()
        .forEach(
            r ->
                told.put(
                    r.value1(),
                    new Told(RoamingState.Status.valueOf(r.value2()), r.value3(), r.value4())));
    return told;
  }

  /** Stores what is told now. */
  public void put(Tx tx, List<Row> rows) {
    Rows.overwrite(
        tx,
        OCPI_SESSION,
        COLUMNS,
        CHANGING,
        rows.stream()
            .map(
                row ->
                    new Object[] {
                      row.sessionId(),
                      row.partnerId(),
                      row.operatorId(),
                      row.status().name(),
                      row.lastUpdated(),
                      row.hash(),
                      row.texts().get(OcpiVersion.V2_2_1),
                      row.texts().get(OcpiVersion.V2_3_0)
                    })
            .toList());
  }

  /** One of a partner's; empty: it has none of that id. */
  public Optional<String> text(Tx tx, long partnerId, long sessionId, OcpiVersion version) {
    return SqlTx.of(tx)
        .dsl()
        .select(body(version))
        .from(OCPI_SESSION)
        .where(OCPI_SESSION.SESSION_ID.eq(sessionId))
        .and(OCPI_SESSION.PARTNER_ID.eq(partnerId))
        .fetchOptional(body(version));
  }

  /** The newest of a partner's that changed since. */
  List<Long> since(Tx tx, long partnerId, Instant since, int limit) {
    return SqlTx.of(tx)
        .dsl()
        .select(OCPI_SESSION.SESSION_ID)
        .from(OCPI_SESSION)
        .where(OCPI_SESSION.PARTNER_ID.eq(partnerId))
        .and(OCPI_SESSION.LAST_UPDATED.ge(since))
        .orderBy(OCPI_SESSION.LAST_UPDATED.desc(), OCPI_SESSION.SESSION_ID.desc())
        .limit(limit)
        .fetch(OCPI_SESSION.SESSION_ID);
  }

  /** The status of one of a partner's; empty: it has none of that id. */
  public Optional<RoamingState.Status> status(Tx tx, long partnerId, long sessionId) {
    return SqlTx.of(tx)
        .dsl()
        .select(OCPI_SESSION.STATUS)
        .from(OCPI_SESSION)
        .where(OCPI_SESSION.SESSION_ID.eq(sessionId))
        .and(OCPI_SESSION.PARTNER_ID.eq(partnerId))
        .fetchOptional(r -> RoamingState.Status.valueOf(r.value1()));
  }

  /** Keeps what the driver wants. */
  public void prefer(Tx tx, long partnerId, long sessionId, String profileType) {
    SqlTx.of(tx)
        .dsl()
        .update(OCPI_SESSION)
        .set(OCPI_SESSION.PREFERENCES, profileType)
        .where(OCPI_SESSION.SESSION_ID.eq(sessionId))
        .and(OCPI_SESSION.PARTNER_ID.eq(partnerId))
        .execute();
  }

  /** A part of what a partner may pull, what changed longest ago first. */
  public Page page(Tx tx, long partnerId, OcpiVersion version, PageQuery query) {
    Condition where = OCPI_SESSION.PARTNER_ID.eq(partnerId);
    if (query.from() != null) {
      where = where.and(OCPI_SESSION.LAST_UPDATED.ge(roundedUp(query.from())));
    }
    if (query.to() != null) {
      where = where.and(OCPI_SESSION.LAST_UPDATED.lt(roundedUp(query.to())));
    }
    var dsl = SqlTx.of(tx).dsl();
    long total = dsl.fetchCount(OCPI_SESSION, where);
    if (query.offset() >= total || query.limit() < 1) {
      return new Page(List.of(), total);
    }
    // The index alone is walked up to the offset; only the page's rows are read.
    List<Long> ids =
        dsl.select(OCPI_SESSION.SESSION_ID)
            .from(OCPI_SESSION)
            .where(where)
            .orderBy(OCPI_SESSION.LAST_UPDATED, OCPI_SESSION.SESSION_ID)
            .limit(query.limit())
            .offset(query.offset())
            .fetch(OCPI_SESSION.SESSION_ID);
    List<String> texts =
        dsl.select(body(version))
            .from(OCPI_SESSION)
            .where(OCPI_SESSION.SESSION_ID.in(ids))
            .orderBy(OCPI_SESSION.LAST_UPDATED, OCPI_SESSION.SESSION_ID)
            .fetch(body(version));
    return new Page(texts, total);
  }

  /** Times are kept to the millisecond. */
  private static Instant roundedUp(Instant at) {
    Instant millis = at.truncatedTo(ChronoUnit.MILLIS);
    return millis.equals(at) ? at : millis.plusMillis(1);
  }

  private static Field<String> body(OcpiVersion version) {
    return switch (version) {
      case V2_2_1 -> OCPI_SESSION.BODY_221;
      case V2_3_0 -> OCPI_SESSION.BODY_230;
    };
  }
}
