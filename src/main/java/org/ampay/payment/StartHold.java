package org.ampay.payment;

import java.nio.ByteBuffer;
import java.time.Instant;
import org.ampay.access.AuthorizationStatus;
import org.ampay.base.Money;
import org.ampay.payment.provider.PaymentCommand;
import org.ampay.payment.provider.ProviderKey;
import org.ampay.tariff.DriverTerms;
import org.jspecify.annotations.Nullable;

/**
 * What a start reserved: a place among the token's sessions and, with a wallet, money.
 *
 * @param key the session's key, 16 bytes
 * @param driverId null: nobody is known to pay
 * @param backing who holds the money; null: no money is held
 * @param amount what was held, also when it is captured or released by now
 * @param giftMinor the part of it that is not real money
 * @param timesHeld counts from 1; more when the deadline passed before the start was repeated
 * @param refusal set when the start was refused
 * @param sessionId known once the session was looked for
 * @param deadline released then unless a session has come; null when one has
 * @param terms what the driver gets off the price, reserved with it
 */
public record StartHold(
    long id,
    ByteBuffer key,
    Owner owner,
    @Nullable Backing backing,
    Money amount,
    long giftMinor,
    long capturedMinor,
    int timesHeld,
    HoldState state,
    @Nullable AuthorizationStatus refusal,
    @Nullable Long sessionId,
    @Nullable Instant deadline,
    DriverTerms terms,
    Instant createdAt) {

  /** Whose it is. */
  public record Owner(
      long operatorId, long stationId, @Nullable Long tokenId, @Nullable Long driverId) {}

  /**
   * Who holds the money.
   *
   * @param orderId the order that was paid; null: held at the start itself
   * @param reference of the operation that set the money aside
   * @param providerRef the provider's own id of that, empty when it has none
   */
  public record Backing(
      ProviderKey via, @Nullable Long orderId, String reference, String providerRef) {}

  /** Who holds the money; null: no money is held. */
  @Nullable ProviderKey via() {
    return backing == null ? null : backing.via();
  }

  /** Whether money lies in it. */
  boolean holdsMoney() {
    return state == HoldState.HELD && backing != null && amount.isPositive();
  }

  /** With the money of an order. */
  StartHold backedBy(OrderStarts.Paid paid) {
    return new StartHold(
        id,
        key,
        owner,
        paid.backing(),
        paid.amount(),
        paid.giftMinor(),
        capturedMinor,
        timesHeld,
        state,
        refusal,
        sessionId,
        deadline,
        terms,
        createdAt);
  }

  /** With more money in it. */
  StartHold grown(Money more) {
    return new StartHold(
        id,
        key,
        owner,
        backing,
        amount.plus(more),
        giftMinor,
        capturedMinor,
        timesHeld,
        state,
        refusal,
        sessionId,
        deadline,
        terms,
        createdAt);
  }

  /** The order whose money it is; null: held at the start itself. */
  public @Nullable Long orderId() {
    return backing == null ? null : backing.orderId();
  }

  StartHold closed(HoldState as, long captured) {
    return new StartHold(
        id, key, owner, backing, amount, giftMinor, captured, timesHeld, as, refusal, sessionId,
        null, terms, createdAt);
  }

  StartHold ofSession(long session) {
    return new StartHold(
        id,
        key,
        owner,
        backing,
        amount,
        giftMinor,
        capturedMinor,
        timesHeld,
        state,
        refusal,
        session,
        null,
        terms,
        createdAt);
  }

  /** As the provider needs it. */
  PaymentCommand.Hold forProvider() {
    return new PaymentCommand.Hold(
        id,
        amount,
        new Money(amount.currency(), giftMinor),
        backing == null ? "hold:" + id : backing.reference(),
        backing == null ? "" : backing.providerRef());
  }
}
