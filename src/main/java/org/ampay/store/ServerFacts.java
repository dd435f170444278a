package org.ampay.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jooq.SQLDialect;

/**
 * What the connected server is and how it is set up.
 *
 * @param product name and version, for example {@code MariaDB 11.4.5-MariaDB}
 * @param variables settings that durability depends on, by name, those that the server has
 */
record ServerFacts(String product, SQLDialect dialect, Map<String, String> variables) {

  private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+)");
  private static final String FLUSH = "innodb_flush_log_at_trx_commit";

  /** Asks the server. */
  static ServerFacts read(DataSource source) {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      String version;
      try (ResultSet row = statement.executeQuery("SELECT VERSION()")) {
        row.next();
        version = row.getString(1);
      }
      Map<String, String> variables = new HashMap<>();
      try (ResultSet rows =
          statement.executeQuery(
              "SHOW VARIABLES WHERE Variable_name IN"
                  + " ('innodb_flush_log_at_trx_commit', 'log_bin', 'sync_binlog')")) {
        while (rows.next()) {
          variables.put(rows.getString(1).toLowerCase(Locale.ROOT), rows.getString(2));
        }
      }
      return of(version, variables);
    } catch (SQLException e) {
      throw SqlErrors.translate(e, e);
    }
  }

  /**
   * Judges a version.
   *
   * @throws StoreException when it is too old
   */
  static ServerFacts of(String version, Map<String, String> variables) {
    boolean mariaDb = version.toLowerCase(Locale.ROOT).contains("mariadb");
    // MariaDB may put 5.5.5- before its version, for old replicas.
    Matcher number = VERSION.matcher(version.replaceFirst("^5\\.5\\.5-", ""));
    int major = number.find() ? Integer.parseInt(number.group(1)) : 0;
    int minor = major == 0 ? 0 : Integer.parseInt(number.group(2));
    int wantedMajor = mariaDb ? 10 : 8;
    int wantedMinor = mariaDb ? 11 : 4;
    if (major < wantedMajor || (major == wantedMajor && minor < wantedMinor)) {
      throw new StoreException(
          "the database is "
              + (mariaDb ? "MariaDB " : "MySQL ")
              + version
              + ", needed is MySQL 8.4 or MariaDB 10.11 or newer");
    }
    return new ServerFacts(
        (mariaDb ? "MariaDB " : "MySQL ") + version,
        mariaDb ? SQLDialect.MARIADB : SQLDialect.MYSQL,
        Map.copyOf(variables));
  }

  /** The embedded server is ours: that it flushes at each commit is not a matter of taste. */
  void requireDurable() {
    if (!"1".equals(variables.get(FLUSH))) {
      throw new StoreException("the embedded database runs with " + FLUSH + " other than 1");
    }
  }

  /** What an operator should know about a database of his own. */
  List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    String flush = variables.getOrDefault(FLUSH, "1");
    if (!flush.equals("1")) {
      warnings.add(
          "the database has "
              + FLUSH
              + "="
              + flush
              + ": a crash can lose facts that stations were told are stored; set it to 1");
    }
    boolean binlog = "ON".equalsIgnoreCase(variables.getOrDefault("log_bin", "OFF"));
    String sync = variables.getOrDefault("sync_binlog", "1");
    if (binlog && !sync.equals("1")) {
      warnings.add(
          "the database has sync_binlog="
              + sync
              + ": after a crash its replicas can lack facts that stations were told are stored");
    }
    return warnings;
  }
}
