package org.ampay.payment.provider.alipay;

import java.math.BigDecimal;
import org.ampay.base.Money;
import org.jspecify.annotations.Nullable;

/** Alipay's amounts: decimal yuan with two digits; CNY only. Never rounded. */
final class Yuan {

  static final String CURRENCY = "CNY";

  /** 100,000,000.00 yuan. */
  static final long MOST_FEN = 10_000_000_000L;

  private Yuan() {}

  static String text(Money money) {
    if (!money.currency().equals(CURRENCY)) {
      throw new IllegalArgumentException("only " + CURRENCY);
    }
    return money.toDecimal().toPlainString();
  }

  /**
   * An amount of the wire.
   *
   * @throws NumberFormatException when it is missing or no plain number
   * @throws ArithmeticException when it has parts of a fen or is too large
   */
  static Money parse(@Nullable String yuan) {
    String text = yuan == null ? "" : yuan.strip();
    if (!text.matches("-?[0-9]{1,12}(\\.[0-9]{1,8})?")) {
      throw new NumberFormatException("no amount in yuan");
    }
    return new Money(CURRENCY, new BigDecimal(text).movePointRight(2).longValueExact());
  }

  /** Whether an amount of the wire is exactly {@code money}. */
  static boolean same(@Nullable String yuan, Money money) {
    try {
      return parse(yuan).equals(money);
    } catch (ArithmeticException | NumberFormatException e) {
      return false;
    }
  }
}
