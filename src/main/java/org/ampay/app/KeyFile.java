package org.ampay.app;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * A secret of 32 bytes in a file of the data folder that only its owner can read: outside the
 * database, so that a copy of the database alone is worth nothing. Nodes that share a database need
 * the same file.
 */
final class KeyFile {

  private static final int BYTES = 32;

  private KeyFile() {}

  /**
   * The key, made at first use; two processes that come at once get the same one.
   *
   * @throws SettingsException when the file cannot be written or holds no key
   */
  static byte[] readOrMake(Path file) {
    try {
      if (!Files.exists(file)) {
        make(file.toAbsolutePath());
      }
      byte[] key = HexFormat.of().parseHex(Files.readString(file).strip());
      if (key.length != BYTES) {
        throw new SettingsException("the key file " + file + " must hold 64 hex digits");
      }
      return key;
    } catch (IllegalArgumentException e) {
      throw new SettingsException("the key file " + file + " must hold 64 hex digits");
    } catch (IOException e) {
      throw new SettingsException("cannot read or write the key file " + file + ": " + e);
    }
  }

  private static void make(Path file) throws IOException {
    byte[] key = new byte[BYTES];
    new SecureRandom().nextBytes(key);
    Files.createDirectories(file.getParent());
    Path draft =
        Files.createTempFile(
            file.getParent(),
            "key",
            ".new",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try {
      Files.writeString(draft, HexFormat.of().formatHex(key) + "\n");
      Files.createLink(file, draft);
    } catch (FileAlreadyExistsException e) {
      // Another process was faster: its key holds.
      Files.delete(draft);
      return;
    } catch (UnsupportedOperationException e) {
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
      return;
    }
    Files.delete(draft);
  }
}
