package org.ampay.web.api;

import java.time.Instant;
import org.ampay.base.Money;
import org.ampay.billing.promotion.CouponClaim;
import org.ampay.web.http.Field;
import org.ampay.web.read.PromotionReadStore.ClaimRow;
import org.ampay.web.read.PromotionReadStore.PointsRow;
import org.ampay.web.read.PromotionReadStore.UseRow;
import org.jspecify.annotations.Nullable;

/** What became of promotions, as calls answer it. */
final class PromotionShapes {

  private PromotionShapes() {}

  record ClaimOut(
      long id,
      long coupon,
      long driver,
      @Field("claimed (also when its time is over), reserved, consumed, revoked") String state,
      Instant claimedAt,
      @Field("exclusive") @Nullable Instant expiresAt,
      @Field("that used it") @Nullable Long bill,
      @Field("that gave it; null: by a code") @Nullable Long campaign) {

    static ClaimOut of(CouponClaim c) {
      return new ClaimOut(
          c.id(),
          c.couponId(),
          c.driverId(),
          c.state().code(),
          c.claimedAt(),
          c.expiresAt(),
          c.billId(),
          c.campaignId());
    }

    static ClaimOut of(ClaimRow c) {
      return new ClaimOut(
          c.id(),
          c.couponId(),
          c.driverId(),
          c.state(),
          c.claimedAt(),
          c.expiresAt(),
          c.billId(),
          c.campaignId());
    }
  }

  record UseOut(
      long bill,
      long session,
      long driver,
      @Nullable Long claim,
      @Nullable Long coupon,
      @Field("whose automatic discount it was") @Nullable Long campaign,
      @Field("off what the driver paid, with tax") Money amount,
      Instant usedAt,
      @Field("by a refund") @Nullable Instant givenBackAt) {

    static UseOut of(UseRow use) {
      boolean automatic = use.couponId() == null;
      return new UseOut(
          use.billId(),
          use.sessionId(),
          use.driverId(),
          automatic ? null : use.refId(),
          use.couponId(),
          automatic ? use.refId() : null,
          use.amount(),
          use.usedAt(),
          use.givenBackAt());
    }
  }

  record BillPointsOut(
      long used,
      @Field("of those, by refunds") long givenBack,
      long earned,
      @Field("of those, by refunds") long takenBack) {

    static BillPointsOut of(PointsRow row) {
      return new BillPointsOut(row.used(), row.givenBack(), row.earned(), row.takenBack());
    }
  }
}
