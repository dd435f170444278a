package org.ampay.ocpi.json;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times on the wire: RFC 3339, UTC, written with {@code Z}; a missing zone still means UTC. */
public final class OcpiTime {

  private static final Pattern READ =
      Pattern.compile(
          "(\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d:\\d\\d(?:\\.\\d{1,9})?)(?:Z|z|[+-]00:00)?");
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private OcpiTime() {}

  /** {@code 2026-11-22T10:00:00Z}, with milliseconds where there are any. */
  public static String write(Instant time) {
    Instant millis = time.truncatedTo(ChronoUnit.MILLIS);
    return (millis.getNano() == 0 ? SECONDS : MILLIS).format(millis);
  }

  /** A time that a partner wrote; empty: it is none, or of another zone. */
  public static Optional<Instant> read(String text) {
    Matcher matcher = READ.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          LocalDateTime.parse(matcher.group(1).replace(' ', 'T')).toInstant(ZoneOffset.UTC));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
