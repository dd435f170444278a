package org.ampay.web.api;

import static org.ampay.web.api.PromotionCalls.checked;
import static org.ampay.web.api.PromotionCalls.found;
import static org.ampay.web.api.PromotionCalls.who;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.ampay.billing.promotion.Membership;
import org.ampay.billing.promotion.Tier;
import org.ampay.billing.promotion.Tiers;
import org.ampay.station.Operator;
import org.ampay.tariff.Funder;
import org.ampay.tariff.Price;
import org.ampay.tariff.TierDiscount;
import org.ampay.web.api.DriversApi.MoneyIn;
import org.ampay.web.api.MembershipsApi.MembershipOut;
import org.ampay.web.http.Answer;
import org.ampay.web.http.Field;
import org.ampay.web.http.Problem;
import org.ampay.web.http.Ref;
import org.ampay.web.people.Permission;
import org.jspecify.annotations.Nullable;

/** Calls for membership tiers. */
final class TiersApi {

  private final Tiers tiers;
  private final PromotionCalls calls;

  TiersApi(Tiers tiers, PromotionCalls calls) {
    this.tiers = tiers;
    this.calls = calls;
  }

  record TierCut(
      @Field(value = PromotionWords.COSTS, maxItems = 20) @Nullable List<String> costs,
      BigDecimal percent) {}

  record TierRule(
      @Field("the last days that count, 1 to 366") Integer days,
      @Field("real money paid in them, refunds taken off") @Nullable MoneyIn spend,
      @Field("charged and billed in them, watt-hours") @Nullable Long energyWh) {}

  record TierFee(
      @Field("with tax") MoneyIn price,
      @Field("1 to 60") Integer months,
      @Field("tax in the price; none by default") @Nullable BigDecimal vatPercent) {}

  record TierIn(
      @Field(maxLength = 100) String name,
      @Field("1 to 1000; of a driver's tiers the highest holds") Integer rank,
      @Field(value = "of each cost the first that names it counts", maxItems = 10)
          @Nullable List<TierCut> discounts,
      @Field("points earned, 0 to 100 times; 1 by default") @Nullable BigDecimal pointsMultiplier,
      @Field(value = "platform, operator, site; operator by default", maxLength = 10)
          @Nullable String funder,
      @Field("who gets it by itself; nobody by default") @Nullable TierRule rule,
      @Field("for what it is sold; not by default") @Nullable TierFee fee,
      @Field("true by default; one that is not gives nobody anything") @Nullable Boolean active,
      @Nullable Ref operator) {}

  record TierOut(
      long id,
      long operator,
      String currency,
      String name,
      int rank,
      List<TierCut> discounts,
      BigDecimal pointsMultiplier,
      String funder,
      @Nullable TierRule rule,
      @Nullable TierFee fee,
      boolean active,
      Instant createdAt) {}

  List<ApiRoute> routes() {
    return List.of(
        ApiRoute.get("/tiers", Permission.PROMOTIONS_READ, "Lists membership tiers")
            .describe("The highest rank first. " + PromotionCalls.ONE_OPERATOR)
            .answers(200, null)
            .by(this::list),
        ApiRoute.post("/tiers", Permission.PROMOTIONS_WRITE, "Adds a membership tier")
            .takes(TierIn.class)
            .answers(201, TierOut.class)
            .by(this::create),
        ApiRoute.get("/tiers/{id}", Permission.PROMOTIONS_READ, "A membership tier")
            .answers(200, TierOut.class)
            .by(this::get),
        ApiRoute.put("/tiers/{id}", Permission.PROMOTIONS_WRITE, "Changes a membership tier")
            .describe("As a whole; running sessions keep what they were promised.")
            .takes(TierIn.class)
            .answers(200, TierOut.class)
            .by(this::update),
        ApiRoute.get("/tiers/{id}/members", Permission.PROMOTIONS_READ, "Who is in a tier")
            .describe("Memberships that were not ended, newest first; some may be over.")
            .lists(MembershipOut.class)
            .by(this::members));
  }

  private Answer list(ApiCall call) {
    Operator operator = calls.operator(call, null);
    return Answer.json(
        200,
        new ListAnswer<>(
            tiers.list(operator.id()).stream().map(tier -> out(tier, operator)).toList(), null));
  }

