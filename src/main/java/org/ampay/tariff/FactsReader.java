package org.ampay.tariff;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads many stored {@link SessionFacts} fast, for prices that depend on the clock alone: in one
 * pass over the canonical text, without a tree, and with neighbours made one segment where no
 * tariff can tell them apart.
 *
 * <p>Two segments may be one when they have the same state, touch, and lie between the same two
 * instants at which the local clock changes a price or begins an hour. Inside such a stretch the
 * same components apply from end to end, energy and time only add up, so that the price of the
 * merged facts is exactly that of the facts. Where a tariff looks at energy, duration, power or
 * current, and where a text is not the plain one that {@link SessionFacts#toJson} writes for a
 * single tariff, the facts are read as they are.
 *
 * <p>Not for several threads.
 */
public final class FactsReader {

  private static final int NANO_DIGITS = 9;
  private static final int KWH_DIGITS = 12;
  private static final int MAX_DIGITS = 18;
  private static final String START = "{\"v\":1,\"at\":\"";
  private static final String SEGMENTS = "\",\"seg\":[";

  private final LocalClock clock;
  private final boolean merges;

  /** Seconds of the local day at which a stretch ends, ascending. */
  private final int[] cuts;

  private String text = "";
  private int at;

  private FactsReader(ZoneId zone, boolean merges, int[] cuts) {
    this.clock = new LocalClock(zone);
    this.merges = merges;
    this.cuts = cuts;
  }

  /**
   * A reader for sessions that are to be priced with each of these snapshots, which have one time
   * zone. It keeps the full hours of the local day apart.
   */
  public static FactsReader of(TariffSnapshot... snapshots) {
    TreeSet<Integer> cuts = new TreeSet<>();
    for (int hour = 0; hour < HourlyPrice.HOURS; hour++) {
      cuts.add(hour * HourlyPrice.SECONDS_PER_HOUR);
    }
    boolean merges = true;
    for (TariffSnapshot snapshot : snapshots) {
      merges &= snapshot.compiled().addClock(cuts);
    }
    return new FactsReader(
        snapshots[0].zone(), merges, cuts.stream().mapToInt(Integer::intValue).toArray());
  }

  /** Whether neighbours are made one; without that a session costs as much as it has readings. */
  public boolean merges() {
    return merges;
  }

  /**
   * Facts that have the same price as those that were written.
   *
   * @throws InvalidInputException when the text is something else
   */
  public SessionFacts read(String json) {
    if (merges && json.startsWith(START)) {
      text = json;
      at = START.length();
      List<Segment> segments = plain();
      if (segments != null) {
        return new SessionFacts(segments);
      }
    }
    return SessionFacts.parse(json);
  }

  /** The segments of a text in the usual form, null when it has another. */
  private @Nullable List<Segment> plain() {
    int quote = text.indexOf('"', at);
    if (quote < 0 || !text.startsWith(SEGMENTS, quote)) {
      return null;
    }
    long last;
    try {
      last = LocalClock.nanosOf(Instant.parse(text.substring(at, quote)));
    } catch (DateTimeException | ArithmeticException e) {
      return null;
    }
    at = quote + SEGMENTS.length();
    Merger merger = new Merger();
    do {
      long end = segment(last, merger);
      if (end < 0) {
        return null;
      }
      last = end;
    } while (skip(','));
    return text.startsWith("]}", at) && at + 2 == text.length() ? merger.finish() : null;
  }

  /** Reads {@code ["C",0,60,1.25]}; its end, or -1 when it is not of that kind. */
  private long segment(long last, Merger merger) {
    if (!text.startsWith("[\"", at) || at + 4 >= text.length() || text.charAt(at + 3) != '"') {
      return -1;
    }
    char state = text.charAt(at + 2);
    at += 4;
    long gap = skip(',') ? number(NANO_DIGITS) : -1;
    long length = gap >= 0 && skip(',') ? number(NANO_DIGITS) : -1;
    long kwh = length >= 0 && skip(',') ? number(KWH_DIGITS) : -1;
    if (kwh < 0 || (state != 'C' && state != 'P') || !skipRest()) {
      return -1;
    }
    long from = last + gap;
    long to = from + length;
    if (from < last || to < from) {
      return -1;
    }
    merger.add(state, from, to, kwh);
    return to;
  }

  /** Power and current, which no tariff looks at here; a segment's own tariff is another matter. */
  private boolean skipRest() {
    int end = text.indexOf(']', at);
    if (end < 0 || text.substring(at, end).indexOf('"') >= 0) {
      return false;
    }
    at = end + 1;
    return true;
  }

  private boolean skip(char expected) {
    if (at < text.length() && text.charAt(at) == expected) {
      at++;
      return true;
    }
    return false;
  }

  /** A number of the canonical text times ten to the power of {@code digits}, or -1. */
  private long number(int digits) {
    long value = 0;
    int begin = at;
    int point = -1;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '.' && point < 0) {
        point = at;
      } else if (c >= '0' && c <= '9') {
        value = value * 10 + (c - '0');
      } else {
        break;
      }
      at++;
    }
    int length = at - begin - (point < 0 ? 0 : 1);
    int decimals = point < 0 ? 0 : at - point - 1;
    if (length < 1 || decimals > digits || length + digits - decimals > MAX_DIGITS) {
      return -1;
    }
    for (int i = decimals; i < digits; i++) {
      value *= 10;
    }
    return value;
  }

  /** Makes neighbours one segment. */
  private final class Merger {
    private final List<Segment> segments = new ArrayList<>();
    private boolean open;
    private char state;
    private long from;
    private long to;
    private long kwh;
    private long stretchFrom;
    private long stretchTo;

    void add(char nextState, long nextFrom, long nextTo, long nextKwh) {
      if (open
          && nextState == state
          && nextFrom == to
          && nextFrom < stretchTo
          && nextTo <= stretchTo
          && from >= stretchFrom
          && kwh + nextKwh >= 0) {
        to = nextTo;
        kwh += nextKwh;
        return;
      }
      flush();
      open = true;
      state = nextState;
      from = nextFrom;
      to = nextTo;
      kwh = nextKwh;
      if (nextFrom < stretchFrom || nextFrom >= stretchTo) {
        stretchFrom = nextFrom;
        stretchTo = clock.nextBoundary(nextFrom, cuts);
      }
      if (nextTo > stretchTo) {
        // It crosses a border: nothing may be added to it.
        stretchFrom = nextTo;
        stretchTo = nextTo;
      }
    }

    List<Segment> finish() {
      flush();
      return segments;
    }

    private void flush() {
      if (open) {
        segments.add(
            new Segment(
                LocalClock.instantOf(from),
                LocalClock.instantOf(to),
                state == 'C' ? SegmentState.CHARGING : SegmentState.PARKING,
                BigDecimal.valueOf(kwh, KWH_DIGITS),
                null,
                null,
                null));
      }
    }
  }
}
