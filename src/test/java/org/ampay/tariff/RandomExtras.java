package org.ampay.tariff;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@link RandomPrices} with all that a tariff and a driver may have beyond OCPI. */
final class RandomExtras {

  private final RandomPrices plain;
  private final Random random;

  RandomExtras(long seed) {
    this.plain = new RandomPrices(seed, false);
    this.random = plain.random;
  }

  TariffSnapshot snapshot(boolean negative) {
    return TariffSnapshot.adHoc(
            List.of(tariff(negative)),
            ZoneId.of(plain.pick(List.of("Asia/Shanghai", "Europe/Berlin", "Australia/Lord_Howe"))),
            RoundingMode.HALF_UP)
        .withTerms(random.nextInt(5) == 0 ? DriverTerms.NONE : terms());
  }

  SessionFacts facts() {
    return plain.facts();
  }

  private Tariff tariff(boolean negative) {
    Tariff some = plain.tariff();
    List<TariffElement> elements = new ArrayList<>();
    for (TariffElement element : some.elements()) {
      elements.add(
          new TariffElement(
              components(element.components(), negative), restrictions(element.restrictions())));
    }
    return new Tariff(
        some.info(),
        some.currency(),
        some.taxIncluded(),
        elements,
        some.limits(),
        some.validity(),
        new TariffExtras(
            null,
            calendar(),
            random.nextBoolean() ? null : occupancy(),
            random.nextInt(4) > 0 ? null : minimum(),
            ceilings(),
            negative));
  }

  private List<PriceComponent> components(List<PriceComponent> components, boolean negative) {
    return components.stream()
        .map(
            c ->
                negative && random.nextInt(3) == 0
                    ? new PriceComponent(c.type(), c.price().negate(), c.vat(), c.stepSize())
                    : c)
        .toList();
  }

  private Restrictions restrictions(Restrictions r) {
    return new Restrictions(
        r.window(),
        r.kwh(),
        r.current(),
        r.power(),
        r.duration(),
        r.reservation(),
        random.nextInt(3) == 0 ? Set.of() : some(TouTier.class));
  }

  private <E extends Enum<E>> Set<E> some(Class<E> type) {
    Set<E> set = EnumSet.noneOf(type);
    for (E value : type.getEnumConstants()) {
      if (random.nextInt(3) == 0) {
        set.add(value);
      }
    }
    return set;
  }

  private TariffCalendar calendar() {
    List<TariffCalendar.Season> seasons = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      MonthDay from = MonthDay.of(1 + random.nextInt(12), 1 + random.nextInt(28));
      MonthDay to = MonthDay.of(1 + random.nextInt(12), 1 + random.nextInt(28));
      seasons.add(new TariffCalendar.Season("", from, to, days()));
    }
    seasons.add(new TariffCalendar.Season("", null, null, days()));
    List<TariffCalendar.Holiday> holidays = new ArrayList<>();
    LocalDate date = LocalDate.of(2025, 10, 25).plusDays(random.nextInt(3));
    if (random.nextBoolean()) {
      holidays.add(new TariffCalendar.Holiday(date, "", slots()));
    }
    return new TariffCalendar(null, 0, "random", seasons, holidays);
  }

  private List<TariffCalendar.DayRow> days() {
    List<TariffCalendar.DayRow> rows = new ArrayList<>();
    if (random.nextBoolean()) {
      Set<DayOfWeek> days = some(DayOfWeek.class);
      if (!days.isEmpty()) {
        rows.add(new TariffCalendar.DayRow(days, slots()));
      }
    }
    rows.add(new TariffCalendar.DayRow(Set.of(), slots()));
    return rows;
  }

  private List<TariffCalendar.Slot> slots() {
    List<TariffCalendar.Slot> slots = new ArrayList<>();
    for (int i = 0; i < 48; i++) {
      if (i == 0 || random.nextInt(6) == 0) {
        slots.add(
            new TariffCalendar.Slot(
                LocalTime.of(i / 2, i % 2 * 30), plain.pick(List.of(TouTier.values()))));
      }
    }
    return slots;
  }

  private Occupancy occupancy() {
    List<LocalWindow> exempt = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      LocalTime start = LocalTime.of(random.nextInt(24), 15 * random.nextInt(4));
      exempt.add(
          new LocalWindow(start, start.plusHours(1 + random.nextInt(20)), null, null, Set.of()));
    }
    return new Occupancy(
        decimal(1000, 2),
        rate(),
        plain.pick(List.of(0, 1, 60, 900)),
        random.nextInt(3) * 60 * random.nextInt(60),
        random.nextBoolean() ? null : decimal(3000, 2),
        exempt);
  }

  private MinimumSession minimum() {
    return random.nextBoolean()
        ? new MinimumSession(decimal(200, 1).add(BigDecimal.ONE), null)
        : new MinimumSession(new BigDecimal("10"), 1 + random.nextInt(20_000));
  }

  private List<Ceiling> ceilings() {
    List<Ceiling> ceilings = new ArrayList<>();
    if (random.nextInt(3) == 0) {
      ceilings.add(new Ceiling(LineDimension.ENERGY, decimal(3000, 2)));
    }
    if (random.nextInt(3) == 0) {
      ceilings.add(new Ceiling(LineDimension.TIME, decimal(3000, 2)));
    }
    return ceilings;
  }

  private DriverTerms terms() {
    List<TierDiscount> discounts = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      discounts.add(new TierDiscount(costs(), decimal(1000, 1)));
    }
    List<CouponTerm> coupons = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      coupons.add(coupon(i));
    }
    return new DriverTerms(
        random.nextBoolean() ? null : new TierTerm(1, "tier", discounts, Funder.OPERATOR),
        coupons,
        random.nextBoolean()
            ? null
            : new PointsTerm(
                random.nextInt(10_000), new BigDecimal("0.01"), decimal(1000, 1), Funder.PLATFORM));
  }

  private CouponTerm coupon(int id) {
    CouponTerm.Kind kind = plain.pick(List.of(CouponTerm.Kind.values()));
    return new CouponTerm(
        null,
        id,
        "coupon",
        kind,
        decimal(999, 1).add(new BigDecimal("0.1")),
        random.nextBoolean() ? null : decimal(5000, 2),
        random.nextBoolean() ? null : decimal(5000, 2),
        costs(),
        Funder.SITE);
  }

  private Set<Price.Cost> costs() {
    return random.nextBoolean() ? Set.of() : some(Price.Cost.class);
  }

  private @Nullable BigDecimal rate() {
    return random.nextInt(3) == 0 ? null : plain.pick(List.of(BigDecimal.ZERO, BigDecimal.TEN));
  }

  private BigDecimal decimal(int most, int scale) {
    return BigDecimal.valueOf(random.nextInt(most), scale);
  }
}
