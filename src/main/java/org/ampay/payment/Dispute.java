package org.ampay.payment;

import java.time.Instant;
import org.ampay.base.Money;
import org.ampay.payment.provider.Callback;
import org.ampay.payment.provider.ProviderKey;
import org.jspecify.annotations.Nullable;

/**
 * A payment that its payer disputes at his bank.
 *
 * @param ref the provider's own id of it
 * @param operationId of ours, that took the money
 * @param settlementId that was paid by it; null: none yet
 * @param taken what the provider has taken from us until it is decided
 * @param reversed lost: what was reversed like a refund
 * @param written lost: what had been given back already, a bad debt
 * @param deadline until when evidence is taken, as the provider says it; empty when not told
 */
public record Dispute(
    long id,
    long operatorId,
    ProviderKey via,
    String ref,
    long operationId,
    @Nullable Long settlementId,
    long driverId,
    Money amount,
    Money taken,
    Money reversed,
    Money written,
    Callback.Disputed.State state,
    String reason,
    String deadline,
    Instant createdAt,
    Instant updatedAt) {

  /** How far it is: whoever is as far or further does not go back. */
  static int rank(Callback.Disputed.State state) {
    return switch (state) {
      case WARNING -> 1;
      case OPEN -> 2;
      case WON, LOST -> 3;
    };
  }

  Dispute to(Callback.Disputed.State next, Money nowTaken, Instant at) {
    return new Dispute(
        id,
        operatorId,
        via,
        ref,
        operationId,
        settlementId,
        driverId,
        amount,
        nowTaken,
        reversed,
        written,
        next,
        reason,
        deadline,
        createdAt,
        at);
  }

  Dispute of(Money disputed, @Nullable Long settlement, String why, String until) {
    return new Dispute(
        id,
        operatorId,
        via,
        ref,
        operationId,
        settlement,
        driverId,
        disputed,
        taken,
        reversed,
        written,
        state,
        why,
        until,
        createdAt,
        updatedAt);
  }

  Dispute lost(Money nowReversed, Money nowWritten) {
    return new Dispute(
        id,
        operatorId,
        via,
        ref,
        operationId,
        settlementId,
        driverId,
        amount,
        taken,
        nowReversed,
        nowWritten,
        state,
        reason,
        deadline,
        createdAt,
        updatedAt);
  }
}
