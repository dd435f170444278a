package org.ampay.charging;

import java.util.Locale;

/** The states of a session; the names in lower case are stored and exported. */
public enum SessionState {
  ACTIVE,
  FINISHED,
  /** Over, doubtful, not billed by itself: a person decides. */
  REVIEW,
  /** A stop or a reading without a known start. */
  ORPHAN,
  /** Recorded, but its token was refused, and no energy flowed. */
  REJECTED;

  private final String stored = name().toLowerCase(Locale.ROOT);

  /** As stored and exported: {@code active}. */
  public String stored() {
    return stored;
  }

  /** The state of a stored name. */
  public static SessionState ofStored(String stored) {
    return valueOf(stored.toUpperCase(Locale.ROOT));
  }
}
