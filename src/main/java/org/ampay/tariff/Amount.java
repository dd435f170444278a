package org.ampay.tariff;

import org.jspecify.annotations.Nullable;

/**
 * Unrounded money in major units.
 *
 * @param excl without tax; null when the prices hold a tax whose rate the tariff does not tell
 * @param incl with tax, as far as the tariff tells it: what the driver pays
 */
public record Amount(@Nullable Exact excl, Exact incl) {

  public static final Amount ZERO = new Amount(Exact.ZERO, Exact.ZERO);

  Amount plus(Amount other) {
    return new Amount(
        excl == null || other.excl == null ? null : excl.plus(other.excl), incl.plus(other.incl));
  }

  Amount minus(Amount other) {
    return new Amount(
        excl == null || other.excl == null ? null : excl.minus(other.excl), incl.minus(other.incl));
  }

  Amount times(Exact factor) {
    return new Amount(excl == null ? null : excl.times(factor), incl.times(factor));
  }

  boolean isZero() {
    return (excl == null || excl.signum() == 0) && incl.signum() == 0;
  }

  /** The part without tax, all of it where the tax is not known. */
  Exact exclOrAll() {
    return excl == null ? incl : excl;
  }
}
