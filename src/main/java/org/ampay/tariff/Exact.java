package org.ampay.tariff;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * An exact fraction. Hours of seconds and interpolated energy are not finite decimals, and a price
 * rounds once, at its end.
 *
 * <p>The usual case lives in two longs, reduced only when an operation would overflow; what does
 * not fit even then goes on in {@link BigInteger}. Equality is by value.
 */
public final class Exact implements Comparable<Exact> {

  public static final Exact ZERO = new Exact(0, 1, null);
  public static final Exact ONE = new Exact(1, 1, null);

  /** Digits behind the point of {@link #toPlainString} where the decimal does not end. */
  private static final int DIGITS = 20;

  private static final int MAX_LONG_SCALE = 18;
  private static final long[] POWERS_OF_TEN = powersOfTen();

  /** Numerator and positive denominator; meaningless when {@link #big} is set. */
  private final long num;

  private final long den;
  private final @Nullable Big big;

  private record Big(BigInteger num, BigInteger den) {}

  private Exact(long num, long den, @Nullable Big big) {
    this.num = num;
    this.den = den;
    this.big = big;
  }

  public static Exact of(long value) {
    return new Exact(value, 1, null);
  }

  /**
   * {@code num / den}.
   *
   * @throws ArithmeticException when {@code den} is not positive
   */
  public static Exact ofRatio(long num, long den) {
    if (den <= 0) {
      throw new ArithmeticException("the denominator must be positive: " + den);
    }
    return new Exact(num, den, null);
  }

  public static Exact of(BigDecimal value) {
    int scale = value.scale();
    if (scale >= 0 && scale <= MAX_LONG_SCALE && value.precision() <= MAX_LONG_SCALE) {
      return new Exact(value.unscaledValue().longValue(), POWERS_OF_TEN[scale], null);
    }
    return scale >= 0
        ? reduced(value.unscaledValue(), BigInteger.TEN.pow(scale))
        : reduced(value.toBigIntegerExact(), BigInteger.ONE);
  }

  public Exact plus(Exact other) {
    if (big == null && other.big == null) {
      if (num == 0) {
        return other;
      }
      if (other.num == 0) {
        return this;
      }
      Exact sum = smallSum(this, other);
      if (sum == null) {
        sum = smallSum(smallest(), other.smallest());
      }
      if (sum != null) {
        return sum;
      }
    }
    return reduced(
        bigNum().multiply(other.bigDen()).add(other.bigNum().multiply(bigDen())),
        bigDen().multiply(other.bigDen()));
  }

  /** The sum in longs, null when it does not fit. */
  private static @Nullable Exact smallSum(Exact one, Exact other) {
    Exact a = one.den >= other.den ? one : other;
    Exact b = a == one ? other : one;
    long left = a.num;
    long factor = a.den / b.den;
    long den = a.den;
    if (factor * b.den != a.den) {
      // Denominators that have nothing to do with each other; decimals never come here.
      if (!fits(a.num, b.den) || !fits(a.den, b.den)) {
        return null;
      }
      left = a.num * b.den;
      factor = a.den;
      den = a.den * b.den;
    }
    if (!fits(b.num, factor)) {
      return null;
    }
    long right = b.num * factor;
    long sum = left + right;
    return ((left ^ sum) & (right ^ sum)) < 0 ? null : new Exact(sum, den, null);
  }

  public Exact minus(Exact other) {
    if (other.num == 0 && other.big == null) {
      return this;
    }
    return plus(other.negate());
  }

  public Exact negate() {
    return big == null && num != Long.MIN_VALUE
        ? new Exact(-num, den, null)
        : reduced(bigNum().negate(), bigDen());
  }

  public Exact times(Exact other) {
    if (big == null && other.big == null) {
      if (fits(num, other.num) && fits(den, other.den)) {
        return new Exact(num * other.num, den * other.den, null);
      }
      long down = gcd(num, other.den);
      long across = gcd(other.num, den);
      long a = num / down;
      long b = other.num / across;
      long c = den / across;
      long d = other.den / down;
      if (fits(a, b) && fits(c, d)) {
        return new Exact(a * b, c * d, null);
      }
    }
    return reduced(bigNum().multiply(other.bigNum()), bigDen().multiply(other.bigDen()));
  }

  /**
   * The quotient.
   *
   * @throws ArithmeticException when {@code other} is zero
   */
  public Exact dividedBy(Exact other) {
    return switch (other.signum()) {
      case 0 -> throw new ArithmeticException("division by zero");
      case 1 -> times(other.inverse());
      default -> negate().times(other.negate().inverse());
    };
  }

  /** The least multiple of {@code step} that is not below this; {@code step} is positive. */
  public Exact ceilingTo(Exact step) {
    Exact quotient = dividedBy(step);
    if (quotient.big == null) {
      long up = Math.ceilDiv(quotient.num, quotient.den);
      return new Exact(up, 1, null).times(step);
    }
    BigInteger[] parts = quotient.bigNum().divideAndRemainder(quotient.bigDen());
    BigInteger whole = parts[1].signum() > 0 ? parts[0].add(BigInteger.ONE) : parts[0];
    return reduced(whole, BigInteger.ONE).times(step);
  }

