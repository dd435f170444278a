package org.ampay.payment.provider;

import java.util.Locale;
import org.ampay.base.Money;

/** What a callback says, once it is known to come from the provider. */
public sealed interface Callback {

  /**
   * What became of an operation.
   *
   * @param eventId the provider's own id of the message, unique in the account
   * @param reference of our operation; empty when the provider names only its own id
   * @param providerRef the provider's own id of the operation; empty when it names only ours
   * @param amount the whole amount that the provider says the operation is about: it must be that
   *     of our row
   * @param outcome what it says became of it
   */
  record News(String eventId, String reference, String providerRef, Money amount, Outcome outcome)
      implements Callback {}

  /**
   * A payer disputes a payment at his bank.
   *
   * @param reference of our operation that took the money; empty when only its providerRef is told
   * @param disputeRef the provider's own id of the dispute
   * @param deadline until when evidence is taken, RFC 3339; empty when not told
   */
  record Disputed(
      String eventId,
      String reference,
      String providerRef,
      String disputeRef,
      State state,
      Money amount,
      String reason,
      String deadline)
      implements Callback {

    /** What became of a dispute. */
    public enum State {
      /** An inquiry: no money was taken. */
      WARNING,
      /** The money was taken from our account. */
      OPEN,
      /** Ours after all: the money came back. */
      WON,
      LOST;

      /** As stored: {@code open}. */
      public String code() {
        return name().toLowerCase(Locale.ROOT);
      }
    }
  }

  /** Signed well, and nothing to us: acknowledged and forgotten. */
  record Irrelevant(String eventId) implements Callback {}

  /** Not to be believed: nothing changes. */
  record Refused(Refusal why) implements Callback {}

  /** Why a callback was refused; counted by this. */
  enum Refusal {
    NO_SIGNATURE,
    WRONG_SIGNATURE,
    TOO_OLD,
    FROM_THE_FUTURE,
    OTHER_MERCHANT,
    UNREADABLE,
    /** Of another amount than our operation. */
    OTHER_AMOUNT,
    OTHER_CURRENCY,
    UNKNOWN_REFERENCE,
    UNKNOWN_ACCOUNT,
    TOO_LARGE;

    /** As counted and shown: {@code no_signature}. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
