package org.ampay.web.console;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.ampay.power.CompositeRow;
import org.ampay.web.http.JsonCodec;
import org.jspecify.annotations.Nullable;

/** Schedules as people read them. */
public final class ChargingView {

  private static final int MOST_SHOWN = 4;

  private ChargingView() {}

  /**
   * A step of a composite schedule.
   *
   * @param from null when the schedule's start is not known
   */
  public record Step(@Nullable Instant from, String offset, String limit, String phases) {}

  /**
   * A composite schedule as steps and as the points of a line in a box of {@value #WIDTH} × {@value
   * #HEIGHT}.
   *
   * @param top the limit at the upper edge, with its unit
   */
  public record Steps(CompositeRow row, List<Step> steps, String points, String top) {

    public static final int WIDTH = 600;
    public static final int HEIGHT = 140;
  }

  static List<Steps> steps(List<CompositeRow> rows) {
    return rows.stream().map(ChargingView::steps).toList();
  }

  private static Steps steps(CompositeRow row) {
    String json = row.periods();
    if (json == null) {
      return new Steps(row, List.of(), "", "");
    }
    JsonNode periods = JsonCodec.tree(json);
    String unit = row.unit() == null ? "" : " " + row.unit();
    List<Step> steps = new ArrayList<>();
    BigDecimal top = BigDecimal.ONE;
    for (JsonNode period : periods) {
      top = top.max(period.path("limit").decimalValue());
      steps.add(step(row.starts(), period, unit));
    }
    return new Steps(row, steps, points(row, periods, top), plain(top) + unit);
  }

  private static Step step(@Nullable Instant starts, JsonNode period, String unit) {
    int start = period.path("startPeriod").asInt();
    return new Step(
        starts == null ? null : starts.plusSeconds(start),
        offset(start),
        plain(period.path("limit").decimalValue()) + unit,
        period.path("numberPhases").asText("–"));
  }

  private static String points(CompositeRow row, JsonNode periods, BigDecimal top) {
    Integer duration = row.durationSeconds();
    int last = periods.isEmpty() ? 0 : periods.get(periods.size() - 1).path("startPeriod").asInt();
    long span = Math.max(1, Math.max(duration == null ? 0 : duration, last + 1L));
    StringBuilder points = new StringBuilder();
    for (int i = 0; i < periods.size(); i++) {
      long from = Math.max(0, periods.get(i).path("startPeriod").asLong());
      long to =
          i + 1 < periods.size()
              ? Math.max(0, periods.get(i + 1).path("startPeriod").asLong())
              : span;
      BigDecimal share =
          periods
              .get(i)
              .path("limit")
              .decimalValue()
              .max(BigDecimal.ZERO)
              .multiply(BigDecimal.valueOf(Steps.HEIGHT))
              .divide(top, 0, RoundingMode.HALF_UP);
      String y = " " + (Steps.HEIGHT - share.intValue()) + " ";
      points.append(from * Steps.WIDTH / span).append(y);
      points.append(to * Steps.WIDTH / span).append(y);
    }
    return points.toString().strip();
  }

  /** The limits of a profile, a list of schedules or a schedule, in one line. */
  public static String limits(String json) {
    JsonNode tree = JsonCodec.tree(json);
    JsonNode schedules = tree.has("chargingSchedule") ? tree.get("chargingSchedule") : tree;
    JsonNode schedule = schedules.isArray() ? schedules.path(0) : schedules;
    JsonNode periods = schedule.path("chargingSchedulePeriod");
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < Math.min(periods.size(), MOST_SHOWN); i++) {
      JsonNode period = periods.get(i);
      text.append(i == 0 ? "" : " · " + offset(period.path("startPeriod").asInt()) + " ")
          .append(plain(period.path("limit").decimalValue()))
          .append(' ')
          .append(schedule.path("chargingRateUnit").asText());
    }
    return text.append(periods.size() > MOST_SHOWN ? " …" : "").toString();
  }

  private static String plain(BigDecimal limit) {
    return limit.precision() > 40 || Math.abs(limit.scale()) > 40
        ? limit.toString()
        : limit.stripTrailingZeros().toPlainString();
  }

  /** {@code +1:30:00}. */
  private static String offset(int seconds) {
    Duration span = Duration.ofSeconds(seconds);
    return "+%d:%02d:%02d".formatted(span.toHours(), span.toMinutesPart(), span.toSecondsPart());
  }

  /** The colour of a profile's state. */
  public static String color(String state) {
    return switch (state) {
      case "accepted" -> "green";
      case "requested" -> "azure";
      case "rejected" -> "red";
      case "unknown", "missing" -> "orange";
      default -> "secondary";
    };
  }
}
