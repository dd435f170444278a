package org.ampay.tariff;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.ampay.base.Money;

/**
 * Makes a bill's lines of a price. The parts without tax and the taxes are each cut down to minor
 * units, and what is missing to their rounded sums goes to the largest remainders: so the lines add
 * up, no line is off by a whole unit, and a line without tax stays without.
 */
final class BillLines {

  private BillLines() {}

  /** Lines of one component taken together, unrounded. */
  private static final class Group {
    final LineDimension dimension;
    final PriceLine first;
    PriceLine last;
    Exact billed = Exact.ZERO;
    Amount amount = Amount.ZERO;

    Group(PriceLine first) {
      this.dimension = first.dimension();
      this.first = first;
      this.last = first;
    }

    void add(PriceLine line) {
      last = line;
      billed = billed.plus(line.billed());
      amount = amount.plus(line.amount());
    }
  }

  static List<BillLine> of(Price price) {
    Map<PricedBy, Group> groups = new LinkedHashMap<>();
    for (PriceLine line : price.lines()) {
      groups.computeIfAbsent(line.by(), by -> new Group(line)).add(line);
    }
    List<Amount> amounts = new ArrayList<>();
    groups.values().forEach(group -> amounts.add(group.amount));
    if (price.limited()) {
      amounts.add(adjustment(price));
    }
    Exact allExcl = amounts.stream().map(Amount::exclOrAll).reduce(Exact.ZERO, Exact::plus);
    Money total = price.payable();
    Money excl = Price.money(price.currency(), allExcl, price.rounding());
    long[] excls = apportion(price, amounts.stream().map(Amount::exclOrAll).toList(), excl);
    long[] taxes =
        apportion(
            price,
            amounts.stream().map(a -> a.incl().minus(a.exclOrAll())).toList(),
            total.minus(excl));
    List<BillLine> lines = new ArrayList<>();
    for (Group group : groups.values()) {
      lines.add(line(price, group, excls[lines.size()], taxes[lines.size()]));
    }
    if (price.limited()) {
      lines.add(limitLine(price, excls[lines.size()], taxes[lines.size()]));
    }
    return lines;
  }

  private static BillLine line(Price price, Group group, long excl, long tax) {
    return new BillLine(
        group.dimension,
        group.first.by(),
        price.periods().get(group.first.period()).from(),
        price.periods().get(group.last.period()).to(),
        group.billed,
        new Money(price.currency(), excl),
        new Money(price.currency(), tax),
        new Money(price.currency(), Math.addExact(excl, tax)));
  }

  private static BillLine limitLine(Price price, long excl, long tax) {
    Amount change = adjustment(price);
    int direction =
        change.incl().signum() != 0 ? change.incl().signum() : change.exclOrAll().signum();
    return new BillLine(
        direction > 0 ? LineDimension.MIN_PRICE : LineDimension.MAX_PRICE,
        null,
        price.periods().getFirst().from(),
        price.periods().getLast().to(),
        Exact.ONE,
        new Money(price.currency(), excl),
        new Money(price.currency(), tax),
        new Money(price.currency(), Math.addExact(excl, tax)));
  }

  private static Amount adjustment(Price price) {
    Exact after = price.total().excl();
    Exact before = price.beforeLimits().excl();
    return new Amount(
        after == null || before == null ? null : after.minus(before),
        price.total().incl().minus(price.beforeLimits().incl()));
  }

  /** Whole minor units for each part that add up to {@code target}, by largest remainder. */
  private static long[] apportion(Price price, List<Exact> parts, Money target) {
    Exact unit = Exact.of(BigDecimal.ONE.movePointRight(Money.exponent(price.currency())));
    long[] units = new long[parts.size()];
    Exact[] rests = new Exact[parts.size()];
    long missing = target.minor();
    for (int i = 0; i < units.length; i++) {
      Exact exact = parts.get(i).times(unit);
      BigInteger floor = exact.floor();
      units[i] = floor.longValueExact();
      rests[i] = exact.minus(Exact.of(units[i]));
      missing -= units[i];
    }
    if (missing < 0 || missing > units.length) {
      throw new IllegalStateException("parts " + parts + " do not make " + target);
    }
    IntStream.range(0, units.length)
        .boxed()
        .sorted(Comparator.comparing((Integer i) -> rests[i]).reversed())
        .limit(missing)
        .forEach(i -> units[i]++);
    return units;
  }
}
