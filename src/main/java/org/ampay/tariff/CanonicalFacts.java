package org.ampay.tariff;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads facts in the very form in which {@link SessionFacts#toJson} writes them, in one pass
 * without a tree: pricing a month of sessions anew is mostly reading. Whatever looks different in
 * the least is left to the careful reader, which also knows what is wrong.
 */
final class CanonicalFacts {

  private static final int MAX_DIGITS = 18;
  private static final int NANO_DIGITS = 9;
  private static final long[] POWERS = powers();

  private final String text;
  private int at;
  private Instant last = Instant.EPOCH;

  /** The number that was read last: {@code unscaled / 10^scale}. */
  private long unscaled;

  private int scale;

  private CanonicalFacts(String text) {
    this.text = text;
  }

  /** Null when the text is not as we write it, which does not mean that it is wrong. */
  static @Nullable SessionFacts read(String text) {
    try {
      return new CanonicalFacts(text).facts();
    } catch (DateTimeException | ArithmeticException | InvalidInputException e) {
      return null;
    }
  }

  private SessionFacts facts() {
    expect("{\"v\":1,\"at\":\"");
    int end = text.indexOf('"', at);
    require(end > at && text.charAt(end - 1) == 'Z');
    last = Instant.parse(text.substring(at, end));
    at = end;
    expect("\",\"seg\":[");
    List<Segment> segments = new ArrayList<>();
    do {
      Segment segment = segment();
      segments.add(segment);
      require(segments.size() <= JsonFields.MAX_LIST);
      last = segment.to();
    } while (skip(','));
    expect("]}");
    require(at == text.length());
    return new SessionFacts(segments);
  }

  private Segment segment() {
    expect("[\"");
    require(at < text.length());
    SegmentState state = SegmentState.of(text.charAt(at));
    require(state != null);
    at++;
    expect("\",");
    Instant from = last.plusNanos(nanos());
    expect(",");
    Instant to = from.plusNanos(nanos());
    expect(",");
    BigDecimal kwh = decimal();
    BigDecimal power = skip(',') ? optional() : null;
    BigDecimal current = skip(',') ? optional() : null;
    String tariff = skip(',') ? string() : null;
    expect("]");
    return new Segment(from, to, Objects.requireNonNull(state), kwh, power, current, tariff);
  }

  private @Nullable BigDecimal optional() {
    return text.startsWith("null", at) ? nothing() : decimal();
  }

  private @Nullable BigDecimal nothing() {
    expect("null");
    return null;
  }

  private BigDecimal decimal() {
    number();
    return BigDecimal.valueOf(unscaled, scale);
  }

  private long nanos() {
    number();
    require(scale <= NANO_DIGITS);
    return Math.multiplyExact(unscaled, POWERS[NANO_DIGITS - scale]);
  }

  /** A number that is not negative and has no exponent. */
  private void number() {
    int begin = at;
    long value = 0;
    int point = -1;
    for (; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c >= '0' && c <= '9') {
        value = value * 10 + (c - '0');
      } else if (c == '.' && point < 0) {
        point = at;
      } else {
        break;
      }
    }
    int whole = (point < 0 ? at : point) - begin;
    unscaled = value;
    scale = point < 0 ? 0 : at - point - 1;
    boolean padded = whole > 1 && text.charAt(begin) == '0';
    boolean dangling = point >= 0 && scale == 0;
    require(whole > 0 && whole + scale <= MAX_DIGITS && !padded && !dangling);
  }

  /** Text without anything escaped. */
  private String string() {
    expect("\"");
    int begin = at;
    while (at < text.length() && text.charAt(at) != '"') {
      require(text.charAt(at) != '\\' && text.charAt(at) >= ' ');
      at++;
    }
    String found = text.substring(begin, at);
    expect("\"");
    return found;
  }

  private boolean skip(char expected) {
    boolean there = at < text.length() && text.charAt(at) == expected;
    at += there ? 1 : 0;
    return there;
  }

  private void expect(String expected) {
    require(text.startsWith(expected, at));
    at += expected.length();
  }

  private static void require(boolean canonical) {
    if (!canonical) {
      throw new InvalidInputException("", "is not as we write it");
    }
  }

  private static long[] powers() {
    long[] powers = new long[NANO_DIGITS + 1];
    powers[0] = 1;
    for (int i = 1; i < powers.length; i++) {
      powers[i] = powers[i - 1] * 10;
    }
    return powers;
  }
}
