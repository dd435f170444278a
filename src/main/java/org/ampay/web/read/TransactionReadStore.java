package org.ampay.web.read;

import static org.ampay.store.tables.Tables.METER_READING;
import static org.ampay.store.tables.Tables.QUARANTINE;
import static org.ampay.store.tables.Tables.SESSION_FACT;
import static org.ampay.store.tables.Tables.SESSION_RESOLUTION;
import static org.ampay.store.tables.Tables.STATION;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ampay.base.Energy;
import org.ampay.store.Database;
import org.ampay.web.http.JsonCodec;
import org.ampay.web.read.SessionReadStore.SessionRow;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/** What stations and people said of sessions besides their readings; quarantined frames. */
public final class TransactionReadStore extends ScopeStore {

  private static final Duration AROUND = Duration.ofDays(1);
  private static final int MOST_EVENTS = 5_000;
  private static final int MOST_SIGNED = 2_000;

  public TransactionReadStore(Database database) {
    super(database);
  }

  /**
   * An event of OCPP 2.0.1.
   *
   * @param words type, triggerReason, chargingState, {@code offline}, {@code remote=}
   */
  public record EventRow(Instant at, int seqNo, String words) {

    public String type() {
      String type = words.split(" ", -1)[0];
      return type.isEmpty()
          ? type
          : type.charAt(0) + type.substring(1).toLowerCase(java.util.Locale.ROOT);
    }

    public String rest() {
      int space = words.indexOf(' ');
      return space < 0 ? "" : words.substring(space + 1);
    }
  }

  /** What a person decided about a session. */
  public record ResolutionRow(
      String decision,
      @Nullable Energy meterStart,
      @Nullable Energy meterStop,
      String actor,
      String note,
      Instant at) {}

  /**
   * A signed meter value, byte for byte.
   *
   * @param data what was signed and its signature, in the encoding that the meter uses
   * @param encoding {@code OCMF} ...; null in OCPP 1.6, which does not say
   */
  public record SignedRow(
      Instant at,
      @Nullable String context,
      @Nullable String measurand,
      String data,
      @Nullable String signingMethod,
      @Nullable String encoding,
      @Nullable String publicKey) {}

  /** A quarantined frame. */
  public record FrameRow(
      long id,
      long operatorId,
      String station,
      Instant receivedAt,
      String protocol,
      String frame,
      String reason,
      @Nullable Instant resolvedAt,
      @Nullable String resolvedBy,
      @Nullable String resolution) {}

  /** The events of a session that the caller has found in its scope, in the order of their time. */
  public List<EventRow> events(SessionRow session) {
    Instant stopped = session.stoppedAt();
    long last = stopped == null ? Long.MAX_VALUE : stopped.plus(AROUND).toEpochMilli();
    return dsl()
        .select(SESSION_FACT.FACT_MS, SESSION_FACT.SEQ_NO, SESSION_FACT.EVENT)
        .from(SESSION_FACT)
        .where(SESSION_FACT.STATION_ID.eq(session.stationId()))
        .and(SESSION_FACT.FACT_MS.ge(session.startedAt().minus(AROUND).toEpochMilli()))
        .and(SESSION_FACT.FACT_MS.le(last))
        .and(SESSION_FACT.SESSION_ID.eq(session.id()))
        .and(SESSION_FACT.SEQ_NO.isNotNull())
        .orderBy(SESSION_FACT.FACT_MS, SESSION_FACT.SEQ_NO)
        .limit(MOST_EVENTS)
        .fetch(
            r ->
                new EventRow(
                    Instant.ofEpochMilli(r.value1()), r.value2(), String.valueOf(r.value3())));
  }

  /** The decision about a session, when there was one. */
  public Optional<ResolutionRow> resolution(long sessionId) {
    return dsl()
        .selectFrom(SESSION_RESOLUTION)
        .where(SESSION_RESOLUTION.SESSION_ID.eq(sessionId))
        .fetchOptional(
            r ->
                new ResolutionRow(
                    r.getDecision(),
                    energy(r.getMeterStartMwh()),
                    energy(r.getMeterStopMwh()),
                    r.getActor(),
                    r.getNote(),
                    r.getResolvedAt()));
  }

