package org.ampay.tariff;

import java.math.RoundingMode;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ampay.base.Money;

/** What a session costs, unrounded, and how it comes about. */
public final class Price {

  private final String currency;
  private final RoundingMode rounding;
  private final Totals totals;
  private final List<PriceLine> lines;
  private final List<PricePeriod> periods;
  private final List<StepApplied> steps;

  Price(
      String currency,
      RoundingMode rounding,
      Totals totals,
      List<PriceLine> lines,
      List<PricePeriod> periods,
      List<StepApplied> steps) {
    this.currency = currency;
    this.rounding = rounding;
    this.totals = totals;
    this.lines = List.copyOf(lines);
    this.periods = List.copyOf(periods);
    this.steps = List.copyOf(steps);
  }

  /** OCPI's partial costs of a CDR, and ours. */
  public enum Cost {
    ENERGY("total_energy_cost"),
    FIXED("total_fixed_cost"),
    OCCUPANCY("total_occupancy_cost"),
    PARKING("total_parking_cost"),
    RESERVATION("total_reservation_cost"),
    SERVICE("total_service_cost"),
    TIME("total_time_cost");

    private final String wire;

    Cost(String wire) {
      this.wire = wire;
    }

    /** The name in OCPI, or one like it. */
    public String wire() {
      return wire;
    }

    static Cost of(LineDimension dimension, boolean reservation) {
      return reservation ? RESERVATION : of(dimension);
    }

    /** The kind of a line; what changes the sum as a whole counts as fixed. */
    static Cost of(LineDimension dimension) {
      return switch (dimension) {
        case ENERGY -> ENERGY;
        case SERVICE -> SERVICE;
        case TIME -> TIME;
        case PARKING_TIME -> PARKING;
        case RESERVATION_TIME -> RESERVATION;
        case OCCUPANCY -> OCCUPANCY;
        case FLAT, CEILING, MIN_PRICE, MAX_PRICE, FLOOR, TIER, COUPON, POINTS, MINIMUM_SESSION ->
            FIXED;
      };
    }
  }

  /** ISO 4217. */
  public String currency() {
    return currency;
  }

  RoundingMode rounding() {
    return rounding;
  }

  /** What is due: the lines and all the adjustments. */
  public Amount total() {
    return totals.total();
  }

  /** The sum of the lines and the ceilings. */
  public Amount beforeLimits() {
    return totals.beforeLimits();
  }

  /** The sum of the lines. */
  public Amount sumOfLines() {
    return totals.lines();
  }

  /** In the order of the periods; in a period FLAT, time, ENERGY, SERVICE, OCCUPANCY. */
  public List<PriceLine> lines() {
    return lines;
  }

  public List<PricePeriod> periods() {
    return periods;
  }

  /** The volumes that a step size rounded up. */
  public List<StepApplied> steps() {
    return steps;
  }

  /** What changed the sum of the lines, in the order of the stages. */
  public List<Adjustment> adjustments() {
    return totals.adjustments();
  }

  /** The coupons of the terms that took anything off. */
  public List<CouponTerm> couponsUsed() {
    return totals.couponsUsed();
  }

  /** How many points were paid with. */
  public long pointsUsed() {
    return totals.pointsUsed();
  }

  /** Whether nothing is billed because the session was below the tariff's minimum. */
  public boolean belowMinimum() {
    return totals.belowMinimum();
  }

  /** What the driver pays: with tax, rounded once to the currency's minor unit. */
  public Money payable() {
    return money(currency, total().incl(), rounding);
  }

  /** The total without tax, rounded; empty when the tariff does not tell the tax that it holds. */
  public Optional<Money> payableExcl() {
    return Optional.ofNullable(total().excl()).map(excl -> money(currency, excl, rounding));
  }

  /** Whether a minimum or maximum changed a sum. */
  public boolean limited() {
    return adjustments().stream()
        .anyMatch(a -> a.kind() == LineDimension.MIN_PRICE || a.kind() == LineDimension.MAX_PRICE);
  }

  /** The sums of the lines by kind; a kind without any line is absent. */
  public Map<Cost, Amount> costs() {
    Map<Cost, Amount> costs = new EnumMap<>(Cost.class);
    for (PriceLine line : lines) {
      costs.merge(Cost.of(line.dimension(), line.by().reservation()), line.amount(), Amount::plus);
    }
    return costs;
  }

  /** All the energy, billed or not. */
  public Exact totalKwh() {
    return periods.stream().map(PricePeriod::kwh).reduce(Exact.ZERO, Exact::plus);
  }

  /** Charging and parking, in hours. */
  public Exact totalHours() {
    return hours(SegmentState.CHARGING).plus(hours(SegmentState.PARKING));
  }

  /** Parking alone, in hours. */
  public Exact totalParkingHours() {
    return hours(SegmentState.PARKING);
  }

  /** The lines of a bill, rounded so that they add up to {@link #payable}. */
  public List<BillLine> billLines() {
    return BillLines.of(this);
  }

  /** One line a tax rate, adding up to the tax of the bill. */
  public List<TaxLine> taxLines() {
    return TaxLine.of(billLines());
  }

  static Money money(String currency, Exact amount, RoundingMode rounding) {
    return Money.of(currency, amount.round(Money.exponent(currency), rounding), rounding);
  }

  private Exact hours(SegmentState state) {
    return periods.stream()
        .filter(p -> p.state() == state)
        .map(PricePeriod::hours)
        .reduce(Exact.ZERO, Exact::plus);
  }
}
