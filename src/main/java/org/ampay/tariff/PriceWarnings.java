package org.ampay.tariff;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.ampay.tariff.TariffWarnings.Code;
import org.ampay.tariff.TariffWarnings.Found;
import org.jspecify.annotations.Nullable;

/** Figures of a tariff that look wrong by themselves. */
final class PriceWarnings {

  /** Currencies in which a kWh costs somewhere between a few cents and a few units. */
  private static final Set<String> STRONG =
      Set.of(
          "AUD", "CAD", "CHF", "CNY", "EUR", "GBP", "HKD", "NZD", "SGD", "USD", "AED", "SAR", "MYR",
          "BRL", "PLN", "QAR");

  private static final BigDecimal MOST_A_KWH = BigDecimal.valueOf(20);
  private static final BigDecimal LEAST_A_KWH = new BigDecimal("0.005");
  private static final BigDecimal MOST_AN_HOUR = BigDecimal.valueOf(2_000);
  private static final BigDecimal FAR = BigDecimal.valueOf(100);

  /** Below this a price in a strong currency is no mistake, whatever the others are. */
  private static final BigDecimal USUAL = BigDecimal.valueOf(5);

  private static final int MOST_PATHS = 5;

  private final Tariff tariff;
  private final Found found;

  PriceWarnings(Tariff tariff, Found found) {
    this.tariff = tariff;
    this.found = found;
  }

  void check() {
    limit("min_price", tariff.limits().min());
    limit("max_price", tariff.limits().max());
    taxes();
    units();
    occupancy();
    ceilings();
  }

  /** Looks at a component and its path. */
  private interface Visitor {
    void visit(String path, PriceComponent component, boolean reserved);
  }

  private void each(Visitor visitor) {
    for (int e = 0; e < tariff.elements().size(); e++) {
      TariffElement element = tariff.elements().get(e);
      for (int c = 0; c < element.components().size(); c++) {
        visitor.visit(
            TariffWarnings.path(e, c),
            element.components().get(c),
            element.restrictions().reservation() != null);
      }
    }
  }

  private void limit(String path, @Nullable PriceLimit limit) {
    if (limit != null && limit.incl() == null && tariff.isTaxed()) {
      found.warn(Code.LIMIT_TAX, path);
    }
  }

  private void taxes() {
    if (!tariff.isTaxed()) {
      return;
    }
    List<String> missing = new ArrayList<>();
    each(
        (path, component, reserved) -> {
          if (component.vat() == null && component.price().signum() > 0) {
            missing.add(path + ".vat");
          }
        });
    Occupancy occupancy = tariff.extras().occupancy();
    if (occupancy != null && occupancy.vat() == null) {
      missing.add("occupancy.vat");
    }
    if (!missing.isEmpty()) {
      String shown =
          missing.size() <= MOST_PATHS
              ? String.join(", ", missing)
              : String.join(", ", missing.subList(0, MOST_PATHS)) + ", …";
      found.warn(Code.TAX_MISSING, missing.getFirst(), shown);
    }
  }

  /** Fen instead of yuan, watt-hours instead of kWh. */
  private void units() {
    for (Dimension type : Dimension.values()) {
      BigDecimal median = median(type);
      each(
          (path, component, reserved) -> {
            if (component.type() == type && !reserved) {
              unit(path + ".price", type, component.price(), median);
            }
          });
    }
  }

  private void unit(String path, Dimension type, BigDecimal price, BigDecimal median) {
    boolean strong = STRONG.contains(tariff.currency());
    boolean ofKwh = type == Dimension.ENERGY || type == Dimension.SERVICE;
    BigDecimal most = ofKwh ? MOST_A_KWH : MOST_AN_HOUR;
    boolean beyond = strong && price.compareTo(most) > 0;
    boolean alone =
        median.signum() > 0
            && price.compareTo(median.multiply(FAR)) >= 0
            && (!strong || price.compareTo(USUAL) > 0);
    if (beyond || alone) {
      found.warn(Code.PRICE_HIGH, path, plain(price));
    } else if (strong && ofKwh && price.signum() > 0 && price.compareTo(LEAST_A_KWH) < 0) {
      found.warn(Code.PRICE_LOW, path, plain(price));
    }
  }

  /** Of the prices above 0; the lower one of two. */
  private BigDecimal median(Dimension type) {
    List<BigDecimal> prices = new ArrayList<>();
    each(
        (path, component, reserved) -> {
          if (component.type() == type && component.price().signum() > 0 && !reserved) {
            prices.add(component.price());
          }
        });
    prices.sort(null);
    return prices.isEmpty() ? BigDecimal.ZERO : prices.get((prices.size() - 1) / 2);
  }

  private void occupancy() {
    Occupancy occupancy = tariff.extras().occupancy();
    if (occupancy == null) {
      return;
    }
    if (occupancy.graceSeconds() == 0 && occupancy.price().signum() > 0) {
      found.warn(Code.NO_GRACE, "occupancy.grace_seconds");
    }
    if (STRONG.contains(tariff.currency()) && occupancy.price().compareTo(MOST_AN_HOUR) > 0) {
      found.warn(Code.PRICE_HIGH, "occupancy.price", plain(occupancy.price()));
    }
  }

  private void ceilings() {
    BigDecimal fee = fixedFee();
    List<Ceiling> ceilings = tariff.extras().ceilings();
    for (int i = 0; i < ceilings.size(); i++) {
      Ceiling ceiling = ceilings.get(i);
      String path = "ceilings[" + i + "]";
      if (!isPriced(ceiling.dimension())) {
        found.warn(Code.CEILING_UNUSED, path + ".dimension", ceiling.dimension().name());
      } else if (ceiling.dimension() == LineDimension.FLAT && ceiling.price().compareTo(fee) < 0) {
        found.warn(Code.CEILING_LOW, path + ".price", plain(ceiling.price()), plain(fee));
      }
    }
    PriceLimit max = tariff.limits().max();
    if (max != null) {
      BigDecimal most =
          tariff.taxIncluded() == TaxIncluded.YES && max.incl() != null ? max.incl() : max.excl();
      if (most.compareTo(fee) < 0) {
        found.warn(Code.CEILING_LOW, "max_price", plain(most), plain(fee));
      }
    }
  }

  /** The greatest of a session. */
  private BigDecimal fixedFee() {
    List<BigDecimal> fees = new ArrayList<>();
    each(
        (path, component, reserved) -> {
          if (component.type() == Dimension.FLAT && !reserved) {
            fees.add(component.price());
          }
        });
    return fees.stream().max(BigDecimal::compareTo).orElse(BigDecimal.ZERO);
  }

  private boolean isPriced(LineDimension dimension) {
    if (dimension == LineDimension.OCCUPANCY) {
      return tariff.extras().occupancy() != null;
    }
    List<LineDimension> priced = new ArrayList<>();
    each(
        (path, component, reserved) ->
            priced.add(
                reserved
                    ? LineDimension.RESERVATION_TIME
                    : LineDimension.valueOf(component.type().name())));
    return priced.contains(dimension);
  }

  private static String plain(BigDecimal value) {
    return Exact.of(value).toPlainString();
  }
}
