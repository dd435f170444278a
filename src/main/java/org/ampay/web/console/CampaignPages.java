package org.ampay.web.console;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.ampay.billing.promotion.Campaign;
import org.ampay.billing.promotion.Campaign.Action;
import org.ampay.billing.promotion.Campaigns;
import org.ampay.billing.promotion.Coupon;
import org.ampay.billing.promotion.Promotions;
import org.ampay.billing.promotion.Scope;
import org.ampay.tariff.Funder;
import org.ampay.tariff.InvalidInputException;
import org.ampay.web.http.Answer;
import org.ampay.web.http.Problem;
import org.ampay.web.http.Ref;
import org.ampay.web.people.Permission;
import org.ampay.web.read.PromotionReadStore;

/** Campaigns: making one, pausing it, giving its coupons. */
final class CampaignPages {

  private static final int COUPONS = 200;
  private static final int ROWS = 50;

  private static final List<String> FIELDS =
      List.of(
          "name",
          "action",
          "coupon_id",
          "top_up_minor",
          "budget_minor",
          "kind",
          "value",
          "cap",
          "min_spend",
          "costs",
          "valid_from",
          "valid_until",
          "funder");

  private final Pages pages;
  private final Promotions promotions;
  private final PromotionReadStore uses;

  CampaignPages(Pages pages, Promotions promotions, PromotionReadStore uses) {
    this.pages = pages;
    this.promotions = promotions;
    this.uses = uses;
  }

  List<ConsoleRoute> routes() {
    String one = "/promotions/campaigns/{id}";
    Permission write = Permission.PROMOTIONS_WRITE;
    return List.of(
        ConsoleRoute.get("/promotions/campaigns/new", write, this::blank),
        ConsoleRoute.post("/promotions/campaigns/new", write, this::create),
        ConsoleRoute.get(
            one, Permission.PROMOTIONS_READ, call -> detail(call, 200, new TypedForm())),
        ConsoleRoute.post(one + "/state", write, this::setState),
        ConsoleRoute.post(one + "/grants", write, this::give));
  }

  private Answer blank(PageCall call) {
    TypedForm form = new TypedForm();
    form.set("action", "discount").set("kind", "PERCENT").set("funder", Funder.OPERATOR.wire());
    return editor(call, 200, form);
  }

  private Answer editor(PageCall call, int status, TypedForm form) {
    List<Coupon> coupons = promotions.coupons().list(call.operatorId(), Long.MAX_VALUE, COUPONS);
    return pages.page(status, "campaign-new", call.ui(), Map.of("form", form, "coupons", coupons));
  }

  private Answer create(PageCall call) {
    TypedForm form = TypedForm.posted(call);
    PromotionForm typed = new PromotionForm(call, form, FIELDS);
    Optional<Campaign> made =
        typed.made(
            () -> {
              Scope scope = typed.validity();
              Action action = action(call, typed);
              typed.check();
              return promotions
                  .campaigns()
                  .create(
                      call.operatorId(),
                      new Campaign.Spec(typed.text("name"), scope, action),
                      PromotionForm.who(call));
            });
    return made.map(campaign -> Answer.seeOther("/promotions/campaigns/" + campaign.id()))
        .orElseGet(() -> editor(call, 400, form));
  }

  private static Action action(PageCall call, PromotionForm typed) {
    long coupon = new Ref(call.form("coupon_id")).id().orElse(0);
    return switch (typed.text("action")) {
      case "by_hand" -> new Action.ByHand(coupon);
      case "new_drivers" -> new Action.NewDrivers(coupon);
      case "top_up" -> new Action.TopUp(coupon, amount(typed, "top_up_minor"));
      case "discount" -> {
        long budget = amount(typed, "budget_minor");
        Funder funder = typed.funder();
        yield new Action.Discount(typed.benefit(), budget, funder);
      }
      default -> throw new InvalidInputException("action", "is missing");
    };
  }

  private static long amount(PromotionForm typed, String field) {
    Long minor = typed.minor(field);
    if (minor == null) {
      typed.wrong(field, "is missing");
    }
    return Objects.requireNonNullElse(minor, 1L);
  }

  private Campaign find(PageCall call) {
    return promotions
        .campaigns()
        .find(call.operatorId(), call.idParam("id"))
        .orElseThrow(() -> Problem.notFound(null).exception());
  }

  private Answer detail(PageCall call, int status, TypedForm form) {
    Campaign campaign = find(call);
    Map<String, Object> model = new HashMap<>();
    model.put("campaign", campaign);
    model.put("form", form);
    model.put("uses", uses.usesOfCampaign(call.operatorId(), campaign.id(), Long.MAX_VALUE, ROWS));
    Long coupon = campaign.couponId();
    model.put(
        "coupon",
        coupon == null ? null : promotions.coupons().find(call.operatorId(), coupon).orElse(null));
    return pages.page(status, "campaign", call.ui(), model);
  }

  private Answer setState(PageCall call) {
    Campaign campaign = find(call);
    TypedForm form = TypedForm.posted(call);
    PromotionForm typed = new PromotionForm(call, form, List.of());
    Optional<Optional<Campaign>> changed =
        typed.made(
            () -> {
              Coupon.State state = typed.word("state", Coupon.State.values(), Coupon.State::code);
              typed.check();
              return promotions
                  .campaigns()
                  .update(
                      call.operatorId(),
                      campaign.id(),
                      campaign.spec(),
                      state,
                      PromotionForm.who(call));
            });
    return changed.isPresent()
        ? Answer.seeOther("/promotions/campaigns/" + campaign.id())
        : detail(call, 400, form);
  }

  /** To every driver; a job does it. */
  private Answer give(PageCall call) {
    Campaign campaign = find(call);
    TypedForm form = TypedForm.posted(call);
    Optional<Boolean> given =
        new PromotionForm(call, form, List.of())
            .made(
                () ->
                    promotions
                        .campaigns()
                        .give(
                            call.operatorId(),
                            campaign.id(),
                            new Campaigns.Target.All(),
                            PromotionForm.who(call)));
    if (given.orElse(false)) {
      return Answer.seeOther("/promotions/campaigns/" + campaign.id());
    }
    form.wrong("", call.ui().t("promo.driver_gone"));
    return detail(call, 400, form);
  }
}
