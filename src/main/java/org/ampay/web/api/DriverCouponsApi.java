package org.ampay.web.api;

import static org.ampay.web.api.PromotionCalls.checked;
import static org.ampay.web.api.PromotionCalls.found;
import static org.ampay.web.api.PromotionCalls.who;

import java.util.List;
import org.ampay.billing.promotion.Coupon;
import org.ampay.billing.promotion.CouponClaim;
import org.ampay.billing.promotion.Coupons;
import org.ampay.web.api.PromotionShapes.ClaimOut;
import org.ampay.web.http.Answer;
import org.ampay.web.http.Field;
import org.ampay.web.http.Problem;
import org.ampay.web.http.Ref;
import org.ampay.web.people.Permission;
import org.ampay.web.read.AccessReadStore.DriverRow;
import org.jspecify.annotations.Nullable;

/** Calls for the coupons in a driver's hands. */
final class DriverCouponsApi {

  private final Coupons coupons;
  private final PromotionCalls calls;

  DriverCouponsApi(Coupons coupons, PromotionCalls calls) {
    this.coupons = coupons;
    this.calls = calls;
  }

  record ClaimCouponIn(@Field(maxLength = 60) String code) {}

  record CouponChoiceIn(
      @Field("a claim that the next session uses first; null: none") @Nullable Ref claim) {}

  record CouponChoiceOut(long driver, @Nullable Long claim) {}

  List<ApiRoute> routes() {
    String path = "/drivers/{id}/coupons";
    return List.of(
        ApiRoute.get(path, Permission.PROMOTIONS_READ, "A driver's coupons, newest first")
            .lists(ClaimOut.class)
            .by(this::list),
        ApiRoute.post(path, Permission.PROMOTIONS_WRITE, "Claims a coupon by its code")
            .describe(
                "A code that is not known, or that another driver has used, is a bad field; what"
                    + " cannot be claimed now or any more is a conflict.")
            .takes(ClaimCouponIn.class)
            .answers(201, ClaimOut.class)
            .by(this::claim),
        ApiRoute.post(path + "/{claim}/revoke", Permission.PROMOTIONS_WRITE, "Takes a coupon away")
            .describe("Only one that is not in use and was not used.")
            .answers(200, ClaimOut.class)
            .by(this::revoke),
        ApiRoute.get(
                "/drivers/{id}/coupon-choice",
                Permission.PROMOTIONS_READ,
                "The coupon that a driver wants to use first")
            .answers(200, CouponChoiceOut.class)
            .by(call -> choice(calls.driver(call))),
        ApiRoute.put(
                "/drivers/{id}/coupon-choice",
                Permission.PROMOTIONS_WRITE,
                "Chooses the coupon that the next session uses first")
            .describe("Where it does not apply, the one that ends first is used.")
            .takes(CouponChoiceIn.class)
            .answers(200, CouponChoiceOut.class)
            .by(this::choose));
  }

  private Answer list(ApiCall call) {
    DriverRow driver = calls.driver(call);
    List<CouponClaim> rows =
        PromotionCalls.rows(
            call,
            CouponClaim::id,
            (before, limit) -> coupons.ofDriver(driver.operatorId(), driver.id(), before, limit));
    return Answer.json(200, call.page(rows, ClaimOut::of, CouponClaim::id));
  }

  private Answer claim(ApiCall call) {
    DriverRow driver = calls.driver(call);
    String code = call.body(ClaimCouponIn.class).code();
    Coupons.Claimed claimed =
        checked(() -> coupons.claim(driver.operatorId(), driver.id(), code, who(call)));
    return switch (claimed) {
      case Coupons.Claimed.Done(CouponClaim claim, Coupon _) ->
          Answer.json(201, ClaimOut.of(claim));
      case Coupons.Claimed.Unknown() ->
          throw Problem.badField("code", "there is no such code, or another driver has used it")
              .exception();
      case Coupons.Claimed.NotNow() ->
          throw Problem.conflict("coupon-not-now", "the coupon cannot be claimed now").exception();
      case Coupons.Claimed.UsedUp() ->
          throw Problem.conflict("coupon-used-up", "all of the coupon are claimed").exception();
      case Coupons.Claimed.LimitReached() ->
          throw Problem.conflict(
                  "coupon-limit", "the driver has had as many of the coupon as a driver may")
              .exception();
    };
  }

  private Answer revoke(ApiCall call) {
    DriverRow driver = calls.driver(call);
    long operator = driver.operatorId();
    long claim =
        found(calls.store().claim(operator, driver.id(), call.idParam("claim")), "coupon").id();
    return coupons
        .revoke(operator, claim, who(call))
        .map(revoked -> Answer.json(200, ClaimOut.of(revoked)))
        .orElseThrow(
            () ->
                Problem.conflict("coupon-in-use", "the coupon is in use, was used or revoked")
                    .exception());
  }

  private Answer choice(DriverRow driver) {
    return Answer.json(
        200,
        new CouponChoiceOut(
            driver.id(), coupons.chosen(driver.operatorId(), driver.id()).orElse(null)));
  }

  private Answer choose(ApiCall call) {
    DriverRow driver = calls.driver(call);
    Ref ref = call.body(CouponChoiceIn.class).claim();
    Long claim = ref == null ? null : Long.valueOf(PromotionCalls.id(ref, "claim"));
    if (!coupons.choose(driver.operatorId(), driver.id(), claim, who(call))) {
      throw Problem.badField("claim", "the driver has no such coupon").exception();
    }
    return choice(driver);
  }
}
