package org.ampay.ocpi.cdr;

import java.math.BigDecimal;
import java.util.List;
import org.ampay.base.Money;
import org.jspecify.annotations.Nullable;

/**
 * A sum of money as partners are told it: exact to the minor unit.
 *
 * @param taxes one a rate; their sum is the tax
 */
public record Cost(Money excl, List<Tax> taxes) {

  /**
   * A tax.
   *
   * @param percent null when it is not one rate
   */
  public record Tax(@Nullable BigDecimal percent, Money amount) {}

  public Cost {
    taxes = taxes.stream().filter(tax -> !tax.amount().isZero()).toList();
  }

  public static Cost zero(String currency) {
    return new Cost(Money.zero(currency), List.of());
  }

  /** All the taxes. */
  public Money tax() {
    return taxes.stream().map(Tax::amount).reduce(Money.zero(excl.currency()), Money::plus);
  }

  /** With taxes: what is owed. */
  public Money incl() {
    return excl.plus(tax());
  }
}
