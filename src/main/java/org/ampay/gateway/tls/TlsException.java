package org.ampay.gateway.tls;

/** TLS cannot be offered; the message says which file is wrong and why. */
public final class TlsException extends RuntimeException {

  private static final long serialVersionUID = 1;

  TlsException(String message) {
    super(message);
  }

  TlsException(String message, Throwable cause) {
    super(message, cause);
  }
}
