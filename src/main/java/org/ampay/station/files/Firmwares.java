package org.ampay.station.files;

import java.security.cert.CertificateException;
import java.util.List;
import java.util.Optional;
import org.ampay.base.IdSource;
import org.ampay.base.TimeSource;
import org.ampay.station.files.FirmwareImage.Verdict;
import org.ampay.store.Database;
import org.jspecify.annotations.Nullable;

/** The operators' firmware images: described first, then uploaded, then checked. */
public final class Firmwares {

  /**
   * What an operator says of an image.
   *
   * @param signingCertificate PEM, together with the signature or not at all
   * @param signature Base64
   */
  public record Draft(
      String name,
      @Nullable String vendor,
      @Nullable String model,
      String version,
      @Nullable String signingCertificate,
      @Nullable String signature) {

    /**
     * @throws IllegalArgumentException whose message begins with the wrong field
     */
    public Draft {
      if (name.isBlank()) {
        throw new IllegalArgumentException("name: must not be empty");
      }
      if (version.isBlank()) {
        throw new IllegalArgumentException("version: must not be empty");
      }
      if ((signature == null) != (signingCertificate == null)) {
        String missing = signature == null ? "signature" : "signing_certificate";
        throw new IllegalArgumentException(missing + ": certificate and signature go together");
      }
      if (signingCertificate != null) {
        try {
          FirmwareSignature.certificate(signingCertificate);
        } catch (CertificateException e) {
          throw new IllegalArgumentException(
              "signing_certificate: must be a certificate in PEM", e);
        }
      }
    }
  }

  private final FirmwareStore store;
  private final StationFiles files;
  private final IdSource ids;
  private final TimeSource time;

  public Firmwares(Database database, StationFiles files, IdSource ids, TimeSource time) {
    this.store = new FirmwareStore(database, files);
    this.files = files;
    this.ids = ids;
    this.time = time;
    files.onStored(this::check);
  }

  /** Stores the description; the bytes come to {@link FirmwareImage#file}. */
  public FirmwareImage create(long operatorId, Draft draft, String actor) {
    StationFile file =
        files.expect(operatorId, null, StationFile.Kind.FIRMWARE, draft.name() + ".bin");
    FirmwareImage image =
        new FirmwareImage(
            ids.next(),
            operatorId,
            file,
            draft.name(),
            draft.vendor(),
            draft.model(),
            draft.version(),
            draft.signingCertificate(),
            draft.signature(),
            draft.signature() == null ? Verdict.UNSIGNED : Verdict.UNCHECKED,
            actor,
            time.now());
    store.insert(image);
    return image;
  }

  public Optional<FirmwareImage> find(long operatorId, long id) {
    return store.find(operatorId, id);
  }

  /** The image whose bytes are in that file. */
  public Optional<FirmwareImage> ofFile(long fileId) {
    return store.ofFile(fileId);
  }

  /** The newest images with an id below {@code beforeId}. */
  public List<FirmwareImage> list(long operatorId, long beforeId, int limit) {
    return store.list(operatorId, beforeId, limit);
  }

  /** Takes an image away; updates that were sent with it will fail to load it. */
  public void delete(FirmwareImage image) {
    store.deleted(image.id(), time.now());
    files.delete(image.file().id());
  }

  private void check(StationFile file) {
    if (file.kind() != StationFile.Kind.FIRMWARE) {
      return;
    }
    store
        .ofFile(file.id())
        .ifPresent(
            image -> {
              String certificate = image.signingCertificate();
              String signature = image.signature();
              if (certificate != null && signature != null) {
                store.verdict(
                    image.id(),
                    FirmwareSignature.check(
                        files.path(file.id()), certificate, signature, time.now()));
              }
            });
  }
}
