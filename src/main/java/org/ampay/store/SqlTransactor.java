package org.ampay.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jooq.Configuration;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.jooq.impl.DefaultConnectionProvider;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Transactions of the SQL database, each on a connection of its own from a pool. */
public final class SqlTransactor implements Transactor {

  private static final Logger LOG = LoggerFactory.getLogger(SqlTransactor.class);

  /** Deadlocks are rare and repeat rarely; more attempts would hide a wrong lock order. */
  private static final int ATTEMPTS = 4;

  private final DataSource pool;
  private final Configuration configuration;

  SqlTransactor(DataSource pool, Configuration configuration) {
    this.pool = pool;
    this.configuration = configuration;
  }

  @Override
  public <R> R call(Function<Tx, R> work) {
    for (int attempt = 1; ; attempt++) {
      try {
        return attempt(work);
      } catch (StoreException.Contention e) {
        if (attempt == ATTEMPTS) {
          throw e;
        }
        LOG.debug("repeating a transaction, attempt {}: {}", attempt, e.getMessage());
      }
    }
  }

  private <R> R attempt(Function<Tx, R> work) {
    Connection connection = connect();
    try {
      SqlTx tx =
          new SqlTx(
              DSL.using(configuration.derive(new DefaultConnectionProvider(connection))),
              connection);
      R result = workOrRollBack(tx, work);
      commit(connection);
      tx.committed();
      return result;
    } finally {
      release(connection);
    }
  }

  private Connection connect() {
    try {
      Connection connection = pool.getConnection();
      if (connection.getAutoCommit()) {
        connection.setAutoCommit(false);
      }
      return connection;
    } catch (SQLException e) {
      throw SqlErrors.translate(e, e);
    }
  }

  /** A failure to give the connection back says nothing about the transaction. */
  private static void release(Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      LOG.debug("closing a connection failed", e);
    }
  }

  private static <R> R workOrRollBack(SqlTx tx, Function<Tx, R> work) {
    boolean done = false;
    try {
      R result = work.apply(tx);
      done = true;
      return result;
    } catch (DataAccessException e) {
      throw SqlErrors.translate(e);
    } finally {
      if (!done) {
        rollBack(tx.connection());
      }
    }
  }

  /** A refused commit was rolled back; any other error leaves open what became of it. */
  private static void commit(Connection connection) {
    try {
      connection.commit();
    } catch (SQLException e) {
      if (SqlErrors.isContention(e)) {
        throw new StoreException.Contention("commit refused: " + e.getMessage(), e);
      }
      throw new StoreException.CommitUnknown("commit without answer: " + e.getMessage(), e);
    }
  }

  /** Failing here is harmless: the connection is broken, and the server rolls back by itself. */
  private static void rollBack(Connection connection) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      LOG.debug("roll-back failed", e);
    }
  }
}
