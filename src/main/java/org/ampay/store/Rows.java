package org.ampay.store;

import java.math.BigDecimal;
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

/** Writes rows of jOOQ's tables by {@link MultiRow} statements. */
public final class Rows {

  private Rows() {}

  /** Adds rows; each has its values in the order of {@code columns}. */
  public static void insert(
      Tx tx, Table<?> table, List<? extends Field<?>> columns, List<Object[]> rows) {
    write(tx, statement("INSERT INTO ", table, columns), rows);
  }

  /** {@link #insert}, passing over rows of which a unique key is taken. */
  public static void insertMissing(
      Tx tx, Table<?> table, List<? extends Field<?>> columns, List<Object[]> rows) {
    write(tx, statement("INSERT IGNORE INTO ", table, columns), rows);
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
    write(tx, statement("INSERT INTO ", table, columns).followedBy(end), rows);
  }

  /**
   * Adds rows or changes those that exist.
   *
   * @param end what follows the rows: {@code ON DUPLICATE KEY UPDATE …}
   */
  public static void upsert(
      Tx tx, Table<?> table, List<? extends Field<?>> columns, String end, List<Object[]> rows) {
    write(tx, statement("INSERT INTO ", table, columns).followedBy(end), rows);
  }

  private static MultiRow statement(String verb, Table<?> table, List<? extends Field<?>> columns) {
    String names = columns.stream().map(Field::getName).collect(Collectors.joining(","));
    return new MultiRow(verb + table.getName() + " (" + names + ") VALUES ", columns.size(), "");
  }

  private static void write(Tx tx, MultiRow statement, List<Object[]> rows) {
    if (!rows.isEmpty()) {
      SqlTx.of(tx)
          .jdbc(
              connection -> {
                statement.write(connection, rows, Rows::bind);
                return rows.size();
              });
    }
  }

  private static void bind(PreparedStatement statement, int firstIndex, Object[] row)
      throws SQLException {
    for (int i = 0; i < row.length; i++) {
      bind(statement, firstIndex + i, row[i]);
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
