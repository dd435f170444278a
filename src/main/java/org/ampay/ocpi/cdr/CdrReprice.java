package org.ampay.ocpi.cdr;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ampay.base.Money;
import org.ampay.tariff.InvalidInputException;
import org.ampay.tariff.Price;
import org.ampay.tariff.Pricing;
import org.ampay.tariff.Segment;
import org.ampay.tariff.SegmentState;
import org.ampay.tariff.SessionFacts;
import org.ampay.tariff.Tariff;
import org.ampay.tariff.TariffJson;
import org.ampay.tariff.TariffSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * Prices a CDR from nothing but what the partner sees: its JSON and its location's time zone.
 * Energy comes from the volumes, time from the periods' starts; where they leave a gap, from the
 * volumes as well.
 */
public final class CdrReprice {

  private static final BigDecimal MILLIS_PER_HOUR = BigDecimal.valueOf(3_600_000);

  /** Half of the last digit of an hour, and what rounding running sums adds to it. */
  private static final long BLUR_MILLIS = 800;

  private CdrReprice() {}

  /** What it costs. */
  public record Priced(Money excl, Money incl) {}

  /** The price; empty: it cannot be priced from what it holds. */
  public static Optional<Priced> price(JsonNode cdr, ZoneId zone) {
    try {
      List<Tariff> tariffs = new ArrayList<>();
      for (JsonNode tariff : cdr.path("tariffs")) {
        tariffs.add(TariffJson.read(tariff));
      }
      if (tariffs.isEmpty()) {
        return Optional.empty();
      }
      TariffSnapshot snapshot = TariffSnapshot.adHoc(tariffs, zone, RoundingMode.HALF_UP);
      Price price = Pricing.price(snapshot, facts(cdr));
      Money incl = price.payable();
      return Optional.of(new Priced(price.payableExcl().orElse(incl), incl));
    } catch (InvalidInputException | ArithmeticException e) {
      return Optional.empty();
    }
  }

  /** The total that the CDR tells, in whichever version's shape. */
  public static Priced told(JsonNode cdr) {
    String currency = cdr.path("currency").asText();
    JsonNode cost = cdr.path("total_cost");
    if (cost.has("excl_vat")) {
      BigDecimal incl = cost.has("incl_vat") ? cost.path("incl_vat").decimalValue() : excl(cost);
      return new Priced(money(currency, excl(cost)), money(currency, incl));
    }
    BigDecimal incl = cost.path("before_taxes").decimalValue();
    for (JsonNode tax : cost.path("taxes")) {
      incl = incl.add(tax.path("amount").decimalValue());
    }
    return new Priced(
        money(currency, cost.path("before_taxes").decimalValue()), money(currency, incl));
  }

  private static BigDecimal excl(JsonNode cost) {
    return cost.path("excl_vat").decimalValue();
  }

  private static Money money(String currency, BigDecimal amount) {
    return Money.of(currency, amount, RoundingMode.UNNECESSARY);
  }

  private static SessionFacts facts(JsonNode cdr) {
    JsonNode periods = cdr.path("charging_periods");
    List<Segment> segments = new ArrayList<>();
    for (int i = 0; i < periods.size(); i++) {
      JsonNode next = periods.get(i + 1);
      Instant end = time((next == null ? cdr : next), next == null ? "end_date_time" : null);
      segments.add(segment(periods.get(i), end));
    }
    return new SessionFacts(segments);
  }

  private static Instant time(JsonNode node, @Nullable String field) {
    return Instant.parse(node.path(field == null ? "start_date_time" : field).asText());
  }

  private static Segment segment(JsonNode period, Instant next) {
    Instant from = time(period, null);
    BigDecimal kwh = volume(period, "ENERGY").orElse(BigDecimal.ZERO);
    SegmentState state = SegmentState.CHARGING;
    BigDecimal hours = BigDecimal.ZERO;
    for (SegmentState any :
        List.of(SegmentState.CHARGING, SegmentState.PARKING, SegmentState.RESERVATION)) {
      Optional<BigDecimal> found = volume(period, dimension(any));
      if (found.isPresent()) {
        state = any;
        hours = found.get();
      }
    }
    Instant own = from.plusMillis(hours.multiply(MILLIS_PER_HOUR).longValue());
    boolean gap = Duration.between(own, next).toMillis() > BLUR_MILLIS;
    return new Segment(
        from,
        gap || next.isBefore(from) ? own : next,
        state,
        kwh,
        volume(period, "MAX_POWER").orElse(null),
        volume(period, "MAX_CURRENT").orElse(null),
        null);
  }

  private static String dimension(SegmentState state) {
    return switch (state) {
      case CHARGING -> "TIME";
      case PARKING -> "PARKING_TIME";
      case RESERVATION, RESERVATION_EXPIRED -> "RESERVATION_TIME";
    };
  }

  private static Optional<BigDecimal> volume(JsonNode period, String type) {
    for (JsonNode dimension : period.path("dimensions")) {
      if (dimension.path("type").asText().equals(type)) {
        return Optional.of(dimension.path("volume").decimalValue());
      }
    }
    return Optional.empty();
  }
}
