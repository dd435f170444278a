package org.ampay.web.console;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ampay.billing.promotion.Campaign;
import org.ampay.billing.promotion.Coupon;
import org.ampay.billing.promotion.PointsProgramme;
import org.ampay.billing.promotion.Promotions;
import org.ampay.tariff.Price;
import org.ampay.web.http.Answer;
import org.ampay.web.people.Permission;

/** Promotions: what there is, and the points programme. */
final class PromotionPages {

  private static final int PAGE = 50;

  private static final List<String> FIELDS =
      List.of("points_per_unit", "value", "max_percent", "months", "funder", "costs");

  private final Pages pages;
  private final Promotions promotions;

  PromotionPages(Pages pages, Promotions promotions) {
    this.pages = pages;
    this.promotions = promotions;
  }

  List<ConsoleRoute> routes() {
    return List.of(
        ConsoleRoute.get("/promotions", Permission.PROMOTIONS_READ, this::list),
        ConsoleRoute.get("/promotions/points", Permission.PROMOTIONS_WRITE, this::programme),
        ConsoleRoute.post("/promotions/points", Permission.PROMOTIONS_WRITE, this::setProgramme));
  }

  private Answer list(PageCall call) {
    long operator = call.operatorId();
    List<Coupon> coupons =
        promotions.coupons().list(operator, call.queryLong("coupons", Long.MAX_VALUE), PAGE + 1);
    List<Campaign> campaigns =
        promotions
            .campaigns()
            .list(operator, call.queryLong("campaigns", Long.MAX_VALUE), PAGE + 1);
    Map<String, Object> model = new HashMap<>();
    model.put("tiers", promotions.tiers().list(operator));
    model.put("coupons", coupons.subList(0, Math.min(PAGE, coupons.size())));
    model.put("nextCoupons", coupons.size() > PAGE ? coupons.get(PAGE - 1).id() : 0L);
    model.put("campaigns", campaigns.subList(0, Math.min(PAGE, campaigns.size())));
    model.put("nextCampaigns", campaigns.size() > PAGE ? campaigns.get(PAGE - 1).id() : 0L);
    model.put("programme", promotions.points().programme(operator).orElse(null));
    return pages.page(200, "promotions", call.ui(), model);
  }

  private Answer programme(PageCall call) {
    Optional<PointsProgramme> stored = promotions.points().programme(call.operatorId());
    TypedForm form = new TypedForm();
    form.set("active", stored.isEmpty() || stored.get().active() ? "true" : "");
    form.set("months", "24").set("max_percent", "50").set("points_per_unit", "1");
    stored.ifPresent(
        programme -> {
          PointsProgramme.Spec spec = programme.spec();
          form.set("points_per_unit", call.ui().number(spec.pointsPerUnit(), 0))
              .set("value", call.ui().number(spec.value(), 0))
              .set("max_percent", call.ui().number(spec.maxPercent(), 0))
              .set("months", String.valueOf(spec.months()))
              .set("funder", spec.funder().wire())
              .setAll("costs", spec.costs().stream().map(Price.Cost::name).toList());
        });
    return page(call, 200, form);
  }

  private Answer setProgramme(PageCall call) {
    TypedForm form = TypedForm.posted(call);
    PromotionForm typed = new PromotionForm(call, form, FIELDS);
    Optional<PointsProgramme> made =
        typed.made(
            () -> {
              var perUnit = typed.number("points_per_unit");
              var value = typed.number("value");
              var percent = typed.number("max_percent");
              int months = typed.whole("months", 0);
              var funder = typed.funder();
              Set<Price.Cost> costs = typed.costs();
              typed.check();
              return promotions
                  .points()
                  .setProgramme(
                      call.operatorId(),
                      new PointsProgramme.Spec(perUnit, costs, value, percent, months, funder),
                      form.has("active", "true"),
                      PromotionForm.who(call));
            });
    return made.isPresent() ? Answer.seeOther("/promotions#points") : page(call, 400, form);
  }

  private Answer page(PageCall call, int status, TypedForm form) {
    return pages.page(status, "promotion-points", call.ui(), Map.of("form", form));
  }
}
