package org.ampay.tariff.proof;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.ampay.tariff.Dimension;
import org.ampay.tariff.LocalWindow;
import org.ampay.tariff.Occupancy;
import org.ampay.tariff.PriceComponent;
import org.ampay.tariff.PriceLimit;
import org.ampay.tariff.ReservationKind;
import org.ampay.tariff.Restrictions;
import org.ampay.tariff.Tariff;
import org.ampay.tariff.TariffElement;
import org.ampay.tariff.TariffExtras;
import org.ampay.tariff.TariffInfo;
import org.ampay.tariff.TaxIncluded;
import org.jspecify.annotations.Nullable;

/** Random tariffs, with thresholds where random sessions pass. */
public final class RandomTariff {

  /** Of 2, 0 and 3 digits. */
  public static final List<String> CURRENCIES = List.of("CNY", "EUR", "JPY", "KWD");

  private static final List<Integer> STEPS = List.of(0, 1, 1, 60, 300, 900, 1000);
  private static final int[] RATES = {0, 60, 130, 190, 52};

  private final Random random;
  private final RandomExtras beyond;

  public RandomTariff(Random random) {
    this.random = random;
    this.beyond = new RandomExtras(random);
  }

  public Tariff tariff(String currency) {
    @Nullable TaxIncluded tax = pick(Arrays.asList(null, TaxIncluded.YES, TaxIncluded.NO, null));
    if (random.nextInt(12) == 0) {
      tax = TaxIncluded.NOT_APPLICABLE;
    }
    // Where every price tells its rate, the sum without tax is known.
    boolean rated = random.nextInt(3) > 0;
    TariffExtras extras =
        random.nextInt(3) == 0 ? TariffExtras.NONE : beyond.extras(occupancy(tax, rated));
    List<TariffElement> elements = new ArrayList<>();
    int count = 1 + random.nextInt(5);
    for (int i = 0; i < count; i++) {
      elements.add(
          new TariffElement(components(tax, rated, extras.negativePrices()), restrictions(extras)));
    }
    return new Tariff(
        TariffInfo.NONE, currency, tax, elements, limits(), Tariff.Validity.ALWAYS, extras);
  }

  private @Nullable Occupancy occupancy(@Nullable TaxIncluded tax, boolean rated) {
    if (random.nextInt(3) > 0) {
      return null;
    }
    List<LocalWindow> exempt = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      LocalWindow window = window();
      if (!window.equals(LocalWindow.ALWAYS)) {
        exempt.add(window);
      }
    }
    return beyond.occupancy(
        tax == TaxIncluded.NOT_APPLICABLE ? null : vat(rated), pick(STEPS), exempt);
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

  private List<PriceComponent> components(
      @Nullable TaxIncluded tax, boolean rated, boolean negative) {
    List<PriceComponent> components = new ArrayList<>();
    for (Dimension type : EnumSet.allOf(Dimension.class)) {
      if (random.nextBoolean() || type == Dimension.ENERGY) {
        components.add(
            new PriceComponent(
                type,
                price(negative),
                tax == TaxIncluded.NOT_APPLICABLE ? null : vat(rated),
                pick(STEPS)));
      }
    }
    return components;
  }

  private BigDecimal price(boolean negative) {
    BigDecimal price = BigDecimal.valueOf(random.nextInt(30_000), 4);
    return switch (random.nextInt(10)) {
      case 0 -> BigDecimal.ZERO;
      case 1, 2, 3 -> negative ? price.negate() : price;
      default -> price;
    };
  }

  private @Nullable BigDecimal vat(boolean rated) {
    return !rated && random.nextInt(4) == 0
        ? null
        : BigDecimal.valueOf(RATES[random.nextInt(RATES.length)], 1);
  }

  private Restrictions restrictions(TariffExtras extras) {
    if (random.nextInt(4) == 0) {
      return Restrictions.NONE;
    }
    return new Restrictions(
        random.nextInt(4) == 0 ? LocalWindow.ALWAYS : window(),
        random.nextInt(3) > 0 ? Restrictions.Bounds.NONE : bounds(200, 1),
        random.nextInt(8) > 0 ? Restrictions.Bounds.NONE : bounds(96, 0),
        random.nextInt(6) > 0 ? Restrictions.Bounds.NONE : bounds(300, 1),
        random.nextInt(3) > 0 ? Restrictions.Bounds.NONE : durations(),
        random.nextInt(8) > 0 ? null : pick(Arrays.asList(ReservationKind.values())),
        extras.calendar() == null || random.nextInt(3) == 0 ? Set.of() : beyond.tiers());
  }

  private Restrictions.Bounds bounds(int most, int scale) {
    return bounds(BigDecimal.ONE.movePointLeft(scale), most);
  }

  private Restrictions.Bounds durations() {
    return random.nextInt(4) == 0
        ? bounds(new BigDecimal("0.001"), 9_000_000)
        : bounds(BigDecimal.valueOf(60), 200);
  }

  private Restrictions.Bounds bounds(BigDecimal unit, int most) {
    BigDecimal min = unit.multiply(BigDecimal.valueOf(random.nextInt(most)));
    BigDecimal max = min.add(unit.multiply(BigDecimal.valueOf(1L + random.nextInt(most))));
    return switch (random.nextInt(3)) {
      case 0 -> new Restrictions.Bounds(min, null);
      case 1 -> new Restrictions.Bounds(null, max);
      default -> new Restrictions.Bounds(min, max);
    };
  }

  LocalWindow window() {
    LocalTime start = clock();
    LocalTime end = clock();
    boolean clock = random.nextInt(3) > 0 && (!start.equals(end) || end.equals(LocalTime.MIDNIGHT));
    boolean dates = random.nextInt(6) == 0;
    LocalDate first = beyond.night();
    return new LocalWindow(
        clock && random.nextInt(8) > 0 ? start : null,
        clock && random.nextInt(8) > 0 ? end : null,
        dates && random.nextInt(4) > 0 ? first : null,
        dates && random.nextInt(4) > 0 ? first.plusDays(1 + random.nextInt(2)) : null,
        random.nextInt(3) == 0 ? beyond.days() : Set.of());
  }

  private LocalTime clock() {
    return random.nextInt(8) == 0
        ? LocalTime.of(random.nextInt(24), random.nextInt(60))
        : LocalTime.of(random.nextInt(24), 15 * random.nextInt(4));
  }

  private <T> T pick(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }
}
