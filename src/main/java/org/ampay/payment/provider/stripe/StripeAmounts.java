package org.ampay.payment.provider.stripe;

import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.ampay.base.Money;

/**
 * Amounts as Stripe writes them: whole numbers of its own smallest unit, which is not everywhere
 * that of ISO 4217 (docs.stripe.com/currencies): MGA has no decimals there, ISK and UGX have two
 * that are always 00, and of three decimals the last is always 0.
 */
final class StripeAmounts {

  /** Where Stripe's decimals are not those of ISO 4217. */
  private static final Map<String, Integer> DECIMALS = Map.of("MGA", 0, "ISK", 2, "UGX", 2);

  private static final int OF_THREE_DECIMALS = 10;

  /** What a card can be charged in. */
  static final Set<String> CURRENCIES =
      Set.of(
          ("AED ALL AMD ARS AUD AZN BAM BDT BGN BHD BIF BND BOB BRL BWP BZD CAD CDF CHF CLP CNY COP"
                  + " CRC CZK DJF DKK DOP DZD EGP ETB EUR FJD GBP GEL GMD GNF GTQ GYD HKD HNL HUF"
                  + " IDR ILS INR ISK JMD JOD JPY KES KGS KHR KMF KRW KWD KZT LAK LBP LKR LSL MAD"
                  + " MDL MGA MKD MMK MNT MOP MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR"
                  + " PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SCR SEK SGD SOS SRD SZL"
                  + " THB TJS TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VND VUV WST XAF XCD XOF"
                  + " XPF YER ZAR ZMW")
              .split(" "));

  private StripeAmounts() {}

  /** Empty when Stripe cannot say this amount exactly. */
  static OptionalLong toWire(Money money) {
    int ours = Money.exponent(money.currency());
    int theirs = decimals(money.currency());
    if (ours == 3 && money.minor() % OF_THREE_DECIMALS != 0) {
      return OptionalLong.empty();
    }
    if (theirs >= ours) {
      return OptionalLong.of(Math.multiplyExact(money.minor(), power(theirs - ours)));
    }
    long unit = power(ours - theirs);
    return money.minor() % unit == 0 ? OptionalLong.of(money.minor() / unit) : OptionalLong.empty();
  }

  /**
   * An amount of theirs.
   *
   * @param currency in lower case, as they write it
   * @throws IllegalArgumentException when we cannot say it exactly, or do not know the currency
   */
  static Money ofWire(String currency, long amount) {
    String code = currency.toUpperCase(Locale.ROOT);
    int ours = Money.exponent(code);
    int theirs = decimals(code);
    if (theirs <= ours) {
      return new Money(code, Math.multiplyExact(amount, power(ours - theirs)));
    }
    long unit = power(theirs - ours);
    if (amount % unit != 0) {
      throw new IllegalArgumentException("a part of the smallest unit of " + code);
    }
    return new Money(code, amount / unit);
  }

  private static int decimals(String currency) {
    Integer own = DECIMALS.get(currency);
    return own == null ? Money.exponent(currency) : own;
  }

  private static long power(int digits) {
    long power = 1;
    for (int i = 0; i < digits; i++) {
      power *= 10;
    }
    return power;
  }
}
