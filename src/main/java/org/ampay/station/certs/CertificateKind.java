package org.ampay.station.certs;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a CA certificate is for. */
public enum CertificateKind {
  /** The root that signs our server's certificate (CSMS or central system root). */
  CENTRAL,
  /** The root that signs firmware. */
  MANUFACTURER,
  /** The root of ISO 15118's charging infrastructure. */
  V2G,
  /** The root of a mobility operator's contract certificates. */
  MO,
  /** A station's own V2G certificate with its chain: reported, never installed as such. */
  V2G_CHAIN,
  /** A CA below a root, kept to check chains and OCSP answers with; never installed. */
  SUB_CA;

  /** As stored and as the API writes it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** True when InstallCertificate takes it. */
  public boolean installable() {
    return this != V2G_CHAIN && this != SUB_CA;
  }

  /** True when it may be uploaded. */
  public boolean storable() {
    return this != V2G_CHAIN;
  }

  /** The kind of a word; empty for any other text. */
  public static Optional<CertificateKind> of(String word) {
    return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst();
  }
}
