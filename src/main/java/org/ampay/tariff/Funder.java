package org.ampay.tariff;

import java.util.Locale;

/** Who bears a discount. */
public enum Funder {
  PLATFORM,
  OPERATOR,
  SITE;

  /** As stored and sent: lower case. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }
}
