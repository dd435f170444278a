package org.ampay.store;

import java.nio.file.Path;
import java.time.Duration;
import org.ampay.store.embedded.EmbeddedSettings.Role;
import org.jspecify.annotations.Nullable;

/**
 * Which database, and how many connections to it.
 *
 * @param writers connections for transactions
 * @param readers connections for reads outside of transactions, and for short steps of their own;
 *     apart, so that pages cannot hold up commits
 * @param patience how long a caller waits for a free connection
 */
public record DatabaseSettings(Target target, int writers, int readers, Duration patience) {

  /** Where the database is. */
  public sealed interface Target {}

  /**
   * Our own MariaDB server in {@code dataDir/db}.
   *
   * @param role whether this process must own the server or may join a running one
   */
  public record Embedded(Path dataDir, Role role, int bufferPoolMb, int redoLogMb)
      implements Target {}

  /**
   * A MySQL or MariaDB server of the operator's.
   *
   * @param url {@code jdbc:mysql://HOST:PORT/NAME}, {@code jdbc:mariadb://…} or {@code mysql://…}
   */
  public record Outside(String url, @Nullable String user, @Nullable String password)
      implements Target {

    /** Without the password, and without the URL, which may hold one. */
    @Override
    public String toString() {
      return "Outside[…]";
    }
  }

  public DatabaseSettings {
    if (writers < 1 || readers < 1) {
      throw new IllegalArgumentException("at least one writer and one reader connection");
    }
  }

  /** The embedded database of a folder, with the usual sizes. */
  public static DatabaseSettings embedded(Path dataDir, Role role) {
    return new DatabaseSettings(
        new Embedded(dataDir, role, 256, 128), 8, 8, Duration.ofSeconds(10));
  }

  public static DatabaseSettings outside(
      String url, @Nullable String user, @Nullable String password) {
    return new DatabaseSettings(new Outside(url, user, password), 8, 8, Duration.ofSeconds(10));
  }

  public DatabaseSettings withConnections(int newWriters, int newReaders) {
    return new DatabaseSettings(target, newWriters, newReaders, patience);
  }
}
