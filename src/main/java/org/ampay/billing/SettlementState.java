package org.ampay.billing;

import java.util.Locale;

/** How far a session's money is; the names in lower case are stored and exported. */
public enum SettlementState {
  /** Nothing to pay, or not finished. */
  NONE,
  PENDING,
  SETTLED,
  /** A part is paid, the rest is owed. */
  PARTIAL,
  /** Nothing is paid. */
  DEBT,
  /** A person decides. */
  MANUAL,
  /** All that was paid was given back. */
  REFUNDED,
  /** Two persons decided that the rest will not be paid; outside it is shown as a debt. */
  WRITTEN_OFF;

  /** As stored and exported: {@code settled}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The state of a stored code. */
  public static SettlementState ofCode(String code) {
    return valueOf(code.toUpperCase(Locale.ROOT));
  }
}
