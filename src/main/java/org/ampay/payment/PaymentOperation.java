package org.ampay.payment;

import java.time.Instant;
import org.ampay.base.Money;
import org.ampay.payment.provider.CommandKind;
import org.ampay.payment.provider.Form;
import org.ampay.payment.provider.Operation;
import org.ampay.payment.provider.Outcome;
import org.ampay.payment.provider.PaymentCommand;
import org.ampay.payment.provider.PaymentCommand.SavedMethod;
import org.ampay.payment.provider.ProviderKey;
import org.jspecify.annotations.Nullable;

/**
 * A command to a provider: stored before it is sent, closed with its outcome.
 *
 * @param via who does it
 * @param reference given to the provider; never changes
 * @param amount what is asked for
 * @param result what became of it
 */
public record PaymentOperation(
    long id,
    long operatorId,
    About about,
    long driverId,
    ProviderKey via,
    CommandKind kind,
    String reference,
    Money amount,
    Result result,
    Instant createdAt,
    Instant updatedAt) {

  private static final int MAX_DETAIL_CHARS = 300;
  private static final int MAX_PROVIDER_REF_CHARS = 100;

  /**
   * What it is about.
   *
   * @param orderId the order that pays or is paid back by it
   * @param targetId the operation that it captures, cancels or gives back, where that is not told
   *     by the hold or the settlement
   * @param method what a charge takes the money by; stays as it was when it was stored
   */
  public record About(
      @Nullable Long settlementId,
      @Nullable Long holdId,
      @Nullable Long orderId,
      @Nullable Long targetId,
      @Nullable SavedMethod method) {

    /** Of a wallet. */
    public static final About NOTHING = new About(null, null, null, null);

    /** Without a saved method. */
    public About(
        @Nullable Long settlementId,
        @Nullable Long holdId,
        @Nullable Long orderId,
        @Nullable Long targetId) {
      this(settlementId, holdId, orderId, targetId, null);
    }

    /** Of a settlement. */
    public static About settlement(long settlementId, @Nullable Long holdId) {
      return new About(settlementId, holdId, null, null);
    }

    /** Of an order. */
    public static About order(long orderId, @Nullable Long targetId) {
      return new About(null, null, orderId, targetId);
    }
  }

  /** What the payer has to do. */
  public record Action(Form form, String data) {}

  /**
   * What became of it.
   *
   * @param doneMinor what the provider did of the amount
   * @param giftMinor the part of that which is not real money
   * @param providerRef the provider's own id, empty when there is none
   * @param detail why not, empty when there is nothing to tell
   * @param attempts how often it was sent or asked about
   * @param action what the payer has to do; null: nothing
   */
  public record Result(
      OperationState state,
      long doneMinor,
      long giftMinor,
      String providerRef,
      String detail,
      int attempts,
      @Nullable Action action) {

    public static final Result REQUESTED =
        new Result(OperationState.REQUESTED, 0, 0, "", "", 1, null);

    /** With an outcome. */
    public Result with(Outcome outcome) {
      OperationState now = OperationState.of(outcome);
      int next = state == OperationState.REQUESTED ? attempts : attempts + 1;
      return switch (outcome) {
        case Outcome.Succeeded done ->
            new Result(
                now,
                done.done().minor(),
                done.gift().minor(),
                ref(done.providerRef()),
                "",
                next,
                null);
        case Outcome.Pending pending ->
            new Result(now, 0, 0, ref(pending.providerRef()), "", next, action);
        case Outcome.ActionRequired needed ->
            new Result(
                now,
                0,
                0,
                ref(needed.providerRef()),
                "",
                next,
                new Action(needed.form(), needed.action()));
        case Outcome.Declined declined -> failed(now, declined.reason(), next);
        case Outcome.NotSent notSent -> failed(now, notSent.reason(), next);
        case Outcome.Unknown unknown -> failed(now, unknown.reason(), next);
        case Outcome.Misconfigured misconfigured -> failed(now, misconfigured.reason(), next);
      };
    }

    private Result again(OperationState now) {
      return new Result(now, 0, 0, providerRef, "", attempts + 1, action);
    }

    private Result failed(OperationState now, String why, int next) {
      boolean open = now.isOpen();
      return new Result(
          now, 0, 0, providerRef, cut(why, MAX_DETAIL_CHARS), next, open ? action : null);
    }

    /** The provider's id does not get lost when a later answer is without it. */
    private String ref(String told) {
      return told.isEmpty() ? providerRef : cut(told, MAX_PROVIDER_REF_CHARS);
    }

    private static String cut(String text, int max) {
      return text.length() <= max ? text : text.substring(0, max);
    }
  }

  public @Nullable Long settlementId() {
    return about.settlementId();
  }

  public @Nullable Long holdId() {
    return about.holdId();
  }

  public @Nullable Long orderId() {
    return about.orderId();
  }

  /** The provider's name. */
  public String provider() {
    return via.provider();
  }

  public OperationState state() {
    return result.state();
  }

  /** Whether it moved money, or gave a hold back. */
  public boolean succeeded() {
    return state() == OperationState.SUCCEEDED;
  }

  /** Whether the provider may have heard of it: then it is asked about, not sent. */
  public boolean mayBeSent() {
    return state().isOpen() && state() != OperationState.NOT_SENT;
  }

  /** With an outcome. */
  public PaymentOperation closed(Outcome outcome, Instant at) {
    return with(result.with(outcome), at);
  }

  /** About to be sent again, which was proven not to have come: stored before it is sent. */
  public PaymentOperation sending(Instant at) {
    if (state() != OperationState.NOT_SENT) {
      throw new IllegalStateException("operation " + id + " may have been sent");
    }
    return with(result.again(OperationState.REQUESTED), at);
  }

  /** Open again by a person's word; whether the provider has done it is to be asked. */
  PaymentOperation reopened(Instant at) {
    return with(result.again(OperationState.UNKNOWN), at);
  }

  private PaymentOperation with(Result now, Instant at) {
    return new PaymentOperation(
        id, operatorId, about, driverId, via, kind, reference, amount, now, createdAt, at);
  }

  /** As the provider needs it. */
  public Operation forProvider() {
    return new Operation(
        id, operatorId, driverId, reference, amount, result.providerRef(), createdAt);
  }

  /** As a later command refers to it. */
  public PaymentCommand.Target target() {
    return new PaymentCommand.Target(kind, reference, result.providerRef(), amount, createdAt);
  }
}