  private Answer get(ApiCall call) {
    long operator = calls.ownerOfTier(call);
    Tier tier = found(tiers.find(operator, call.idParam("id")), "tier");
    return Answer.json(200, out(tier, calls.operator(operator)));
  }

  private Answer create(ApiCall call) {
    TierIn in = call.body(TierIn.class);
    Operator operator = calls.operator(call, in.operator());
    if (Boolean.FALSE.equals(in.active())) {
      throw Problem.badField("active", "a new tier is active").exception();
    }
    Tier made =
        checked(() -> tiers.create(operator.id(), spec(in, operator.currency()), who(call)));
    return Answer.json(201, out(made, operator));
  }

  private Answer update(ApiCall call) {
    Operator operator = calls.operator(calls.ownerOfTier(call));
    TierIn in = call.body(TierIn.class);
    if (in.operator() != null) {
      throw Problem.badField("operator", "cannot be changed").exception();
    }
    boolean active = !Boolean.FALSE.equals(in.active());
    Tier changed =
        found(
            checked(
                () ->
                    tiers.update(
                        operator.id(),
                        call.idParam("id"),
                        spec(in, operator.currency()),
                        active,
                        who(call))),
            "tier");
    return Answer.json(200, out(changed, operator));
  }

  private Answer members(ApiCall call) {
    long operator = calls.ownerOfTier(call);
    List<Membership> rows =
        PromotionCalls.rows(
            call,
            Membership::id,
            (before, limit) -> tiers.members(operator, call.idParam("id"), before, limit));
    return Answer.json(200, call.page(rows, MembershipOut::of, Membership::id));
  }

  private static Tier.Spec spec(TierIn in, String currency) {
    Funder funder = PromotionWords.funder(in.funder());
    BigDecimal multiplier = Objects.requireNonNullElse(in.pointsMultiplier(), BigDecimal.ONE);
    PromotionWords.decimal(multiplier, "points_multiplier");
    return new Tier.Spec(
        in.name(),
        in.rank(),
        discounts(Objects.requireNonNullElse(in.discounts(), List.of())),
        multiplier,
        funder,
        rule(in.rule(), currency),
        fee(in.fee(), currency));
  }

  private static List<TierDiscount> discounts(List<TierCut> cuts) {
    List<TierDiscount> discounts = new ArrayList<>();
    for (int i = 0; i < cuts.size(); i++) {
      TierCut cut = cuts.get(i);
      String at = "discounts[" + i + "].";
      Set<Price.Cost> costs = PromotionWords.costs(cut.costs(), at + "costs");
      discounts.add(checked(at, () -> new TierDiscount(costs, cut.percent())));
    }
    return discounts;
  }

  private static Tier.@Nullable Rule rule(@Nullable TierRule in, String currency) {
    if (in == null) {
      return null;
    }
    MoneyIn spend = in.spend();
    return new Tier.Rule(
        in.days(),
        spend == null ? null : PromotionWords.minor(spend, currency, "rule.spend"),
        in.energyWh());
  }

  private static Tier.@Nullable Fee fee(@Nullable TierFee in, String currency) {
    if (in == null) {
      return null;
    }
    BigDecimal vat = in.vatPercent();
    if (vat != null) {
      PromotionWords.decimal(vat, "fee.vat_percent");
    }
    return new Tier.Fee(PromotionWords.minor(in.price(), currency, "fee.price"), in.months(), vat);
  }

  static TierOut out(Tier tier, Operator operator) {
    Tier.Spec spec = tier.spec();
    Tier.Rule rule = spec.rule();
    Tier.Fee fee = spec.fee();
    String currency = operator.currency();
    return new TierOut(
        tier.id(),
        tier.operatorId(),
        currency,
        spec.name(),
        spec.rank(),
        spec.discounts().stream()
            .map(d -> new TierCut(PromotionWords.names(d.costs()), SessionsApi.plain(d.percent())))
            .toList(),
        SessionsApi.plain(spec.pointsMultiplier()),
        spec.funder().wire(),
        rule == null
            ? null
            : new TierRule(
                rule.days(),
                rule.spendMinor() == null ? null : new MoneyIn(currency, rule.spendMinor()),
                rule.energyWh()),
        fee == null
            ? null
            : new TierFee(
                new MoneyIn(currency, fee.minor()),
                fee.months(),
                PromotionWords.plain(fee.vatPercent())),
        tier.active(),
        tier.createdAt());
  }
}
