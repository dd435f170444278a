package org.ampay.tariff.proof;

import java.math.BigDecimal;
import org.ampay.tariff.TaxIncluded;
import org.jspecify.annotations.Nullable;

/**
 * Money in major units, without tax and with it.
 *
 * @param excl null: holds a tax that nobody knows
 */
record Sum(@Nullable Ratio excl, Ratio incl) {

  static final Sum ZERO = new Sum(Ratio.ZERO, Ratio.ZERO);

  /** A price that stands in a tariff, with and without the tax of its rate; 0 holds no tax. */
  static Sum of(Ratio amount, @Nullable BigDecimal vat, @Nullable TaxIncluded tax) {
    if (amount.sign() == 0) {
      return ZERO;
    }
    if (tax == TaxIncluded.YES) {
      return new Sum(vat == null ? null : amount.over(factor(vat)), amount);
    }
    return new Sum(amount, vat == null ? amount : amount.times(factor(vat)));
  }

  static Ratio factor(BigDecimal vat) {
    return Ratio.ONE.plus(Ratio.of(vat).over(Ratio.HUNDRED));
  }

  Sum plus(Sum other) {
    return new Sum(
        excl == null || other.excl == null ? null : excl.plus(other.excl), incl.plus(other.incl));
  }

  /** The same share of both. */
  Sum times(Ratio share) {
    return new Sum(excl == null ? null : excl.times(share), incl.times(share));
  }

  Sum minus(Sum other) {
    return plus(other.times(Ratio.of(-1)));
  }

  Ratio exclOrAll() {
    return excl == null ? incl : excl;
  }
}
