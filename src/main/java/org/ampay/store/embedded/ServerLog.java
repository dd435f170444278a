package org.ampay.store.embedded;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the server's log says about a failed start, for the one line that a person reads. */
final class ServerLog {

  private static final int TAIL_BYTES = 16_384;
  private static final Pattern MISSING_LIBRARY =
      Pattern.compile("error while loading shared libraries: ([^:\\s]+)");
  private static final Pattern OLD_GLIBC = Pattern.compile("version `(GLIBC[^']*)' not found");

  /** Library to Debian and Fedora package. */
  private static final Map<String, String> PACKAGES =
      Map.of(
          "libcrypt.so.1", "libcrypt1 (Debian) or libxcrypt-compat (Fedora)",
          "libsystemd.so.0", "libsystemd0 (Debian) or systemd-libs (Fedora)",
          "libstdc++.so.6", "libstdc++6 (Debian) or libstdc++ (Fedora)",
          "libgcc_s.so.1", "libgcc-s1 (Debian) or libgcc (Fedora)");

  private ServerLog() {}

  static String diagnosis(Path log) {
    return diagnose(tail(log), log);
  }

  static String diagnose(String tail, Path log) {
    Matcher library = MISSING_LIBRARY.matcher(tail);
    if (library.find()) {
      String name = library.group(1);
      String from = PACKAGES.getOrDefault(name, "the package that has it");
      return "the shared library "
          + name
          + " is missing: install "
          + from
          + ", or set AMPAY_DB_URL";
    }
    Matcher glibc = OLD_GLIBC.matcher(tail);
    if (glibc.find()) {
      return "this system's C library is too old, "
          + glibc.group(1)
          + " is needed: set AMPAY_DB_URL";
    }
    if (tail.contains("mariadbd: not found") || tail.contains("mariadbd: No such file")) {
      return "its program does not run here (no glibc?): set AMPAY_DB_URL";
    }
    List<String> errors =
        tail.lines().filter(line -> line.contains("[ERROR]") || line.contains("ERROR:")).toList();
    String last = errors.isEmpty() ? "no error in its log" : errors.getFirst().strip();
    return last + " (more in " + log + ")";
  }

  static String tail(Path log) {
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
      long start = Math.max(0, file.length() - TAIL_BYTES);
      byte[] bytes = new byte[(int) (file.length() - start)];
      file.seek(start);
      file.readFully(bytes);
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }
}
