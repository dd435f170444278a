package org.ampay.tariff.proof;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * A fraction in lowest terms, by school arithmetic on whole numbers of any size.
 *
 * @param den positive
 */
record Ratio(BigInteger num, BigInteger den) implements Comparable<Ratio> {

  static final Ratio ZERO = of(0);
  static final Ratio ONE = of(1);
  static final Ratio HUNDRED = of(100);

  Ratio {
    if (den.signum() == 0) {
      throw new ArithmeticException("division by zero");
    }
    BigInteger divisor = num.gcd(den);
    BigInteger signed = den.signum() < 0 ? divisor.negate() : divisor;
    num = num.divide(signed);
    den = den.divide(signed);
  }

  static Ratio of(long value) {
    return new Ratio(BigInteger.valueOf(value), BigInteger.ONE);
  }

  static Ratio of(BigDecimal value) {
    return value.scale() <= 0
        ? new Ratio(value.toBigIntegerExact(), BigInteger.ONE)
        : new Ratio(value.unscaledValue(), BigInteger.TEN.pow(value.scale()));
  }

  Ratio plus(Ratio other) {
    return new Ratio(num.multiply(other.den).add(other.num.multiply(den)), den.multiply(other.den));
  }

  Ratio minus(Ratio other) {
    return new Ratio(
        num.multiply(other.den).subtract(other.num.multiply(den)), den.multiply(other.den));
  }

  Ratio times(Ratio other) {
    return new Ratio(num.multiply(other.num), den.multiply(other.den));
  }

  Ratio over(Ratio other) {
    return new Ratio(num.multiply(other.den), den.multiply(other.num));
  }

  /** The greatest whole number that is not above. */
  BigInteger floor() {
    BigInteger[] parts = num.divideAndRemainder(den);
    return parts[1].signum() < 0 ? parts[0].subtract(BigInteger.ONE) : parts[0];
  }

  /** The least whole number that is not below. */
  Ratio ceiling() {
    BigInteger floor = floor();
    Ratio whole = new Ratio(floor, BigInteger.ONE);
    return whole.equals(this) ? this : whole.plus(ONE);
  }

  /** Rounded to {@code scale} digits behind the point. */
  BigDecimal round(int scale, RoundingMode mode) {
    return new BigDecimal(num).divide(new BigDecimal(den), scale, mode);
  }

  int sign() {
    return num.signum();
  }

  boolean isAtLeast(Ratio other) {
    return compareTo(other) >= 0;
  }

  Ratio min(Ratio other) {
    return isAtLeast(other) ? other : this;
  }

  Ratio max(Ratio other) {
    return isAtLeast(other) ? this : other;
  }

  @Override
  public int compareTo(Ratio other) {
    return num.multiply(other.den).compareTo(other.num.multiply(den));
  }

  @Override
  public String toString() {
    return den.equals(BigInteger.ONE) ? num.toString() : num + "/" + den;
  }
}
