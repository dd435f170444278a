package org.ampay.web.console;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.ampay.base.Energy;
import org.ampay.base.Money;
import org.ampay.station.Operator;
import org.ampay.web.http.Assets;
import org.ampay.web.people.ConsoleUser;
import org.ampay.web.people.Permission;
import org.ampay.web.people.UserSession;
import org.jspecify.annotations.Nullable;

/**
 * What every page has: its language, who looks at it, and how things are written.
 *
 * @param session null on the sign-in page
 * @param csrf what forms must carry
 * @param path of the page, to mark its place in the menu
 * @param operator whose data is shown
 * @param operators those to choose from; more than one for the platform only
 * @param zone in which times are shown
 */
public record Ui(
    Language language,
    @Nullable UserSession session,
    String csrf,
    String path,
    Place place,
    Assets assets) {

  /** Whose data is shown, and in which time zone. */
  public record Place(Operator operator, List<Operator> operators, ZoneId zone, Instant now) {}

  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);
  private static final DateTimeFormatter MINUTES =
      DateTimeFormatter.ofPattern("MM-dd HH:mm", Locale.ROOT);

  /** A text of the page's language. */
  public String t(String key, Object... values) {
    return language.text(key, values);
  }

  /** A word that stations or the database use, translated where it is known. */
  public String word(String group, String word) {
    return language
        .textIfKnown(group + "." + word.toLowerCase(Locale.ROOT).replace(' ', '_'))
        .orElse(word);
  }

  public ConsoleUser user() {
    return Objects.requireNonNull(session).user();
  }

  public Operator operator() {
    return place.operator();
  }

  public boolean may(Permission permission) {
    return session != null && user().role().may(permission);
  }

  /** True for the page itself and those below it. */
  public boolean at(String start) {
    return start.equals("/") ? path.equals("/") : path.startsWith(start);
  }

  /** {@code 1,234.50 CNY}, {@code ¥1,234.50}. */
  public String money(@Nullable Money money) {
    if (money == null) {
      return "–";
    }
    int digits = Money.exponent(money.currency());
    String amount = String.format(Locale.ROOT, "%,." + digits + "f", money.toDecimal().abs());
    String sign = money.isNegative() ? "−" : "";
    return switch (money.currency()) {
      case "CNY", "JPY" -> sign + "¥" + amount;
      case "EUR" -> sign + "€" + amount;
      case "USD" -> sign + "$" + amount;
      default -> sign + amount + " " + money.currency();
    };
  }

  /** Kilowatt-hours with three digits. */
  public String kwh(@Nullable Energy energy) {
    return energy == null
        ? "–"
        : String.format(Locale.ROOT, "%,.3f", energy.toKwh().setScale(3, RoundingMode.HALF_UP));
  }

  /** A price or volume without trailing zeros, at least {@code digits} behind the point. */
  public String number(BigDecimal value, int digits) {
    BigDecimal plain = value.stripTrailingZeros();
    return (plain.scale() < digits ? plain.setScale(digits, RoundingMode.UNNECESSARY) : plain)
        .toPlainString();
  }

  public String time(@Nullable Instant at) {
    return at == null ? "–" : SECONDS.format(at.atZone(place.zone()));
  }

  /** Without year and seconds, for lists. */
  public String shortTime(@Nullable Instant at) {
    return at == null ? "–" : MINUTES.format(at.atZone(place.zone()));
  }

  /** {@code 01-31 08:00} in another time zone. */
  public String clock(Instant at, String zoneId) {
    return MINUTES.format(at.atZone(ZoneId.of(zoneId)));
  }

  /** The colour of a simulation's state. */
  public String runColor(String state) {
    return switch (state) {
      case "done" -> "green";
      case "running" -> "azure";
      case "failed" -> "red";
      case "cancelled" -> "orange";
      default -> "secondary";
    };
  }

  /** How long ago, in one unit. */
  public String ago(@Nullable Instant at) {
    if (at == null) {
      return t("time.never");
    }
    long seconds = Math.max(0, Duration.between(at, place.now()).toSeconds());
    if (seconds < 60) {
      return t("time.now");
    }
    if (seconds < 3_600) {
      return t("time.minutes_ago", seconds / 60);
    }
    return seconds < 86_400
        ? t("time.hours_ago", seconds / 3_600)
        : t("time.days_ago", seconds / 86_400);
  }

  /** {@code 1:05:09}; to now when it has not ended. */
  public String duration(Instant from, @Nullable Instant to) {
    Duration span = Duration.between(from, to == null ? place.now() : to);
    return span.isNegative()
        ? "–"
        : "%d:%02d:%02d".formatted(span.toHours(), span.toMinutesPart(), span.toSecondsPart());
  }

  /** Text of a station, with the marks that turn the writing direction made visible. */
  public String show(String text) {
    StringBuilder shown = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean turns =
          (c >= '\u202A' && c <= '\u202E')
              || (c >= '\u2066' && c <= '\u2069')
              || c == '\u200E'
              || c == '\u200F'
              || c == '\u061C';
      shown.append(turns ? String.format(Locale.ROOT, "\\u%04x", (int) c) : String.valueOf(c));
    }
    return shown.toString();
  }

  /** A part of a path, encoded. */
  public String part(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** The colour of a session's state. */
  public String sessionColor(String state) {
    return switch (state) {
      case "active" -> "green";
      case "finished" -> "azure";
      case "review" -> "orange";
      case "orphan" -> "purple";
      default -> "secondary";
    };
  }

  /** The colour of a settlement's state. */
  public String settlementColor(String state) {
    return switch (state) {
      case "settled" -> "green";
      case "pending" -> "azure";
      case "partial", "manual" -> "orange";
      case "debt" -> "red";
      case "refunded" -> "purple";
      default -> "secondary";
    };
  }

  /** The colour of a driver's order's state. */
  public String orderColor(String state) {
    return switch (state) {
      case "charging" -> "green";
      case "waiting", "paid", "starting" -> "azure";
      case "settling", "returning" -> "orange";
      default -> "secondary";
    };
  }

  /** The colour of an operation's state. */
  public String operationColor(String state) {
    return switch (state) {
      case "done" -> "green";
      case "sent", "running" -> "azure";
      case "failed", "rejected" -> "red";
      case "unanswered" -> "orange";
      default -> "secondary";
    };
  }

  /** {@code 12 B}, {@code 3.4 MiB}. */
  public String size(long bytes) {
    if (bytes < 1_024) {
      return bytes + " B";
    }
    int unit = (63 - Long.numberOfLeadingZeros(bytes)) / 10;
    return BigDecimal.valueOf(bytes)
            .divide(BigDecimal.valueOf(1L << (10 * unit)), 1, RoundingMode.HALF_UP)
            .toPlainString()
        + " "
        + "KMGTPE".charAt(unit - 1)
        + "iB";
  }

  /** The colour of a connector's state, of both OCPP versions. */
  public String connectorColor(String status) {
    return switch (status) {
      case "Available" -> "green";
      case "Charging", "Occupied", "SuspendedEV", "SuspendedEVSE", "Finishing", "Preparing" ->
          "azure";
      case "Reserved" -> "purple";
      case "Faulted" -> "red";
      case "Unavailable" -> "orange";
      default -> "secondary";
    };
  }
}
