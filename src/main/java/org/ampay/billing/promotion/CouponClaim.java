package org.ampay.billing.promotion;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A coupon in a driver's hands.
 *
 * @param expiresAt exclusive; null: never
 * @param holdId of the start that reserved it
 * @param billId that used it
 * @param campaignId that gave it; null: the driver entered a code
 */
public record CouponClaim(
    long id,
    long operatorId,
    long couponId,
    long driverId,
    State state,
    Instant claimedAt,
    @Nullable Instant expiresAt,
    @Nullable Long holdId,
    @Nullable Long billId,
    @Nullable Long campaignId) {

  /** Where it is between claim and bill. A claim that expired is still {@code CLAIMED}. */
  public enum State {
    CLAIMED("claimed"),
    RESERVED("reserved"),
    CONSUMED("consumed"),
    REVOKED("revoked");

    private final String code;

    State(String code) {
      this.code = code;
    }

    /** As stored and shown. */
    public String code() {
      return code;
    }

    static State ofCode(String code) {
      for (State state : values()) {
        if (state.code.equals(code)) {
          return state;
        }
      }
      throw new IllegalArgumentException("claim '" + code + "'");
    }
  }

  /** Whether its time is over. */
  public boolean expired(Instant at) {
    return expiresAt != null && !at.isBefore(expiresAt);
  }

  CouponClaim with(State next, @Nullable Long hold, @Nullable Long bill) {
    return new CouponClaim(
        id, operatorId, couponId, driverId, next, claimedAt, expiresAt, hold, bill, campaignId);
  }

  CouponClaim expiring(@Nullable Instant at) {
    return new CouponClaim(
        id, operatorId, couponId, driverId, state, claimedAt, at, holdId, billId, campaignId);
  }
}
