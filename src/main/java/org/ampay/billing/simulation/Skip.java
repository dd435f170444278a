package org.ampay.billing.simulation;

import java.util.Locale;

/** Why a session is not part of the comparison. */
public enum Skip {
  /** It still goes on. */
  ACTIVE,
  /** It waits for a person. */
  REVIEW,
  /** It has no tariff or no price facts: nothing was ever priced. */
  NOT_PRICED,
  /** Its bill is not made yet; only where bills are compared with. */
  NOT_BILLED,
  /** It was paid in another currency. */
  CURRENCY,
  /** Its frozen tariff or its facts are not to be read by this engine. */
  UNREADABLE;

  /** As in the database and the API: {@code not_priced}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Skip ofCode(String code) {
    return valueOf(code.toUpperCase(Locale.ROOT));
  }
}
