package org.ampay.tariff;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.ampay.base.Money;
import org.jspecify.annotations.Nullable;

/**
 * The tax of one rate.
 *
 * @param rate in percent; null for what has none: not applicable, not known, or a price limit over
 *     several rates
 */
public record TaxLine(@Nullable BigDecimal rate, Money excl, Money tax) {

  static List<TaxLine> of(List<BillLine> lines) {
    List<BigDecimal> rates =
        lines.stream()
            .filter(line -> line.by() != null)
            .map(line -> key(line.vat()))
            .distinct()
            .toList();
    BigDecimal only = rates.size() == 1 ? rates.getFirst() : NONE;
    Map<BigDecimal, TaxLine> byRate = new LinkedHashMap<>();
    for (BillLine line : lines) {
      Adjustment adjustment = line.adjustment();
      boolean ofTheSum = adjustment != null && adjustment.isOfTheSum();
      BigDecimal rate = ofTheSum ? only : key(line.vat());
      byRate.merge(
          rate,
          new TaxLine(rate.equals(NONE) ? null : rate, line.excl(), line.tax()),
          TaxLine::plus);
    }
    return List.copyOf(byRate.values());
  }

  /** Stands for null among the keys; no rate is negative. */
  private static final BigDecimal NONE = BigDecimal.ONE.negate();

  private static BigDecimal key(@Nullable BigDecimal vat) {
    BigDecimal rate = Objects.requireNonNullElse(vat, NONE).stripTrailingZeros();
    return rate.scale() < 0 ? rate.setScale(0) : rate;
  }

  private TaxLine plus(TaxLine other) {
    return new TaxLine(rate, excl.plus(other.excl), tax.plus(other.tax));
  }
}
