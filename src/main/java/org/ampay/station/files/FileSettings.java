package org.ampay.station.files;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Limits of files.
 *
 * @param folder where the bytes are
 * @param maxLogBytes of an upload of a station
 * @param maxFirmwareBytes of an image
 * @param linkValidity of the links that stations are given
 * @param keepLogs until an uploaded log is deleted
 */
public record FileSettings(
    Path folder,
    long maxLogBytes,
    long maxFirmwareBytes,
    Duration linkValidity,
    Duration keepLogs) {

  public FileSettings {
    if (maxLogBytes < 1 || maxFirmwareBytes < 1 || !linkValidity.isPositive()) {
      throw new IllegalArgumentException("the limits of files must be positive");
    }
  }

  /** 256 MiB a log, 1 GiB an image, links for 7 days, logs for 90 days. */
  public static FileSettings defaults(Path folder) {
    return new FileSettings(folder, 256L << 20, 1L << 30, Duration.ofDays(7), Duration.ofDays(90));
  }

  /** The most bytes of a file of that kind. */
  public long maxBytes(StationFile.Kind kind) {
    return switch (kind) {
      case LOG -> maxLogBytes;
      case FIRMWARE -> maxFirmwareBytes;
    };
  }
}
