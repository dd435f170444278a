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
import org.jspecify.annotations.Nullable;

/**
 * Makes a bill's lines of a price. The parts without tax and the taxes are each cut down to minor
 * units, and what is missing to their rounded sums goes to the largest remainders: so the lines add
 * up, no line is off by a whole unit, and a line without tax stays without.
 */
final class BillLines {

  private BillLines() {}

  /** Lines of one component taken together, unrounded. */
  private static final class Group {
    final PriceLine first;
    PriceLine last;
    Exact billed = Exact.ZERO;
    Amount amount = Amount.ZERO;

    Group(PriceLine first) {
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
    List<Exact> nets = new ArrayList<>();
    List<Exact> taxes = new ArrayList<>();
    for (Group group : groups.values()) {
      nets.add(group.amount.exclOrAll());
      taxes.add(group.amount.incl().minus(group.amount.exclOrAll()));
    }
    for (Adjustment adjustment : price.adjustments()) {
      nets.add(adjustment.net());
      taxes.add(adjustment.change().incl().minus(adjustment.net()));
    }
    Money total = price.payable();
    Money excl =
        Price.money(
            price.currency(), nets.stream().reduce(Exact.ZERO, Exact::plus), price.rounding());
    long[] netUnits = apportion(price, nets, excl);
    long[] taxUnits = apportion(price, taxes, total.minus(excl));
    List<BillLine> lines = new ArrayList<>();
    for (Group group : groups.values()) {
      lines.add(line(price, group, null, netUnits[lines.size()], taxUnits[lines.size()]));
    }
    for (Adjustment adjustment : price.adjustments()) {
      lines.add(line(price, null, adjustment, netUnits[lines.size()], taxUnits[lines.size()]));
    }
    return lines;
  }

  /** The line of a component or of an adjustment. */
  private static BillLine line(
      Price price, @Nullable Group group, @Nullable Adjustment adjustment, long excl, long tax) {
    int first = group == null ? 0 : group.first.period();
    int last = group == null ? price.periods().size() - 1 : group.last.period();
    LineDimension dimension =
        adjustment != null
            ? adjustment.kind()
            : group == null ? LineDimension.FLOOR : group.first.dimension();
    return new BillLine(
        dimension,
        group == null ? null : group.first.by(),
        adjustment,
        price.periods().get(first).from(),
        price.periods().get(last).to(),
        group == null ? Exact.ONE : group.billed,
        new Money(price.currency(), excl),
        new Money(price.currency(), tax),
        new Money(price.currency(), Math.addExact(excl, tax)));
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
