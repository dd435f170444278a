package org.ampay.tariff.proof;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ampay.tariff.Ceiling;
import org.ampay.tariff.LineDimension;
import org.ampay.tariff.MinimumSession;
import org.ampay.tariff.Occupancy;
import org.ampay.tariff.Price;
import org.ampay.tariff.PriceLimit;
import org.ampay.tariff.Segment;
import org.ampay.tariff.SegmentState;
import org.ampay.tariff.SessionFacts;
import org.ampay.tariff.Tariff;
import org.ampay.tariff.TariffElement;
import org.ampay.tariff.TariffSnapshot;
import org.ampay.tariff.TaxIncluded;
import org.jspecify.annotations.Nullable;

/**
 * Prices a session a second time: slowly, by the words of docs/prices.md, on its own arithmetic and
 * without a line of the engine besides the records that hold its input.
 */
final class Evaluator {

  private Evaluator() {}

  /**
   * A price.
   *
   * @param lines what is billed and what it costs, by price
   * @param before the sum of the lines
   * @param held the same within the ceilings
   * @param limited the same within the limits, and not below 0
   * @param limitedNet its part without tax, as a bill shows it
   * @param discounts in their order
   */
  record Verdict(
      Map<Usage.Priced, Line> lines,
      Sum before,
      Sum held,
      Sum limited,
      Ratio limitedNet,
      List<Discounts.Change> discounts,
      Sum total,
      long pointsUsed,
      boolean belowMinimum) {}

  /**
   * What one price adds up to.
   *
   * @param billed kWh, hours or 1
   */
  record Line(Ratio billed, Sum sum) {}

  static Verdict price(TariffSnapshot snapshot, SessionFacts facts) {
    List<Piece> pieces = Pieces.of(snapshot, facts);
    Tariff tariff = pieces.getLast().terms();
    Ratio kwh = pieces.stream().map(Piece::kwh).reduce(Ratio.ZERO, Ratio::plus);
    if (isBelow(tariff.extras().minimumSession(), facts, kwh)) {
      return new Verdict(
          Map.of(), Sum.ZERO, Sum.ZERO, Sum.ZERO, Ratio.ZERO, List.of(), Sum.ZERO, 0, true);
    }
    Map<Usage.Priced, Line> lines = new LinkedHashMap<>();
    Groups groups = new Groups();
    Usage.of(snapshot, pieces)
        .forEach(
            (priced, billed) -> {
              Line line = line(snapshot, priced, billed);
              lines.put(priced, line);
              Usage.Rate rate = Usage.rate(snapshot, priced.place());
              groups.add(Groups.Part.of(cost(snapshot, priced), rate.vat()), line.sum());
            });
    Sum before = groups.sum();
    hold(tariff, groups);
    Sum held = groups.sum();
    Sum within = limited(tariff, held);
    Sum limited = floored(within);
    Ratio net = net(net(groups.net(part -> true), held, within), within, limited);
    groups.spread(net, limited.incl());
    Discounts discounts = new Discounts(groups, kwh);
    long points = discounts.take(snapshot.terms());
    return new Verdict(
        lines, before, held, limited, net, discounts.changes(), groups.sum(), points, false);
  }

  /** Where nobody knows the tax, net and tax of the bill are limited alike. */
  private static Ratio net(Ratio net, Sum before, Sum after) {
    if (after.excl() != null) {
      return after.excl();
    }
    Ratio gross = before.incl();
    return gross.sign() == 0 ? net.plus(after.incl()) : net.times(after.incl()).over(gross);
  }

  private static Line line(TariffSnapshot snapshot, Usage.Priced priced, Ratio billed) {
    Tariff tariff = snapshot.tariffs().get(priced.place().tariff());
    Usage.Rate rate = Usage.rate(snapshot, priced.place());
    Ratio amount = Ratio.of(rate.price()).times(billed);
    return new Line(billed, Sum.of(amount, rate.vat(), tariff.taxIncluded()));
  }

  private static Price.Cost cost(TariffSnapshot snapshot, Usage.Priced priced) {
    Lookup.Place place = priced.place();
    if (!place.isOccupancy()) {
      TariffElement element =
          snapshot.tariffs().get(place.tariff()).elements().get(place.element());
      if (element.restrictions().reservation() != null) {
        return Price.Cost.RESERVATION;
      }
    }
    return cost(priced.kind());
  }

