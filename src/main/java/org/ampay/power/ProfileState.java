package org.ampay.power;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** Where a profile stands. */
public enum ProfileState {
  /** Sent, the answer is awaited. */
  REQUESTED,
  /** The station has it. */
  ACCEPTED,
  /** The station refused it. */
  REJECTED,
  /** Sent, and no good answer came: the station may have it. */
  UNKNOWN,
  /** Another one of the same id took its place. */
  REPLACED,
  /** Taken back. */
  CLEARED,
  /** The station did not report it when it was asked for it. */
  MISSING;

  /** Those that a station has, or may have. */
  public static final Set<ProfileState> PRESENT = EnumSet.of(REQUESTED, ACCEPTED, UNKNOWN);

  /** As stored and shown. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static ProfileState of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
