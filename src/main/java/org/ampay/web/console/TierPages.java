package org.ampay.web.console;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ampay.base.Money;
import org.ampay.billing.promotion.Tier;
import org.ampay.billing.promotion.Tiers;
import org.ampay.tariff.Funder;
import org.ampay.tariff.Price;
import org.ampay.tariff.TierDiscount;
import org.ampay.web.http.Answer;
import org.ampay.web.http.Problem;
import org.ampay.web.people.Permission;
import org.jspecify.annotations.Nullable;

/** Making and changing membership tiers. */
public final class TierPages {

  /** Of the discount on everything. */
  public static final String ALL = "percent_ALL";

  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  private static final List<String> FIELDS =
      List.of(
          "name",
          "rank",
          "points_multiplier",
          "funder",
          "rule",
          "rule.days",
          "rule.spend_minor",
          "rule.energy_wh",
          "fee.minor",
          "fee.months",
          "fee.vat_percent");

  private final Pages pages;
  private final Tiers tiers;

  TierPages(Pages pages, Tiers tiers) {
    this.pages = pages;
    this.tiers = tiers;
  }

  List<ConsoleRoute> routes() {
    Permission write = Permission.PROMOTIONS_WRITE;
    return List.of(
        ConsoleRoute.get("/promotions/tiers/new", write, call -> page(call, 200, null, blank())),
        ConsoleRoute.post("/promotions/tiers/new", write, call -> save(call, null)),
        ConsoleRoute.get("/promotions/tiers/{id}", write, this::edit),
        ConsoleRoute.post("/promotions/tiers/{id}", write, call -> save(call, find(call))));
  }

  /** The field of the discount on a kind of cost. */
  public static String percent(String cost) {
    return "percent_" + cost;
  }

  private static TypedForm blank() {
    return new TypedForm()
        .set("rank", "1")
        .set("points_multiplier", "1")
        .set("active", "true")
        .set("funder", Funder.OPERATOR.wire());
  }

  private Tier find(PageCall call) {
    return tiers
        .find(call.operatorId(), call.idParam("id"))
        .orElseThrow(() -> Problem.notFound(null).exception());
  }

  private Answer edit(PageCall call) {
    Tier tier = find(call);
    Ui ui = call.ui();
    Tier.Spec spec = tier.spec();
    TypedForm form =
        new TypedForm()
            .set("name", spec.name())
            .set("rank", String.valueOf(spec.rank()))
            .set("points_multiplier", ui.number(spec.pointsMultiplier(), 0))
            .set("funder", spec.funder().wire())
            .set("active", tier.active() ? "true" : "");
    for (TierDiscount discount : spec.discounts()) {
      String percent = ui.number(discount.percent(), 0);
      if (discount.costs().isEmpty()) {
        form.set(ALL, percent);
      }
      discount.costs().forEach(cost -> form.set(percent(cost.name()), percent));
    }
    Tier.Rule rule = spec.rule();
    if (rule != null) {
      form.set("rule.days", String.valueOf(rule.days()))
          .set("rule.spend_minor", major(call, rule.spendMinor()))
          .set("rule.energy_wh", shifted(rule.energyWh(), 3));
    }
    Tier.Fee fee = spec.fee();
    if (fee != null) {
      BigDecimal vat = fee.vatPercent();
      form.set("fee.minor", major(call, fee.minor()))
          .set("fee.months", String.valueOf(fee.months()))
          .set("fee.vat_percent", vat == null ? "" : ui.number(vat, 0));
    }
    return page(call, 200, tier, form);
  }

  private static String major(PageCall call, @Nullable Long minor) {
    return shifted(minor, Money.exponent(call.ui().operator().currency()));
  }

  private static String shifted(@Nullable Long value, int digits) {
    return value == null
        ? ""
        : BigDecimal.valueOf(value).movePointLeft(digits).stripTrailingZeros().toPlainString();
  }

