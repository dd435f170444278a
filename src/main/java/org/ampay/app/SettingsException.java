package org.ampay.app;

/** A setting that nobody can work with; the message is one line for a person. */
public final class SettingsException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public SettingsException(String message) {
    super(message);
  }
}
