package org.ampay.web.console;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ampay.billing.promotion.Benefit;
import org.ampay.billing.promotion.Coupon;
import org.ampay.billing.promotion.CouponClaim;
import org.ampay.billing.promotion.Coupons;
import org.ampay.billing.promotion.Scope;
import org.ampay.tariff.Funder;
import org.ampay.web.http.Answer;
import org.ampay.web.http.Problem;
import org.ampay.web.people.Permission;
import org.ampay.web.read.AccessReadStore;
import org.ampay.web.read.AccessReadStore.DriverRow;
import org.ampay.web.read.PromotionReadStore;

/** Coupons: making one, its state, its codes, who has it and who used it. */
public final class CouponPages {

  private static final int ROWS = 50;

  private static final List<String> FIELDS =
      List.of(
          "name",
          "kind",
          "value",
          "cap",
          "min_spend",
          "costs",
          "per_user",
          "total",
          "days_valid",
          "valid_from",
          "valid_until",
          "funder");

  private final Pages pages;
  private final Coupons coupons;
  private final PromotionReadStore uses;
  private final AccessReadStore access;

  CouponPages(Pages pages, Coupons coupons, PromotionReadStore uses, AccessReadStore access) {
    this.pages = pages;
    this.coupons = coupons;
    this.uses = uses;
    this.access = access;
  }

  List<ConsoleRoute> routes() {
    String one = "/promotions/coupons/{id}";
    Permission write = Permission.PROMOTIONS_WRITE;
    return List.of(
        ConsoleRoute.get("/promotions/coupons/new", write, this::blank),
        ConsoleRoute.post("/promotions/coupons/new", write, this::create),
        ConsoleRoute.get(
            one, Permission.PROMOTIONS_READ, call -> detail(call, 200, new TypedForm())),
        ConsoleRoute.post(one + "/state", write, this::setState),
        ConsoleRoute.post(one + "/code", write, this::share),
        ConsoleRoute.post(one + "/codes", write, this::generate));
  }

  /** A claim and whose it is. */
  public record ClaimRow(CouponClaim claim, String driver) {}

  private Answer blank(PageCall call) {
    TypedForm form = new TypedForm();
    form.set("kind", "AMOUNT").set("per_user", "1").set("funder", Funder.OPERATOR.wire());
    return editor(call, 200, form);
  }

  private Answer editor(PageCall call, int status, TypedForm form) {
    return pages.page(status, "coupon-new", call.ui(), Map.of("form", form));
  }

  private Answer create(PageCall call) {
    TypedForm form = TypedForm.posted(call);
    PromotionForm typed = new PromotionForm(call, form, FIELDS);
    Optional<Coupon> made =
        typed.made(
            () -> {
              Funder funder = typed.funder();
              int perUser = typed.whole("per_user", 1);
              Integer total = typed.whole("total");
              Integer days = typed.whole("days_valid");
              Scope scope = typed.validity();
              Benefit benefit = typed.benefit();
              typed.check();
              return coupons.create(
                  call.operatorId(),
                  new Coupon.Spec(
                      typed.text("name"),
                      benefit,
                      scope,
                      new Coupon.Limits(perUser, total, days),
                      funder),
                  PromotionForm.who(call));
            });
    return made.map(coupon -> Answer.seeOther("/promotions/coupons/" + coupon.id()))
        .orElseGet(() -> editor(call, 400, form));
  }

  private Coupon find(PageCall call) {
    return coupons
        .find(call.operatorId(), call.idParam("id"))
        .orElseThrow(() -> Problem.notFound(null).exception());
  }

  private Answer detail(PageCall call, int status, TypedForm form) {
    Coupon coupon = find(call);
    Map<Long, String> names = new HashMap<>();
    List<ClaimRow> claims =
        coupons.claimsOf(call.operatorId(), coupon.id(), Long.MAX_VALUE, ROWS).stream()
            .map(
                claim ->
                    new ClaimRow(
                        claim, names.computeIfAbsent(claim.driverId(), id -> driver(call, id))))
            .toList();
    Map<String, Object> model = new HashMap<>();
    model.put("coupon", coupon);
    model.put("form", form);
    model.put("claims", claims);
    model.put("batches", coupons.batches(call.operatorId(), coupon.id()));
    model.put("uses", uses.usesOfCoupon(call.operatorId(), coupon.id(), Long.MAX_VALUE, ROWS));
    return pages.page(status, "coupon", call.ui(), model);
  }

  private String driver(PageCall call, long id) {
    return access.driver(call.scope(), id).map(DriverRow::name).orElse("#" + id);
  }

  private Answer setState(PageCall call) {
    Coupon coupon = find(call);
    TypedForm form = TypedForm.posted(call);
    PromotionForm typed = new PromotionForm(call, form, List.of());
    Optional<Optional<Coupon>> changed =
        typed.made(
            () -> {
              Coupon.State state = typed.word("state", Coupon.State.values(), Coupon.State::code);
              typed.check();
              return coupons.update(
                  call.operatorId(), coupon.id(), coupon.spec(), state, PromotionForm.who(call));
            });
    return changed.isPresent()
        ? Answer.seeOther("/promotions/coupons/" + coupon.id())
        : detail(call, 400, form);
  }

  /** An empty code takes the shared one away. */
  private Answer share(PageCall call) {
    Coupon coupon = find(call);
    TypedForm form = TypedForm.posted(call);
    Optional<Optional<Coupon>> changed =
        new PromotionForm(call, form, List.of("code"))
            .made(
                () ->
                    coupons.shareCode(
                        call.operatorId(),
                        coupon.id(),
                        call.formOrNull("code"),
                        PromotionForm.who(call)));
    return changed.isPresent()
        ? Answer.seeOther("/promotions/coupons/" + coupon.id())
        : detail(call, 400, form);
  }

  /** The answer is the only place where the codes ever are. */
  private Answer generate(PageCall call) {
    Coupon coupon = find(call);
    TypedForm form = TypedForm.posted(call);
    PromotionForm typed = new PromotionForm(call, form, List.of("count"));
    Optional<Coupons.NewCodes> made =
        typed
            .made(
                () -> {
                  int count = typed.whole("count", 0);
                  typed.check();
                  return coupons.generate(
                      call.operatorId(), coupon.id(), count, PromotionForm.who(call));
                })
            .flatMap(codes -> codes);
    if (made.isEmpty()) {
      return detail(call, 400, form);
    }
    if (call.form("as").equals("file")) {
      return Answer.text(200, String.join("\n", made.get().codes()) + "\n")
          .with(
              "content-disposition",
              "attachment; filename=\"coupon-" + made.get().batch().id() + ".txt\"")
          .asSecret();
    }
    Map<String, Object> model = Map.of("coupon", coupon, "codes", made.get().codes());
    return pages.page(200, "coupon-codes", call.ui(), model).asSecret();
  }
}
