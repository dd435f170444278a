package org.ampay.billing.catalog;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether something needs a second person, and what that person said.
 *
 * @param decision null while nobody has decided, and where nobody has to
 */
public record Approval(boolean needed, @Nullable Decision decision) {

  /** Nobody has to approve. */
  public static final Approval NOT_NEEDED = new Approval(false, null);

  /** What there is to say of an approval. */
  public enum State {
    NOT_NEEDED,
    PROPOSED,
    APPROVED,
    REJECTED;

    /** As in the API: {@code proposed}. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * What a second person said. Never changed.
   *
   * @param note the reason; may be empty
   */
  public record Decision(boolean approved, String by, Instant at, String note) {}

  public State state() {
    if (!needed) {
      return State.NOT_NEEDED;
    }
    if (decision == null) {
      return State.PROPOSED;
    }
    return decision.approved() ? State.APPROVED : State.REJECTED;
  }

  /** From when on something made at {@code made} may hold; empty: not yet, or never. */
  Optional<Instant> since(Instant made) {
    if (!needed) {
      return Optional.of(made);
    }
    return decision != null && decision.approved() ? Optional.of(decision.at()) : Optional.empty();
  }
}