  private static Price.Cost cost(LineDimension kind) {
    return switch (kind) {
      case FLAT -> Price.Cost.FIXED;
      case ENERGY -> Price.Cost.ENERGY;
      case SERVICE -> Price.Cost.SERVICE;
      case TIME -> Price.Cost.TIME;
      case PARKING_TIME -> Price.Cost.PARKING;
      case RESERVATION_TIME -> Price.Cost.RESERVATION;
      case OCCUPANCY -> Price.Cost.OCCUPANCY;
      case CEILING, MIN_PRICE, MAX_PRICE, FLOOR, TIER, COUPON, POINTS, MINIMUM_SESSION ->
          throw new IllegalArgumentException("no price: " + kind);
    };
  }

  /** Below every figure; a reservation does not count, and alone is no session. */
  private static boolean isBelow(@Nullable MinimumSession minimum, SessionFacts facts, Ratio kwh) {
    List<Segment> own =
        facts.segments().stream()
            .filter(s -> s.state() == SegmentState.CHARGING || s.state() == SegmentState.PARKING)
            .toList();
    if (minimum == null || own.isEmpty()) {
      return false;
    }
    Duration length = Duration.between(own.getFirst().from(), own.getLast().to());
    boolean enoughKwh = minimum.kwh() != null && kwh.isAtLeast(Ratio.of(minimum.kwh()));
    boolean enoughTime =
        minimum.seconds() != null && length.compareTo(Duration.ofSeconds(minimum.seconds())) >= 0;
    return !enoughKwh && !enoughTime;
  }

  /** The ceilings of single kinds of cost. */
  private static void hold(Tariff tariff, Groups groups) {
    Map<Price.Cost, BigDecimal> most = new EnumMap<>(Price.Cost.class);
    for (Ceiling ceiling : tariff.extras().ceilings()) {
      most.put(cost(ceiling.dimension()), ceiling.price());
    }
    Occupancy occupancy = tariff.extras().occupancy();
    if (occupancy != null && occupancy.maxPrice() != null) {
      most.put(Price.Cost.OCCUPANCY, occupancy.maxPrice());
    }
    most.forEach(
        (cost, price) -> {
          boolean gross = tariff.taxIncluded() == TaxIncluded.YES;
          Ratio now =
              gross
                  ? groups.sum(part -> part.cost() == cost).incl()
                  : groups.net(part -> part.cost() == cost);
          Ratio ceiling = Ratio.of(price);
          if (!ceiling.isAtLeast(now)) {
            Ratio off = Ratio.ONE.minus(ceiling.over(now));
            groups.takeOff(part -> part.cost() == cost ? off : Ratio.ZERO);
          }
        });
  }

  private static Sum floored(Sum sum) {
    return new Sum(
        sum.excl() == null ? null : sum.excl().max(Ratio.ZERO), sum.incl().max(Ratio.ZERO));
  }

  private static Sum limited(Tariff tariff, Sum sum) {
    PriceLimit min = tariff.limits().min();
    PriceLimit max = tariff.limits().max();
    Sum lifted = sum;
    if (min != null && !(sum.excl() == null && min.incl() == null)) {
      Ratio excl = sum.excl() == null ? null : sum.excl().max(Ratio.of(min.excl()));
      lifted = new Sum(excl, sum.incl().max(withTax(tariff, min, true)));
    }
    if (max != null && !(sum.excl() == null && max.incl() == null)) {
      Ratio excl = lifted.excl() == null ? null : lifted.excl().min(Ratio.of(max.excl()));
      return new Sum(excl, lifted.incl().min(withTax(tariff, max, false)));
    }
    return lifted;
  }

  private static Ratio withTax(Tariff tariff, PriceLimit limit, boolean lowest) {
    if (limit.incl() != null) {
      return Ratio.of(limit.incl());
    }
    List<Ratio> factors = new ArrayList<>();
    for (TariffElement element : tariff.elements()) {
      element.components().forEach(component -> factors.add(factor(component.vat())));
    }
    Occupancy occupancy = tariff.extras().occupancy();
    if (occupancy != null) {
      factors.add(factor(occupancy.vat()));
    }
    Ratio factor = lowest ? Collections.min(factors) : Collections.max(factors);
    return Ratio.of(limit.excl()).times(factor);
  }

  private static Ratio factor(@Nullable BigDecimal vat) {
    return vat == null ? Ratio.ONE : Sum.factor(vat);
  }
}
