package org.ampay.payment;

import java.util.Locale;

/** The states of a start's hold. */
public enum HoldState {
  HELD,
  CAPTURED,
  RELEASED,
  /** The start was refused: nothing is held. */
  REFUSED;

  /** As stored and shown: {@code held}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  static HoldState ofCode(String code) {
    return valueOf(code.toUpperCase(Locale.ROOT));
  }
}
