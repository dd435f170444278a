package org.ampay.charging;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.ampay.base.Energy;
import org.jspecify.annotations.Nullable;

/** Fills the parameters of a statement from left to right, and reads columns by name. */
final class Columns {

  private final PreparedStatement statement;
  private int index;

  Columns(PreparedStatement statement) {
    this(statement, 1);
  }

  /**
   * @param firstIndex of the parameter that is filled first
   */
  Columns(PreparedStatement statement, int firstIndex) {
    this.statement = statement;
    this.index = firstIndex - 1;
  }

  Columns number(long value) throws SQLException {
    statement.setLong(++index, value);
    return this;
  }

  Columns number(@Nullable Long value) throws SQLException {
    if (value == null) {
      statement.setNull(++index, Types.BIGINT);
    } else {
      statement.setLong(++index, value);
    }
    return this;
  }

  Columns energy(@Nullable Energy value) throws SQLException {
    return number(value == null ? null : (Long) value.milliWh());
  }

  Columns text(@Nullable String value) throws SQLException {
    statement.setString(++index, value);
    return this;
  }

  Columns bytes(byte[] value) throws SQLException {
    statement.setBytes(++index, value);
    return this;
  }

  /** As local time in UTC, which the driver passes on as it is; finer digits are cut. */
  Columns time(@Nullable Instant value) throws SQLException {
    if (value == null) {
      statement.setNull(++index, Types.TIMESTAMP);
    } else {
      statement.setObject(
          ++index, LocalDateTime.ofInstant(value.truncatedTo(ChronoUnit.MILLIS), ZoneOffset.UTC));
    }
    return this;
  }

  static @Nullable Long number(ResultSet row, String column) throws SQLException {
    long value = row.getLong(column);
    return row.wasNull() ? null : value;
  }

  static @Nullable Energy energy(ResultSet row, String column) throws SQLException {
    Long value = number(row, column);
    return value == null ? null : new Energy(value);
  }

  static @Nullable Instant timeOrNull(ResultSet row, String column) throws SQLException {
    LocalDateTime value = row.getObject(column, LocalDateTime.class);
    return value == null ? null : value.toInstant(ZoneOffset.UTC);
  }

  static Instant time(ResultSet row, String column) throws SQLException {
    Instant value = timeOrNull(row, column);
    if (value == null) {
      throw new SQLException("column " + column + " is null");
    }
    return value;
  }
}
