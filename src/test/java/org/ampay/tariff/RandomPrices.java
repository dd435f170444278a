package org.ampay.tariff;

import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Random tariffs and sessions from a seed, close to the corners: DST nights, midnight, thresholds.
 */
final class RandomPrices {

  static final List<String> CURRENCIES = List.of("CNY", "EUR", "JPY", "KWD");
  private static final List<String> ZONES =
      List.of("Asia/Shanghai", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe");
  private static final List<Instant> NIGHTS =
      List.of(
          Instant.parse("2025-10-25T20:00:00Z"),
          Instant.parse("2026-03-28T20:00:00Z"),
          Instant.parse("2025-11-02T02:00:00Z"),
          Instant.parse("2026-03-08T03:00:00Z"),
          Instant.parse("2025-10-04T12:00:00Z"),
          Instant.parse("2028-02-28T12:00:00Z"),
          Instant.parse("2025-12-31T12:00:00Z"));

  final Random random;

  /** Only what a walk in whole minutes can follow: no thresholds of energy. */
  final boolean wholeMinutes;

  RandomPrices(long seed, boolean wholeMinutes) {
    this.random = new Random(seed);
    this.wholeMinutes = wholeMinutes;
  }

  TariffSnapshot snapshot() {
    return TariffSnapshot.adHoc(
        List.of(tariff()), ZoneId.of(pick(ZONES)), java.math.RoundingMode.HALF_UP);
  }

  Tariff tariff() {
    String currency = pick(CURRENCIES);
    List<TariffElement> elements = new ArrayList<>();
    int count = 1 + random.nextInt(5);
    for (int i = 0; i < count; i++) {
      elements.add(
          new TariffElement(
              components(), random.nextInt(4) == 0 ? Restrictions.NONE : restrictions()));
    }
    TaxIncluded tax = List.of(TaxIncluded.YES, TaxIncluded.NO).get(random.nextInt(2));
    return new Tariff(
        TariffInfo.NONE,
        currency,
        random.nextBoolean() ? null : tax,
        elements,
        limits(),
        Tariff.Validity.ALWAYS);
  }

  private Tariff.Limits limits() {
    if (random.nextInt(3) > 0) {
      return Tariff.Limits.NONE;
    }
    BigDecimal min = BigDecimal.valueOf(random.nextInt(500), 2);
    BigDecimal max = min.add(BigDecimal.valueOf(random.nextInt(5000), 2));
    BigDecimal tax = new BigDecimal("1.19");
    return new Tariff.Limits(
        random.nextBoolean() ? null : new PriceLimit(min, min.multiply(tax)),
        random.nextBoolean()
            ? null
            : new PriceLimit(max, random.nextBoolean() ? null : max.multiply(tax)));
  }

  private List<PriceComponent> components() {
    List<PriceComponent> components = new ArrayList<>();
    for (Dimension type : EnumSet.allOf(Dimension.class)) {
      if (random.nextBoolean() || type == Dimension.ENERGY) {
        components.add(
            new PriceComponent(
                type,
                BigDecimal.valueOf(random.nextInt(30_000), 4),
                vat(),
                pick(List.of(0, 1, 60, 300, 900, 1000))));
      }
    }
    return components;
  }

  private @Nullable BigDecimal vat() {
    int choice = random.nextInt(5);
    return choice == 0 ? null : BigDecimal.valueOf(List.of(0, 60, 190, 52).get(choice - 1), 1);
  }

  private Restrictions restrictions() {
    return new Restrictions(
        window(),
        wholeMinutes || random.nextInt(3) > 0 ? Restrictions.Bounds.NONE : bounds(20),
        Restrictions.Bounds.NONE,
        random.nextInt(4) > 0 ? Restrictions.Bounds.NONE : bounds(30),
        random.nextInt(3) > 0 ? Restrictions.Bounds.NONE : minutes(),
        null);
  }

  private Restrictions.Bounds bounds(int most) {
    BigDecimal min = BigDecimal.valueOf(random.nextInt(most * 10), 1);
    BigDecimal max = min.add(BigDecimal.valueOf(1L + random.nextInt(most * 10), 1));
    return new Restrictions.Bounds(
        random.nextBoolean() ? null : min, random.nextBoolean() ? null : max);
  }

  private Restrictions.Bounds minutes() {
    BigDecimal min = BigDecimal.valueOf(60L * random.nextInt(200));
    BigDecimal max = min.add(BigDecimal.valueOf(60L + 60L * random.nextInt(200)));
    return new Restrictions.Bounds(
        random.nextBoolean() ? null : min, random.nextBoolean() ? null : max);
  }

  private LocalWindow window() {
    LocalTime start = clock();
    LocalTime end = clock();
    boolean clock = random.nextBoolean() && (!start.equals(end) || end.equals(LocalTime.MIDNIGHT));
    boolean dates = random.nextInt(4) == 0;
    LocalDate first =
        LocalDate.ofInstant(pick(NIGHTS), java.time.ZoneOffset.UTC).minusDays(random.nextInt(2));
    Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
    if (random.nextInt(3) == 0) {
      for (DayOfWeek day : DayOfWeek.values()) {
        if (random.nextBoolean()) {
          days.add(day);
        }
      }
    }
    return new LocalWindow(
        clock ? start : null,
        clock ? end : null,
        dates ? first : null,
        dates ? first.plusDays(1 + random.nextInt(2)) : null,
        days);
  }

  private LocalTime clock() {
    return LocalTime.of(random.nextInt(24), 15 * random.nextInt(4));
  }

  SessionFacts facts() {
    List<Segment> segments = new ArrayList<>();
    Instant at = pick(NIGHTS).plus(Duration.ofMinutes(random.nextInt(720)));
    int count = 1 + random.nextInt(5);
    for (int i = 0; i < count; i++) {
      long length = random.nextInt(8) == 0 ? 0 : 60L * random.nextInt(240);
      if (!wholeMinutes) {
        length += random.nextInt(60);
      }
      Instant to = at.plusSeconds(length);
      boolean parking = random.nextInt(4) == 0;
      boolean energy = length > 0 && (!parking || random.nextInt(4) == 0);
      BigDecimal kwh = energy ? BigDecimal.valueOf(random.nextInt(20_000), 3) : BigDecimal.ZERO;
      BigDecimal power = random.nextBoolean() ? null : BigDecimal.valueOf(random.nextInt(400), 1);
      segments.add(
          new Segment(
              at,
              to,
              parking ? SegmentState.PARKING : SegmentState.CHARGING,
              kwh,
              power,
              null,
              null));
      at = to.plusSeconds(random.nextInt(4) == 0 ? 60 : 0);
    }
    return new SessionFacts(segments);
  }

  <T> T pick(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }
}
