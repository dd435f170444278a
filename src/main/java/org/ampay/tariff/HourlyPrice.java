package org.ampay.tariff;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.stream.IntStream;
import org.ampay.base.Money;
import org.jspecify.annotations.Nullable;

/**
 * What a session costs, and in which hours of the local day. An hour has the price lines that lie
 * in it: energy and time by the part of it that was used there, a fixed fee in the hour in which it
 * fell due. What changes the sum of the session as a whole (steps, limits, ceilings, discounts) is
 * spread over its hours by what they have. The hours are rounded by largest remainder and add up to
 * the total, which is that of {@link Pricing#price}.
 */
public final class HourlyPrice {

  /** Hours of a day. */
  public static final int HOURS = 24;

  static final int SECONDS_PER_HOUR = 3600;

  private static final int[] FULL_HOURS =
      IntStream.range(0, HOURS).map(hour -> hour * SECONDS_PER_HOUR).toArray();

  private final Money total;
  private final Money totalExcl;
  private final boolean taxKnown;
  private final int firstHour;
  private final long[] incl;
  private final long[] excl;

  private HourlyPrice(Money total, Money totalExcl, boolean taxKnown, Hours hours) {
    this.total = total;
    this.totalExcl = totalExcl;
    this.taxKnown = taxKnown;
    this.firstHour = hours.first;
    this.incl = apportion(hours.incl, total.minor(), hours.first);
    this.excl = apportion(hours.excl, totalExcl.minor(), hours.first);
  }

  /**
   * The price of the facts.
   *
   * @throws InvalidInputException when a segment names a tariff that the snapshot has not
   */
  public static HourlyPrice of(TariffSnapshot snapshot, SessionFacts facts) {
    Hours hours = new Hours(snapshot);
    Tally tally = new Tally(snapshot.compiled());
    Walk walk =
        new Walk(
            snapshot,
            slice -> {
              tally.accept(slice);
              hours.add(slice);
            });
    facts.segments().forEach(walk::add);
    Amount amount = tally.totals(snapshot.terms()).total();
    String currency = snapshot.currency();
    Money total = Price.money(currency, amount.incl(), snapshot.rounding());
    Money excl = Price.money(currency, amount.exclOrAll(), snapshot.rounding());
    return new HourlyPrice(total, excl, amount.excl() != null, hours);
  }

  /** With tax, rounded as the bill is. */
  public Money total() {
    return total;
  }

  /** Without tax; the sum with it where the tariff does not tell its tax. */
  public Money totalExcl() {
    return totalExcl;
  }

  /** False when the sum without tax is not known. */
  public boolean taxKnown() {
    return taxKnown;
  }

  /** In which the session begins, 0 to 23. */
  public int firstHour() {
    return firstHour;
  }

  /** What falls into an hour of the day, with tax, in minor units. */
  public long inclIn(int hour) {
    return incl[hour];
  }

  /** What falls into an hour of the day, without tax, in minor units. */
  public long exclIn(int hour) {
    return excl[hour];
  }

  /**
   * How much of the cost lies in each hour, as weights: they say how exact totals are shared, so
   * they need not be exact themselves.
   */
  private static final class Hours {
    private static final Exact VOLUME_UNIT = Exact.of(1_000_000);
    private static final int PRICE_DECIMALS = 4;
    private static final long WHOLE = 10_000;

    final long[] incl = new long[HOURS];
    final long[] excl = new long[HOURS];
    int first = -1;

    private final LocalClock clock;
    private final Moment moment = new Moment();
    private int hour;
    private long hourFrom = Long.MAX_VALUE;
    private long hourEnd = Long.MIN_VALUE;

    Hours(TariffSnapshot snapshot) {
      this.clock = new LocalClock(snapshot.zone());
    }

    void add(Slice slice) {
      PricePeriod period = slice.period();
      long from = LocalClock.nanosOf(period.from());
      long to = LocalClock.nanosOf(period.to());
      enter(from);
      first = first < 0 ? hour : first;
      add(slice.flat(), 1_000_000);
      add(slice.time(), period.hours(), from, to);
      add(slice.occupancy(), period.hours(), from, to);
      add(slice.energy(), period.kwh(), from, to);
      add(slice.service(), period.kwh(), from, to);
    }

