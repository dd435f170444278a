package org.ampay.web.api;

import static org.ampay.web.api.PromotionCalls.checked;
import static org.ampay.web.api.PromotionCalls.found;
import static org.ampay.web.api.PromotionCalls.who;

import java.time.Instant;
import java.util.List;
import org.ampay.base.Money;
import org.ampay.billing.promotion.Benefit;
import org.ampay.billing.promotion.Campaign;
import org.ampay.billing.promotion.Campaign.Action;
import org.ampay.billing.promotion.Campaigns;
import org.ampay.billing.promotion.Coupon;
import org.ampay.billing.promotion.Scope;
import org.ampay.station.Operator;
import org.ampay.tariff.Funder;
import org.ampay.tariff.InvalidInputException;
import org.ampay.web.api.DriversApi.MoneyIn;
import org.ampay.web.api.PromotionShapes.ClaimOut;
import org.ampay.web.api.PromotionShapes.UseOut;
import org.ampay.web.api.PromotionWords.BenefitShape;
import org.ampay.web.api.PromotionWords.PromotionWindow;
import org.ampay.web.http.Answer;
import org.ampay.web.http.Field;
import org.ampay.web.http.Problem;
import org.ampay.web.http.Ref;
import org.ampay.web.people.Permission;
import org.ampay.web.read.PromotionReadStore.ClaimRow;
import org.ampay.web.read.PromotionReadStore.UseRow;
import org.jspecify.annotations.Nullable;

/** Calls for campaigns: coupons that are given, and automatic discounts. */
final class CampaignsApi {

  private final Campaigns campaigns;
  private final PromotionCalls calls;

  CampaignsApi(Campaigns campaigns, PromotionCalls calls) {
    this.campaigns = campaigns;
    this.calls = calls;
  }

  record CampaignIn(
      @Field(maxLength = 100) String name,
      @Field(value = "by_hand, new_drivers, top_up, discount", maxLength = 20) String kind,
      @Field("that it gives; not of a discount") @Nullable Long coupon,
      @Field("of top_up: the least that is topped up") @Nullable MoneyIn topUp,
      @Field("of a discount") @Nullable BenefitShape benefit,
      @Field("of a discount; never exceeded") @Nullable MoneyIn budget,
      @Field(value = "of a discount: platform, operator, site; operator by default", maxLength = 10)
          @Nullable String funder,
      @Nullable Instant validFrom,
      @Field("exclusive") @Nullable Instant validUntil,
      @Field(value = "ids; all by default", maxItems = 1_000) @Nullable List<Long> sites,
      @Field(value = "when sessions may start; always by default", maxItems = 20)
          @Nullable List<PromotionWindow> windows,
      @Field(value = "active, paused", maxLength = 10) @Nullable String state,
      @Nullable Ref operator) {}

  record CampaignOut(
      long id,
      long operator,
      String name,
      String kind,
      @Nullable Long coupon,
      @Nullable MoneyIn topUp,
      @Nullable BenefitShape benefit,
      @Nullable MoneyIn budget,
      @Nullable String funder,
      @Nullable Instant validFrom,
      @Nullable Instant validUntil,
      List<Long> sites,
      List<PromotionWindow> windows,
      @Field("active, paused") String state,
      @Field("of the budget, for running sessions") Money reserved,
      @Field("of the budget, by bills") Money spent,
      @Field("coupons given so far") int granted,
      Instant createdAt) {}

  record CampaignGrantIn(
      @Field("true: every driver of the operator") @Nullable Boolean all,
      @Field("the drivers of a contract or membership group") @Nullable Ref group,
      @Field(value = "ids; those that are not the operator's are passed over", maxItems = 10_000)
          @Nullable List<Long> drivers) {}

