package org.ampay.ocpi.cdr;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.ampay.base.Money;
import org.ampay.billing.Bill;
import org.ampay.tariff.LineDimension;
import org.ampay.tariff.TariffElement;
import org.ampay.tariff.TariffSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * A CDR's costs: the total is the bill's, and the buckets add up to it, both without and with tax,
 * to the minor unit.
 *
 * <p>What raised the sum (a minimum price) is a fixed cost. What lowered it (a ceiling, a maximum
 * price, a part given back) is taken off all buckets by what they have, by largest remainder, so
 * that none falls below 0 on its account.
 */
public record CdrCosts(Cost total, Map<Bucket, Cost> buckets) {

  /** A percentage below all, for no known rate. */
  private static final BigDecimal NONE = BigDecimal.ONE.negate();

  public CdrCosts {
    buckets = Map.copyOf(buckets);
  }

  /**
   * The costs of lines.
   *
   * @param bills a charge and as many of its credits as were made so far, with their lines
   */
  public static CdrCosts of(List<Bill> bills, TariffSnapshot snapshot) {
    String currency = bills.getFirst().excl().currency();
    Map<Bucket, Long> excl = new EnumMap<>(Bucket.class);
    Map<Bucket, Map<BigDecimal, Long>> taxes = new EnumMap<>(Bucket.class);
    Map<BigDecimal, Long> allTaxes = new TreeMap<>();
    long exclTotal = 0;
    long taxTotal = 0;
    long exclChange = 0;
    long taxChange = 0;
    for (Bill bill : bills) {
      for (Bill.Line line : bill.lines()) {
        LineDimension dimension = LineDimension.valueOf(line.dimension());
        exclTotal += line.excl().minor();
        taxTotal += line.tax().minor();
        allTaxes.merge(rate(line), line.tax().minor(), Math::addExact);
        if (dimension.isBase()) {
          Bucket bucket = Bucket.of(dimension, isReservation(line, snapshot));
          excl.merge(bucket, line.excl().minor(), Math::addExact);
          taxes
              .computeIfAbsent(bucket, b -> new TreeMap<>())
              .merge(rate(line), line.tax().minor(), Math::addExact);
        } else {
          exclChange += line.excl().minor();
          taxChange += line.tax().minor();
        }
      }
    }
    change(excl, exclChange);
    Map<Bucket, Long> taxSums = new EnumMap<>(Bucket.class);
    taxes.forEach((bucket, rates) -> taxSums.put(bucket, sum(rates)));
    change(taxSums, taxChange);
    Map<Bucket, Cost> buckets = new EnumMap<>(Bucket.class);
    for (Bucket bucket : Bucket.values()) {
      if (excl.containsKey(bucket) || taxSums.containsKey(bucket)) {
        Money net = new Money(currency, excl.getOrDefault(bucket, 0L));
        long tax = taxSums.getOrDefault(bucket, 0L);
        buckets.put(bucket, cost(net, tax, taxes.getOrDefault(bucket, Map.of())));
      }
    }
    return new CdrCosts(cost(new Money(currency, exclTotal), taxTotal, allTaxes), buckets);
  }

  private static Cost cost(Money excl, long tax, Map<BigDecimal, Long> rates) {
    if (sum(rates) != tax || rates.values().stream().anyMatch(amount -> amount < 0)) {
      BigDecimal only = rates.size() == 1 ? rates.keySet().iterator().next() : NONE;
      return new Cost(excl, List.of(new Cost.Tax(percent(only), new Money(excl.currency(), tax))));
    }
    List<Cost.Tax> taxes = new ArrayList<>();
    rates.forEach(
        (rate, amount) ->
            taxes.add(new Cost.Tax(percent(rate), new Money(excl.currency(), amount))));
    return new Cost(excl, taxes);
  }

  private static @Nullable BigDecimal percent(BigDecimal rate) {
    return rate.signum() < 0 ? null : rate;
  }

  private static BigDecimal rate(Bill.Line line) {
    BigDecimal vat = line.vatPercent();
    BigDecimal rate = vat == null ? NONE : vat.stripTrailingZeros();
    return rate.scale() < 0 ? rate.setScale(0) : rate;
  }

  private static boolean isReservation(Bill.Line line, TariffSnapshot snapshot) {
    Integer element = line.element();
    List<TariffElement> elements = snapshot.tariffs().getFirst().elements();
    return element != null
        && element < elements.size()
        && elements.get(element).restrictions().reservation() != null;
  }

  private static long sum(Map<?, Long> amounts) {
    return amounts.values().stream().reduce(0L, Math::addExact);
  }

  private static void change(Map<Bucket, Long> sums, long change) {
    if (change > 0) {
      sums.merge(Bucket.FIXED, change, Math::addExact);
    } else if (change < 0) {
      take(sums, -change);
    }
  }

  /** Takes an amount off what is above 0, by largest remainder; what is left over off FIXED. */
  private static void take(Map<Bucket, Long> sums, long amount) {
    List<Bucket> from = new ArrayList<>();
    sums.forEach(
        (bucket, sum) -> {
          if (sum > 0) {
            from.add(bucket);
          }
        });
    long[] weights = from.stream().mapToLong(bucket -> sums.getOrDefault(bucket, 0L)).toArray();
    long whole = LongStream.of(weights).sum();
    long taken = Math.min(amount, whole);
    if (taken > 0) {
      long[] parts = parts(taken, weights, whole);
      for (int i = 0; i < parts.length; i++) {
        sums.merge(from.get(i), -parts[i], Math::addExact);
      }
    }
    if (amount > taken) {
      sums.merge(Bucket.FIXED, taken - amount, Math::addExact);
    }
  }

  /** Whole parts of an amount by weights, by largest remainder; none is above its weight. */
  static long[] parts(long amount, long[] weights, long whole) {
    BigInteger divisor = BigInteger.valueOf(whole);
    long[] parts = new long[weights.length];
    BigInteger[] rests = new BigInteger[weights.length];
    long missing = amount;
    for (int i = 0; i < weights.length; i++) {
      BigInteger[] both =
          BigInteger.valueOf(weights[i])
              .multiply(BigInteger.valueOf(amount))
              .divideAndRemainder(divisor);
      parts[i] = both[0].longValueExact();
      rests[i] = both[1];
      missing -= parts[i];
    }
    IntStream.range(0, weights.length)
        .boxed()
        .sorted(Comparator.comparing((Integer i) -> rests[i]).reversed())
        .limit(missing)
        .forEach(i -> parts[i]++);
    return parts;
  }
}
