package org.ampay.web.driver;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.ampay.base.Money;
import org.ampay.payment.order.PayWay;

/**
 * The amounts that a driver is offered, in one currency.
 *
 * @param presets rising
 * @param usual one of the presets
 */
public record Amounts(List<Money> presets, Money usual, Money least, Money most) {

  private static final int MAX_PRESETS = 5;

  public Amounts {
    presets = List.copyOf(presets);
  }

  /** What fits all these ways, of which there is at least one. */
  static Amounts of(List<PayWay> ways) {
    Money least = ways.stream().map(PayWay::least).min(Money::compareTo).orElseThrow();
    Money most = ways.stream().map(PayWay::most).max(Money::compareTo).orElseThrow();
    Money usual = ways.getFirst().usual();
    TreeSet<Money> presets = new TreeSet<>();
    for (long major : round(usual.currency())) {
      Money money = whole(usual.currency(), major);
      if (money.compareTo(least) >= 0 && money.compareTo(most) <= 0) {
        presets.add(money);
      }
    }
    presets.add(usual);
    while (presets.size() > MAX_PRESETS) {
      presets.remove(presets.last().equals(usual) ? presets.first() : presets.last());
    }
    return new Amounts(List.copyOf(presets), usual, least, most);
  }

  /** Whole units of money that people are used to, for a short, a usual and a long charge. */
  private static long[] round(String currency) {
    return switch (currency) {
      case "CNY" -> new long[] {20, 50, 100, 200};
      case "EUR", "USD", "GBP", "CHF" -> new long[] {10, 20, 40, 60};
      case "JPY" -> new long[] {1_000, 2_000, 3_000, 5_000};
      case "KRW" -> new long[] {10_000, 20_000, 30_000, 50_000};
      default -> new long[] {20, 50, 100, 200, 500};
    };
  }

  private static Money whole(String currency, long major) {
    long scale =
        LongStream.range(0, Money.exponent(currency)).reduce(1, (product, step) -> product * 10);
    return new Money(currency, Math.multiplyExact(major, scale));
  }

  /** What somebody typed; empty when it is no exact amount of the currency. */
  static Optional<Money> typed(String currency, String text) {
    String plain = text.strip().replace(',', '.');
    if (!plain.matches("[0-9]{1,9}([.][0-9]{1,4})?")) {
      return Optional.empty();
    }
    BigDecimal minor =
        new BigDecimal(plain).movePointRight(Money.exponent(currency)).stripTrailingZeros();
    return minor.scale() > 0
        ? Optional.empty()
        : Optional.of(new Money(currency, minor.longValueExact()));
  }
}
