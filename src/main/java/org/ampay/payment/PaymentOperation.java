package org.ampay.payment;

import java.time.Instant;
import org.ampay.base.Money;
import org.ampay.payment.provider.CommandKind;
import org.ampay.payment.provider.Operation;
import org.ampay.payment.provider.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * A command to a provider: stored before it is sent, closed with its outcome.
 *
 * @param reference given to the provider; never changes
 * @param amount what is asked for
 * @param result what became of it
 */
public record PaymentOperation(
    long id,
    long operatorId,
    @Nullable Long settlementId,
    @Nullable Long holdId,
    long driverId,
    String provider,
    CommandKind kind,
    String reference,
    Money amount,
    Result result,
    Instant createdAt,
    Instant updatedAt) {

  private static final int MAX_DETAIL_CHARS = 300;
  private static final int MAX_PROVIDER_REF_CHARS = 100;

  /**
   * What became of it.
   *
   * @param doneMinor what the provider did of the amount
   * @param giftMinor the part of that which is not real money
   * @param providerRef the provider's own id, empty when there is none
   * @param detail why not, empty when there is nothing to tell
   * @param attempts how often it was sent or asked about
   */
  public record Result(
      OperationState state,
      long doneMinor,
      long giftMinor,
      String providerRef,
      String detail,
      int attempts) {

    static final Result REQUESTED = new Result(OperationState.REQUESTED, 0, 0, "", "", 1);

    /** With an outcome. */
    Result with(Outcome outcome) {
      OperationState now = OperationState.of(outcome);
      int next = state == OperationState.REQUESTED ? attempts : attempts + 1;
      return switch (outcome) {
        case Outcome.Succeeded done ->
            new Result(
                now,
                done.done().minor(),
                done.gift().minor(),
                cut(done.providerRef(), MAX_PROVIDER_REF_CHARS),
                "",
                next);
        case Outcome.Pending pending ->
            new Result(now, 0, 0, cut(pending.providerRef(), MAX_PROVIDER_REF_CHARS), "", next);
        case Outcome.ActionRequired action ->
            new Result(
                now,
                0,
                0,
                cut(action.providerRef(), MAX_PROVIDER_REF_CHARS),
                cut(action.action(), MAX_DETAIL_CHARS),
                next);
        case Outcome.Declined declined -> failed(now, declined.reason(), next);
        case Outcome.NotSent notSent -> failed(now, notSent.reason(), next);
        case Outcome.Unknown unknown -> failed(now, unknown.reason(), next);
        case Outcome.Misconfigured misconfigured -> failed(now, misconfigured.reason(), next);
      };
    }

    private Result failed(OperationState now, String why, int next) {
      return new Result(now, 0, 0, providerRef, cut(why, MAX_DETAIL_CHARS), next);
    }

    private static String cut(String text, int max) {
      return text.length() <= max ? text : text.substring(0, max);
    }
  }

  public OperationState state() {
    return result.state();
  }

  /** Whether it moved money, or gave a hold back. */
  boolean succeeded() {
    return state() == OperationState.SUCCEEDED;
  }

  PaymentOperation closed(Outcome outcome, Instant at) {
    return new PaymentOperation(
        id,
        operatorId,
        settlementId,
        holdId,
        driverId,
        provider,
        kind,
        reference,
        amount,
        result.with(outcome),
        createdAt,
        at);
  }

  /** As the provider needs it. */
  Operation forProvider() {
    return new Operation(id, operatorId, driverId, reference, amount);
  }
}
