package org.ampay.payment.provider.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import java.util.OptionalLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.ampay.base.Money;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StripeAmountsTest {

  /** docs.stripe.com/currencies. */
  @ParameterizedTest
  @CsvSource({
    "EUR, 1999, 1999",
    "JPY, 500, 500",
    "KRW, 500, 500",
    "KWD, 5120, 5120",
    "ISK, 5, 500",
    "UGX, 5, 500",
    "MGA, 500, 5"
  })
  void amount_isTheirs(String currency, long ours, long theirs) {
    Money money = new Money(currency, ours);
    assertThat(StripeAmounts.toWire(money)).hasValue(theirs);
    assertThat(StripeAmounts.ofWire(currency.toLowerCase(Locale.ROOT), theirs)).isEqualTo(money);
  }

  @Test
  void whatStripeCannotSay_isRefused() {
    assertThat(StripeAmounts.toWire(new Money("KWD", 5_123))).isEmpty();
    assertThat(StripeAmounts.toWire(new Money("MGA", 501))).isEmpty();
    assertThatThrownBy(() -> StripeAmounts.ofWire("isk", 501))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Property(tries = 10_000)
  void whatIsSaid_isHeardTheSame(@ForAll @LongRange(min = 0, max = 99_999_999) long minor) {
    for (String currency : StripeAmounts.CURRENCIES) {
      Money money = new Money(currency, minor);
      OptionalLong wire = StripeAmounts.toWire(money);
      if (wire.isPresent()) {
        assertThat(StripeAmounts.ofWire(currency.toLowerCase(Locale.ROOT), wire.getAsLong()))
            .isEqualTo(money);
      }
    }
  }
}
