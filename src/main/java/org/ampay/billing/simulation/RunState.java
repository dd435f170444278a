package org.ampay.billing.simulation;

import java.util.Locale;

/** Where a run is. */
public enum RunState {
  QUEUED,
  RUNNING,
  DONE,
  CANCELLED,
  FAILED;

  /** As in the database and the API: {@code queued}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether it will change by itself. */
  public boolean isOpen() {
    return this == QUEUED || this == RUNNING;
  }

  static RunState ofCode(String code) {
    return valueOf(code.toUpperCase(Locale.ROOT));
  }
}
