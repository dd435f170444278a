package org.ampay.station;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Judges what a station shows at the handshake, by its pinned security profile (A00). */
public interface StationCredentials {

  /**
   * What carries the connection.
   *
   * @param version {@code TLSv1.3}; empty without TLS
   * @param chain what the station showed, its own certificate first; signed by a known authority
   */
  record Link(String version, String cipher, List<X509Certificate> chain) {

    /** Without TLS. */
    public static final Link PLAIN = new Link("", "", List.of());

    public Link {
      chain = List.copyOf(chain);
    }

    public boolean encrypted() {
      return !version.isEmpty();
    }
  }

  /**
   * What a station shows.
   *
   * @param identity from the URL
   * @param user of the Authorization header; empty when there was none
   * @param password raw bytes of it; empty when there was none
   */
  record Shown(String identity, String user, byte[] password, Link link) {

    /** Never shows the password. */
    @Override
    public String toString() {
      return "Shown[" + identity + ", " + link.version() + "]";
    }
  }

  /** The outcome. */
  sealed interface Check {

    /**
     * Let in.
     *
     * @param profile under which: 0 to 3
     */
    record In(int profile) implements Check {}

    /** Something must be asked or stored first: {@link StationCredentials#admit} says the rest. */
    record Later() implements Check {}

    /** Turned away. */
    record Out(Refusal why) implements Check {}
  }

  /** Why a station is turned away. */
  enum Refusal {
    /** The inventory has no such station: HTTP 404. */
    UNKNOWN_STATION("unknown station"),
    /** HTTP 401. */
    WRONG_PASSWORD("wrong or missing credentials"),
    /** Its profile wants TLS: HTTP 401. */
    NOT_ENCRYPTED("this station's security profile wants TLS"),
    /** Its profile is one without TLS: HTTP 401. */
    OTHER_PROFILE("this station is set to security profile 1, which is without TLS"),
    /** Its profile wants a client certificate and this one is missing or not its own: HTTP 401. */
    CERTIFICATE("missing or wrong client certificate"),
    /** It cannot be said now: HTTP 503. */
    UNDECIDED("try again later");

    private final String text;

    Refusal(String text) {
      this.text = text;
    }

    /** For the station's log. */
    public String text() {
      return text;
    }
  }

  /** Judges from memory, without waiting. */
  Check check(Shown shown);

  /**
   * Judges where {@link #check} could not: asks who vouches for the certificate, stores a raised
   * profile or a password that was taken into use. Completes with {@code In} or {@code Out}.
   */
  CompletionStage<Check> admit(Shown shown);

  /** A station came in. Best effort. */
  void entered(StationInfo station, Shown shown, int profile);

  /** Whether a connection may stay: its profile may have been raised since. */
  boolean mayStay(long stationId, int profile);
}