    private void add(@Nullable Component component, Exact volume, long from, long to) {
      if (component == null || volume.signum() == 0) {
        return;
      }
      long micro = volume.times(VOLUME_UNIT).floorLong();
      enter(from);
      long at = from;
      long left = micro;
      while (hourEnd < to) {
        long here = Math.min(left, share(micro, hourEnd - at, to - from));
        add(component, here);
        left -= here;
        at = hourEnd;
        enter(at);
      }
      add(component, left);
    }

    private void add(@Nullable Component component, long micro) {
      if (component != null) {
        PriceComponent price = component.by.price();
        BigDecimal vat = price.vat();
        long unit = saturated(price.price(), PRICE_DECIMALS);
        long factor = vat == null ? WHOLE : WHOLE + saturated(vat, 2);
        long plain = times(unit, micro);
        boolean included = component.isTaxIncluded();
        incl[hour] += included ? plain : share(plain, factor, WHOLE);
        excl[hour] += included ? share(plain, WHOLE, factor) : plain;
      }
    }

    private void enter(long at) {
      if (at < hourFrom || at >= hourEnd) {
        clock.locate(at, moment);
        hour = moment.secondOfDay / SECONDS_PER_HOUR;
        hourFrom = at;
        hourEnd = clock.nextBoundary(at, FULL_HOURS);
      }
    }

    private static long saturated(BigDecimal value, int decimals) {
      return value
          .movePointRight(decimals)
          .max(BigDecimal.valueOf(-HUGE))
          .min(BigDecimal.valueOf(HUGE))
          .longValue();
    }

    private static long times(long a, long b) {
      long product = a * b;
      return Math.multiplyHigh(a, b) == product >> (Long.SIZE - 1)
          ? Math.clamp(product, -HUGE, HUGE)
          : a > 0 == b > 0 ? HUGE : -HUGE;
    }
  }

  /** Far beyond any cost, and small enough to be added up for a year of hours. */
  private static final long HUGE = 1L << 48;

  /** {@code amount * part / whole} without overflow. */
  private static long share(long amount, long part, long whole) {
    long product = amount * part;
    return Math.multiplyHigh(amount, part) == product >> (Long.SIZE - 1)
        ? product / whole
        : BigInteger.valueOf(amount)
            .multiply(BigInteger.valueOf(part))
            .divide(BigInteger.valueOf(whole))
            .longValueExact();
  }

  /** Whole minor units by the weights that add up to the total. */
  private static long[] apportion(long[] weights, long total, int first) {
    long[] units = new long[HOURS];
    long sum = 0;
    boolean mixed = false;
    for (long weight : weights) {
      sum += weight;
      mixed |= weight < 0;
    }
    if (mixed || sum <= 0) {
      // Nothing that has a price lies anywhere, or negative prices stand against others.
      units[first] = total;
      return units;
    }
    long left = total;
    for (int hour = 0; hour < HOURS; hour++) {
      units[hour] = weights[hour] == 0 ? 0 : share(total, weights[hour], sum);
      left -= units[hour];
    }
    boolean[] taken = new boolean[HOURS];
    for (; left != 0; left -= Long.signum(left)) {
      int next = greatestRest(weights, units, total, sum, taken);
      units[next] += Long.signum(left);
      taken[next] = true;
    }
    return units;
  }

  /** The hour that lost most when it was cut down to whole units; the earlier one of two. */
  private static int greatestRest(
      long[] weights, long[] units, long total, long sum, boolean[] taken) {
    int found = -1;
    BigInteger most = BigInteger.ZERO;
    for (int hour = 0; hour < HOURS; hour++) {
      if (weights[hour] > 0 && !taken[hour]) {
        BigInteger rest =
            BigInteger.valueOf(total)
                .multiply(BigInteger.valueOf(weights[hour]))
                .subtract(BigInteger.valueOf(units[hour]).multiply(BigInteger.valueOf(sum)))
                .abs();
        if (found < 0 || rest.compareTo(most) > 0) {
          found = hour;
          most = rest;
        }
      }
    }
    return found;
  }
}