  /** The greatest integer that is not above this. */
  public BigInteger floor() {
    if (big == null) {
      return BigInteger.valueOf(Math.floorDiv(num, den));
    }
    BigInteger[] parts = big.num.divideAndRemainder(big.den);
    return parts[1].signum() < 0 ? parts[0].subtract(BigInteger.ONE) : parts[0];
  }

  /** {@link #floor} of a value that is known to be no greater than a long. */
  long floorLong() {
    return big == null ? Math.floorDiv(num, den) : floor().longValueExact();
  }

  /** Whether it is held as an integer of 64 bits. */
  boolean isLong() {
    return big == null && den == 1;
  }

  public int signum() {
    return big == null ? Long.signum(num) : big.num.signum();
  }

  public Exact min(Exact other) {
    return compareTo(other) <= 0 ? this : other;
  }

  public Exact max(Exact other) {
    return compareTo(other) >= 0 ? this : other;
  }

  /** Rounded to {@code scale} digits behind the point. */
  public BigDecimal round(int scale, RoundingMode mode) {
    if (big == null) {
      return BigDecimal.valueOf(num).divide(BigDecimal.valueOf(den), scale, mode);
    }
    return new BigDecimal(bigNum()).divide(new BigDecimal(bigDen()), scale, mode);
  }

  /** Without trailing zeros: {@code 5}, {@code 0.25}; 20 digits half up where it never ends. */
  public String toPlainString() {
    if (signum() == 0) {
      return "0";
    }
    BigDecimal value;
    try {
      value = new BigDecimal(bigNum()).divide(new BigDecimal(bigDen()));
    } catch (ArithmeticException endless) {
      value = round(DIGITS, RoundingMode.HALF_UP);
    }
    return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
  }

  @Override
  public int compareTo(Exact other) {
    if (big == null && other.big == null) {
      if (den == other.den) {
        return Long.compare(num, other.num);
      }
      if (fits(num, other.den) && fits(other.num, den)) {
        return Long.compare(num * other.den, other.num * den);
      }
    }
    return bigNum().multiply(other.bigDen()).compareTo(other.bigNum().multiply(bigDen()));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Exact exact && compareTo(exact) == 0;
  }

  @Override
  public int hashCode() {
    Exact normal = reduced(bigNum(), bigDen());
    return normal.bigNum().hashCode() * 31 + normal.bigDen().hashCode();
  }

  @Override
  public String toString() {
    return toPlainString();
  }

  private Exact inverse() {
    return big == null ? new Exact(den, num, null) : new Exact(0, 1, new Big(big.den, big.num));
  }

  private BigInteger bigNum() {
    return big == null ? BigInteger.valueOf(num) : big.num;
  }

  private BigInteger bigDen() {
    return big == null ? BigInteger.valueOf(den) : big.den;
  }

  private static Exact reduced(BigInteger num, BigInteger den) {
    BigInteger gcd = num.gcd(den);
    BigInteger n = num.divide(gcd);
    BigInteger d = den.divide(gcd);
    return n.bitLength() < Long.SIZE && d.bitLength() < Long.SIZE
        ? new Exact(n.longValue(), d.longValue(), null)
        : new Exact(0, 1, new Big(n, d));
  }

  /** The same value in the smallest numbers, of one that is held in longs. */
  private Exact smallest() {
    long gcd = gcd(num, den);
    return gcd == 1 ? this : new Exact(num / gcd, den / gcd, null);
  }

  /** The greatest common divisor by shifts; {@code b} is positive, {@code a} may be anything. */
  private static long gcd(long a, long b) {
    if (a == 0 || a == Long.MIN_VALUE) {
      return a == 0 ? b : 1;
    }
    long u = Math.abs(a);
    int shift = Long.numberOfTrailingZeros(u | b);
    u >>>= Long.numberOfTrailingZeros(u);
    long v = b >>> Long.numberOfTrailingZeros(b);
    while (u != v) {
      if (u > v) {
        u -= v;
        u >>>= Long.numberOfTrailingZeros(u);
      } else {
        v -= u;
        v >>>= Long.numberOfTrailingZeros(v);
      }
    }
    return u << shift;
  }

  /** Whether the product of two longs is a long. */
  private static boolean fits(long a, long b) {
    return Math.multiplyHigh(a, b) == (a * b) >> (Long.SIZE - 1);
  }

  private static long[] powersOfTen() {
    long[] powers = new long[MAX_LONG_SCALE + 1];
    powers[0] = 1;
    for (int i = 1; i < powers.length; i++) {
      powers[i] = powers[i - 1] * 10;
    }
    return powers;
  }
}
