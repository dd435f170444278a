package org.ampay.tariff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Positive;
import org.junit.jupiter.api.Test;

/** Against a plain fraction of {@link BigInteger}. */
class ExactTest {

  private record Fraction(BigInteger num, BigInteger den) {
    static Fraction of(long num, long den) {
      return new Fraction(BigInteger.valueOf(num), BigInteger.valueOf(den));
    }

    boolean is(Exact exact) {
      BigDecimal there = new BigDecimal(num).divide(new BigDecimal(den), 60, RoundingMode.HALF_UP);
      return exact.round(60, RoundingMode.HALF_UP).compareTo(there) == 0;
    }

    Fraction plus(Fraction o) {
      return new Fraction(num.multiply(o.den).add(o.num.multiply(den)), den.multiply(o.den));
    }

    Fraction times(Fraction o) {
      return new Fraction(num.multiply(o.num), den.multiply(o.den));
    }
  }

  @Property
  void arithmetic_equalsThatOfPlainFractions(
      @ForAll long a, @ForAll @Positive long b, @ForAll long c, @ForAll @Positive long d) {
    Exact x = Exact.ofRatio(a, b);
    Exact y = Exact.ofRatio(c, d);
    Fraction p = Fraction.of(a, b);
    Fraction q = Fraction.of(c, d);

    assertThat(p.plus(q).is(x.plus(y))).isTrue();
    assertThat(p.times(q).is(x.times(y))).isTrue();
    assertThat(x.plus(y).minus(y)).isEqualTo(x).hasSameHashCodeAs(x);
    if (c != 0) {
      assertThat(x.dividedBy(y).times(y)).isEqualTo(x);
    }
    assertThat(x.compareTo(y)).isEqualTo(p.num.multiply(q.den).compareTo(q.num.multiply(p.den)));
    assertThat(x.signum()).isEqualTo(Long.signum(a));
    BigInteger floor = x.floor();
    assertThat(x.compareTo(Exact.of(new BigDecimal(floor)))).isNotNegative();
    assertThat(x.compareTo(Exact.of(new BigDecimal(floor.add(BigInteger.ONE))))).isNegative();
  }

  @Property
  void ceiling_isTheLeastMultipleNotBelow(
      @ForAll @Positive int value, @ForAll @Positive int den, @ForAll @Positive int step) {
    Exact exact = Exact.ofRatio(value, den);
    Exact multiple = exact.ceilingTo(Exact.of(step));

    assertThat(multiple.compareTo(exact)).isNotNegative();
    assertThat(multiple.minus(Exact.of(step)).compareTo(exact)).isNegative();
    assertThat(multiple.dividedBy(Exact.of(step)).toPlainString()).doesNotContain(".");
  }

  @Test
  void text_isFiniteWhereTheDecimalIs() {
    assertThat(Exact.of(new BigDecimal("5.00")).toPlainString()).isEqualTo("5");
    assertThat(Exact.ofRatio(1, 8).toPlainString()).isEqualTo("0.125");
    assertThat(Exact.ofRatio(2, 3).toPlainString()).isEqualTo("0.66666666666666666667");
    assertThat(Exact.of(new BigDecimal("1200")).toPlainString()).isEqualTo("1200");
    assertThat(Exact.ofRatio(0, 7).toPlainString()).isEqualTo("0");
  }

  @Test
  void zero_dividesNothing() {
    assertThatExceptionOfType(ArithmeticException.class)
        .isThrownBy(() -> Exact.ONE.dividedBy(Exact.ZERO));
  }
}
