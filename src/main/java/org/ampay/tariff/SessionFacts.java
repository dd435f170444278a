package org.ampay.tariff;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything of a session that its price depends on, besides the tariff.
 *
 * @param segments in the order of time, not overlapping, at least one; a gap is billed as nothing
 */
public record SessionFacts(List<Segment> segments) {

  private static final int FORMAT = 1;
  private static final int NANOS = 9;

  public SessionFacts {
    segments = List.copyOf(segments);
    Checks.require(!segments.isEmpty(), "segments", "must not be empty");
    Checks.require(
        segments.size() <= JsonFields.MAX_LIST,
        "segments",
        "must have at most " + JsonFields.MAX_LIST);
    for (int i = 1; i < segments.size(); i++) {
      Checks.require(
          !segments.get(i).from().isBefore(segments.get(i - 1).to()),
          "segments[" + i + "].from",
          "must not be before the end of the segment before it");
    }
  }

  /**
   * Compact canonical JSON, equal for equal facts:
   *
   * <pre>{"v":1,"at":"2025-06-03T10:00:00Z","seg":[["C",0,3600,20.5,11,16,"FAST"]]}</pre>
   *
   * A segment is state (C charging, P parking, R reservation, X expired), seconds since the end of
   * the one before, its own seconds, kWh, and as far as known kW, A and the tariff's id.
   */
  public String toJson() {
    return TariffWriter.text(tree());
  }

  /**
   * The facts that {@link #toJson} wrote.
   *
   * @throws InvalidInputException when the text is something else
   */
  public static SessionFacts parse(String json) {
    SessionFacts canonical = CanonicalFacts.read(json);
    return canonical == null ? parseAny(json) : canonical;
  }

  /** Reads them field by field; what is wrong gets its path. */
  static SessionFacts parseAny(String json) {
    JsonFields fields = JsonFields.of(TariffJson.readTree(json), "");
    Checks.require(fields.requiredInt("v") == FORMAT, "v", "must be " + FORMAT);
    fields.required("at");
    Instant at = fields.instant("at");
    List<JsonNode> rows = fields.list("seg", (node, path) -> node);
    fields.end();
    List<Segment> segments = new ArrayList<>(rows.size());
    Instant last = at == null ? Instant.EPOCH : at;
    for (int i = 0; i < rows.size(); i++) {
      Segment segment = segment(rows.get(i), last, "seg[" + i + "]");
      segments.add(segment);
      last = segment.to();
    }
    return new SessionFacts(segments);
  }

  private ObjectNode tree() {
    Instant last = segments.getFirst().from();
    ObjectNode node = TariffWriter.NODES.objectNode();
    node.put("v", FORMAT);
    node.put("at", last.toString());
    ArrayNode rows = node.putArray("seg");
    for (Segment segment : segments) {
      ArrayNode row = rows.addArray();
      row.add(segment.state().code());
      row.add(seconds(last, segment.from()));
      row.add(seconds(segment.from(), segment.to()));
      row.add(segment.kwh());
      addRest(row, segment);
      last = segment.to();
    }
    return node;
  }

  private static void addRest(ArrayNode row, Segment segment) {
    boolean tariff = segment.tariffId() != null;
    boolean current = tariff || segment.currentA() != null;
    if (current || segment.powerKw() != null) {
      row.add(segment.powerKw());
    }
    if (current) {
      row.add(segment.currentA());
    }
    if (tariff) {
      row.add(segment.tariffId());
    }
  }

  private static Segment segment(JsonNode row, Instant last, String path) {
    Checks.require(row.isArray() && row.size() >= 4 && row.size() <= 7, path, "is no segment");
    SegmentState state =
        JsonFields.choose(row.get(0).asText(), SegmentState.values(), SegmentState::code, path);
    Instant from = last.plus(duration(row.get(1), path));
    Instant to = from.plus(duration(row.get(2), path));
    JsonNode tariff = row.get(6);
    try {
      return new Segment(
          from,
          to,
          state,
          JsonFields.decimal(row.get(3), path),
          optional(row.get(4), path),
          optional(row.get(5), path),
          tariff == null ? null : tariff.asText());
    } catch (InvalidInputException e) {
      throw e.under(path);
    }
  }

  private static @Nullable BigDecimal optional(@Nullable JsonNode node, String path) {
    return node == null || node.isNull() ? null : JsonFields.decimal(node, path);
  }

  private static BigDecimal seconds(Instant from, Instant to) {
    Duration duration = Duration.between(from, to);
    BigDecimal seconds =
        BigDecimal.valueOf(duration.getSeconds())
            .add(BigDecimal.valueOf(duration.getNano(), NANOS))
            .stripTrailingZeros();
    return seconds.scale() < 0 ? seconds.setScale(0) : seconds;
  }

  private static Duration duration(JsonNode node, String path) {
    BigDecimal nanos = JsonFields.decimal(node, path).movePointRight(NANOS);
    Checks.require(
        nanos.stripTrailingZeros().scale() <= 0 && nanos.precision() <= 19,
        path,
        "times are whole nanoseconds");
    try {
      return Duration.ofNanos(nanos.longValueExact());
    } catch (ArithmeticException e) {
      throw new InvalidInputException(path, "the time is out of range");
    }
  }
}
