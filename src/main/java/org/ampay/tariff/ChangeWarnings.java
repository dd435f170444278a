package org.ampay.tariff;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import org.ampay.tariff.TariffWarnings.Code;
import org.ampay.tariff.TariffWarnings.Found;

/** Prices that are far from those of the version before: more than half of them. */
final class ChangeWarnings {

  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
  private static final BigDecimal FAR = BigDecimal.valueOf(50);

  private ChangeWarnings() {}

  /** The price of each occasion, and the path of the component that has the last word there. */
  private record Prices(BigDecimal[] prices, String[] paths) {

    static Prices of(Occasions occasions, Tariff tariff, Set<Dimension> dimensions) {
      BigDecimal[] prices = new BigDecimal[occasions.size()];
      String[] paths = new String[occasions.size()];
      java.util.Arrays.fill(prices, BigDecimal.ZERO);
      java.util.Arrays.fill(paths, "elements");
      for (Dimension dimension : dimensions) {
        BitSet left = occasions.all();
        for (int e = 0; e < tariff.elements().size(); e++) {
          TariffElement element = tariff.elements().get(e);
          if (element.restrictions().reservation() != null) {
            continue;
          }
          for (int c = 0; c < element.components().size(); c++) {
            PriceComponent component = element.components().get(c);
            if (component.type() == dimension) {
              BitSet here = occasions.matching(tariff, element.restrictions());
              here.and(left);
              String path = TariffWarnings.path(e, c) + ".price";
              here.stream()
                  .forEach(
                      i -> {
                        prices[i] = prices[i].add(component.price());
                        paths[i] = path;
                      });
              left.andNot(here);
            }
          }
        }
      }
      return new Prices(prices, paths);
    }
  }

  static void check(Tariff tariff, Tariff previous, Found found) {
    Occasions occasions = new Occasions(tariff, previous);
    OccasionText text = new OccasionText(occasions, tariff);
    List<Set<Dimension>> together =
        List.of(
            // What a kWh costs is both fees: moving money from one to the other changes nothing.
            Set.of(Dimension.ENERGY, Dimension.SERVICE),
            Set.of(Dimension.TIME),
            Set.of(Dimension.PARKING_TIME),
            Set.of(Dimension.FLAT));
    for (Set<Dimension> dimensions : together) {
      compare(
          Prices.of(occasions, tariff, dimensions),
          Prices.of(occasions, previous, dimensions),
          text,
          found);
    }
    Occupancy now = tariff.extras().occupancy();
    Occupancy before = previous.extras().occupancy();
    if (now != null && before != null && isFar(before.price(), now.price())) {
      warn("occupancy.price", before.price(), now.price(), "occupancy", found);
    }
  }

  /** One warning: where the change is the greatest, and all that changes as much. */
  private static void compare(Prices now, Prices before, OccasionText text, Found found) {
    int worst = -1;
    List<Integer> far = new ArrayList<>();
    for (int i = 0; i < now.prices().length; i++) {
      if (isFar(before.prices()[i], now.prices()[i])) {
        far.add(i);
        if (worst < 0 || change(before, now, i).compareTo(change(before, now, worst)) > 0) {
          worst = i;
        }
      }
    }
    if (worst < 0) {
      return;
    }
    BitSet same = new BitSet();
    for (int i : far) {
      if (now.prices()[i].compareTo(now.prices()[worst]) == 0
          && before.prices()[i].compareTo(before.prices()[worst]) == 0) {
        same.set(i);
      }
    }
    warn(now.paths()[worst], before.prices()[worst], now.prices()[worst], text.of(same), found);
  }

  private static BigDecimal change(Prices before, Prices now, int i) {
    return percent(before.prices()[i], now.prices()[i]).abs();
  }

  private static boolean isFar(BigDecimal before, BigDecimal now) {
    return before.signum() > 0 && percent(before, now).abs().compareTo(FAR) > 0;
  }

  private static BigDecimal percent(BigDecimal before, BigDecimal now) {
    return now.subtract(before).multiply(HUNDRED).divide(before, 1, RoundingMode.HALF_UP);
  }

  private static void warn(
      String path, BigDecimal before, BigDecimal now, String when, Found found) {
    BigDecimal percent = percent(before, now);
    found.warn(
        Code.PRICE_FAR,
        path,
        Exact.of(before).toPlainString(),
        Exact.of(now).toPlainString(),
        (percent.signum() > 0 ? "+" : "") + percent.stripTrailingZeros().toPlainString(),
        when);
  }
}