  /** Two discounts on one kind of cost have no place in the form. */
  private static boolean fits(Tier tier) {
    List<Price.Cost> costs =
        tier.spec().discounts().stream().flatMap(d -> d.costs().stream()).toList();
    long everything = tier.spec().discounts().stream().filter(d -> d.costs().isEmpty()).count();
    return everything <= 1 && costs.stream().distinct().count() == costs.size();
  }

  private Answer save(PageCall call, @Nullable Tier tier) {
    TypedForm form = TypedForm.posted(call);
    PromotionForm typed = new PromotionForm(call, form, FIELDS);
    if (tier != null && !fits(tier)) {
      return page(call, 409, tier, form);
    }
    Optional<Boolean> saved =
        typed.made(
            () -> {
              List<TierDiscount> discounts = discounts(typed);
              BigDecimal multiplier = typed.number("points_multiplier");
              int rank = typed.whole("rank", 0);
              Funder funder = typed.funder();
              Tier.Rule rule = rule(typed);
              Tier.Fee fee = fee(typed);
              typed.check();
              Tier.Spec spec =
                  new Tier.Spec(typed.text("name"), rank, discounts, multiplier, funder, rule, fee);
              return store(call, tier, spec, form.has("active", "true"));
            });
    return saved.isPresent() ? Answer.seeOther("/promotions#tiers") : page(call, 400, tier, form);
  }

  private boolean store(PageCall call, @Nullable Tier tier, Tier.Spec spec, boolean active) {
    long operator = call.operatorId();
    long id = tier == null ? tiers.create(operator, spec, PromotionForm.who(call)).id() : tier.id();
    return (tier == null && active)
        || tiers.update(operator, id, spec, active, PromotionForm.who(call)).isPresent();
  }

  private static List<TierDiscount> discounts(PromotionForm typed) {
    List<TierDiscount> discounts = new ArrayList<>();
    discount(typed, ALL, Set.of(), discounts);
    for (Price.Cost cost : Price.Cost.values()) {
      discount(typed, percent(cost.name()), Set.of(cost), discounts);
    }
    return discounts;
  }

  private static void discount(
      PromotionForm typed, String field, Set<Price.Cost> costs, List<TierDiscount> into) {
    BigDecimal percent = typed.decimal(field);
    if (percent == null) {
      return;
    }
    if (percent.signum() == 0) {
      typed.wrong(field, "must be positive");
    } else if (percent.compareTo(HUNDRED) > 0) {
      typed.wrong(field, "must be at most 100");
    } else if (percent.stripTrailingZeros().scale() > 4) {
      typed.wrong(field, "must have at most 4 digits behind the point");
    } else {
      into.add(new TierDiscount(costs, percent));
    }
  }

  private static Tier.@Nullable Rule rule(PromotionForm typed) {
    Integer days = typed.whole("rule.days");
    Long spend = typed.minor("rule.spend_minor");
    BigDecimal kwh = typed.decimal("rule.energy_wh");
    if (days == null) {
      if (spend != null || kwh != null) {
        typed.wrong("rule.days", "is missing");
      }
      return null;
    }
    Long energy = kwh == null ? null : kwh.movePointRight(3).longValue();
    return new Tier.Rule(days, spend, energy);
  }

  private static Tier.@Nullable Fee fee(PromotionForm typed) {
    Long price = typed.minor("fee.minor");
    int months = typed.whole("fee.months", 12);
    BigDecimal vat = typed.decimal("fee.vat_percent");
    return price == null ? null : new Tier.Fee(price, months, vat);
  }

  private Answer page(PageCall call, int status, @Nullable Tier tier, TypedForm form) {
    Map<String, Object> model = new HashMap<>();
    model.put("title", tier == null ? call.ui().t("promo.tier_add") : tier.spec().name());
    model.put("path", "/promotions/tiers/" + (tier == null ? "new" : tier.id()));
    model.put("form", form);
    model.put("fits", tier == null || fits(tier));
    return pages.page(status, "tier-edit", call.ui(), model);
  }
}
