package org.ampay.ocpp.wire;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Optional;

/**
 * Date-times of the protocol, by hand: the forms are few and every reading has one.
 *
 * <p>Strict is RFC 3339: {@code T} and {@code Z} in either case, any number of fraction digits (cut
 * to nanoseconds), an offset with colon, a leap second at the end of a UTC day (read as the second
 * after). Lenient, for OCPP 1.6 which only says ISO 8601, also takes a time without zone (as UTC:
 * the fact must not be lost), without seconds, and offsets {@code +08} and {@code +0800}.
 */
final class DateTimes {

  private static final int SECONDS_A_DAY = 86_400;

  private final String text;
  private final boolean lenient;
  private int at;

  private DateTimes(String text, boolean lenient) {
    this.text = text;
    this.lenient = lenient;
  }

  /** The instant; empty when the text is not a date-time. */
  static Optional<Instant> parse(String text, boolean lenient) {
    try {
      return Optional.of(new DateTimes(text, lenient).parse());
    } catch (NotDateTime e) {
      return Optional.empty();
    }
  }

  private Instant parse() throws NotDateTime {
    int year = digits(4);
    expect('-');
    int month = between(digits(2), 1, 12);
    expect('-');
    int day = between(digits(2), 1, 31);
    if (day > 28 && day > YearMonth.of(year, month).lengthOfMonth()) {
      throw new NotDateTime();
    }
    if (!take('T') && !take('t')) {
      throw new NotDateTime();
    }
    int seconds = 3600 * between(digits(2), 0, 23);
    expect(':');
    seconds += 60 * between(digits(2), 0, 59);
    int second = 0;
    int nanos = 0;
    if (!lenient || at < text.length() && text.charAt(at) == ':') {
      expect(':');
      second = between(digits(2), 0, 60);
      nanos = take('.') ? fraction() : 0;
    }
    seconds += second - offsetSeconds();
    if (at != text.length() || second == 60 && Math.floorMod(seconds, SECONDS_A_DAY) != 0) {
      throw new NotDateTime();
    }
    long days = LocalDate.of(year, month, day).toEpochDay();
    return Instant.ofEpochSecond(days * SECONDS_A_DAY + seconds, nanos);
  }

  private int fraction() throws NotDateTime {
    int start = at;
    int nanos = 0;
    while (at < text.length() && isDigit(text.charAt(at))) {
      if (at - start < 9) {
        nanos = nanos * 10 + text.charAt(at) - '0';
      }
      at++;
    }
    if (at == start) {
      throw new NotDateTime();
    }
    for (int i = at - start; i < 9; i++) {
      nanos *= 10;
    }
    return nanos;
  }

  private int offsetSeconds() throws NotDateTime {
    if (take('Z') || take('z') || (lenient && at == text.length())) {
      return 0;
    }
    int sign = take('-') ? -1 : 1;
    if (sign == 1) {
      expect('+');
    }
    int hours = between(digits(2), 0, 23);
    int minutes = 0;
    if (!lenient) {
      expect(':');
      minutes = between(digits(2), 0, 59);
    } else if (at < text.length()) {
      take(':');
      minutes = between(digits(2), 0, 59);
    }
    return sign * (3600 * hours + 60 * minutes);
  }

  private int digits(int count) throws NotDateTime {
    int value = 0;
    for (int i = 0; i < count; i++, at++) {
      if (at >= text.length() || !isDigit(text.charAt(at))) {
        throw new NotDateTime();
      }
      value = value * 10 + text.charAt(at) - '0';
    }
    return value;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static int between(int value, int min, int max) throws NotDateTime {
    if (value < min || value > max) {
      throw new NotDateTime();
    }
    return value;
  }

  private boolean take(char c) {
    if (at < text.length() && text.charAt(at) == c) {
      at++;
      return true;
    }
    return false;
  }

  private void expect(char c) throws NotDateTime {
    if (!take(c)) {
      throw new NotDateTime();
    }
  }

  /** {@code 2026-07-01T12:00:00.123Z}; always with milliseconds, later digits are cut. */
  static String format(Instant instant) {
    long seconds = instant.getEpochSecond();
    LocalDate date = LocalDate.ofEpochDay(Math.floorDiv(seconds, SECONDS_A_DAY));
    int time = Math.floorMod(seconds, SECONDS_A_DAY);
    if (date.getYear() < 0 || date.getYear() > 9999) {
      throw new IllegalArgumentException("year outside 0000-9999");
    }
    StringBuilder out = new StringBuilder(24);
    pad(out, date.getYear() / 100);
    pad(out, date.getYear() % 100);
    pad(out.append('-'), date.getMonthValue());
    pad(out.append('-'), date.getDayOfMonth());
    pad(out.append('T'), time / 3600);
    pad(out.append(':'), time / 60 % 60);
    pad(out.append(':'), time % 60);
    int millis = instant.getNano() / 1_000_000;
    pad(out.append('.').append((char) ('0' + millis / 100)), millis % 100);
    return out.append('Z').toString();
  }

  private static void pad(StringBuilder out, int twoDigits) {
    out.append((char) ('0' + twoDigits / 10)).append((char) ('0' + twoDigits % 10));
  }

  /** Ends the parse; made without a stack trace, for it is an ordinary outcome. */
  private static final class NotDateTime extends Exception {
    private static final long serialVersionUID = 1L;

    NotDateTime() {
      super(null, null, false, false);
    }
  }
}
