package org.ampay.station;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Where the change of a station's password stands. */
public enum PasswordState {
  /** No change is open. */
  SETTLED,
  /** Sent, and the answer is not there or was lost: the one that the station uses next holds. */
  OPEN,
  /**
   * Taken, but in force only after the station's next reboot: both hold until the new one is used.
   */
  REBOOT,
  /** The station was not connected: sent when it is. Both hold until then. */
  WAITING;

  static PasswordState ofStored(@Nullable String text) {
    return text == null ? SETTLED : valueOf(text.toUpperCase(Locale.ROOT));
  }

  /** As stored; null: settled. */
  @Nullable String stored() {
    return this == SETTLED ? null : name().toLowerCase(Locale.ROOT);
  }
}
