package org.ampay.station.files;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A firmware that can be given to stations.
 *
 * @param vendor whose stations it is for; null: any
 * @param version what a station reports once it runs it
 * @param signingCertificate PEM; null: unsigned
 * @param signature Base64; null: unsigned
 */
public record FirmwareImage(
    long id,
    long operatorId,
    StationFile file,
    String name,
    @Nullable String vendor,
    @Nullable String model,
    String version,
    @Nullable String signingCertificate,
    @Nullable String signature,
    Verdict verdict,
    String createdBy,
    Instant createdAt) {

  /** What is known of its signature (A00.FR.707). */
  public enum Verdict {
    /** It has none. */
    UNSIGNED,
    /** Its bytes are not there yet. */
    UNCHECKED,
    VERIFIED,
    BAD_SIGNATURE,
    /** The certificate cannot be read, or has ended. */
    BAD_CERTIFICATE;

    /** As stored and shown. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Whether it may be offered: the bytes are there and the signature, if any, is good. */
  public boolean isReady() {
    return file.isStored() && (verdict == Verdict.VERIFIED || verdict == Verdict.UNSIGNED);
  }

  public boolean isSigned() {
    return signature != null && signingCertificate != null;
  }
}