  /** The signed values of a session, in the order of receipt. */
  public List<SignedRow> signed(long sessionId) {
    List<SignedRow> signed = new ArrayList<>();
    dsl()
        .select(METER_READING.READ_AT, METER_READING.CONTEXT, METER_READING.EXTRA)
        .from(METER_READING)
        .where(METER_READING.SESSION_ID.eq(sessionId))
        .and(METER_READING.EXTRA.isNotNull())
        .and(METER_READING.EXTRA.contains("igned"))
        .orderBy(METER_READING.ID)
        .limit(MOST_SIGNED)
        .forEach(
            r -> {
              for (JsonNode value : JsonCodec.tree(r.value3())) {
                signed(r.value1(), r.value2(), value).ifPresent(signed::add);
              }
            });
    return signed;
  }

  private static Optional<SignedRow> signed(Instant at, @Nullable String context, JsonNode value) {
    String measurand = text(value, "measurand");
    if ("SignedData".equals(value.path("format").textValue())) {
      String data = text(value, "value");
      return data == null
          ? Optional.empty()
          : Optional.of(new SignedRow(at, context, measurand, data, null, null, null));
    }
    JsonNode signed = value.path("signedMeterValue");
    String data = text(signed, "signedMeterData");
    return data == null
        ? Optional.empty()
        : Optional.of(
            new SignedRow(
                at,
                context,
                measurand,
                data,
                text(signed, "signingMethod"),
                text(signed, "encodingMethod"),
                text(signed, "publicKey")));
  }

  private static @Nullable String text(JsonNode node, String field) {
    return node.path(field).textValue();
  }

  /** Quarantined frames with an id below {@code beforeId}, newest first. */
  public List<FrameRow> frames(Scope scope, boolean open, long beforeId, int limit) {
    return dsl()
        .select(QUARANTINE.fields())
        .select(STATION.IDENTITY, STATION.OPERATOR_ID)
        .from(QUARANTINE)
        .join(STATION)
        .on(STATION.ID.eq(QUARANTINE.STATION_ID))
        .where(in(scope, STATION.OPERATOR_ID))
        .and(QUARANTINE.ID.lt(beforeId))
        .and(open ? QUARANTINE.RESOLVED_AT.isNull() : QUARANTINE.RESOLVED_AT.isNotNull())
        .orderBy(QUARANTINE.ID.desc())
        .limit(limit)
        .fetch(TransactionReadStore::frame);
  }

  /** A quarantined frame. */
  public Optional<FrameRow> frame(Scope scope, long id) {
    return dsl()
        .select(QUARANTINE.fields())
        .select(STATION.IDENTITY, STATION.OPERATOR_ID)
        .from(QUARANTINE)
        .join(STATION)
        .on(STATION.ID.eq(QUARANTINE.STATION_ID))
        .where(in(scope, STATION.OPERATOR_ID))
        .and(QUARANTINE.ID.eq(id))
        .fetchOptional(TransactionReadStore::frame);
  }

  /** A person has dealt with a frame that the caller has found in its scope; false: another has. */
  public boolean resolve(long id, String actor, String note, Instant at) {
    return dsl()
            .update(QUARANTINE)
            .set(QUARANTINE.RESOLVED_AT, at)
            .set(QUARANTINE.RESOLVED_BY, actor)
            .set(QUARANTINE.RESOLUTION, note)
            .where(QUARANTINE.ID.eq(id))
            .and(QUARANTINE.RESOLVED_AT.isNull())
            .execute()
        == 1;
  }

  private static FrameRow frame(Record r) {
    return new FrameRow(
        r.get(QUARANTINE.ID),
        r.get(STATION.OPERATOR_ID),
        r.get(STATION.IDENTITY),
        r.get(QUARANTINE.RECEIVED_AT),
        r.get(QUARANTINE.PROTOCOL),
        new String(r.get(QUARANTINE.FRAME), StandardCharsets.UTF_8),
        r.get(QUARANTINE.REASON),
        r.get(QUARANTINE.RESOLVED_AT),
        r.get(QUARANTINE.RESOLVED_BY),
        r.get(QUARANTINE.RESOLUTION));
  }

  private static @Nullable Energy energy(@Nullable Long milliWh) {
    return milliWh == null ? null : new Energy(milliWh);
  }
}
