package org.ampay.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.junit.jupiter.api.Test;

class MoneyTest {

  @Test
  void currenciesHaveTheirOwnDigits() {
    assertThat(new Money("CNY", 1234)).hasToString("12.34 CNY");
    assertThat(new Money("JPY", 1234)).hasToString("1234 JPY");
    assertThat(new Money("KWD", 1234)).hasToString("1.234 KWD");
  }

  @Test
  void aDecimalAmount_isRoundedOnceHalfUp() {
    assertThat(cny("19.99")).isEqualTo(new Money("CNY", 1999));
    assertThat(cny("0.005")).isEqualTo(new Money("CNY", 1));
    assertThat(cny("0.0049999")).isEqualTo(new Money("CNY", 0));
  }

  @Test
  void mixedCurrencies_throw() {
    assertThatThrownBy(() -> new Money("CNY", 1).plus(new Money("EUR", 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("CNY, EUR");
  }

  @Test
  void overflow_throwsInsteadOfWrapping() {
    assertThatThrownBy(() -> new Money("CNY", Long.MAX_VALUE).plus(new Money("CNY", 1)))
        .isInstanceOf(ArithmeticException.class);
  }

  @Test
  void anUnknownCurrency_isRefused() {
    assertThatThrownBy(() -> new Money("ZZZ", 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("ZZZ");
  }

  private static Money cny(String amount) {
    return Money.of("CNY", new BigDecimal(amount), RoundingMode.HALF_UP);
  }
}
