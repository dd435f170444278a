package org.ampay.payment.provider;

import java.time.Instant;
import org.ampay.base.Money;

/**
 * A line of a provider's own list of a day.
 *
 * @param kind what it is about
 * @param reference ours; empty when the provider does not name it
 * @param providerRef the provider's own id
 * @param gross what moved: positive to us, negative from us
 * @param fee what the provider kept of it, positive; negative when given back
 * @param raw the line as the provider wrote it, at most 2,000 characters
 */
public record StatementLine(
    Kind kind,
    String reference,
    String providerRef,
    Money gross,
    Money fee,
    Instant at,
    String raw) {

  /** What a line is about. */
  public enum Kind {
    PAYMENT,
    REFUND,
    DISPUTE,
    PAYOUT,
    SPLIT,
    FEE,
    OTHER
  }
}
