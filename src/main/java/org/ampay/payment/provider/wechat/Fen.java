package org.ampay.payment.provider.wechat;

import java.math.BigDecimal;
import org.ampay.base.Money;
import org.jspecify.annotations.Nullable;

/** WeChat's amounts: integer fen in the API, decimal yuan in the bills; CNY only. */
final class Fen {

  static final String CURRENCY = "CNY";

  private Fen() {}

  static Money of(long fen) {
    return new Money(CURRENCY, fen);
  }

  /** Whether an amount of the wire is exactly {@code money}. */
  static boolean same(@Nullable Number fen, Money money) {
    return fen != null && money.currency().equals(CURRENCY) && fen.longValue() == money.minor();
  }

  /**
   * Yuan of a bill, never rounded.
   *
   * @throws NumberFormatException when it is no number
   * @throws ArithmeticException when it has parts of a fen
   */
  static Money ofYuan(String yuan) {
    return of(new BigDecimal(yuan.strip()).movePointRight(2).longValueExact());
  }
}
