package org.ampay.station.device;

import java.util.ArrayList;
import java.util.List;

/** Reads CSV (RFC 4180): cells may stand in quotes, and then hold commas, quotes and new lines. */
final class CsvText {

  /**
   * A row that is not empty.
   *
   * @param line where it begins, from 1
   */
  record Row(int line, List<String> cells) {
    Row {
      cells = List.copyOf(cells);
    }
  }

  /** The text is no CSV. */
  static final class BrokenException extends Exception {
    private static final long serialVersionUID = 1;
    private final int line;
    private final String reason;

    BrokenException(int line, String reason) {
      super("line " + line + ": " + reason);
      this.line = line;
      this.reason = reason;
    }

    int line() {
      return line;
    }

    String reason() {
      return reason;
    }
  }

  private final String text;
  private int at;
  private int line = 1;

  private CsvText(String text) {
    this.text = text;
  }

  static List<Row> rows(String text) throws BrokenException {
    // Spreadsheets put a byte order mark first.
    String clean = text.startsWith("\uFEFF") ? text.substring(1) : text;
    return new CsvText(clean).read();
  }

  private List<Row> read() throws BrokenException {
    List<Row> rows = new ArrayList<>();
    while (at < text.length()) {
      int begun = line;
      List<String> cells = row();
      if (cells.stream().anyMatch(cell -> !cell.isBlank())) {
        rows.add(new Row(begun, cells));
      }
    }
    return rows;
  }

  private List<String> row() throws BrokenException {
    List<String> cells = new ArrayList<>();
    while (true) {
      cells.add(at < text.length() && text.charAt(at) == '"' ? quoted() : plain());
      if (at >= text.length()) {
        return cells;
      }
      char end = text.charAt(at++);
      if (end == '\n') {
        line++;
        return cells;
      }
    }
  }

  /** Up to the comma or the end of the line. */
  private String plain() {
    int begin = at;
    while (at < text.length() && text.charAt(at) != ',' && text.charAt(at) != '\n') {
      at++;
    }
    String cell = text.substring(begin, at);
    return cell.endsWith("\r") ? cell.substring(0, cell.length() - 1) : cell;
  }

  private String quoted() throws BrokenException {
    int begun = line;
    StringBuilder cell = new StringBuilder();
    for (at++; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '"' && at + 1 < text.length() && text.charAt(at + 1) == '"') {
        cell.append(c);
        at++;
      } else if (c == '"') {
        at++;
        if (!plain().isBlank()) {
          throw new BrokenException(line, "text behind a closing quote");
        }
        return cell.toString();
      } else {
        line += c == '\n' ? 1 : 0;
        cell.append(c);
      }
    }
    throw new BrokenException(begun, "a quote is not closed");
  }
}
