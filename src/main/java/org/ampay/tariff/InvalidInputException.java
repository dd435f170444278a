package org.ampay.tariff;

/**
 * A tariff, session or request that breaks a rule; the message names the field by its path: {@code
 * elements[0].price_components[1].price: must not be negative}.
 */
public final class InvalidInputException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  private final String path;
  private final String reason;

  public InvalidInputException(String path, String reason) {
    super(path.isEmpty() ? reason : path + ": " + reason);
    this.path = path;
    this.reason = reason;
  }

  /** The same error seen from the object that holds this one under {@code prefix}. */
  InvalidInputException under(String prefix) {
    if (prefix.isEmpty()) {
      return this;
    }
    String joined = path.isEmpty() ? prefix : prefix + "." + path;
    InvalidInputException outer = new InvalidInputException(joined, reason);
    outer.initCause(this);
    return outer;
  }

  /** Where, for example {@code elements[0].restrictions.end_time}. */
  public String path() {
    return path;
  }

  /** What is wrong there. */
  public String reason() {
    return reason;
  }
}
