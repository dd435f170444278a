package org.ampay.store;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import org.jooq.exception.DataAccessException;

/** What the database's errors mean to us. Codes are those of MySQL and MariaDB alike. */
final class SqlErrors {

  private static final int TOO_MANY_CONNECTIONS = 1040;
  private static final int DUPLICATE_KEY = 1062;
  private static final int LOCK_WAIT_TIMEOUT = 1205;
  private static final int DEADLOCK = 1213;

  /** A replica that has not yet become the primary. */
  private static final int READ_ONLY = 1290;

  private SqlErrors() {}

  /** The exception that callers see for {@code error}, which {@code thrown} carries. */
  static StoreException translate(SQLException error, Exception thrown) {
    String message = "database error " + error.getErrorCode() + ": " + error.getMessage();
    if (isContention(error)) {
      return new StoreException.Contention(message, thrown);
    }
    if (error.getErrorCode() == DUPLICATE_KEY) {
      return new StoreException.DuplicateKey(message, thrown);
    }
    if (isOutage(error)) {
      return new StoreException.Unavailable(message, thrown);
    }
    return new StoreException(message, thrown);
  }

  /** The exception that callers see for one of jOOQ's. */
  static StoreException translate(DataAccessException thrown) {
    SQLException cause = thrown.getCause(SQLException.class);
    return cause == null
        ? new StoreException(String.valueOf(thrown.getMessage()), thrown)
        : translate(cause, thrown);
  }

  /** The transaction lost against another one and may simply be repeated. */
  static boolean isContention(SQLException error) {
    return error.getErrorCode() == DEADLOCK
        || error.getErrorCode() == LOCK_WAIT_TIMEOUT
        || "40001".equals(error.getSQLState());
  }

  private static boolean isOutage(SQLException error) {
    String state = String.valueOf(error.getSQLState());
    return error instanceof SQLTransientConnectionException
        || error instanceof SQLNonTransientConnectionException
        || error instanceof SQLRecoverableException
        || state.startsWith("08")
        || error.getErrorCode() == TOO_MANY_CONNECTIONS
        || error.getErrorCode() == READ_ONLY;
  }
}
