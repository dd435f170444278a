package org.ampay.payment;

import java.time.Instant;
import org.ampay.base.Money;
import org.ampay.billing.SettlementState;
import org.jspecify.annotations.Nullable;

/**
 * How a bill is paid.
 *
 * @param driverId null: nobody is known to pay
 * @param holdId what the session's start reserved
 * @param amount the bill's total
 * @param settledMinor captured and charged, refunds not taken off
 * @param reason why it is in this state, where that needs telling
 */
public record Settlement(
    long id,
    long operatorId,
    long billId,
    long sessionId,
    @Nullable Long driverId,
    @Nullable Long holdId,
    Money amount,
    long settledMinor,
    long refundedMinor,
    SettlementState state,
    @Nullable String reason,
    Instant createdAt,
    Instant updatedAt) {

  Settlement with(SettlementState newState, long settled, @Nullable String why, Instant at) {
    return new Settlement(
        id,
        operatorId,
        billId,
        sessionId,
        driverId,
        holdId,
        amount,
        settled,
        refundedMinor,
        newState,
        why,
        createdAt,
        at);
  }

  Settlement refunded(long refunded, SettlementState newState, Instant at) {
    return new Settlement(
        id,
        operatorId,
        billId,
        sessionId,
        driverId,
        holdId,
        amount,
        settledMinor,
        refunded,
        newState,
        reason,
        createdAt,
        at);
  }

  /** What its session shows: nothing to pay is no settlement; what is written off is a debt. */
  SettlementState ofSession() {
    if (state == SettlementState.WRITTEN_OFF) {
      return SettlementState.DEBT;
    }
    return state == SettlementState.SETTLED && amount.isZero() ? SettlementState.NONE : state;
  }

  /** What is not paid of it. */
  long owedMinor() {
    return Math.subtractExact(amount.minor(), settledMinor);
  }
}
