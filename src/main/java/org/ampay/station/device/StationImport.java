package org.ampay.station.device;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.ampay.station.NewStation;
import org.ampay.station.Registration;
import org.jspecify.annotations.Nullable;

/**
 * Lists of stations that are to come, as CSV (RFC 4180) with a line of column names. {@code id} or
 * {@code serial} is needed: a station without an id connects by its serial number.
 */
public final class StationImport {

  /** The columns, in the order of the template. */
  public static final List<String> COLUMNS =
      List.of(
          "id",
          "serial",
          "site",
          "name",
          "connector_type",
          "evses",
          "max_power_kw",
          "password",
          "admission");

  /** Stations of one list. */
  public static final int MOST_LINES = 5_000;

  /** What is wrong with one line; 1 is the line of the column names. */
  public record LineError(int line, String field, String message) {}

  /** What a text holds. */
  record Parsed(List<Line> lines, List<LineError> errors) {}

  /**
   * A station of the list.
   *
   * @param serial which BootNotification must name; empty: any
   * @param site code or id; empty: the default one
   * @param decision null: as the operator wants it with new stations
   */
  record Line(
      int number,
      String identity,
      String serial,
      String site,
      String name,
      EvseTemplate evses,
      Optional<String> password,
      @Nullable Registration decision) {

    NewStation station(long operatorId, long siteId) {
      int profile = password.isPresent() ? 1 : 0;
      return new NewStation(operatorId, siteId, identity, name, profile, evses.evses());
    }
  }

  private StationImport() {}

  static Parsed parse(String csv) {
    List<Line> lines = new ArrayList<>();
    List<LineError> errors = new ArrayList<>();
    List<CsvText.Row> rows;
    try {
      rows = CsvText.rows(csv);
    } catch (CsvText.BrokenException broken) {
      return new Parsed(List.of(), List.of(new LineError(broken.line(), "", broken.reason())));
    }
    if (rows.size() < 2 || rows.size() - 1 > MOST_LINES) {
      String message = "must have a line of column names and 1 to " + MOST_LINES + " stations";
      return new Parsed(List.of(), List.of(new LineError(1, "", message)));
    }
    List<String> columns = columns(rows.getFirst(), errors);
    if (errors.isEmpty()) {
      rows.stream().skip(1).forEach(row -> line(row, columns, lines, errors));
    }
    return new Parsed(lines, errors);
  }

  private static List<String> columns(CsvText.Row header, List<LineError> errors) {
    List<String> columns =
        header.cells().stream().map(name -> name.strip().toLowerCase(Locale.ROOT)).toList();
    for (String column : columns) {
      if (!COLUMNS.contains(column)) {
        errors.add(
            new LineError(1, column, "is no column; there are " + String.join(", ", COLUMNS)));
      } else if (columns.indexOf(column) != columns.lastIndexOf(column)) {
        errors.add(new LineError(1, column, "comes twice"));
      }
    }
    if (!columns.contains("id") && !columns.contains("serial")) {
      errors.add(new LineError(1, "id", "is missing"));
    }
    return columns;
  }

  private static void line(
      CsvText.Row row, List<String> columns, List<Line> lines, List<LineError> errors) {
    if (row.cells().size() > columns.size()) {
      errors.add(
          new LineError(
              row.line(), "", "has " + row.cells().size() + " cells, not " + columns.size()));
      return;
    }
    Map<String, String> cells = new HashMap<>();
    for (int i = 0; i < row.cells().size(); i++) {
      cells.put(columns.get(i), row.cells().get(i).strip());
    }
    try {
      Line line = line(row.line(), cells);
      line.station(1, 1); // checks the identity
      lines.add(line);
    } catch (IllegalArgumentException e) {
      String message = String.valueOf(e.getMessage());
      int colon = message.indexOf(": ");
      errors.add(
          new LineError(
              row.line(),
              colon < 0 ? "" : message.substring(0, colon),
              message.substring(colon < 0 ? 0 : colon + 2)));
    }
  }

  private static Line line(int number, Map<String, String> cells) {
    String serial = bounded(cells, "serial", 50);
    String id = cells.getOrDefault("id", "");
    String identity = id.isEmpty() ? serial : id;
    String name = bounded(cells, "name", 100);
    String type = cells.getOrDefault("connector_type", "");
    return new Line(
        number,
        identity,
        serial,
        bounded(cells, "site", 36),
        name.isEmpty() ? identity : name,
        new EvseTemplate(
            type.isEmpty() ? "IEC_62196_T2" : type,
            number("evses", cells.getOrDefault("evses", ""), "1").intValue(),
            number("max_power_kw", cells.getOrDefault("max_power_kw", ""), "0")
                .movePointRight(3)
                .intValue()),
        password(cells.getOrDefault("password", "")),
        decision(cells.getOrDefault("admission", "")));
  }

  private static String bounded(Map<String, String> cells, String column, int most) {
    String text = cells.getOrDefault(column, "");
    if (text.length() > most) {
      throw new IllegalArgumentException(column + ": must have at most " + most + " characters");
    }
    return text;
  }

  private static BigDecimal number(String column, String text, String otherwise) {
    String shown = text.isEmpty() ? otherwise : text;
    if (!shown.matches("[0-9]{1,5}([.][0-9]{1,3})?")) {
      throw new IllegalArgumentException(column + ": must be a number");
    }
    return new BigDecimal(shown);
  }

  private static Optional<String> password(String text) {
    boolean visible = text.chars().allMatch(c -> c > ' ' && c < 127);
    if (!text.isEmpty() && (text.length() < 8 || text.length() > 64 || !visible)) {
      throw new IllegalArgumentException("password: must be 8 to 64 visible ASCII characters");
    }
    return Optional.of(text).filter(t -> !t.isEmpty());
  }

  private static @Nullable Registration decision(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "" -> null;
      case "accepted" -> Registration.ACCEPTED;
      case "pending" -> Registration.PENDING;
      case "rejected" -> Registration.REJECTED;
      default ->
          throw new IllegalArgumentException("admission: must be accepted, pending or rejected");
    };
  }
}
