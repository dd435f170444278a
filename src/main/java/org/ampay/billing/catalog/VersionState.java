package org.ampay.billing.catalog;

import java.util.Locale;

/** What a version of a tariff or calendar is at a moment. */
public enum VersionState {
  /** Will be in force from its {@code valid_from} on. */
  PLANNED,
  /** Sessions that start now get it. */
  IN_FORCE,
  /** Another version has taken its place, or will before it could hold. */
  REPLACED,
  /** Waits for a second person. */
  PROPOSED,
  REJECTED;

  /** As in the API: {@code in_force}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
