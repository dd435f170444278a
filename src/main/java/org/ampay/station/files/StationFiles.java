package org.ampay.station.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.ampay.base.IdSource;
import org.ampay.base.TimeSource;
import org.ampay.station.files.StationFile.Kind;
import org.ampay.station.files.StationFile.State;
import org.ampay.store.Database;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files on disk with their rows. A file is expected first, which gives it its id and its link; its
 * bytes come to a draft beside its place and are moved there whole, so that a broken upload leaves
 * nothing that looks like a file.
 */
public final class StationFiles {

  private static final Logger LOG = LoggerFactory.getLogger(StationFiles.class);
  private static final int LONGEST_NAME = 255;
  private static final int SWEEP = 200;

  /** What bytes come to. */
  public record Content(long sizeBytes, byte[] sha256, String md5) {}

  private final StationFileStore store;
  private final Database database;
  private final IdSource ids;
  private final TimeSource time;
  private final FileSettings settings;
  private final List<Consumer<StationFile>> listeners = new CopyOnWriteArrayList<>();

  public StationFiles(Database database, IdSource ids, TimeSource time, FileSettings settings) {
    this.store = new StationFileStore(database);
    this.database = database;
    this.ids = ids;
    this.time = time;
    this.settings = settings;
  }

  public FileSettings settings() {
    return settings;
  }

  /** Calls the listener with every file that has arrived, on the uploader's thread. */
  public void onStored(Consumer<StationFile> listener) {
    listeners.add(listener);
  }

  /** Makes room for a file that will come. */
  public StationFile expect(long operatorId, @Nullable Long stationId, Kind kind, String name) {
    StationFile file =
        new StationFile(
            ids.next(),
            operatorId,
            stationId,
            kind,
            cleaned(name),
            State.EXPECTED,
            0,
            "",
            "",
            time.now(),
            null);
    store.insert(file);
    return file;
  }

  public Optional<StationFile> find(long id) {
    return store.find(id);
  }

  /** The newest files of a station with an id below {@code beforeId}. */
  public List<StationFile> ofStation(long stationId, long beforeId, int limit) {
    return store.ofStation(stationId, beforeId, limit);
  }

  /** Where a stored file's bytes are. */
  public Path path(long id) {
    return settings.folder().resolve(Long.toString(id));
  }

  /**
   * An empty place for the bytes of an upload; its caller deletes it or gives it to {@link #keep}.
   */
  public Path draft() {
    try {
      Files.createDirectories(settings.folder());
      return Files.createTempFile(settings.folder(), "upload", ".part");
    } catch (IOException e) {
      throw new UncheckedIOException("no place for an upload", e);
    }
  }

  /**
   * Makes a draft the file.
   *
   * @param name of the uploader; empty: as it was expected
   * @return the stored file; empty when it was there before: the first upload wins
   */
  public Optional<StationFile> keep(StationFile expected, String name, Path draft) {
    Content content = measured(draft);
    Instant now = time.now();
    Instant end = expected.kind() == Kind.LOG ? now.plus(settings.keepLogs()) : null;
    String kept = name.isBlank() ? expected.name() : cleaned(name);
    boolean first =
        database
            .transactor()
            .call(
                tx -> {
                  boolean mine = store.stored(tx, expected.id(), kept, content, now, end);
                  if (mine) {
                    // Within the transaction: a row that says stored always has its bytes.
                    move(draft, path(expected.id()));
                  }
                  return mine;
                });
    if (!first) {
      return Optional.empty();
    }
    StationFile file = find(expected.id()).orElseThrow();
    listeners.forEach(listener -> listener.accept(file));
    return Optional.of(file);
  }

  /** Deletes the bytes; the row stays and says so. */
  public void delete(long id) {
    store.deleted(id);
    try {
      Files.deleteIfExists(path(id));
    } catch (IOException e) {
      LOG.warn("file {} could not be deleted", id, e);
    }
  }

  /** Deletes what has been kept long enough; {@code app} calls it now and then. */
  public void sweep() {
    store.ended(time.now(), SWEEP).forEach(this::delete);
  }

  private static void move(Path draft, Path place) {
    try {
      // Repeated after a lost deadlock the draft may be there already.
      if (Files.exists(draft)) {
        Files.move(draft, place, StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the upload could not be kept", e);
    }
  }

  private static Content measured(Path draft) {
    MessageDigest sha256 = digest("SHA-256");
    MessageDigest md5 = digest("MD5");
    try (InputStream bytes =
        new DigestInputStream(new DigestInputStream(Files.newInputStream(draft), sha256), md5)) {
      long size = bytes.transferTo(java.io.OutputStream.nullOutputStream());
      return new Content(size, sha256.digest(), HexFormat.of().formatHex(md5.digest()));
    } catch (IOException e) {
      throw new UncheckedIOException("the upload could not be read", e);
    }
  }

  private static MessageDigest digest(String name) {
    try {
      return MessageDigest.getInstance(name);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JRE has " + name, e);
    }
  }

  /** The last element of whatever path an uploader names, without what breaks headers and pages. */
  private static String cleaned(String name) {
    String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
    StringBuilder clean = new StringBuilder();
    last.codePoints()
        .filter(c -> !Character.isISOControl(c) && c != '"')
        .limit(LONGEST_NAME)
        .forEach(clean::appendCodePoint);
    return clean.toString().isBlank() ? "file" : clean.toString();
  }
}
