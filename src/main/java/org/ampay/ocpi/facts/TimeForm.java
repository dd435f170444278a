package org.ampay.ocpi.facts;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Pattern;

/** The form of DateTime: exact as it is to be written, and what must be read besides. */
public final class TimeForm {

  private static final Pattern EXACT =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,3})?Z");

  private static final int MAX = 40;

  private TimeForm() {}

  /** UTC with a Z, to the second or up to three decimals. */
  public static boolean isExact(String text) {
    return EXACT.matcher(text).matches() && read(text).isPresent();
  }

  /** With Z, without, with fractions, with an offset; empty: no time. */
  public static Optional<Instant> read(String text) {
    if (text.length() > MAX || text.indexOf('T') < 0) {
      return Optional.empty();
    }
    try {
      boolean zone = text.endsWith("Z") || text.matches(".*[+-]\\d\\d:\\d\\d");
      return Optional.of(
          zone
              ? OffsetDateTime.parse(text).toInstant()
              : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
