package org.ampay.ocpi.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Prices a CDR as a partner would who has read the specification and knows nothing of our engine:
 * each period by the first element that fits at its start, then step sizes, then tax. Fails when
 * the CDR has what it does not know, instead of pricing something else.
 */
final class PartnerPrice {

  private static final BigDecimal SECONDS_PER_HOUR = BigDecimal.valueOf(3_600);
  private static final BigDecimal WH_PER_KWH = BigDecimal.valueOf(1_000);
  private static final Set<String> KNOWN =
      Set.of(
          "start_time",
          "end_time",
          "start_date",
          "end_date",
          "min_kwh",
          "max_kwh",
          "min_duration",
          "max_duration",
          "day_of_week");

  /** What a CDR costs, to the minor unit. */
  record Total(BigDecimal net, BigDecimal gross) {}

  /** What one component has taken: kWh, hours, or once. */
  private static final class Taken {
    final JsonNode component;
    BigDecimal volume = BigDecimal.ZERO;

    Taken(JsonNode component) {
      this.component = component;
    }
  }

  private final JsonNode cdr;
  private final JsonNode tariff;
  private final ZoneId zone;
  private final Map<JsonNode, Taken> taken = new LinkedHashMap<>();
  private @Nullable Taken lastEnergy;
  private @Nullable Taken lastTime;
  private boolean flat;
  private BigDecimal kwh = BigDecimal.ZERO;

  private PartnerPrice(JsonNode cdr, ZoneId zone) {
    this.cdr = cdr;
    this.zone = zone;
    if (cdr.path("tariffs").size() != 1) {
      throw new AssertionError("one tariff expected: " + cdr);
    }
    this.tariff = cdr.path("tariffs").get(0);
    for (String limit : List.of("min_price", "max_price")) {
      if (tariff.has(limit)) {
        throw new AssertionError("a limit: " + tariff);
      }
    }
    if (tariff.path("tax_included").asText("NO").equals("YES")) {
      throw new AssertionError("prices with tax: " + tariff);
    }
  }

  static Total of(ObjectNode cdr, ZoneId zone) {
    return new PartnerPrice(cdr, zone).total();
  }

  /** What the CDR says it costs, in either version's words. */
  static Total told(JsonNode cdr) {
    JsonNode cost = cdr.path("total_cost");
    if (cost.has("excl_vat")) {
      return new Total(
          cost.path("excl_vat").decimalValue(),
          cost.path(cost.has("incl_vat") ? "incl_vat" : "excl_vat").decimalValue());
    }
    BigDecimal net = cost.path("before_taxes").decimalValue();
    BigDecimal gross = net;
    for (JsonNode tax : cost.path("taxes")) {
      gross = gross.add(tax.path("amount").decimalValue());
    }
    return new Total(net, gross);
  }

  private Total total() {
    JsonNode periods = cdr.path("charging_periods");
    for (int i = 0; i < periods.size(); i++) {
      Instant end =
          i + 1 < periods.size()
              ? time(periods.get(i + 1), "start_date_time")
              : time(cdr, "end_date_time");
      period(periods.get(i), time(periods.get(i), "start_date_time"), end);
    }
    steps();
    BigDecimal net = BigDecimal.ZERO;
    BigDecimal gross = BigDecimal.ZERO;
    for (Taken one : taken.values()) {
      BigDecimal cost = one.volume.multiply(one.component.path("price").decimalValue());
      BigDecimal percent = one.component.path("vat").decimalValue();
      net = net.add(cost);
      gross = gross.add(cost).add(cost.multiply(percent).movePointLeft(2));
    }
    return new Total(
        net.setScale(2, RoundingMode.HALF_UP), gross.setScale(2, RoundingMode.HALF_UP));
  }

  private void period(JsonNode period, Instant start, Instant end) {
    flat(start);
    for (JsonNode dimension : period.path("dimensions")) {
      String type = dimension.path("type").asText();
      BigDecimal volume = dimension.path("volume").decimalValue();
      switch (type) {
        case "ENERGY" -> {
          lastEnergy = take(type, start, volume, lastEnergy);
        }
        case "TIME", "PARKING_TIME" -> {
          BigDecimal hours =
              BigDecimal.valueOf(Duration.between(start, end).toMillis())
                  .movePointLeft(3)
                  .divide(SECONDS_PER_HOUR, MathContext.DECIMAL128);
          if (hours.subtract(volume).abs().compareTo(new BigDecimal("0.0002")) > 0) {
            throw new AssertionError(volume + " h said, " + hours + " h long: " + period);
          }
          lastTime = take(type, start, hours, lastTime);
        }
        default -> throw new AssertionError("unknown dimension " + dimension);
      }
    }
    for (JsonNode dimension : period.path("dimensions")) {
      if (dimension.path("type").asText().equals("ENERGY")) {
        kwh = kwh.add(dimension.path("volume").decimalValue());
      }
    }
  }

