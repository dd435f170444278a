package org.ampay.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/**
 * A statement that writes many rows at once. Its texts hold one of few numbers of rows, so that the
 * driver and the server prepare each of them once and keep it; a batch of the driver is made and
 * parsed anew each time, which costs more than the rows themselves.
 *
 * @param before all that stands before the first row, for example {@code INSERT INTO t (a, b)
 *     VALUES}
 * @param width parameters of a row
 * @param after all that stands behind the last row
 */
public record MultiRow(String before, int width, String after) {

  private static final int[] SIZES = {
    128, 96, 64, 48, 40, 32, 28, 24, 20, 18, 16, 14, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1
  };

  /** Fills a row's parameters, the first of which has this index. */
  @FunctionalInterface
  public interface Binder<T> {
    void bind(PreparedStatement statement, int firstIndex, T item) throws SQLException;
  }

  /** A plain insert of these columns. */
  public static MultiRow insert(String table, String... columns) {
    return new MultiRow(
        "INSERT INTO " + table + " (" + String.join(", ", columns) + ") VALUES ",
        columns.length,
        "");
  }

  /** The same with this behind the rows. */
  public MultiRow followedBy(String text) {
    return new MultiRow(before, width, text);
  }

  /** Writes all items, one row each, in their order. */
  public <T> void write(Connection connection, List<T> items, Binder<T> binder)
      throws SQLException {
    int from = 0;
    for (int rows : SIZES) {
      if (items.size() - from < rows) {
        continue;
      }
      try (PreparedStatement statement = connection.prepareStatement(text(rows))) {
        for (; items.size() - from >= rows; from += rows) {
          for (int row = 0; row < rows; row++) {
            binder.bind(statement, row * width + 1, items.get(from + row));
          }
          statement.executeUpdate();
        }
      }
    }
  }

  private String text(int rows) {
    String row = "(" + "?,".repeat(width - 1) + "?)";
    return before + (row + ",").repeat(rows - 1) + row + after;
  }
}
