package org.ampay.station.certs;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a station wants a certificate for. */
public enum SigningUse {
  /** Its TLS client certificate towards us. */
  STATION,
  /** Its TLS server certificate towards vehicles (ISO 15118). */
  V2G,
  /** One certificate for both: a SignCertificate without a type (A02.FR.13). */
  COMBINED;

  /** As stored and as the API writes it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The use of a word; empty for any other text. */
  public static Optional<SigningUse> of(String word) {
    return Arrays.stream(values()).filter(use -> use.word().equals(word)).findFirst();
  }
}
