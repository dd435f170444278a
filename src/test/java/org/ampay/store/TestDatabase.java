package org.ampay.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.ampay.store.embedded.EmbeddedMariaDb;
import org.ampay.store.embedded.EmbeddedSettings;
import org.jooq.DSLContext;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A fresh, migrated database for a test class, dropped afterwards; all of them on one real server
 * that lives as long as the test run.
 *
 * <pre>{@code
 * @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();
 * }</pre>
 */
public final class TestDatabase implements BeforeAllCallback, AfterAllCallback {

  private static final AtomicInteger COUNTER = new AtomicInteger();

  private final String name =
      "test_" + ProcessHandle.current().pid() + "_" + COUNTER.incrementAndGet();
  private Database database;

  /** The one server; it ends with this JVM, and each JVM of a test run has its own. */
  private static final class Server {
    static final EmbeddedMariaDb INSTANCE = start();

    private static EmbeddedMariaDb start() {
      Path base = Path.of(System.getProperty("ampay.basedir", ""));
      EmbeddedMariaDb server =
          EmbeddedMariaDb.open(
              EmbeddedSettings.of(
                      base.resolve("target/test-db" + System.getProperty("ampay.test.fork", "")))
                  .withSizes(64, 32)
                  .withMaxConnections(300)
                  .withPatience(Duration.ofMinutes(2)));
      dropLeftovers(server);
      return server;
    }

    private static void dropLeftovers(EmbeddedMariaDb server) {
      List<String> old = new ArrayList<>();
      try (Connection connection = admin(server);
          Statement statement = connection.createStatement()) {
        try (ResultSet rows = statement.executeQuery("SHOW DATABASES LIKE 'test\\_%'")) {
          while (rows.next()) {
            old.add(rows.getString(1));
          }
        }
        for (String schema : server.isOwner() ? old : List.<String>of()) {
          statement.execute("DROP DATABASE `" + schema + "`");
        }
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** The server that all test classes share. */
  public static EmbeddedMariaDb server() {
    return Server.INSTANCE;
  }

  /** Settings of another {@link Database} on this test's schema, as a second node would have. */
  public DatabaseSettings settings() {
    return settings(name);
  }

  /** An empty schema that no test class owns; dropped when the next test run begins. */
  public static DatabaseSettings newSchema(String purpose) {
    String schema =
        "test_" + ProcessHandle.current().pid() + "_" + COUNTER.incrementAndGet() + "_" + purpose;
    execute("CREATE DATABASE " + schema + " CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci");
    return settings(schema);
  }

  private static DatabaseSettings settings(String name) {
    String url = "jdbc:mysql://127.0.0.1:" + server().port() + "/" + name + "?sslMode=DISABLED";
    return DatabaseSettings.outside(url, server().user(), server().password());
  }

  public Database database() {
    return database;
  }

  /** Reads outside of transactions. */
  public DSLContext dsl() {
    return database.dsl();
  }

  public Transactor transactor() {
    return database.transactor();
  }

  /** Empties all tables, for a test that needs them so. */
  public void clear() {
    List<String> tables =
        dsl()
            .fetchValues(
                "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE()"
                    + " AND table_type = 'BASE TABLE' AND table_name <> 'flyway_schema_history'")
            .stream()
            .map(String::valueOf)
            .toList();
    tables.forEach(table -> dsl().execute("DELETE FROM `" + table + "`"));
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    // A collation that differs from ours: a migration that forgets to name its own is found out.
    execute("CREATE DATABASE " + name + " CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci");
    database = Database.open(settings());
  }

  @Override
  public void afterAll(ExtensionContext context) {
    database.close();
    execute("DROP DATABASE " + name);
  }

  private static void execute(String sql) {
    try (Connection connection = admin(server());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Connection admin(EmbeddedMariaDb server) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:mysql://127.0.0.1:" + server.port() + "/?sslMode=DISABLED",
        server.user(),
        server.password());
  }
}