  List<ApiRoute> routes() {
    return List.of(
        ApiRoute.get("/campaigns", Permission.PROMOTIONS_READ, "Lists campaigns, newest first")
            .describe(PromotionCalls.ONE_OPERATOR)
            .lists(CampaignOut.class)
            .by(this::list),
        ApiRoute.post("/campaigns", Permission.PROMOTIONS_WRITE, "Adds a campaign")
            .takes(CampaignIn.class)
            .answers(201, CampaignOut.class)
            .by(this::create),
        ApiRoute.get("/campaigns/{id}", Permission.PROMOTIONS_READ, "A campaign")
            .answers(200, CampaignOut.class)
            .by(call -> Answer.json(200, out(find(call)))),
        ApiRoute.patch("/campaigns/{id}", Permission.PROMOTIONS_WRITE, "Changes a campaign")
            .describe(
                "With the fields of a new one: what is left out stays, null takes away. Its kind"
                    + " stays; its budget is not below what is spent and reserved.")
            .takesAny()
            .answers(200, CampaignOut.class)
            .by(this::patch),
        ApiRoute.post(
                "/campaigns/{id}/grants",
                Permission.PROMOTIONS_WRITE,
                "Gives a campaign's coupon to drivers")
            .describe(
                "Of a campaign by_hand, with one of `all`, `group` and `drivers`; each driver once"
                    + " a call. It is done soon: `granted` tells how far it is.")
            .takes(CampaignGrantIn.class)
            .answers(202, CampaignOut.class)
            .by(this::give),
        ApiRoute.get(
                "/campaigns/{id}/grants", Permission.PROMOTIONS_READ, "Coupons a campaign gave")
            .describe("Newest first.")
            .lists(ClaimOut.class)
            .by(this::grants),
        ApiRoute.get(
                "/campaigns/{id}/uses",
                Permission.PROMOTIONS_READ,
                "Bills that an automatic discount reduced")
            .describe("The newest bill first.")
            .lists(UseOut.class)
            .by(this::uses));
  }

  private Answer list(ApiCall call) {
    long operator = calls.operator(call, null).id();
    List<Campaign> rows =
        PromotionCalls.rows(
            call, Campaign::id, (before, limit) -> campaigns.list(operator, before, limit));
    return Answer.json(200, call.page(rows, CampaignsApi::out, Campaign::id));
  }

  private Campaign find(ApiCall call) {
    return found(campaigns.find(calls.ownerOfCampaign(call), call.idParam("id")), "campaign");
  }

  private Answer create(ApiCall call) {
    CampaignIn in = call.body(CampaignIn.class);
    Operator operator = calls.operator(call, in.operator());
    if (PromotionWords.state(in.state()) != Coupon.State.ACTIVE) {
      throw Problem.badField("state", "a new campaign is active").exception();
    }
    Campaign made = checked(() -> campaigns.create(operator.id(), spec(in, operator), who(call)));
    return Answer.json(201, out(made));
  }

  private Answer patch(ApiCall call) {
    Campaign old = find(call);
    Operator operator = calls.operator(old.operatorId());
    CampaignIn in = PromotionCalls.merged(call, in(old), CampaignIn.class);
    if (in.operator() != null) {
      throw Problem.badField("operator", "cannot be changed").exception();
    }
    if (!in.kind().equals(old.spec().action().code())) {
      throw Problem.badField("kind", "cannot be changed").exception();
    }
    Campaign changed =
        found(
            checked(
                () ->
                    campaigns.update(
                        operator.id(),
                        old.id(),
                        spec(in, operator),
                        PromotionWords.state(in.state()),
                        who(call))),
            "campaign");
    return Answer.json(200, out(changed));
  }

  private Campaign.Spec spec(CampaignIn in, Operator operator) {
    Scope scope =
        PromotionWords.scope(
            calls.inventory(), operator, in.validFrom(), in.validUntil(), in.sites(), in.windows());
    return new Campaign.Spec(in.name(), scope, action(in, operator.currency()));
  }

  private static Action action(CampaignIn in, String currency) {
    return switch (in.kind()) {
      case "by_hand" -> new Action.ByHand(coupon(in));
      case "new_drivers" -> new Action.NewDrivers(coupon(in));
      case "top_up" ->
          new Action.TopUp(
              coupon(in), PromotionWords.minor(needed(in.topUp(), "top_up"), currency, "top_up"));
      case "discount" -> discount(in, currency);
      default ->
          throw Problem.badField("kind", "must be one of [by_hand, new_drivers, top_up, discount]")
              .exception();
    };
  }

  private static long coupon(CampaignIn in) {
    refuse(in.benefit(), "benefit");
    refuse(in.budget(), "budget");
    refuse(in.funder(), "funder");
    if (!in.kind().equals("top_up")) {
      refuse(in.topUp(), "top_up");
    }
    return needed(in.coupon(), "coupon");
  }

