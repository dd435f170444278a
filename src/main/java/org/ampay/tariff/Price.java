package org.ampay.tariff;

import java.math.RoundingMode;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ampay.base.Money;

/**
 * What a session costs, unrounded, and how it comes about.
 *
 * @param total after the price limits
 * @param beforeLimits the sum of the lines
 * @param lines in the order of the periods; in a period FLAT, time, ENERGY
 * @param steps the volumes that a step size rounded up
 */
public record Price(
    String currency,
    RoundingMode rounding,
    Amount total,
    Amount beforeLimits,
    List<PriceLine> lines,
    List<PricePeriod> periods,
    List<StepApplied> steps) {

  public Price {
    lines = List.copyOf(lines);
    periods = List.copyOf(periods);
    steps = List.copyOf(steps);
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

    static Cost of(PriceLine line) {
      return of(line.dimension(), line.by().reservation());
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

  /** What the driver pays: with tax, rounded once to the currency's minor unit. */
  public Money payable() {
    return money(currency, total.incl(), rounding);
  }

  /** The total without tax, rounded; empty when the tariff does not tell the tax that it holds. */
  public Optional<Money> payableExcl() {
    return Optional.ofNullable(total.excl()).map(excl -> money(currency, excl, rounding));
  }

  /** Whether a minimum or maximum changed a sum. */
  public boolean limited() {
    return !total.equals(beforeLimits);
  }

  /** The costs by kind, before the price limits; a kind without any line is absent. */
  public Map<Cost, Amount> costs() {
    Map<Cost, Amount> costs = new EnumMap<>(Cost.class);
    for (PriceLine line : lines) {
      costs.merge(Cost.of(line), line.amount(), Amount::plus);
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
