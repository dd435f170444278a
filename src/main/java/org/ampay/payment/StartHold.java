package org.ampay.payment;

import java.nio.ByteBuffer;
import java.time.Instant;
import org.ampay.access.AuthorizationStatus;
import org.ampay.base.Money;
import org.ampay.payment.provider.PaymentCommand;
import org.ampay.tariff.DriverTerms;
import org.jspecify.annotations.Nullable;

/**
 * What a start reserved: a place among the token's sessions and, with a wallet, money.
 *
 * @param key the session's key, 16 bytes
 * @param driverId null: nobody is known to pay
 * @param provider null: no money is held
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
    @Nullable String provider,
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

  /** Whether money lies in it. */
  boolean holdsMoney() {
    return state == HoldState.HELD && provider != null && amount.isPositive();
  }

  StartHold closed(HoldState as, long captured) {
    return new StartHold(
        id, key, owner, provider, amount, giftMinor, captured, timesHeld, as, refusal, sessionId,
        null, terms, createdAt);
  }

  StartHold ofSession(long session) {
    return new StartHold(
        id,
        key,
        owner,
        provider,
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
        id, amount, new Money(amount.currency(), giftMinor), "hold:" + id);
  }
}
