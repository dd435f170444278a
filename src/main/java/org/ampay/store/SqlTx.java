package org.ampay.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jooq.DSLContext;

/** A transaction of the SQL database, READ COMMITTED. */
public final class SqlTx implements Tx {

  /** Statements on a connection. */
  @FunctionalInterface
  public interface JdbcWork<R> {
    R run(Connection connection) throws SQLException;
  }

  private final DSLContext dsl;
  private final Connection connection;
  private final List<Runnable> afterCommit = new ArrayList<>(2);

  SqlTx(DSLContext dsl, Connection connection) {
    this.dsl = dsl;
    this.connection = connection;
  }

  /** The transaction as an SQL store needs it. */
  public static SqlTx of(Tx tx) {
    return switch (tx) {
      case SqlTx sql -> sql;
      case MemoryTx memory ->
          throw new IllegalArgumentException("an SQL store got an in-memory transaction");
    };
  }

  /** Statements that are part of this transaction. */
  public DSLContext dsl() {
    return dsl;
  }

  /** The connection, for plain JDBC on a hot path. Never commit, roll back or close it. */
  public Connection connection() {
    return connection;
  }

  /** Plain JDBC whose errors become {@link StoreException}s. */
  public <R> R jdbc(JdbcWork<R> work) {
    try {
      return work.run(connection);
    } catch (SQLException e) {
      throw SqlErrors.translate(e, e);
    }
  }

  @Override
  public void afterCommit(Runnable action) {
    afterCommit.add(action);
  }

  void committed() {
    afterCommit.forEach(Runnable::run);
  }
}
