package org.ampay.station.files;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A file, there or awaited.
 *
 * @param stationId who uploads it; null: an image of the operator
 * @param name as the uploader calls it: shown, never part of a path
 * @param sha256 hexadecimal; empty until it is there
 * @param md5 hexadecimal, as PublishFirmware wants it; empty until it is there
 */
public record StationFile(
    long id,
    long operatorId,
    @Nullable Long stationId,
    Kind kind,
    String name,
    State state,
    long sizeBytes,
    String sha256,
    String md5,
    Instant createdAt,
    @Nullable Instant storedAt) {

  /** What it is. */
  public enum Kind {
    LOG,
    FIRMWARE;

    /** As stored and shown. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Whether it is there. */
  public enum State {
    EXPECTED,
    STORED,
    DELETED;

    /** As stored and shown. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public boolean isStored() {
    return state == State.STORED;
  }
}
