package org.ampay.billing.share;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.ampay.billing.Bill;
import org.ampay.tariff.LineDimension;

/**
 * What each component has in a bill's price without tax. Discounts, limits and what else changes
 * the sum are spread over the components pro rata by largest remainder, so that they add up to the
 * price; where there is nothing to spread them over (a minimum price for nothing) they count as
 * {@link Component#SESSION}. Pure.
 */
final class Parts {

  private Parts() {}

  /** By component, in minor units; those that are not there have nothing. */
  static Map<Component, Long> of(Bill bill) {
    Map<Component, Long> parts = new EnumMap<>(Component.class);
    long changes = 0;
    for (Bill.Line line : bill.lines()) {
      var component = Component.of(LineDimension.valueOf(line.dimension()));
      if (component.isPresent()) {
        parts.merge(component.get(), line.excl().minor(), Math::addExact);
      } else {
        changes = Math.addExact(changes, line.excl().minor());
      }
    }
    return less(parts, Math.negateExact(changes));
  }

  /** The same with an amount taken off, or added where it is negative. */
  static Map<Component, Long> less(Map<Component, Long> parts, long amount) {
    List<Component> bearing =
        parts.entrySet().stream().filter(e -> e.getValue() > 0).map(Map.Entry::getKey).toList();
    Map<Component, Long> left = new EnumMap<>(Component.class);
    left.putAll(parts);
    if (bearing.isEmpty()) {
      left.merge(Component.SESSION, Math.negateExact(amount), Math::addExact);
      return left;
    }
    List<Long> weights = bearing.stream().map(parts::get).toList();
    List<Long> spread = spread(Math.absExact(amount), weights);
    for (int i = 0; i < bearing.size(); i++) {
      long part = amount < 0 ? spread.get(i) : Math.negateExact(spread.get(i));
      left.merge(bearing.get(i), part, Math::addExact);
    }
    return left;
  }

  /**
   * Parts of an amount in the proportion of weights, by largest remainder: they add up to it.
   *
   * @param amount not negative
   * @param weights each above zero
   */
  static List<Long> spread(long amount, List<Long> weights) {
    BigInteger whole =
        weights.stream().map(BigInteger::valueOf).reduce(BigInteger.ZERO, BigInteger::add);
    List<Long> parts = new ArrayList<>();
    List<BigInteger> rests = new ArrayList<>();
    long given = 0;
    for (long weight : weights) {
      BigInteger[] divided =
          BigInteger.valueOf(amount).multiply(BigInteger.valueOf(weight)).divideAndRemainder(whole);
      parts.add(divided[0].longValueExact());
      rests.add(divided[1]);
      given += parts.getLast();
    }
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < weights.size(); i++) {
      order.add(i);
    }
    order.sort(Comparator.comparing(rests::get).reversed());
    for (int i = 0; i < amount - given; i++) {
      parts.set(order.get(i), parts.get(order.get(i)) + 1);
    }
    return parts;
  }
}
