package org.ampay.payment.provider;

/** A setting of an account cannot be used. */
public final class SettingException extends Exception {

  private static final long serialVersionUID = 1L;

  private final String field;

  /**
   * @param message what is wrong, without the value
   */
  public SettingException(String field, String message) {
    super(field + ": " + message);
    this.field = field;
  }

  /** The setting's name. */
  public String field() {
    return field;
  }
}
