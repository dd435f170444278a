package org.ampay.web.api;

import static org.ampay.web.api.PromotionCalls.checked;
import static org.ampay.web.api.PromotionCalls.found;
import static org.ampay.web.api.PromotionCalls.who;

import java.time.Instant;
import java.util.List;
import org.ampay.base.Money;
import org.ampay.billing.promotion.Membership;
import org.ampay.billing.promotion.Tier;
import org.ampay.billing.promotion.Tiers;
import org.ampay.web.api.DriversApi.MoneyIn;
import org.ampay.web.api.TiersApi.TierOut;
import org.ampay.web.http.Answer;
import org.ampay.web.http.Field;
import org.ampay.web.http.Problem;
import org.ampay.web.http.Ref;
import org.ampay.web.people.Permission;
import org.ampay.web.read.AccessReadStore.DriverRow;
import org.jspecify.annotations.Nullable;

/** Calls for a driver's tiers: by hand, bought, ended, paid back. */
final class MembershipsApi {

  private final Tiers tiers;
  private final PromotionCalls calls;

  MembershipsApi(Tiers tiers, PromotionCalls calls) {
    this.tiers = tiers;
    this.calls = calls;
  }

  record MembershipOut(
      long id,
      long operator,
      long driver,
      long tier,
      @Field("rule, paid, hand") String source,
      Instant from,
      @Field("exclusive; null: until it is ended") @Nullable Instant until,
      @Field("when it was ended before its time") @Nullable Instant endedAt,
      Money price,
      Money tax,
      Money refunded,
      String createdBy) {

    static MembershipOut of(Membership m) {
      return new MembershipOut(
          m.id(),
          m.operatorId(),
          m.driverId(),
          m.tierId(),
          m.source().code(),
          m.from(),
          m.until(),
          m.endedAt(),
          m.price(),
          m.tax(),
          m.refunded(),
          m.createdBy());
    }
  }

  record DriverMembershipOut(
      long driver,
      @Field("the tier that holds now") @Nullable TierOut current,
      @Field("newest first") List<MembershipOut> memberships) {}

  record NewMembershipIn(
      @Field("id of a tier") Ref tier,
      @Field("exclusive; by default until it is ended") @Nullable Instant until) {}

  record MembershipPurchaseIn(@Field("id of a tier that is sold") Ref tier) {}

  record MembershipRefundIn(
      @Field("all that is left by default, which also ends it") @Nullable MoneyIn amount) {}

  List<ApiRoute> routes() {
    String path = "/drivers/{id}/membership";
    return List.of(
        ApiRoute.get(path, Permission.PROMOTIONS_READ, "A driver's tier and memberships")
            .answers(200, DriverMembershipOut.class)
            .by(this::get),
        ApiRoute.post(path, Permission.PROMOTIONS_WRITE, "Puts a driver into a tier by hand")
            .takes(NewMembershipIn.class)
            .answers(201, MembershipOut.class)
            .by(this::put),
        ApiRoute.post(path + "/purchases", Permission.WALLETS_WRITE, "Buys a tier from the wallet")
            .describe(
                "From the wallet's real money. While a paid time of the tier runs, the new one"
                    + " follows it.")
            .takes(MembershipPurchaseIn.class)
            .answers(201, MembershipOut.class)
            .by(this::buy),
        ApiRoute.post(path + "/{membership}/end", Permission.PROMOTIONS_WRITE, "Ends a membership")
            .describe("Now; money is given back by a refund.")
            .answers(200, MembershipOut.class)
            .by(this::end),
        ApiRoute.post(
                path + "/{membership}/refunds",
                Permission.WALLETS_WRITE,
                "Gives the price of a bought membership back")
            .describe("Into the wallet, in whole or in part.")
            .takes(MembershipRefundIn.class)
            .answers(201, MembershipOut.class)
            .by(this::refund));
  }

  private Answer get(ApiCall call) {
    DriverRow driver = calls.driver(call);
    long operator = driver.operatorId();
    return Answer.json(
        200,
        new DriverMembershipOut(
            driver.id(),
            tiers
                .current(operator, driver.id())
                .map(tier -> TiersApi.out(tier, calls.operator(operator)))
                .orElse(null),
            tiers.ofDriver(operator, driver.id()).stream().map(MembershipOut::of).toList()));
  }

  private Answer put(ApiCall call) {
    DriverRow driver = calls.driver(call);
    NewMembershipIn in = call.body(NewMembershipIn.class);
    Tier tier = tier(driver, in.tier());
    return checked(
            () -> tiers.put(driver.operatorId(), driver.id(), tier.id(), in.until(), who(call)))
        .map(made -> Answer.json(201, MembershipOut.of(made)))
        .orElseThrow(MembershipsApi::unknownTier);
  }

  private Tier tier(DriverRow driver, Ref ref) {
    return tiers
        .find(driver.operatorId(), PromotionCalls.id(ref, "tier"))
        .orElseThrow(MembershipsApi::unknownTier);
  }

  private static RuntimeException unknownTier() {
    return Problem.badField("tier", "there is no such tier").exception();
  }

  private Answer buy(ApiCall call) {
    DriverRow driver = calls.driver(call);
    Tier tier = tier(driver, call.body(MembershipPurchaseIn.class).tier());
    if (tier.spec().fee() == null || !tier.active()) {
      throw Problem.conflict("not-for-sale", "the tier is not sold").exception();
    }
    Tiers.Purchase purchase =
        tiers.buy(driver.operatorId(), driver.id(), tier.id(), call.moneyKey(), who(call));
    return switch (purchase) {
      case Tiers.Purchase.Bought(Membership made) -> Answer.json(201, MembershipOut.of(made));
      case Tiers.Purchase.NotFound() -> throw unknownTier();
      case Tiers.Purchase.NotEnoughMoney(Money price, Money available) ->
          throw Problem.conflict(
                  "not-enough-money", "the price is " + price + ", available are " + available)
              .exception();
    };
  }

  private Answer end(ApiCall call) {
    Membership membership = membership(call);
    if (membership.endedAt() != null) {
      throw Problem.conflict("ended", "the membership was ended before").exception();
    }
    return Answer.json(
        200,
        MembershipOut.of(
            found(tiers.end(membership.operatorId(), membership.id(), who(call)), "membership")));
  }

  /** The membership in the path, of the driver in the path. */
  private Membership membership(ApiCall call) {
    DriverRow driver = calls.driver(call);
    long id = call.idParam("membership");
    return found(
        tiers.ofDriver(driver.operatorId(), driver.id()).stream()
            .filter(membership -> membership.id() == id)
            .findFirst(),
        "membership");
  }

  private Answer refund(ApiCall call) {
    Membership membership = membership(call);
    MoneyIn wish = call.body(MembershipRefundIn.class).amount();
    String currency = membership.price().currency();
    Money amount =
        wish == null ? null : new Money(currency, PromotionWords.minor(wish, currency, "amount"));
    Tiers.Refunded refunded =
        tiers.refund(membership.operatorId(), membership.id(), amount, who(call));
    return switch (refunded) {
      case Tiers.Refunded.Done(Membership after) -> Answer.json(201, MembershipOut.of(after));
      case Tiers.Refunded.NotFound() ->
          throw Problem.conflict("not-bought", "the membership was not bought").exception();
      case Tiers.Refunded.WrongAmount(Money refundable) ->
          throw Problem.badField("amount", "refundable is " + refundable).exception();
    };
  }
}
