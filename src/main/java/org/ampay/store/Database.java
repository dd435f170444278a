package org.ampay.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import org.ampay.store.embedded.EmbeddedMariaDb;
import org.ampay.store.embedded.EmbeddedSettings;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.jooq.Configuration;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.conf.Settings;
import org.jooq.impl.DSL;
import org.jooq.impl.DefaultConfiguration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The open database: its connections, its dialect, its schema. One a process.
 *
 * <p>Two pools: writers for transactions, readers (auto-commit) for everything else, so that a
 * storm of page views cannot delay the facts of stations.
 */
public final class Database implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Database.class);
  private static final String EMBEDDED_SCHEMA = "ampay";
  private static final String MIGRATIONS = "classpath:sql";

  private final @Nullable EmbeddedMariaDb embedded;
  private final HikariDataSource writers;
  private final HikariDataSource readers;
  private final ServerFacts facts;
  private final DSLContext dsl;
  private final Transactor transactor;
  private final Transactor sideTransactor;

  private Database(
      @Nullable EmbeddedMariaDb embedded,
      HikariDataSource writers,
      HikariDataSource readers,
      ServerFacts facts) {
    this.embedded = embedded;
    this.writers = writers;
    this.readers = readers;
    this.facts = facts;
    Configuration configuration = configuration(facts.dialect());
    this.dsl = DSL.using(configuration.derive(readers));
    this.transactor = new SqlTransactor(writers, configuration);
    this.sideTransactor = new SqlTransactor(readers, configuration);
  }

  /**
   * Opens the database and brings its schema up to date.
   *
   * @throws StoreException when it cannot be reached or is of no use to us
   * @throws org.ampay.store.embedded.EmbeddedDatabaseException when the embedded one cannot run
   */
  public static Database open(DatabaseSettings settings) {
    Database database = connect(settings);
    try {
      database.migrate();
      return database;
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  /** Opens the database as it is, for commands that only look at it. */
  public static Database connect(DatabaseSettings settings) {
    return switch (settings.target()) {
      case DatabaseSettings.Embedded target -> connectEmbedded(settings, target);
      case DatabaseSettings.Outside target -> {
        ConnectionUrl url = ConnectionUrl.of(target);
        Database database = connect(settings, url, null);
        database.facts.warnings().forEach(LOG::warn);
        yield database;
      }
    };
  }

  private static Database connectEmbedded(
      DatabaseSettings settings, DatabaseSettings.Embedded target) {
    EmbeddedMariaDb server =
        EmbeddedMariaDb.open(
            EmbeddedSettings.of(target.dataDir())
                .withRole(target.role())
                .withSizes(target.bufferPoolMb(), target.redoLogMb())
                .withMaxConnections(settings.writers() + settings.readers() + 40)
                .withLog(LOG::warn));
    try {
      ConnectionUrl url =
          new ConnectionUrl(
              "jdbc:mysql://127.0.0.1:"
                  + server.port()
                  + "/"
                  + EMBEDDED_SCHEMA
                  + "?createDatabaseIfNotExist=true&sslMode=DISABLED",
              server.user(),
              server.password());
      Database database = connect(settings, url, server);
      database.facts.requireDurable();
      return database;
    } catch (RuntimeException e) {
      server.close();
      throw e;
    }
  }

  private static Database connect(
      DatabaseSettings settings, ConnectionUrl url, @Nullable EmbeddedMariaDb server) {
    HikariDataSource readers = pool("ampay-readers", settings.readers(), settings.patience(), url);
    try {
      ServerFacts facts = ServerFacts.read(readers);
      HikariConfig config = config("ampay-writers", settings.writers(), settings.patience(), url);
      config.setAutoCommit(false);
      // Bounds what a vanished server can do to the commit path; migrations may take longer.
      config.addDataSourceProperty("socketTimeout", "30000");
      return new Database(server, new HikariDataSource(config), readers, facts);
    } catch (RuntimeException e) {
      readers.close();
      throw e;
    }
  }

  private static HikariDataSource pool(
      String name, int size, Duration patience, ConnectionUrl url) {
    try {
      return new HikariDataSource(config(name, size, patience, url));
    } catch (PoolInitializationException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new StoreException.Unavailable(
          "cannot connect to the database: " + cause.getMessage(), e);
    }
  }

  private static HikariConfig config(String name, int size, Duration patience, ConnectionUrl url) {
    HikariConfig config = new HikariConfig();
    config.setPoolName(name);
    config.setJdbcUrl(url.jdbc());
    config.setUsername(url.user());
    config.setPassword(url.password());
    config.setMaximumPoolSize(size);
    config.setMinimumIdle(Math.min(2, size));
    config.setConnectionTimeout(patience.toMillis());
    config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
    config.setDataSourceProperties(driverProperties());
    return config;
  }

  private static Properties driverProperties() {
    Properties properties = new Properties();
    properties.setProperty("rewriteBatchedStatements", "true");
    properties.setProperty("cachePrepStmts", "true");
    properties.setProperty("prepStmtCacheSize", "1000");
    properties.setProperty("prepStmtCacheSqlLimit", "65536");
    // Measured: half the CPU of this process for batches, a third less for look-ups by key.
    properties.setProperty("useServerPrepStmts", "true");
    properties.setProperty("cacheServerConfiguration", "true");
    properties.setProperty("useLocalSessionState", "true");
    properties.setProperty("maintainTimeStats", "false");
    properties.setProperty("connectionTimeZone", "UTC");
    properties.setProperty("forceConnectionTimeZoneToSession", "true");
    properties.setProperty("characterEncoding", "UTF-8");
    properties.setProperty("connectionCollation", "utf8mb4_bin");
    properties.setProperty("tcpKeepAlive", "true");
    properties.setProperty("connectTimeout", "10000");
    properties.setProperty("allowLoadLocalInfile", "false");
    return properties;
  }

  private static Configuration configuration(SQLDialect dialect) {
    return new DefaultConfiguration()
        .set(dialect)
        .set(
            new Settings()
                .withRenderSchema(false)
                .withExecuteLogging(false)
                .withFetchWarnings(false)
                .withReturnIdentityOnUpdatableRecord(false)
                .withRenderGroupConcatMaxLenSessionVariable(false)
                // Few texts of look-ups by many keys, so that prepared statements are found again.
                .withInListPadding(true));
  }

  /** Applies the migrations that are missing; several processes may do so at once. */
  public void migrate() {
    flyway().migrate();
  }

  /** The schema's version, for example {@code 050}; empty before the first migration. */
  public Optional<String> schemaVersion() {
    MigrationInfo current = flyway().info().current();
    return current == null ? Optional.empty() : Optional.of(String.valueOf(current.getVersion()));
  }

  private Flyway flyway() {
    return Flyway.configure()
        .dataSource(readers)
        .locations(MIGRATIONS)
        .failOnMissingLocations(true)
        .loggers("slf4j")
        .load();
  }

  /** For reads outside of transactions; each statement stands alone. */
  public DSLContext dsl() {
    return dsl;
  }

  /** For everything that writes. */
  public Transactor transactor() {
    return transactor;
  }

  /**
   * For short steps that must be committed while another transaction of the same thread is open,
   * such as a block of ids; on connections of their own, so that the two cannot wait for each
   * other.
   */
  public Transactor sideTransactor() {
    return sideTransactor;
  }

  /** The server's product and version, for people. */
  public String server() {
    return facts.product();
  }

  /** The embedded server's port and owner, when there is one. */
  public Optional<EmbeddedMariaDb> embedded() {
    return Optional.ofNullable(embedded);
  }

  @Override
  public void close() {
    writers.close();
    readers.close();
    if (embedded != null) {
      embedded.close();
    }
  }
}
