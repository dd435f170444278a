package org.ampay.billing.catalog;

import java.time.Instant;
import java.util.Optional;

/** Who made something, when, and whether a second person has to agree. */
public record Made(Author author, Instant at, Approval approval) {

  /** Sessions whose start is received at or after it may feel it; empty: none may, as of now. */
  public Optional<Instant> since() {
    return approval.since(at);
  }

  /** Whether a start that was received then may feel it. */
  boolean isKnownAt(Instant receivedAt) {
    return since().filter(since -> !receivedAt.isBefore(since)).isPresent();
  }
}