  private static Action discount(CampaignIn in, String currency) {
    refuse(in.coupon(), "coupon");
    refuse(in.topUp(), "top_up");
    Benefit benefit = needed(in.benefit(), "benefit").benefit("benefit.");
    long budget = PromotionWords.minor(needed(in.budget(), "budget"), currency, "budget");
    Funder funder = PromotionWords.funder(in.funder());
    try {
      return new Action.Discount(benefit, budget, funder);
    } catch (InvalidInputException e) {
      boolean inside = !e.path().equals("budget_minor");
      throw inside ? new InvalidInputException("benefit." + e.path(), e.reason()) : e;
    }
  }

  private static void refuse(@Nullable Object value, String field) {
    if (value != null) {
      throw Problem.badField(field, "a campaign of this kind has none").exception();
    }
  }

  private static <T> T needed(@Nullable T value, String field) {
    if (value == null) {
      throw Problem.badField(field, "is missing").exception();
    }
    return value;
  }

  /** A campaign as a person would write it. */
  private static CampaignIn in(Campaign campaign) {
    CampaignOut out = out(campaign);
    return new CampaignIn(
        out.name(),
        out.kind(),
        out.coupon(),
        out.topUp(),
        out.benefit(),
        out.budget(),
        out.funder(),
        out.validFrom(),
        out.validUntil(),
        out.sites(),
        out.windows(),
        out.state(),
        null);
  }

  private static CampaignOut out(Campaign campaign) {
    Action action = campaign.spec().action();
    Scope scope = campaign.spec().scope();
    String currency = campaign.currency();
    Action.Discount discount = action instanceof Action.Discount d ? d : null;
    return new CampaignOut(
        campaign.id(),
        campaign.operatorId(),
        campaign.spec().name(),
        action.code(),
        campaign.couponId(),
        action instanceof Action.TopUp topUp ? new MoneyIn(currency, topUp.minMinor()) : null,
        discount == null ? null : BenefitShape.of(discount.benefit()),
        discount == null ? null : new MoneyIn(currency, discount.budgetMinor()),
        discount == null ? null : discount.funder().wire(),
        scope.from(),
        scope.until(),
        PromotionWords.sites(scope),
        PromotionWords.windows(scope),
        campaign.state().code(),
        campaign.reserved(),
        campaign.spent(),
        campaign.granted(),
        campaign.createdAt());
  }

  // ---- coupons given, discounts used ----

  private Answer give(ApiCall call) {
    Campaign campaign = find(call);
    Campaigns.Target target = target(call.body(CampaignGrantIn.class));
    if (!checked(() -> campaigns.give(campaign.operatorId(), campaign.id(), target, who(call)))) {
      throw Problem.conflict("not-by-hand", "only an active campaign by hand is given").exception();
    }
    return Answer.json(202, out(find(call)));
  }

  private static Campaigns.Target target(CampaignGrantIn in) {
    boolean all = Boolean.TRUE.equals(in.all());
    Ref group = in.group();
    List<Long> drivers = in.drivers();
    int named = (all ? 1 : 0) + (group == null ? 0 : 1) + (drivers == null ? 0 : 1);
    if (named != 1) {
      throw Problem.badField("drivers", "one of all, group and drivers is needed").exception();
    }
    if (drivers != null) {
      return checked(() -> new Campaigns.Target.Drivers(drivers));
    }
    return group == null
        ? new Campaigns.Target.All()
        : new Campaigns.Target.Group(PromotionCalls.id(group, "group"));
  }

  private Answer grants(ApiCall call) {
    Campaign campaign = find(call);
    Long coupon = campaign.couponId();
    List<ClaimRow> rows =
        coupon == null
            ? List.of()
            : calls
                .store()
                .granted(
                    campaign.operatorId(),
                    coupon,
                    campaign.id(),
                    call.cursorId(Long.MAX_VALUE),
                    call.limit() + 1);
    return Answer.json(200, call.page(rows, ClaimOut::of, ClaimRow::id));
  }

  private Answer uses(ApiCall call) {
    Campaign campaign = find(call);
    List<UseRow> rows =
        calls
            .store()
            .usesOfCampaign(
                campaign.operatorId(),
                campaign.id(),
                call.cursorId(Long.MAX_VALUE),
                call.limit() + 1);
    return Answer.json(200, call.page(rows, UseOut::of, UseRow::billId));
  }
}