  private void flat(Instant at) {
    JsonNode component = flat ? null : component("FLAT", at);
    if (component != null) {
      flat = true;
      taken.computeIfAbsent(component, Taken::new).volume = BigDecimal.ONE;
    }
  }

  private @Nullable Taken take(String type, Instant at, BigDecimal volume, @Nullable Taken before) {
    JsonNode component = component(type, at);
    if (component == null) {
      return before;
    }
    Taken one = taken.computeIfAbsent(component, Taken::new);
    one.volume = one.volume.add(volume);
    return volume.signum() == 0 ? before : one;
  }

  /** The surplus up to a whole step is paid at the price that came last. */
  private void steps() {
    if (lastEnergy != null) {
      step(lastEnergy, Set.of("ENERGY"), WH_PER_KWH);
    }
    if (lastTime != null) {
      step(lastTime, Set.of(lastTime.component.path("type").asText()), SECONDS_PER_HOUR);
    }
  }

  private void step(Taken last, Set<String> types, BigDecimal unit) {
    BigDecimal all = BigDecimal.ZERO;
    for (Taken one : taken.values()) {
      if (types.contains(one.component.path("type").asText())) {
        all = all.add(one.volume);
      }
    }
    BigDecimal step = last.component.path("step_size").decimalValue();
    BigDecimal exact = all.multiply(unit).setScale(3, RoundingMode.HALF_UP);
    BigDecimal rounded = exact.divide(step, 0, RoundingMode.CEILING).multiply(step);
    last.volume = last.volume.add(rounded.subtract(exact).divide(unit, MathContext.DECIMAL128));
  }

  private @Nullable JsonNode component(String type, Instant at) {
    for (JsonNode element : tariff.path("elements")) {
      if (holds(element.path("restrictions"), at)) {
        for (JsonNode component : element.path("price_components")) {
          if (component.path("type").asText().equals(type)) {
            return component;
          }
        }
      }
    }
    return null;
  }

  private boolean holds(JsonNode restrictions, Instant at) {
    for (Map.Entry<String, JsonNode> one : restrictions.properties()) {
      if (!KNOWN.contains(one.getKey())) {
        throw new AssertionError("unknown restriction " + one);
      }
    }
    ZonedDateTime local = at.atZone(zone);
    long seconds = Duration.between(time(cdr, "start_date_time"), at).toSeconds();
    String date = local.toLocalDate().toString();
    List<String> days = new ArrayList<>();
    restrictions.path("day_of_week").forEach(day -> days.add(day.asText()));
    return isIn(restrictions, local.toLocalTime())
        && date.compareTo(restrictions.path("start_date").asText("0000")) >= 0
        && date.compareTo(restrictions.path("end_date").asText("9999")) < 0
        && (days.isEmpty() || days.contains(local.getDayOfWeek().name()))
        && seconds >= restrictions.path("min_duration").asLong(0)
        && seconds < restrictions.path("max_duration").asLong(Long.MAX_VALUE)
        && (!restrictions.has("min_kwh")
            || kwh.compareTo(restrictions.path("min_kwh").decimalValue()) >= 0)
        && (!restrictions.has("max_kwh")
            || kwh.compareTo(restrictions.path("max_kwh").decimalValue()) < 0);
  }

  private static boolean isIn(JsonNode restrictions, LocalTime local) {
    LocalTime from = LocalTime.parse(restrictions.path("start_time").asText("00:00"));
    LocalTime to = LocalTime.parse(restrictions.path("end_time").asText("00:00"));
    boolean after = !local.isBefore(from);
    boolean before = local.isBefore(to) || to.equals(LocalTime.MIDNIGHT);
    return from.isBefore(to) || to.equals(LocalTime.MIDNIGHT) ? after && before : after || before;
  }

  private static Instant time(JsonNode node, String field) {
    return Instant.parse(node.path(field).asText());
  }

  /** The components that took part, by kind and price: for tests that want them all used. */
  static List<String> used(ObjectNode cdr, ZoneId zone) {
    PartnerPrice price = new PartnerPrice(cdr, zone);
    price.total();
    return price.taken.values().stream()
        .map(
            one ->
                one.component.path("type").asText()
                    + " "
                    + one.component.path("price").decimalValue().toPlainString())
        .sorted()
        .toList();
  }
}
