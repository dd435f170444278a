package org.ampay.billing.catalog;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One of the immutable versions of a tariff or calendar. */
public interface Versioned {

  /** From 1. */
  int version();

  /** Sessions that begin at or after it; null: at once, whenever the session began. */
  @Nullable Instant validFrom();

  Made made();

  /** From when on it is meant to hold, for people and for the order of versions. */
  default Instant from() {
    Instant wished = validFrom();
    return wished == null ? made().at() : wished;
  }
}
