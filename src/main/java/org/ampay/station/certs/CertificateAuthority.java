package org.ampay.station.certs;

import java.security.cert.X509Certificate;
import java.util.List;

/**
 * Signs the requests of stations (A02.FR.04: not the central system's own business). {@link
 * OwnAuthority} ships; an outside authority is another implementation of this interface, and none
 * ships.
 */
public interface CertificateAuthority {

  /**
   * A request that has passed {@link CsrRules}.
   *
   * @param id the same when a request is repeated after a crash
   * @param csr DER of the PKCS#10 request, its signature checked
   * @param commonName of the subject
   * @param organization of the subject: the operator's name (A00.FR.404)
   */
  record Request(
      long id,
      long operatorId,
      SigningUse use,
      byte[] csr,
      String commonName,
      String organization) {}

  /** What became of it. */
  sealed interface Outcome {

    /**
     * Signed.
     *
     * @param chain the station's certificate first, each further one signing the one before it,
     *     without the root
     */
    record Issued(List<X509Certificate> chain) implements Outcome {
      public Issued {
        chain = List.copyOf(chain);
        if (chain.isEmpty()) {
          throw new IllegalArgumentException("a chain has at least one certificate");
        }
      }
    }

    /** Refused for good. */
    record Refused(String reason) implements Outcome {}

    /** Not yet: the same request is to be given again. */
    record Later(String reason) implements Outcome {}
  }

  /** Signs; may block. An exception means: later. */
  Outcome sign(Request request);
}
