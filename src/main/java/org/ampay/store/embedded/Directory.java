package org.ampay.store.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The files around the data, by which processes share one server:
 *
 * <ul>
 *   <li>{@code db} the data
 *   <li>{@code db.lock} locked by the process that owns the server, for as long as it lives
 *   <li>{@code db.json} where the running server listens; present only while it does
 *   <li>{@code db.secret} the password, readable by the user alone
 *   <li>{@code db.log} what the server says
 * </ul>
 *
 * @param root the folder that holds them
 */
record Directory(Path root) {

  /**
   * Directories whose lock this process holds. The operating system drops a process's lock when any
   * descriptor of the file is closed, so a second attempt must not even open it.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private static final Pattern NOTE =
      Pattern.compile("\\{\"port\":(\\d{1,5}),\"pid\":(\\d{1,18}),\"owner\":(\\d{1,18})}");

  /** Where a running server listens, its process and the process that owns it. */
  record Endpoint(int port, long pid, long owner) {}

  /** The right to run the server. */
  record Lock(Path root, FileChannel channel, FileLock lock) implements AutoCloseable {
    @Override
    public void close() throws IOException {
      try {
        channel.close();
      } finally {
        HELD.remove(root);
      }
    }
  }

  static Directory create(Path path) {
    try {
      Files.createDirectories(path);
      return new Directory(path.toRealPath());
    } catch (IOException e) {
      throw new EmbeddedDatabaseException("cannot make the data folder " + path, e);
    }
  }

  Path data() {
    return root.resolve("db");
  }

  Path log() {
    return root.resolve("db.log");
  }

  Optional<Lock> tryLock() throws IOException {
    if (!HELD.add(root)) {
      return Optional.empty();
    }
    FileChannel channel = null;
    try {
      channel =
          FileChannel.open(
              root.resolve("db.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return Optional.of(new Lock(root, channel, lock));
      }
    } catch (IOException e) {
      HELD.remove(root);
      throw e;
    }
    channel.close();
    HELD.remove(root);
    return Optional.empty();
  }

  Optional<Endpoint> endpoint() throws IOException {
    try {
      Matcher note = NOTE.matcher(Files.readString(note()).strip());
      return note.matches()
          ? Optional.of(
              new Endpoint(
                  Integer.parseInt(note.group(1)),
                  Long.parseLong(note.group(2)),
                  Long.parseLong(note.group(3))))
          : Optional.empty();
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  void announce(Endpoint endpoint) throws IOException {
    Path fresh = root.resolve("db.json.new");
    Files.writeString(
        fresh,
        "{\"port\":%d,\"pid\":%d,\"owner\":%d}\n"
            .formatted(endpoint.port(), endpoint.pid(), endpoint.owner()));
    Files.move(fresh, note(), StandardCopyOption.ATOMIC_MOVE);
  }

  void withdraw() throws IOException {
    Files.deleteIfExists(note());
  }

  String password() throws IOException {
    return Files.readString(secret()).strip();
  }

  /** Makes a new random password; called before the data is made that will ask for it. */
  String newPassword() throws IOException {
    byte[] random = new byte[24];
    new SecureRandom().nextBytes(random);
    String password = HexFormat.of().formatHex(random);
    Set<PosixFilePermission> mine = PosixFilePermissions.fromString("rw-------");
    Files.deleteIfExists(secret());
    Files.createFile(secret(), PosixFilePermissions.asFileAttribute(mine));
    Files.writeString(secret(), password + "\n");
    return password;
  }

  private Path note() {
    return root.resolve("db.json");
  }

  private Path secret() {
    return root.resolve("db.secret");
  }
}
