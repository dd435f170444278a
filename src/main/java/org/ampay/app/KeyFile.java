package org.ampay.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/** A secret key in a file that only its owner may read; outside the database on purpose. */
final class KeyFile {

  private static final int KEY_BYTES = 32;

  private KeyFile() {}

  /** Reads the key, or makes it where there is none. */
  static byte[] readOrMake(Path file) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      if (!Files.exists(file)) {
        make(file);
      }
      byte[] key = HexFormat.of().parseHex(Files.readString(file).strip());
      if (key.length < KEY_BYTES) {
        throw new IllegalStateException(file + " holds no key of " + KEY_BYTES + " bytes");
      }
      return key;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot use the key file " + file, e);
    }
  }

  private static void make(Path file) throws IOException {
    byte[] key = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(key);
    Path fresh = Files.createTempFile(file.toAbsolutePath().getParent(), "key", ".new");
    if (Files.getFileStore(fresh).supportsFileAttributeView("posix")) {
      Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-------"));
    }
    Files.writeString(fresh, HexFormat.of().formatHex(key) + "\n", StandardOpenOption.WRITE);
    Files.move(fresh, file);
  }
}
