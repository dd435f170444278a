package org.ampay.station.certs;

/** What is wrong with a certificate, request or chain that somebody gave us, in one clear line. */
public final class BadCertificateException extends RuntimeException {

  private static final long serialVersionUID = 1;

  public BadCertificateException(String message) {
    super(message);
  }

  public BadCertificateException(String message, Throwable cause) {
    super(message, cause);
  }

  /** The line. */
  public String reason() {
    return String.valueOf(getMessage());
  }
}
