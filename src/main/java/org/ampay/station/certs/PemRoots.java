package org.ampay.station.certs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Authorities of a PEM file, for all operators. It knows nothing of revocation. */
public final class PemRoots implements ClientTrust {

  private static final Logger LOG = LoggerFactory.getLogger(PemRoots.class);

  private final Path file;
  private byte[] read = new byte[0];
  private volatile List<X509Certificate> roots = List.of();

  /**
   * Reads the file.
   *
   * @throws IllegalArgumentException when it cannot be read or holds no certificate
   */
  public PemRoots(Path file) {
    this.file = file;
    try {
      load();
    } catch (IOException | CertificateException e) {
      throw new IllegalArgumentException(
          "cannot read certificates from " + file + ": " + e.getMessage(), e);
    }
  }

  /** Reads the file again when it has changed; keeps what it has when it is broken now. */
  public void refresh() {
    try {
      load();
    } catch (IOException | CertificateException e) {
      LOG.warn("keeping the authorities that {} had before: {}", file, e.toString());
    }
  }

  private synchronized void load() throws IOException, CertificateException {
    byte[] now = Files.readAllBytes(file);
    if (!Arrays.equals(now, read)) {
      roots = PemCertificates.read(now);
      read = now;
      LOG.info("{} authorities for client certificates from {}", roots.size(), file);
    }
  }

  @Override
  public List<X509Certificate> roots() {
    return roots;
  }

  @Override
  public List<X509Certificate> roots(long operatorId) {
    return roots;
  }

  @Override
  public Standing standing(long operatorId, X509Certificate certificate, X509Certificate issuer) {
    return Standing.UNKNOWN;
  }
}
