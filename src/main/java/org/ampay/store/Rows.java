package org.ampay.store;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;
import org.jooq.Field;
import org.jooq.Table;
import org.jspecify.annotations.Nullable;

/**
 * Writes many rows with few statements. Their texts hold a fixed number of rows, so that the driver
 * and the server prepare each of them once and keep it; a batch of the driver is made and parsed
 * anew each time, which costs more than the rows themselves.
 */
public final class Rows {

  private static final int[] CHUNKS = {64, 8, 1};

  private Rows() {}

  /** Adds rows; each has its values in the order of {@code columns}. */
  public static void insert(
      Tx tx, Table<?> table, List<? extends Field<?>> columns, List<Object[]> rows) {
    write(tx, new Text("INSERT INTO ", table, columns, ""), rows);
  }

  /** {@link #insert}, passing over rows of which a unique key is taken. */
  public static void insertMissing(
      Tx tx, Table<?> table, List<? extends Field<?>> columns, List<Object[]> rows) {
    write(tx, new Text("INSERT IGNORE INTO ", table, columns, ""), rows);
  }

  /**
   * Changes rows that exist: the caller must have locked them, or this would insert them. One
   * statement for many rows, where UPDATE would be one a row.
   *
   * @param columns all columns that have no default, the primary key among them
   * @param changed those of them that get their new value
   */
  public static void overwrite(
      Tx tx,
      Table<?> table,
      List<? extends Field<?>> columns,
      List<? extends Field<?>> changed,
      List<Object[]> rows) {
    String end =
        changed.stream()
            .map(field -> field.getName() + " = VALUES(" + field.getName() + ")")
            .collect(Collectors.joining(", ", " ON DUPLICATE KEY UPDATE ", ""));
    write(tx, new Text("INSERT INTO ", table, columns, end), rows);
  }

  /** A statement but for the number of its rows. */
  private record Text(String verb, Table<?> table, List<? extends Field<?>> columns, String end) {

    String of(int rows) {
      String marks = "(" + "?,".repeat(columns.size() - 1) + "?)";
      return verb
          + table.getName()
          + columns.stream().map(Field::getName).collect(Collectors.joining(",", " (", ") VALUES "))
          + (marks + ",").repeat(rows - 1)
          + marks
          + end;
    }
  }

  private static void write(Tx tx, Text text, List<Object[]> rows) {
    if (!rows.isEmpty()) {
      SqlTx.of(tx).jdbc(connection -> write(connection, text, rows));
    }
  }

  private static int write(Connection connection, Text text, List<Object[]> rows)
      throws SQLException {
    int from = 0;
    for (int chunk : CHUNKS) {
      if (rows.size() - from < chunk) {
        continue;
      }
      try (PreparedStatement statement = connection.prepareStatement(text.of(chunk))) {
        for (; rows.size() - from >= chunk; from += chunk) {
          bind(statement, rows.subList(from, from + chunk));
          statement.executeUpdate();
        }
      }
    }
    return rows.size();
  }

  private static void bind(PreparedStatement statement, List<Object[]> rows) throws SQLException {
    int index = 0;
    for (Object[] row : rows) {
      for (Object value : row) {
        bind(statement, ++index, value);
      }
    }
  }

  private static void bind(PreparedStatement statement, int index, @Nullable Object value)
      throws SQLException {
    switch (value) {
      case null -> statement.setNull(index, Types.VARCHAR);
      case Long number -> statement.setLong(index, number);
      case Integer number -> statement.setInt(index, number);
      case String text -> statement.setString(index, text);
      case byte[] bytes -> statement.setBytes(index, bytes);
      case BigDecimal number -> statement.setBigDecimal(index, number);
      case Boolean flag -> statement.setBoolean(index, flag);
      // As local time in UTC, which the driver passes on as it is; see InstantBinding.
      case Instant time ->
          statement.setObject(
              index, LocalDateTime.ofInstant(time.truncatedTo(ChronoUnit.MILLIS), ZoneOffset.UTC));
      default ->
          throw new IllegalArgumentException("no column takes a " + value.getClass().getName());
    }
  }
}
