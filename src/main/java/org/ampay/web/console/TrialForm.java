package org.ampay.web.console;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.ampay.tariff.CouponTerm;
import org.ampay.tariff.DriverTerms;
import org.ampay.tariff.Funder;
import org.ampay.tariff.InvalidInputException;
import org.ampay.tariff.PointsTerm;
import org.ampay.tariff.TierDiscount;
import org.ampay.tariff.TierTerm;
import org.ampay.web.simulation.Trial;
import org.jspecify.annotations.Nullable;

/** The form of "what would it cost": its fields as they were written. */
public record TrialForm(Map<String, String> fields) {

  private static final List<String> NAMES =
      List.of(
          "version",
          "json",
          "zone",
          "start",
          "kwh",
          "power",
          "minutes",
          "parking",
          "reserved",
          "expired",
          "tier",
          "coupon",
          "coupon_value",
          "coupon_cap",
          "coupon_least",
          "points",
          "point_value",
          "points_most");
  private static final BigDecimal NANOS_PER_MINUTE = BigDecimal.valueOf(60_000_000_000L);

  public TrialForm {
    fields = Map.copyOf(fields);
  }

  static TrialForm empty(String version, String json, ZoneId zone, Instant now) {
    Map<String, String> fields = new TreeMap<>();
    fields.put("version", version);
    fields.put("json", json);
    fields.put("zone", zone.getId());
    fields.put(
        "start", LocalDateTime.ofInstant(now, zone).truncatedTo(ChronoUnit.HOURS).toString());
    fields.put("kwh", "30");
    fields.put("power", "60");
    return new TrialForm(fields);
  }

  static TrialForm of(PageCall call) {
    Map<String, String> fields = new TreeMap<>();
    NAMES.forEach(name -> fields.put(name, call.form(name)));
    return new TrialForm(fields);
  }

  /** A field as it was written, empty when it was not. */
  public String get(String name) {
    return fields.getOrDefault(name, "");
  }

  /**
   * The time zone of the site.
   *
   * @throws InvalidInputException when there is none of that name
   */
  ZoneId zone() {
    return org.ampay.tariff.TariffSnapshot.zoneOf(get("zone"), "zone");
  }

  /**
   * The session.
   *
   * @throws InvalidInputException naming the field that is wrong
   */
  Trial trial() {
    Duration charging = minutes("minutes");
    return new Trial(
        start(),
        orZero(number("kwh")),
        number("power"),
        charging,
        orNone(minutes("parking")),
        orNone(minutes("reserved")),
        !get("expired").isEmpty());
  }

  private Instant start() {
    try {
      return LocalDateTime.parse(get("start")).atZone(zone()).toInstant();
    } catch (DateTimeException e) {
      throw new InvalidInputException("start", "must be a time like 2026-01-31T08:00");
    }
  }

  /**
   * What the driver pays less.
   *
   * @throws InvalidInputException naming the field that is wrong
   */
  DriverTerms terms(String tierName, String couponName) {
    BigDecimal percent = number("tier");
    TierTerm tier =
        percent == null
            ? null
            : named(
                "tier",
                () ->
                    new TierTerm(
                        0,
                        tierName,
                        List.of(new TierDiscount(Set.of(), percent)),
                        Funder.OPERATOR));
    List<CouponTerm> coupons = new ArrayList<>();
    if (!get("coupon").isEmpty()) {
      coupons.add(coupon(couponName));
    }
    BigDecimal most = number("points");
    PointsTerm points =
        most == null || most.signum() == 0
            ? null
            : named(
                "points",
                () ->
                    new PointsTerm(
                        most.longValue(),
                        required("point_value"),
                        orHundred(number("points_most")),
                        Funder.PLATFORM));
    return new DriverTerms(tier, coupons, points);
  }

  private CouponTerm coupon(String name) {
    CouponTerm.Kind kind =
        switch (get("coupon")) {
          case "AMOUNT" -> CouponTerm.Kind.AMOUNT;
          case "PERCENT" -> CouponTerm.Kind.PERCENT;
          case "KWH" -> CouponTerm.Kind.KWH;
          default -> throw new InvalidInputException("coupon", "is not one of the kinds");
        };
    return named(
        "coupon_value",
        () ->
            new CouponTerm(
                null,
                0,
                name,
                kind,
                required("coupon_value"),
                number("coupon_cap"),
                number("coupon_least"),
                Set.of(),
                Funder.PLATFORM));
  }

  /** What a term complains of is this field of the form. */
  private static <T> T named(String field, java.util.function.Supplier<T> work) {
    try {
      return work.get();
    } catch (InvalidInputException e) {
      throw new InvalidInputException(e.path().startsWith(field) ? e.path() : field, e.reason());
    }
  }

  private BigDecimal required(String name) {
    BigDecimal value = number(name);
    if (value == null) {
      throw new InvalidInputException(name, "is missing");
    }
    return value;
  }

  private @Nullable BigDecimal number(String name) {
    String text = get(name);
    if (text.isEmpty()) {
      return null;
    }
    if (!text.matches("[0-9]{1,12}([.,][0-9]{1,6})?")) {
      throw new InvalidInputException(name, "must be a number");
    }
    return new BigDecimal(text.replace(',', '.'));
  }

  private @Nullable Duration minutes(String name) {
    BigDecimal value = number(name);
    if (value == null) {
      return null;
    }
    if (value.precision() - value.scale() > 7) {
      throw new InvalidInputException(name, "is too long");
    }
    return Duration.ofNanos(value.multiply(NANOS_PER_MINUTE).longValue());
  }

  private static BigDecimal orZero(@Nullable BigDecimal value) {
    return value == null ? BigDecimal.ZERO : value;
  }

  private static BigDecimal orHundred(@Nullable BigDecimal value) {
    return value == null ? BigDecimal.valueOf(100) : value;
  }

  private static Duration orNone(@Nullable Duration value) {
    return value == null ? Duration.ZERO : value;
  }
}
