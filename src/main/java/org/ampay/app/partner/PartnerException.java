package org.ampay.app.partner;

/** The other side does not do what the partner needs. */
public final class PartnerException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  PartnerException(String message) {
    super(message);
  }
}
