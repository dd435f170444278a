package org.ampay.payment;

import java.time.Instant;
import java.util.Locale;
import org.ampay.base.Money;
import org.jspecify.annotations.Nullable;

/**
 * What is owed for a bill and will not be paid: proposed by one person, decided by another one.
 *
 * @param amount what was owed when it was proposed
 * @param decidedBy who approved or rejected it, as the audit log names him
 */
public record WriteOff(
    long id,
    long operatorId,
    long settlementId,
    Money amount,
    String reason,
    State state,
    Person proposer,
    Instant proposedAt,
    @Nullable String decidedBy,
    @Nullable Instant decidedAt) {

  private static final int MAX_REASON_CHARS = 300;

  /** How far it is. */
  public enum State {
    PROPOSED,
    APPROVED,
    REJECTED;

    /** As stored and shown: {@code proposed}. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }

    static State ofCode(String code) {
      return valueOf(code.toUpperCase(Locale.ROOT));
    }
  }

  /**
   * Who does something.
   *
   * @param actor as the audit log names it: {@code user:{email}}, {@code key:{prefix}}
   * @param person whose act that is: a key acts for its owner
   */
  public record Person(String actor, String person) {}

  public WriteOff {
    if (reason.isBlank() || reason.length() > MAX_REASON_CHARS) {
      throw new IllegalArgumentException("a reason has 1 to " + MAX_REASON_CHARS + " characters");
    }
  }

  WriteOff decided(boolean approved, Person by, Instant at) {
    return new WriteOff(
        id,
        operatorId,
        settlementId,
        amount,
        reason,
        approved ? State.APPROVED : State.REJECTED,
        proposer,
        proposedAt,
        by.actor(),
        at);
  }
}
