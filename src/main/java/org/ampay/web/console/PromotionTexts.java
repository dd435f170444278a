package org.ampay.web.console;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.ampay.base.Money;
import org.ampay.billing.promotion.Benefit;
import org.ampay.billing.promotion.Campaign;
import org.ampay.billing.promotion.Campaign.Action;
import org.ampay.billing.promotion.CouponClaim;
import org.ampay.billing.promotion.PointsProgramme;
import org.ampay.billing.promotion.Scope;
import org.ampay.billing.promotion.Tier;
import org.ampay.tariff.Funder;
import org.ampay.tariff.Price;
import org.ampay.tariff.TierDiscount;

/** Promotions in words of the page's language. */
public final class PromotionTexts {

  /** As forms name them. */
  public static final List<String> COSTS =
      Arrays.stream(Price.Cost.values()).map(Price.Cost::name).toList();

  public static final List<String> FUNDERS =
      List.of(Funder.OPERATOR.wire(), Funder.SITE.wire(), Funder.PLATFORM.wire());

  private PromotionTexts() {}

  /** {@code 10 % off, at most ¥20.00, from ¥30.00}. */
  public static String benefit(Ui ui, Benefit benefit) {
    StringBuilder text =
        new StringBuilder(
            switch (benefit.kind()) {
              case AMOUNT -> ui.t("promo.off_amount", amount(ui, benefit.value()));
              case PERCENT -> ui.t("promo.off_percent", ui.number(benefit.value(), 0));
              case KWH -> ui.t("promo.off_kwh", ui.number(benefit.value(), 0));
            });
    BigDecimal cap = benefit.cap();
    if (cap != null) {
      text.append(" · ").append(ui.t("promo.at_most", amount(ui, cap)));
    }
    BigDecimal least = benefit.minSpend();
    if (least != null) {
      text.append(" · ").append(ui.t("promo.from_spend", amount(ui, least)));
    }
    if (!benefit.costs().isEmpty()) {
      text.append(" · ").append(costs(ui, benefit.costs()));
    }
    return text.toString();
  }

  /** The kinds of cost; all of them when there are none. */
  public static String costs(Ui ui, Set<Price.Cost> costs) {
    return costs.isEmpty()
        ? ui.t("promo.cost_all")
        : costs.stream()
            .sorted()
            .map(cost -> ui.word("promo.cost", cost.name()))
            .collect(Collectors.joining(", "));
  }

  public static String amount(Ui ui, BigDecimal value) {
    String currency = ui.operator().currency();
    int digits = Money.exponent(currency);
    return value.stripTrailingZeros().scale() <= digits
        ? ui.money(Money.of(currency, value, RoundingMode.UNNECESSARY))
        : ui.number(value, digits) + " " + currency;
  }

  public static String minor(Ui ui, long minor) {
    return ui.money(new Money(ui.operator().currency(), minor));
  }

  /** {@code −5 % Energy; −10 % everything}. */
  public static String discounts(Ui ui, Tier tier) {
    return tier.spec().discounts().stream()
        .map(d -> discount(ui, d))
        .collect(Collectors.joining("; "));
  }

  private static String discount(Ui ui, TierDiscount discount) {
    return "−" + ui.number(discount.percent(), 0) + " % " + costs(ui, discount.costs());
  }

  /** Who gets a tier by itself; a dash when nobody does. */
  public static String rule(Ui ui, Tier tier) {
    Tier.Rule rule = tier.spec().rule();
    if (rule == null) {
      return "–";
    }
    StringBuilder text = new StringBuilder(ui.t("promo.rule_days", rule.days()));
    Long spend = rule.spendMinor();
    if (spend != null) {
      text.append(" ≥ ").append(minor(ui, spend));
    }
    Long energy = rule.energyWh();
    if (energy != null) {
      text.append(" ≥ ")
          .append(ui.number(BigDecimal.valueOf(energy).movePointLeft(3), 0))
          .append(" kWh");
    }
    return text.toString();
  }

  /** From when to when. */
  public static String validity(Ui ui, Scope scope) {
    return scope.from() == null && scope.until() == null
        ? ui.t("promo.always")
        : ui.time(scope.from()) + " – " + ui.time(scope.until());
  }

  /** What a campaign does. */
  public static String action(Ui ui, Campaign campaign) {
    String word = ui.word("promo.action", campaign.spec().action().code());
    return switch (campaign.spec().action()) {
      case Action.Discount discount -> word + " · " + benefit(ui, discount.benefit());
      case Action.TopUp(long _, long least) ->
          word + " · " + ui.t("promo.from_spend", minor(ui, least));
      case Action.ByHand _, Action.NewDrivers _ -> word;
    };
  }

  /** What is spent of a budget; coupons given where there is none. */
  public static String used(Ui ui, Campaign campaign) {
    return switch (campaign.spec().action()) {
      case Action.Discount discount ->
          ui.t("promo.spent_of", ui.money(campaign.spent()), minor(ui, discount.budgetMinor()));
      case Action.ByHand _, Action.NewDrivers _, Action.TopUp _ ->
          ui.t("promo.granted", campaign.granted());
    };
  }

  public static String programme(Ui ui, PointsProgramme programme) {
    PointsProgramme.Spec spec = programme.spec();
    return ui.t(
        "promo.programme_text",
        ui.number(spec.pointsPerUnit(), 0),
        amount(ui, spec.value()),
        ui.number(spec.maxPercent(), 0));
  }

  /** The state of a claim; one whose time is over says so. */
  public static String claimState(Ui ui, CouponClaim claim) {
    return claim.state() == CouponClaim.State.CLAIMED && claim.expired(ui.place().now())
        ? "expired"
        : claim.state().code();
  }

  public static String claimColor(String state) {
    return switch (state) {
      case "claimed", "active" -> "green";
      case "reserved" -> "azure";
      case "paused" -> "orange";
      case "revoked" -> "red";
      default -> "secondary";
    };
  }
}
