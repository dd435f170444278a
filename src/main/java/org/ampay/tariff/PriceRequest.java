package org.ampay.tariff;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /api/v1/tariffs/price}: a tariff, several of them, or the id of a stored
 * one, and a session to be priced with it.
 *
 * <pre>
 * {"tariff": {OCPI tariff}, "session": {"time_zone": "Europe/Berlin", "segments": [
 *   {"from": T, "to": T, "state": "CHARGING", "kwh": 20, "power_kw": 11, "current_a": 16}]},
 *  "terms": {what the driver pays less, as in {@link DriverTerms}}}
 * </pre>
 */
public record PriceRequest(TariffSnapshot snapshot, SessionFacts facts) {

  private static final String[] DESCRIPTION = {
    "id",
    "title",
    "source",
    "ref",
    "tags",
    "spec_says",
    "ambiguous",
    "explain",
    "arithmetic",
    "expected"
  };

  /**
   * Reads a body.
   *
   * @param byId finds a stored tariff by the text in {@code tariff_id}
   * @throws InvalidInputException naming the path of what is wrong
   */
  public static PriceRequest parse(JsonNode body, Function<String, Optional<TariffSnapshot>> byId) {
    JsonFields fields = JsonFields.of(body, "").ignoring(DESCRIPTION);
    Checks.require(
        count(fields, "tariff", "tariffs", "tariff_id") == 1,
        "",
        "exactly one of tariff, tariffs and tariff_id is required");
    JsonFields session = JsonFields.of(fields.required("session"), "session");
    ZoneId zone = zone(session);
    session.required("segments");
    List<Segment> segments = session.list("segments", PriceRequest::segment);
    session.end();
    SessionFacts facts = session.build(() -> new SessionFacts(segments));
    JsonNode terms = fields.find("terms");
    TariffSnapshot snapshot =
        snapshot(fields, zone, byId)
            .withTerms(terms == null ? DriverTerms.NONE : DriverTerms.read(terms, "terms"));
    fields.end();
    checkTariffIds(snapshot, segments);
    return new PriceRequest(snapshot, facts);
  }

  private static TariffSnapshot snapshot(
      JsonFields fields, @Nullable ZoneId zone, Function<String, Optional<TariffSnapshot>> byId) {
    String id = fields.text("tariff_id");
    if (id != null) {
      TariffSnapshot stored =
          byId.apply(id)
              .orElseThrow(() -> new InvalidInputException("tariff_id", "there is no such tariff"));
      return zone == null ? stored : stored.withZone(zone);
    }
    Checks.require(zone != null, "session.time_zone", "is required");
    JsonNode one = fields.find("tariff");
    List<Tariff> tariffs =
        one == null
            ? fields.list("tariffs", TariffJson::read)
            : List.of(TariffJson.read(one, "tariff"));
    return TariffSnapshot.adHoc(tariffs, Objects.requireNonNull(zone), RoundingMode.HALF_UP);
  }

  private static Segment segment(JsonNode node, String path) {
    JsonFields fields = JsonFields.of(node, path);
    fields.required("from");
    fields.required("to");
    fields.required("state");
    Instant from = Objects.requireNonNull(fields.instant("from"));
    Instant to = Objects.requireNonNull(fields.instant("to"));
    SegmentState state =
        Objects.requireNonNull(fields.choice("state", SegmentState.values(), SegmentState::name));
    BigDecimal kwh = Objects.requireNonNullElse(fields.decimal("kwh"), BigDecimal.ZERO);
    BigDecimal power = fields.decimal("power_kw");
    BigDecimal current = fields.decimal("current_a");
    String tariff = fields.text("tariff_id");
    fields.end();
    return fields.build(() -> new Segment(from, to, state, kwh, power, current, tariff));
  }

  private static @Nullable ZoneId zone(JsonFields session) {
    String name = session.text("time_zone");
    return name == null ? null : TariffSnapshot.zoneOf(name, session.at("time_zone"));
  }

  private static void checkTariffIds(TariffSnapshot snapshot, List<Segment> segments) {
    List<String> ids = snapshot.tariffs().stream().map(Tariff::idOrEmpty).toList();
    for (int i = 0; i < segments.size(); i++) {
      String id = segments.get(i).tariffId();
      Checks.require(
          id == null || ids.contains(id),
          "session.segments[" + i + "].tariff_id",
          "must be one of " + ids);
    }
  }

  private static int count(JsonFields fields, String... names) {
    List<String> found = new ArrayList<>();
    for (String name : names) {
      if (fields.has(name)) {
        found.add(name);
      }
    }
    return found.size();
  }
}
