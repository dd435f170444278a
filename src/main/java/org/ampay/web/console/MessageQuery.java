package org.ampay.web.console;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.ampay.web.http.Call;
import org.ampay.web.read.MessageReadStore.Filter;
import org.jspecify.annotations.Nullable;

/**
 * What somebody searches the message log for, as it stands in the address of the page.
 *
 * @param from a local time as the browser writes it, or empty
 */
public record MessageQuery(
    String station,
    String action,
    String direction,
    String error,
    String id,
    String from,
    String to) {

  /**
   * @param station of the path; empty: as the query says
   */
  static MessageQuery of(Call call, String station) {
    return new MessageQuery(
        station.isEmpty() ? text(call, "station") : station,
        text(call, "action"),
        text(call, "direction"),
        text(call, "error"),
        text(call, "message"),
        text(call, "from"),
        text(call, "to"));
  }

  private static String text(Call call, String name) {
    String text = call.query(name).map(String::strip).orElse("");
    return text.length() > 100 ? text.substring(0, 100) : text;
  }

  Filter filter(ZoneId zone) {
    return new Filter(
        orNull(station),
        orNull(action),
        direction.equals("in") || direction.equals("out") ? direction : null,
        orNull(error),
        orNull(id),
        time(from, zone),
        time(to, zone));
  }

  private static @Nullable String orNull(String text) {
    return text.isEmpty() ? null : text;
  }

  private static @Nullable Instant time(String local, ZoneId zone) {
    try {
      return local.isEmpty() ? null : LocalDateTime.parse(local).atZone(zone).toInstant();
    } catch (DateTimeException e) {
      return null; // half a time is none
    }
  }

  /** True when it asks for less than everything of its station. */
  public boolean narrows() {
    return !(action + direction + error + id + from + to).isEmpty();
  }

  /** The same as the end of an address, {@code station=A&action=B}. */
  public String text() {
    Map<String, String> parts = new LinkedHashMap<>();
    parts.put("station", station);
    parts.put("action", action);
    parts.put("direction", direction);
    parts.put("error", error);
    parts.put("message", id);
    parts.put("from", from);
    parts.put("to", to);
    return parts.entrySet().stream()
        .filter(part -> !part.getValue().isEmpty())
        .map(
            part ->
                part.getKey() + "=" + URLEncoder.encode(part.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }
}
