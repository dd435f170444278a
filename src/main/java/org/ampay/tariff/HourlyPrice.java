package org.ampay.tariff;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.ampay.base.Money;
import org.jspecify.annotations.Nullable;

/**
 * What a session costs, and in which hours of the local day: the cost of an hour is by how much the
 * running cost grows in it. So energy and time lie in the hour in which they were used, a start fee
 * in the first one, and what a step, a limit or a discount changes in the hour in which the running
 * cost changes by it. The hours are rounded by largest remainder and add up to the total.
 */
public final class HourlyPrice {

  /** Hours of a day. */
  public static final int HOURS = 24;

  static final int SECONDS_PER_HOUR = 3600;

  private static final int[] FULL_HOURS =
      IntStream.range(0, HOURS).map(hour -> hour * SECONDS_PER_HOUR).toArray();
  private static final int KWH_DIGITS = 12;

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
    this.incl = apportion(hours.incl, total);
    this.excl = apportion(hours.excl, totalExcl);
  }

  /**
   * The price of the facts.
   *
   * @throws InvalidInputException when a segment names a tariff that the snapshot has not
   */
  public static HourlyPrice of(TariffSnapshot snapshot, SessionFacts facts) {
    Amount amount = Pricing.total(snapshot, facts);
    String currency = snapshot.currency();
    Money total = Price.money(currency, amount.incl(), snapshot.rounding());
    Money excl = Price.money(currency, amount.exclOrAll(), snapshot.rounding());
    Hours hours = new Hours(snapshot);
    hours.walk(facts);
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

  /** The running cost at the end of each hour. */
  private static final class Hours {
    final @Nullable Exact[] incl = new @Nullable Exact[HOURS];
    final @Nullable Exact[] excl = new @Nullable Exact[HOURS];
    int first = -1;

    private final LocalClock clock;
    private final RunningPrice running;
    private final Moment moment = new Moment();
    private Amount before = Amount.ZERO;
    private int hour = -1;
    private long hourEnd = Long.MIN_VALUE;

    Hours(TariffSnapshot snapshot) {
      this.clock = new LocalClock(snapshot.zone());
      this.running = new RunningPrice(snapshot);
    }

    void walk(SessionFacts facts) {
      facts.segments().forEach(this::add);
      close();
    }

    private void add(Segment segment) {
      long from = LocalClock.nanosOf(segment.from());
      long to = LocalClock.nanosOf(segment.to());
      long at = from;
      BigDecimal left = segment.kwh();
      enter(at);
      while (hourEnd < to) {
        BigDecimal share =
            segment
                .kwh()
                .multiply(BigDecimal.valueOf(hourEnd - at))
                .divide(BigDecimal.valueOf(to - from), KWH_DIGITS, RoundingMode.DOWN)
                .min(left);
        running.add(part(segment, at, hourEnd, share));
        left = left.subtract(share);
        at = hourEnd;
        enter(at);
      }
      running.add(at == from ? segment : part(segment, at, to, left));
    }

    private void enter(long at) {
      if (at < hourEnd && hour >= 0) {
        return;
      }
      clock.locate(at, moment);
      int now = moment.secondOfDay / SECONDS_PER_HOUR;
      if (hour >= 0) {
        close();
      } else {
        first = now;
      }
      hour = now;
      hourEnd = clock.nextBoundary(at, FULL_HOURS);
    }

    private void close() {
      Amount now = running.amount();
      incl[hour] = plus(incl[hour], now.incl().minus(before.incl()));
      excl[hour] = plus(excl[hour], now.exclOrAll().minus(before.exclOrAll()));
      before = now;
    }

    private static Exact plus(@Nullable Exact sum, Exact more) {
      return sum == null ? more : sum.plus(more);
    }

    private static Segment part(Segment whole, long from, long to, BigDecimal kwh) {
      return new Segment(
          LocalClock.instantOf(from),
          LocalClock.instantOf(to),
          whole.state(),
          kwh,
          whole.powerKw(),
          whole.currentA(),
          whole.tariffId());
    }
  }

  /** Whole minor units near the parts that add up to the total. */
  private static long[] apportion(@Nullable Exact[] parts, Money total) {
    Exact unit = Exact.of(BigDecimal.ONE.movePointRight(Money.exponent(total.currency())));
    long[] units = new long[HOURS];
    Exact[] rests = new Exact[HOURS];
    List<Integer> used = new ArrayList<>();
    long missing = total.minor();
    for (int i = 0; i < HOURS; i++) {
      Exact part = parts[i];
      if (part != null) {
        Exact exact = part.times(unit);
        units[i] = exact.floor().longValueExact();
        rests[i] = exact.minus(Exact.of(units[i]));
        missing -= units[i];
        used.add(i);
      }
    }
    if (missing != 0) {
      used.sort(Comparator.comparing((Integer i) -> rests[i]).reversed());
      long each = Math.floorDiv(missing, (long) used.size());
      long more = Math.floorMod(missing, (long) used.size());
      for (int i = 0; i < used.size(); i++) {
        units[used.get(i)] += each + (i < more ? 1 : 0);
      }
    }
    return units;
  }
}
