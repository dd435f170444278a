package org.ampay.ocpi.cdr;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.ampay.tariff.Exact;
import org.ampay.tariff.LineDimension;
import org.ampay.tariff.Price;
import org.ampay.tariff.PriceLine;
import org.ampay.tariff.PricePeriod;
import org.ampay.tariff.PricedBy;
import org.ampay.tariff.Restrictions;
import org.ampay.tariff.Segment;
import org.ampay.tariff.SessionFacts;
import org.ampay.tariff.TariffSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * The charging periods of a price. Volumes have four digits; it is their running sums that are
 * rounded, so that they add up to the rounded total and no error grows with their number.
 *
 * @param reservationHours before the session
 * @param parkingHours null when there was none
 */
public record Periods(
    List<CdrPeriod> list,
    BigDecimal kwh,
    BigDecimal reservationHours,
    @Nullable BigDecimal parkingHours) {

  static final int DIGITS = 4;
  private static final long MILLIS_PER_HOUR = 3_600_000;

  public Periods {
    list = List.copyOf(list);
  }

  /**
   * How they are made.
   *
   * @param merged whether neighbours that are priced alike are one period
   * @param energy rounding of its running sum
   * @param time the same of hours
   */
  public record Way(boolean merged, RoundingMode energy, RoundingMode time) {

    /** The usual one. */
    public static final Way SHORT = new Way(true, RoundingMode.HALF_UP, RoundingMode.HALF_UP);

    /** From the shortest on; they differ only where rounding or merging moves the price. */
    static final List<Way> ALL =
        List.of(
            SHORT,
            new Way(false, RoundingMode.HALF_UP, RoundingMode.HALF_UP),
            new Way(false, RoundingMode.DOWN, RoundingMode.DOWN),
            new Way(false, RoundingMode.UP, RoundingMode.UP),
            new Way(false, RoundingMode.DOWN, RoundingMode.UP),
            new Way(false, RoundingMode.UP, RoundingMode.DOWN));
  }

  /** The periods of a price. */
  public static Periods of(
      Price price, SessionFacts facts, TariffSnapshot snapshot, String tariffId, Way way) {
    Maker maker = new Maker(facts, snapshot, tariffId, way);
    List<List<PricePeriod>> groups = groups(price, way.merged() && !maker.usesFlow());
    groups.forEach(maker::add);
    return maker.done();
  }

  private static List<List<PricePeriod>> groups(Price price, boolean merged) {
    List<Set<PricedBy>> rates = new ArrayList<>();
    Set<Integer> flat = new HashSet<>();
    price.periods().forEach(period -> rates.add(new HashSet<>()));
    for (PriceLine line : price.lines()) {
      if (line.dimension() == LineDimension.FLAT) {
        flat.add(line.period());
      } else {
        rates.get(line.period()).add(line.by());
      }
    }
    List<List<PricePeriod>> groups = new ArrayList<>();
    for (int i = 0; i < price.periods().size(); i++) {
      PricePeriod period = price.periods().get(i);
      boolean joins =
          merged
              && i > 0
              && !flat.contains(i)
              && rates.get(i).equals(rates.get(i - 1))
              && price.periods().get(i - 1).state() == period.state()
              && price.periods().get(i - 1).to().equals(period.from());
      if (!joins) {
        groups.add(new ArrayList<>());
      }
      groups.getLast().add(period);
    }
    return groups;
  }

  /** Keeps the running sums. */
  private static final class Maker {
    private final SessionFacts facts;
    private final String tariffId;
    private final boolean usesPower;
    private final boolean usesCurrent;
    private final List<CdrPeriod> list = new ArrayList<>();
    private int segment;
    private final Running kwh;
    private final Running time;
    private final Running parking;
    private final Running reservation;

    Maker(SessionFacts facts, TariffSnapshot snapshot, String tariffId, Way way) {
      this.facts = facts;
      this.tariffId = tariffId;
      List<Restrictions> all =
          snapshot.tariffs().stream()
              .flatMap(tariff -> tariff.elements().stream())
              .map(element -> element.restrictions())
              .toList();
      usesPower = all.stream().anyMatch(r -> isSet(r.power()));
      usesCurrent = all.stream().anyMatch(r -> isSet(r.current()));
      kwh = new Running(way.energy());
      time = new Running(way.time());
      parking = new Running(way.time());
      reservation = new Running(way.time());
    }

    private static boolean isSet(Restrictions.Bounds bounds) {
      return bounds.min() != null || bounds.max() != null;
    }

    boolean usesFlow() {
      return usesPower || usesCurrent;
    }

    void add(List<PricePeriod> group) {
      PricePeriod first = group.getFirst();
      Exact energy = group.stream().map(PricePeriod::kwh).reduce(Exact.ZERO, Exact::plus);
      Exact hours = group.stream().map(PricePeriod::hours).reduce(Exact.ZERO, Exact::plus);
      List<CdrPeriod.Volume> volumes = new ArrayList<>(2);
      if (group.stream().anyMatch(PricePeriod::hasEnergy)) {
        volumes.add(new CdrPeriod.Volume("ENERGY", kwh.next(energy)));
      }
      LineDimension dimension = first.timeDimension();
      Running sum =
          switch (first.state()) {
            case CHARGING -> time;
            case PARKING -> parking;
            case RESERVATION, RESERVATION_EXPIRED -> reservation;
          };
      volumes.add(new CdrPeriod.Volume(dimension.name(), sum.next(hours)));
      flow(first, volumes);
      list.add(new CdrPeriod(first.from().truncatedTo(ChronoUnit.MILLIS), volumes, tariffId));
    }

    /** What restrictions on power and current looked at; without it nobody can price it again. */
    private void flow(PricePeriod period, List<CdrPeriod.Volume> volumes) {
      if (!usesFlow()) {
        return;
      }
      Segment flow = segmentOf(period);
      if (usesCurrent && flow.currentA() != null) {
        BigDecimal current =
            flow.currentA().setScale(DIGITS, RoundingMode.HALF_UP).stripTrailingZeros();
        volumes.add(new CdrPeriod.Volume("MIN_CURRENT", current));
        volumes.add(new CdrPeriod.Volume("MAX_CURRENT", current));
      }
      Exact kw = power(flow);
      if (usesPower && kw != null) {
        BigDecimal power = kw.round(DIGITS, RoundingMode.HALF_UP);
        volumes.add(new CdrPeriod.Volume("MIN_POWER", power));
        volumes.add(new CdrPeriod.Volume("MAX_POWER", power));
      }
    }

    /** As it was reported, else what the even flow of the energy means. */
    private static @Nullable Exact power(Segment segment) {
      if (segment.powerKw() != null) {
        return Exact.of(segment.powerKw());
      }
      long millis = Duration.between(segment.from(), segment.to()).toMillis();
      return millis == 0
          ? null
          : Exact.of(segment.kwh()).times(Exact.ofRatio(MILLIS_PER_HOUR, millis));
    }

    /** The segment of a period: each has at least one, and its last one ends with it. */
    private Segment segmentOf(PricePeriod period) {
      Segment found = facts.segments().get(segment);
      if (period.to().equals(found.to()) && segment + 1 < facts.segments().size()) {
        segment++;
      }
      return found;
    }

    Periods done() {
      return new Periods(list, kwh.sum(), reservation.sum(), parking.any ? parking.sum() : null);
    }
  }

  /** A sum whose rounded value is handed out in parts. */
  private static final class Running {
    private final RoundingMode rounding;
    private Exact exact = Exact.ZERO;
    private BigDecimal told = BigDecimal.ZERO;
    private boolean any;

    Running(RoundingMode rounding) {
      this.rounding = rounding;
    }

    BigDecimal next(Exact part) {
      any = true;
      exact = exact.plus(part);
      BigDecimal now = exact.round(DIGITS, rounding);
      BigDecimal difference = now.subtract(told);
      told = now;
      return plain(difference);
    }

    BigDecimal sum() {
      return plain(told);
    }
  }

  /** The length of a session that had these, without its reservation. */
  public BigDecimal hours(Instant start, Instant end) {
    BigDecimal whole =
        BigDecimal.valueOf(Duration.between(start, end).toMillis())
            .divide(BigDecimal.valueOf(MILLIS_PER_HOUR), DIGITS, RoundingMode.HALF_UP);
    return plain(whole.subtract(reservationHours));
  }

  /** Without zeros at the end, and without an exponent. */
  public static BigDecimal plain(BigDecimal value) {
    BigDecimal stripped = value.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }
}
