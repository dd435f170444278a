package org.ampay.gateway.tls;

import java.security.Security;
import java.util.ArrayList;
import java.util.List;

/** What may be negotiated (A00.FR.313, 318, 320, 321). TLS compression does not exist in a JDK. */
public final class TlsPolicy {

  /** TLS 1.0, 1.1 and SSL are turned away. */
  static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

  /**
   * In our order. The four that the protocol names are ECDHE_ECDSA and RSA; the two of ECDHE_RSA
   * give forward secrecy to a station that only knows an RSA authority.
   */
  static final String[] SUITES = {
    "TLS_AES_256_GCM_SHA384",
    "TLS_AES_128_GCM_SHA256",
    "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
    "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
    "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
    "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
    "TLS_RSA_WITH_AES_256_GCM_SHA384",
    "TLS_RSA_WITH_AES_128_GCM_SHA256",
  };

  private static final String PROPERTY = "jdk.tls.disabledAlgorithms";

  /** Switched off by JDK 24 and later as one group; the two of GCM are demanded by A00.FR.318. */
  private static final String STATIC_RSA = "TLS_RSA_*";

  private static final List<String> STAY_OFF =
      List.of(
          "TLS_RSA_WITH_AES_256_CBC_SHA256",
          "TLS_RSA_WITH_AES_128_CBC_SHA256",
          "TLS_RSA_WITH_AES_256_CBC_SHA",
          "TLS_RSA_WITH_AES_128_CBC_SHA");

  private TlsPolicy() {}

  /**
   * Lets the JDK have the suites that the protocol demands. Works only before the process has used
   * TLS for the first time: {@code main} calls it first.
   */
  public static void prepare() {
    String disabled = Security.getProperty(PROPERTY);
    if (disabled != null) {
      Security.setProperty(PROPERTY, relaxed(disabled));
    }
  }

  static String relaxed(String disabled) {
    List<String> kept = new ArrayList<>();
    for (String one : disabled.split(",", -1)) {
      if (one.strip().equals(STATIC_RSA)) {
        kept.addAll(STAY_OFF);
      } else {
        kept.add(one.strip());
      }
    }
    return String.join(", ", kept);
  }
}
