package org.ampay.billing.promotion;

import java.time.Instant;
import java.util.Optional;
import org.ampay.base.Digests;
import org.ampay.base.IdSource;
import org.ampay.store.Tx;
import org.jspecify.annotations.Nullable;

/** Makes claims under the lock of their coupon, where its limits are counted. */
final class Claims {

  /** More than anybody uses: what a driver holds is gone through at each start. */
  static final int MOST_OPEN = 100;

  private final ClaimStore claims = new ClaimStore();
  private final DefinitionStore store = new DefinitionStore();
  private final IdSource ids;

  Claims(IdSource ids) {
    this.ids = ids;
  }

  /** What stands against a claim. */
  enum Obstacle {
    NOT_NOW,
    USED_UP,
    LIMIT_OF_DRIVER
  }

  /** Empty when nothing does. */
  Optional<Obstacle> obstacle(Tx tx, Coupon coupon, long driverId, Instant now) {
    if (coupon.state() != Coupon.State.ACTIVE || !coupon.spec().scope().covers(now)) {
      return Optional.of(Obstacle.NOT_NOW);
    }
    if (!coupon.hasLeft()) {
      return Optional.of(Obstacle.USED_UP);
    }
    return claims.count(tx, coupon.id(), driverId) >= coupon.spec().limits().perUser()
            || claims.countOpen(tx, driverId) >= MOST_OPEN
        ? Optional.of(Obstacle.LIMIT_OF_DRIVER)
        : Optional.empty();
  }

  /**
   * Makes a claim.
   *
   * @param coupon locked
   * @param source unique: where it comes from
   */
  CouponClaim make(
      Tx tx, Coupon coupon, long driverId, @Nullable Long campaignId, String source, Instant now) {
    CouponClaim claim =
        new CouponClaim(
            ids.next(),
            coupon.operatorId(),
            coupon.id(),
            driverId,
            CouponClaim.State.CLAIMED,
            now,
            coupon.expiryOfClaim(now),
            null,
            null,
            campaignId);
    claims.insert(tx, claim, key(source));
    store.claimed(tx, coupon.id(), 1);
    return claim;
  }

  static byte[] key(String source) {
    return Digests.key16("claim", source);
  }
}
