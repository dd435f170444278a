package org.ampay.tariff.proof;

import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.ampay.tariff.Ceiling;
import org.ampay.tariff.LineDimension;
import org.ampay.tariff.LocalWindow;
import org.ampay.tariff.MinimumSession;
import org.ampay.tariff.Occupancy;
import org.ampay.tariff.TariffCalendar;
import org.ampay.tariff.TariffExtras;
import org.ampay.tariff.TouTier;
import org.jspecify.annotations.Nullable;

/** What random tariffs have beyond OCPI. */
final class RandomExtras {

  private static final List<LineDimension> CAPPED =
      List.of(
          LineDimension.FLAT,
          LineDimension.ENERGY,
          LineDimension.SERVICE,
          LineDimension.TIME,
          LineDimension.PARKING_TIME,
          LineDimension.RESERVATION_TIME,
          LineDimension.OCCUPANCY);

  private final Random random;

  RandomExtras(Random random) {
    this.random = random;
  }

  TariffExtras extras(@Nullable Occupancy occupancy) {
    return new TariffExtras(
        null,
        random.nextInt(3) > 0 ? null : calendar(),
        occupancy,
        random.nextInt(8) > 0 ? null : minimum(),
        random.nextInt(4) > 0 ? List.of() : ceilings(occupancy),
        random.nextInt(15) == 0);
  }

  TariffCalendar calendar() {
    List<TariffCalendar.Season> seasons = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      seasons.add(
          new TariffCalendar.Season(
              i == 1 ? "" : "S" + i, MonthDay.from(night()), MonthDay.from(night()), rows()));
    }
    seasons.add(new TariffCalendar.Season("else", null, null, rows()));
    List<TariffCalendar.Holiday> holidays = new ArrayList<>();
    Set<LocalDate> dates = new TreeSet<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      dates.add(night());
    }
    dates.forEach(date -> holidays.add(new TariffCalendar.Holiday(date, "", slots())));
    return new TariffCalendar(null, 0, "any", seasons, holidays);
  }

  private List<TariffCalendar.DayRow> rows() {
    List<TariffCalendar.DayRow> rows = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      rows.add(new TariffCalendar.DayRow(days(), slots()));
    }
    rows.add(new TariffCalendar.DayRow(Set.of(), slots()));
    return rows;
  }

  private List<TariffCalendar.Slot> slots() {
    boolean full = random.nextInt(3) == 0;
    List<TariffCalendar.Slot> slots = new ArrayList<>();
    for (int half = 0; half < 48; half++) {
      if (half == 0 || full || random.nextInt(6) == 0) {
        slots.add(
            new TariffCalendar.Slot(
                LocalTime.MIDNIGHT.plusMinutes(30L * half),
                TouTier.values()[random.nextInt(TouTier.values().length)]));
      }
    }
    return slots;
  }

  Set<TouTier> tiers() {
    Set<TouTier> tiers = EnumSet.noneOf(TouTier.class);
    for (TouTier tier : TouTier.values()) {
      if (random.nextInt(3) > 0) {
        tiers.add(tier);
      }
    }
    return tiers;
  }

  Occupancy occupancy(@Nullable BigDecimal vat, int step, List<LocalWindow> exempt) {
    return new Occupancy(
        BigDecimal.valueOf(random.nextInt(120_000), 4),
        vat,
        step,
        random.nextInt(3) == 0 ? 0 : 60 * random.nextInt(120),
        random.nextInt(3) > 0 ? null : BigDecimal.valueOf(random.nextInt(4_000), 2),
        exempt);
  }

  private MinimumSession minimum() {
    BigDecimal kwh = BigDecimal.valueOf(1L + random.nextInt(20_000), 3);
    int seconds = 1 + random.nextInt(14_400);
    return switch (random.nextInt(3)) {
      case 0 -> new MinimumSession(kwh, null);
      case 1 -> new MinimumSession(null, seconds);
      default -> new MinimumSession(kwh, seconds);
    };
  }

  private List<Ceiling> ceilings(@Nullable Occupancy occupancy) {
    List<Ceiling> ceilings = new ArrayList<>();
    for (LineDimension dimension : CAPPED) {
      boolean taken =
          dimension == LineDimension.OCCUPANCY && occupancy != null && occupancy.maxPrice() != null;
      if (!taken && random.nextInt(3) == 0) {
        ceilings.add(new Ceiling(dimension, BigDecimal.valueOf(random.nextInt(3_000), 2)));
      }
    }
    return ceilings;
  }

  Set<DayOfWeek> days() {
    Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
    for (DayOfWeek day : DayOfWeek.values()) {
      if (random.nextBoolean()) {
        days.add(day);
      }
    }
    return days;
  }

  /** A day on which random sessions happen, or one beside it. */
  LocalDate night() {
    return LocalDate.ofInstant(
            RandomPrices.NIGHTS.get(random.nextInt(RandomPrices.NIGHTS.size())), ZoneOffset.UTC)
        .plusDays(random.nextInt(3) - 1L);
  }
}
