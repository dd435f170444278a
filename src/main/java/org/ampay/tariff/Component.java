package org.ampay.tariff;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A price component ready for arithmetic. Identity matters: one object a component of a snapshot.
 */
final class Component {

  private static final Exact HUNDRED = Exact.of(100);

  /** Position among all the components of the snapshot. */
  final int index;

  /** Index of its {@link CompiledTariffs.Group}. */
  final int group;

  final PricedBy by;
  final LineDimension dimension;
  final int stepSize;
  private final Exact price;
  private final boolean taxIncluded;

  /** {@code 1 + vat / 100}; null without a rate. */
  private final @Nullable Exact taxFactor;

  Component(int index, int group, PricedBy by, LineDimension dimension, @Nullable TaxIncluded tax) {
    this.index = index;
    this.group = group;
    this.by = by;
    this.dimension = dimension;
    this.stepSize = by.price().stepSize();
    this.price = Exact.of(by.price().price());
    this.taxIncluded = tax == TaxIncluded.YES;
    BigDecimal vat = by.price().vat();
    this.taxFactor = vat == null ? null : Exact.ONE.plus(Exact.of(vat).dividedBy(HUNDRED));
  }

  boolean isTaxIncluded() {
    return taxIncluded;
  }

  /** The cost of a volume: kWh, hours or 1. */
  Amount amount(Exact volume) {
    Exact amount = price.times(volume);
    if (amount.signum() == 0) {
      return Amount.ZERO;
    }
    if (!taxIncluded) {
      return new Amount(amount, taxFactor == null ? amount : amount.times(taxFactor));
    }
    return new Amount(taxFactor == null ? null : amount.dividedBy(taxFactor), amount);
  }
}
