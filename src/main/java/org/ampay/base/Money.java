package org.ampay.base;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;

/**
 * An amount of money in integer minor units of its currency: {@code Money("CNY", 1234)} is 12.34
 * yuan. Never rounded by itself; arithmetic that overflows or mixes currencies throws.
 *
 * @param currency ISO 4217 code, for example {@code CNY}
 * @param minor the amount in minor units; may be negative
 */
public record Money(String currency, long minor) implements Comparable<Money> {

  public Money {
    exponent(currency);
  }

  public static Money zero(String currency) {
    return new Money(currency, 0);
  }

  /**
   * The amount in minor units, rounded with {@code mode}.
   *
   * @param amount in major units, for example 12.345 yuan
   */
  public static Money of(String currency, BigDecimal amount, RoundingMode mode) {
    return new Money(
        currency, amount.movePointRight(exponent(currency)).setScale(0, mode).longValueExact());
  }

  /**
   * Digits behind the decimal point: 2 for CNY, 0 for JPY, 3 for KWD.
   *
   * @throws IllegalArgumentException when the code is no ISO 4217 currency
   */
  public static int exponent(String currency) {
    try {
      return Math.max(0, Currency.getInstance(currency).getDefaultFractionDigits());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("unknown currency '" + currency + "'", e);
    }
  }

  public Money plus(Money other) {
    return new Money(currency, Math.addExact(minor, same(other).minor));
  }

  public Money minus(Money other) {
    return new Money(currency, Math.subtractExact(minor, same(other).minor));
  }

  public Money negate() {
    return new Money(currency, Math.negateExact(minor));
  }

  public Money min(Money other) {
    return minor <= same(other).minor ? this : other;
  }

  public boolean isZero() {
    return minor == 0;
  }

  public boolean isPositive() {
    return minor > 0;
  }

  public boolean isNegative() {
    return minor < 0;
  }

  /** The amount in major units, with the currency's digits: {@code 12.34}. */
  public BigDecimal toDecimal() {
    return BigDecimal.valueOf(minor, exponent(currency));
  }

  @Override
  public int compareTo(Money other) {
    return Long.compare(minor, same(other).minor);
  }

  /** {@code 12.34 CNY}. */
  @Override
  public String toString() {
    return toDecimal().toPlainString() + " " + currency;
  }

  private Money same(Money other) {
    if (!currency.equals(other.currency)) {
      throw new IllegalArgumentException("mixed currencies: " + currency + ", " + other.currency);
    }
    return other;
  }
}
