package org.ampay.web.console;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.ampay.billing.promotion.CouponClaim;
import org.ampay.billing.promotion.Coupons.Claimed;
import org.ampay.billing.promotion.Membership;
import org.ampay.billing.promotion.Points;
import org.ampay.billing.promotion.PointsEntry;
import org.ampay.billing.promotion.Promotions;
import org.ampay.billing.promotion.Tier;
import org.ampay.billing.promotion.Who;
import org.ampay.web.http.Problem;
import org.ampay.web.http.Ref;
import org.ampay.web.people.Permission;

/** The tier, coupons and points of a driver: what the driver's page shows and changes of them. */
public final class DriverPromotions {

  private static final int ROWS = 20;

  private static final List<String> FIELDS = List.of("tier", "until", "code", "points", "note");

  private final Promotions promotions;

  DriverPromotions(Promotions promotions) {
    this.promotions = promotions;
  }

  /** A claim and what it is of. */
  public record ClaimRow(CouponClaim claim, String coupon) {}

  /** A membership and the name of its tier. */
  public record MemberRow(Membership membership, String tier, boolean holds) {}

  /**
   * What the page shows.
   *
   * @param form what was typed last and is wrong
   */
  public record View(
      List<MemberRow> members,
      List<Tier> tiers,
      List<ClaimRow> claims,
      boolean programme,
      Points.Balance balance,
      List<PointsEntry> entries,
      TypedForm form) {}

  /** Empty for who may not see it. */
  Optional<View> view(PageCall call, long driver, TypedForm form) {
    if (!call.ui().may(Permission.PROMOTIONS_READ)) {
      return Optional.empty();
    }
    long operator = call.operatorId();
    List<Tier> tiers = promotions.tiers().list(operator);
    Map<Long, String> names = new HashMap<>();
    tiers.forEach(tier -> names.put(tier.id(), tier.spec().name()));
    List<MemberRow> members =
        promotions.tiers().ofDriver(operator, driver).stream()
            .limit(ROWS)
            .map(
                m ->
                    new MemberRow(
                        m,
                        names.getOrDefault(m.tierId(), "#" + m.tierId()),
                        m.holdsAt(call.ui().place().now())))
            .toList();
    Function<Long, String> name =
        id -> promotions.coupons().find(operator, id).map(c -> c.spec().name()).orElse("#" + id);
    Map<Long, String> coupons = new HashMap<>();
    List<ClaimRow> claims =
        promotions.coupons().ofDriver(operator, driver, Long.MAX_VALUE, ROWS).stream()
            .map(c -> new ClaimRow(c, coupons.computeIfAbsent(c.couponId(), name)))
            .toList();
    return Optional.of(
        new View(
            members,
            tiers.stream().filter(Tier::active).toList(),
            claims,
            promotions.points().programme(operator).isPresent(),
            promotions.points().balance(operator, driver),
            promotions.points().entries(operator, driver, Long.MAX_VALUE, ROWS),
            form));
  }

  /** Does what a form of the page asks for; what is wrong is told in the form. */
  boolean act(PageCall call, long driver, TypedForm form) {
    PromotionForm typed = new PromotionForm(call, form, FIELDS);
    Optional<String> error =
        typed.made(
            () ->
                switch (call.pathParam("act")) {
                  case "tier" -> put(call, driver, typed);
                  case "tier-end" -> end(call, driver);
                  case "claim" -> claim(call, driver);
                  case "revoke" -> revoke(call, driver);
                  case "points-use" -> use(call, driver);
                  case "points" -> adjust(call, driver, typed);
                  default -> throw Problem.notFound(null).exception();
                });
    error
        .filter(text -> !text.isEmpty())
        .ifPresent(text -> form.wrong(field(call.pathParam("act")), text));
    return !form.isWrong();
  }

  /** The field that a refusal is about. */
  private static String field(String act) {
    return switch (act) {
      case "claim" -> "code";
      case "points" -> "points";
      case "tier" -> "tier";
      default -> "";
    };
  }

  private String put(PageCall call, long driver, PromotionForm typed) {
    var until = typed.time("until");
    typed.check();
    long tier = new Ref(call.form("tier")).id().orElse(0);
    return promotions
        .tiers()
        .put(call.operatorId(), driver, tier, until, PromotionForm.who(call))
        .map(made -> "")
        .orElseGet(() -> call.ui().t("promo.driver_gone"));
  }

  private String end(PageCall call, long driver) {
    long id = call.formLong("membership", 0);
    boolean own =
        promotions.tiers().ofDriver(call.operatorId(), driver).stream().anyMatch(m -> m.id() == id);
    return own && promotions.tiers().end(call.operatorId(), id, PromotionForm.who(call)).isPresent()
        ? ""
        : call.ui().t("promo.driver_gone");
  }

  private String claim(PageCall call, long driver) {
    Ui ui = call.ui();
    Claimed claimed =
        promotions
            .coupons()
            .claim(call.operatorId(), driver, call.form("code"), PromotionForm.who(call));
    return switch (claimed) {
      case Claimed.Done _ -> "";
      case Claimed.Unknown _ -> ui.t("promo.claim_unknown");
      case Claimed.NotNow _ -> ui.t("promo.claim_not_now");
      case Claimed.UsedUp _ -> ui.t("promo.claim_used_up");
      case Claimed.LimitReached _ -> ui.t("promo.claim_limit");
    };
  }

  /** Only of this driver's claims: the path says whose page it is. */
  private String revoke(PageCall call, long driver) {
    long id = call.formLong("claim", 0);
    boolean own =
        promotions
            .coupons()
            .ofDriver(call.operatorId(), driver, id == Long.MAX_VALUE ? id : id + 1, 1)
            .stream()
            .anyMatch(claim -> claim.id() == id);
    return own
            && promotions
                .coupons()
                .revoke(call.operatorId(), id, PromotionForm.who(call))
                .isPresent()
        ? ""
        : call.ui().t("promo.driver_gone");
  }

  private String use(PageCall call, long driver) {
    boolean done =
        promotions
            .points()
            .usePoints(
                call.operatorId(),
                driver,
                call.form("use").equals("true"),
                PromotionForm.who(call));
    return done ? "" : call.ui().t("promo.driver_gone");
  }

  private String adjust(PageCall call, long driver, PromotionForm typed) {
    String text = typed.text("points").replace('−', '-');
    long points = 0;
    if (text.matches("[+-]?[0-9]{1,12}")) {
      points = Long.parseLong(text);
    } else {
      typed.wrong("points", "must be an integer");
    }
    typed.check();
    Who who = PromotionForm.who(call);
    Points.Adjusted adjusted =
        promotions.points().adjust(call.operatorId(), driver, points, typed.text("note"), who);
    return switch (adjusted) {
      case Points.Adjusted.Done _ -> "";
      case Points.Adjusted.NotFound _ -> call.ui().t("promo.no_programme");
      case Points.Adjusted.TooFew(long available) -> call.ui().t("promo.points_few", available);
    };
  }
}
