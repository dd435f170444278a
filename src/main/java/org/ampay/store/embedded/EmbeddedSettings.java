package org.ampay.store.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * How the embedded server runs.
 *
 * @param directory data lives in {@code directory/db}, beside it the lock, the password and the
 *     note by which other processes find the running server
 * @param cache where the server's binaries are unpacked once a version
 * @param role whether this process may use a server that another one owns
 * @param port TCP port on 127.0.0.1, or 0 for a free one
 * @param bufferPoolMb InnoDB's cache of pages, in MiB
 * @param redoLogMb size of the redo log, in MiB; a larger one makes writing smoother and recovery
 *     longer
 * @param maxConnections the server's limit of connections
 * @param patience how long to wait for another process that holds the directory
 * @param log receives the few lines worth a log
 */
public record EmbeddedSettings(
    Path directory,
    Path cache,
    Role role,
    int port,
    int bufferPoolMb,
    int redoLogMb,
    int maxConnections,
    Duration patience,
    Consumer<String> log) {

  /** What a process is to the server. */
  public enum Role {
    /** Runs for long: must own the server, waits until a command that owns it has ended. */
    SERVER,
    /** Runs for a moment: joins the running server, or starts one and stops it at its end. */
    COMMAND
  }

  public EmbeddedSettings {
    directory = directory.toAbsolutePath().normalize();
    require(port >= 0 && port <= 65535, "port must be 0 to 65535");
    require(bufferPoolMb >= 16, "buffer pool must be at least 16 MiB");
    require(redoLogMb >= 16, "redo log must be at least 16 MiB");
    require(maxConnections >= 10, "max connections must be at least 10");
  }

  /** The usual settings for a directory. */
  public static EmbeddedSettings of(Path directory) {
    return new EmbeddedSettings(
        directory, userCache(), Role.COMMAND, 0, 256, 128, 100, Duration.ofSeconds(30), line -> {});
  }

  public EmbeddedSettings withRole(Role newRole) {
    return new EmbeddedSettings(
        directory, cache, newRole, port, bufferPoolMb, redoLogMb, maxConnections, patience, log);
  }

  public EmbeddedSettings withSizes(int newBufferPoolMb, int newRedoLogMb) {
    return new EmbeddedSettings(
        directory, cache, role, port, newBufferPoolMb, newRedoLogMb, maxConnections, patience, log);
  }

  public EmbeddedSettings withMaxConnections(int connections) {
    return new EmbeddedSettings(
        directory, cache, role, port, bufferPoolMb, redoLogMb, connections, patience, log);
  }

  public EmbeddedSettings withPatience(Duration newPatience) {
    return new EmbeddedSettings(
        directory, cache, role, port, bufferPoolMb, redoLogMb, maxConnections, newPatience, log);
  }

  public EmbeddedSettings withLog(Consumer<String> newLog) {
    return new EmbeddedSettings(
        directory, cache, role, port, bufferPoolMb, redoLogMb, maxConnections, patience, newLog);
  }

  /**
   * The user's cache folder. Not the temporary folder: its cleaners remove single old files, and
   * other users may write there first.
   */
  static Path userCache() {
    String xdg = System.getenv("XDG_CACHE_HOME");
    Path base =
        xdg != null && Path.of(xdg).isAbsolute()
            ? Path.of(xdg)
            : Path.of(System.getProperty("user.home"), ".cache");
    return base.resolve("ampay");
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }
}
