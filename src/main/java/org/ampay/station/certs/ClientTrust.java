package org.ampay.station.certs;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/** By whom client certificates of stations (security profile 3) are trusted. */
public interface ClientTrust {

  /** What an authority says of a certificate. */
  enum Standing {
    /** An authority vouches for it. */
    GOOD,
    /** An authority has revoked it: the station is not let in. */
    REVOKED,
    /** Nobody could be asked, or nobody knows it. */
    UNKNOWN
  }

  /** Nobody is trusted. */
  ClientTrust NONE =
      new ClientTrust() {
        @Override
        public List<X509Certificate> roots() {
          return List.of();
        }

        @Override
        public List<X509Certificate> roots(long operatorId) {
          return List.of();
        }

        @Override
        public Standing standing(
            long operatorId, X509Certificate certificate, X509Certificate issuer) {
          return Standing.UNKNOWN;
        }
      };

  /**
   * The authorities of all operators; from memory. During the TLS handshake one does not know yet
   * whose station it is.
   */
  List<X509Certificate> roots();

  /** The authorities that one operator's stations may have their certificates from; from memory. */
  List<X509Certificate> roots(long operatorId);

  /**
   * Whether a certificate was revoked (A00.FR.702, A00.FR.705). May block, for seconds at most.
   *
   * @param issuer whose signature it has, as the validated path says
   */
  Standing standing(long operatorId, X509Certificate certificate, X509Certificate issuer);

  /** The authorities of both; revoked when either says so, good when either says so. */
  static ClientTrust both(ClientTrust one, ClientTrust other) {
    return new ClientTrust() {
      @Override
      public List<X509Certificate> roots() {
        return joined(one.roots(), other.roots());
      }

      @Override
      public List<X509Certificate> roots(long operatorId) {
        return joined(one.roots(operatorId), other.roots(operatorId));
      }

      @Override
      public Standing standing(
          long operatorId, X509Certificate certificate, X509Certificate issuer) {
        Standing first = one.standing(operatorId, certificate, issuer);
        if (first == Standing.REVOKED) {
          return first;
        }
        Standing second = other.standing(operatorId, certificate, issuer);
        return second == Standing.UNKNOWN ? first : second;
      }
    };
  }

  private static List<X509Certificate> joined(
      List<X509Certificate> one, List<X509Certificate> other) {
    List<X509Certificate> all = new ArrayList<>(one);
    all.addAll(other);
    return List.copyOf(all);
  }
}
