package org.ampay.app;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where exported rows go: CSV (RFC 4180, with a header line) or JSON lines. */
public interface ExportSheet {

  /** Before the first row. */
  void begin(List<String> columns);

  void write(Row row);

  /** A row with the names of its columns. */
  record Row(List<String> columns, List<Cell> cells) {}

  /**
   * One value.
   *
   * @param text null: no value
   * @param number whether it is a number in JSON
   */
  record Cell(@Nullable String text, boolean number) {

    private static final DateTimeFormatter TIME =
        DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    static Cell of(@Nullable Object value) {
      return switch (value) {
        case null -> new Cell(null, false);
        case Instant at -> new Cell(TIME.format(at), false);
        case Number number -> new Cell(number.toString(), true);
        default -> new Cell(value.toString(), false);
      };
    }

    static Cell thousandths(@Nullable Object value) {
      if (!(value instanceof Number number)) {
        return new Cell(null, true);
      }
      BigDecimal units = BigDecimal.valueOf(number.longValue(), 3).stripTrailingZeros();
      return new Cell(units.toPlainString(), true);
    }
  }

  /** CSV. */
  static ExportSheet csv(Writer out) {
    return new Csv(out);
  }

  /** One JSON object a line. */
  static ExportSheet jsonLines(Writer out) {
    return new JsonLines(out);
  }

  /** RFC 4180, but lines end with a bare line feed, as Unix tools want it. */
  final class Csv implements ExportSheet {

    private final Writer out;

    private Csv(Writer out) {
      this.out = out;
    }

    @Override
    public void begin(List<String> columns) {
      line(String.join(",", columns));
    }

    @Override
    public void write(Row row) {
      StringBuilder line = new StringBuilder();
      for (Cell cell : row.cells()) {
        if (!line.isEmpty() || cell != row.cells().getFirst()) {
          line.append(',');
        }
        line.append(quoted(cell.text()));
      }
      line(line.toString());
    }

    private static String quoted(@Nullable String text) {
      if (text == null) {
        return "";
      }
      boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
      return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }

    private void line(String line) {
      try {
        out.write(line);
        out.write('\n');
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** JSON lines; a missing value is null. */
  final class JsonLines implements ExportSheet {

    private final Writer out;
    private final JsonFactory json = new JsonFactory();

    private JsonLines(Writer out) {
      this.out = out;
    }

    @Override
    public void begin(List<String> columns) {
      // Every line says its names itself.
    }

    @Override
    public void write(Row row) {
      try (JsonGenerator line =
          json.createGenerator(out).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)) {
        line.disable(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM);
        line.writeStartObject();
        for (int i = 0; i < row.cells().size(); i++) {
          Cell cell = row.cells().get(i);
          line.writeFieldName(row.columns().get(i));
          if (cell.text() == null) {
            line.writeNull();
          } else if (cell.number()) {
            line.writeNumber(cell.text());
          } else {
            line.writeString(cell.text());
          }
        }
        line.writeEndObject();
        line.writeRaw('\n');
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
