package org.ampay.payment.provider;

/** A provider's list of a day could not be had or read. */
public final class StatementException extends Exception {

  private static final long serialVersionUID = 1L;

  public StatementException(String message, Throwable cause) {
    super(message, cause);
  }

  public StatementException(String message) {
    super(message);
  }
}
