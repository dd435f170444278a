package org.ampay.web.api;

import static org.ampay.web.api.PromotionCalls.checked;
import static org.ampay.web.api.PromotionCalls.found;
import static org.ampay.web.api.PromotionCalls.who;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.ampay.billing.promotion.Coupon;
import org.ampay.billing.promotion.CouponBatch;
import org.ampay.billing.promotion.CouponClaim;
import org.ampay.billing.promotion.Coupons;
import org.ampay.billing.promotion.Scope;
import org.ampay.station.Operator;
import org.ampay.tariff.InvalidInputException;
import org.ampay.web.api.PromotionShapes.ClaimOut;
import org.ampay.web.api.PromotionShapes.UseOut;
import org.ampay.web.api.PromotionWords.BenefitShape;
import org.ampay.web.api.PromotionWords.PromotionWindow;
import org.ampay.web.http.Answer;
import org.ampay.web.http.Field;
import org.ampay.web.http.Problem;
import org.ampay.web.http.Ref;
import org.ampay.web.people.Permission;
import org.ampay.web.read.PromotionReadStore.UseRow;
import org.jspecify.annotations.Nullable;

/** Calls for coupons, their codes, and what became of them. */
final class CouponsApi {

  private static final int MOST_CODES = 100_000;

  /** What the coupons say of a code that another coupon has. */
  private static final String TAKEN = "is used already";

  private final Coupons coupons;
  private final PromotionCalls calls;

  CouponsApi(Coupons coupons, PromotionCalls calls) {
    this.coupons = coupons;
    this.calls = calls;
  }

  record CouponIn(
      @Field(maxLength = 100) String name,
      @Field(value = "AMOUNT, PERCENT or KWH", maxLength = 10) String kind,
      @Field("currency units with tax, percent, or kWh") BigDecimal value,
      @Field("of a percentage: the most it takes off, in currency units") @Nullable BigDecimal cap,
      @Field("the least sum before coupons, in currency units with tax")
          @Nullable BigDecimal minSpend,
      @Field(value = PromotionWords.COSTS, maxItems = 20) @Nullable List<String> costs,
      @Nullable Instant validFrom,
      @Field("exclusive; also the last time to claim it") @Nullable Instant validUntil,
      @Field(value = "ids; all by default", maxItems = 1_000) @Nullable List<Long> sites,
      @Field(value = "when sessions may start; always by default", maxItems = 20)
          @Nullable List<PromotionWindow> windows,
      @Field("claims of a driver; 1 by default") @Nullable Integer perUser,
      @Field("claims in all; any number by default") @Nullable Integer total,
      @Field("after the claim; as long as the coupon by default") @Nullable Integer daysValid,
      @Field(value = "platform, operator, site; operator by default", maxLength = 10)
          @Nullable String funder,
      @Field(value = "active, paused", maxLength = 10) @Nullable String state,
      @Nullable Ref operator) {}

  record CouponOut(
      long id,
      long operator,
      String currency,
      String name,
      @com.fasterxml.jackson.annotation.JsonUnwrapped BenefitShape benefit,
      @Nullable Instant validFrom,
      @Nullable Instant validUntil,
      List<Long> sites,
      List<PromotionWindow> windows,
      int perUser,
      @Nullable Integer total,
      @Nullable Integer daysValid,
      String funder,
      @Field("active, paused") String state,
      @Field("claims made so far") int claimed,
      @Field("a code that everybody may use") @Nullable String sharedCode,
      Instant createdAt) {}

  record CouponCodesIn(
      @Field(value = "a code that everybody may use, 4 to 30 letters and digits", maxLength = 60)
          @Nullable String code,
      @Field(value = "so many codes, each for one claim", min = 1, max = MOST_CODES)
          @Nullable Integer count,
      @Field(value = "of codes for one claim: json (default) or csv", maxLength = 4)
          @Nullable String format) {}

  record CouponCodesOut(
      long coupon,
      @Nullable String sharedCode,
      @Nullable Long batch,
      @Field("shown this once") @Nullable List<String> codes) {}

  record CouponBatchOut(
      long id,
      long coupon,
      int codes,
      @Field("claimed of them") int used,
      String createdBy,
      Instant createdAt) {

    static CouponBatchOut of(CouponBatch b) {
      return new CouponBatchOut(
          b.id(), b.couponId(), b.codes(), b.used(), b.createdBy(), b.createdAt());
    }
  }

  List<ApiRoute> routes() {
    return List.of(
        ApiRoute.get("/coupons", Permission.PROMOTIONS_READ, "Lists coupons, newest first")
            .describe(PromotionCalls.ONE_OPERATOR)
            .lists(CouponOut.class)
            .by(this::list),
        ApiRoute.post("/coupons", Permission.PROMOTIONS_WRITE, "Adds a coupon")
            .takes(CouponIn.class)
            .answers(201, CouponOut.class)
            .by(this::create),
        ApiRoute.get("/coupons/{id}", Permission.PROMOTIONS_READ, "A coupon")
            .answers(200, CouponOut.class)
            .by(call -> Answer.json(200, out(find(call)))),
        ApiRoute.patch("/coupons/{id}", Permission.PROMOTIONS_WRITE, "Changes a coupon")
            .describe(
                "With the fields of a new one: what is left out stays, null takes away. Running"
                    + " sessions keep what they were promised, claims keep their end.")
            .takesAny()
            .answers(200, CouponOut.class)
            .by(this::patch),
        ApiRoute.post("/coupons/{id}/codes", Permission.PROMOTIONS_WRITE, "Makes codes")
            .describe(
                "Either `code`, in place of the one before, or `count`. Codes for one claim are in"
                    + " this answer alone: only their hashes are kept. As CSV: one column `code`.")
            .takes(CouponCodesIn.class)
            .answers(201, CouponCodesOut.class)
            .by(this::codes),
        ApiRoute.delete(
                "/coupons/{id}/codes", Permission.PROMOTIONS_WRITE, "Takes the shared code away")
            .answers(204, null)
            .by(this::withoutCode),
        ApiRoute.get(
                "/coupons/{id}/batches",
                Permission.PROMOTIONS_READ,
                "Codes that were made together")
            .answers(200, null)
            .by(this::batches),
        ApiRoute.get("/coupons/{id}/claims", Permission.PROMOTIONS_READ, "Who has a coupon")
            .describe("Newest first.")
            .lists(ClaimOut.class)
            .by(this::claims),
        ApiRoute.get("/coupons/{id}/uses", Permission.PROMOTIONS_READ, "Bills that used a coupon")
            .describe("The newest bill first.")
            .lists(UseOut.class)
            .by(this::uses));
  }

  private Answer list(ApiCall call) {
    long operator = calls.operator(call, null).id();
    List<Coupon> rows =
        PromotionCalls.rows(
            call, Coupon::id, (before, limit) -> coupons.list(operator, before, limit));
    return Answer.json(200, call.page(rows, CouponsApi::out, Coupon::id));
  }

  private Coupon find(ApiCall call) {
    return found(coupons.find(calls.ownerOfCoupon(call), call.idParam("id")), "coupon");
  }

  private Answer create(ApiCall call) {
    CouponIn in = call.body(CouponIn.class);
    Operator operator = calls.operator(call, in.operator());
    if (PromotionWords.state(in.state()) != Coupon.State.ACTIVE) {
      throw Problem.badField("state", "a new coupon is active").exception();
    }
    Coupon made = checked(() -> coupons.create(operator.id(), spec(in, operator), who(call)));
    return Answer.json(201, out(made));
  }

  private Answer patch(ApiCall call) {
    Coupon old = find(call);
    Operator operator = calls.operator(old.operatorId());
    CouponIn in = PromotionCalls.merged(call, in(old), CouponIn.class);
    if (in.operator() != null) {
      throw Problem.badField("operator", "cannot be changed").exception();
    }
    Coupon changed =
        found(
            checked(
                () ->
                    coupons.update(
                        operator.id(),
                        old.id(),
                        spec(in, operator),
                        PromotionWords.state(in.state()),
                        who(call))),
            "coupon");
    return Answer.json(200, out(changed));
  }

  private Coupon.Spec spec(CouponIn in, Operator operator) {
    BenefitShape benefit =
        new BenefitShape(in.kind(), in.value(), in.cap(), in.minSpend(), in.costs());
    return new Coupon.Spec(
        in.name(),
        benefit.benefit(""),
        PromotionWords.scope(
            calls.inventory(), operator, in.validFrom(), in.validUntil(), in.sites(), in.windows()),
        new Coupon.Limits(Objects.requireNonNullElse(in.perUser(), 1), in.total(), in.daysValid()),
        PromotionWords.funder(in.funder()));
  }

  /** A coupon as a person would write it. */
  private static CouponIn in(Coupon coupon) {
    Coupon.Spec spec = coupon.spec();
    BenefitShape benefit = BenefitShape.of(spec.benefit());
    Scope scope = spec.scope();
    return new CouponIn(
        spec.name(),
        benefit.kind(),
        benefit.value(),
        benefit.cap(),
        benefit.minSpend(),
        benefit.costs(),
        scope.from(),
        scope.until(),
        PromotionWords.sites(scope),
        PromotionWords.windows(scope),
        spec.limits().perUser(),
        spec.limits().total(),
        spec.limits().daysValid(),
        spec.funder().wire(),
        coupon.state().code(),
        null);
  }

  private static CouponOut out(Coupon coupon) {
    Coupon.Spec spec = coupon.spec();
    return new CouponOut(
        coupon.id(),
        coupon.operatorId(),
        coupon.currency(),
        spec.name(),
        BenefitShape.of(spec.benefit()),
        spec.scope().from(),
        spec.scope().until(),
        PromotionWords.sites(spec.scope()),
        PromotionWords.windows(spec.scope()),
        spec.limits().perUser(),
        spec.limits().total(),
        spec.limits().daysValid(),
        spec.funder().wire(),
        coupon.state().code(),
        coupon.claimed(),
        coupon.sharedCode(),
        coupon.createdAt());
  }

  // ---- codes ----

  private Answer codes(ApiCall call) {
    Coupon coupon = find(call);
    CouponCodesIn in = call.body(CouponCodesIn.class);
    String shared = in.code();
    Integer count = in.count();
    if (shared != null && count != null) {
      throw Problem.badField("count", "only one of code and count").exception();
    }
    if (shared != null) {
      if (in.format() != null) {
        throw Problem.badField("format", "only codes for one claim have one").exception();
      }
      Coupon with = found(share(call, coupon, shared), "coupon");
      return Answer.json(201, new CouponCodesOut(coupon.id(), with.sharedCode(), null, null));
    }
    if (count == null) {
      throw Problem.badField("count", "is missing").exception();
    }
    boolean csv = csv(in.format());
    Coupons.NewCodes made =
        found(
            checked(() -> coupons.generate(coupon.operatorId(), coupon.id(), count, who(call))),
            "coupon");
    return (csv ? sheet(made) : json(made)).asSecret();
  }

  private static boolean csv(@Nullable String format) {
    String word = Objects.requireNonNullElse(format, "json");
    if (!word.equals("csv") && !word.equals("json")) {
      throw Problem.badField("format", "must be json or csv").exception();
    }
    return word.equals("csv");
  }

  private static Answer json(Coupons.NewCodes made) {
    return Answer.json(
        201, new CouponCodesOut(made.batch().couponId(), null, made.batch().id(), made.codes()));
  }

  private static Answer sheet(Coupons.NewCodes made) {
    StringBuilder text = new StringBuilder(20 * made.codes().size()).append("code\r\n");
    made.codes().forEach(code -> text.append(code).append("\r\n"));
    return new Answer(
        201,
        "text/csv; charset=utf-8",
        text.toString(),
        Map.of(
            "content-disposition", "attachment; filename=\"codes-" + made.batch().id() + ".csv\""),
        true);
  }

  private Optional<Coupon> share(ApiCall call, Coupon coupon, String code) {
    try {
      return coupons.shareCode(coupon.operatorId(), coupon.id(), code, who(call));
    } catch (InvalidInputException e) {
      throw (e.reason().equals(TAKEN)
              ? Problem.taken(e.path(), e.reason())
              : Problem.badField(e.path(), e.reason()))
          .exception();
    }
  }

  private Answer withoutCode(ApiCall call) {
    Coupon coupon = find(call);
    if (coupon.sharedCode() == null) {
      throw Problem.notFound("the coupon has no shared code").exception();
    }
    found(
        checked(() -> coupons.shareCode(coupon.operatorId(), coupon.id(), null, who(call))),
        "coupon");
    return Answer.empty(204);
  }

  private Answer batches(ApiCall call) {
    Coupon coupon = find(call);
    return Answer.json(
        200,
        new ListAnswer<>(
            coupons.batches(coupon.operatorId(), coupon.id()).stream()
                .map(CouponBatchOut::of)
                .toList(),
            null));
  }

  // ---- what became of them ----

  private Answer claims(ApiCall call) {
    Coupon coupon = find(call);
    List<CouponClaim> rows =
        PromotionCalls.rows(
            call,
            CouponClaim::id,
            (before, limit) -> coupons.claimsOf(coupon.operatorId(), coupon.id(), before, limit));
    return Answer.json(200, call.page(rows, ClaimOut::of, CouponClaim::id));
  }

  private Answer uses(ApiCall call) {
    Coupon coupon = find(call);
    List<UseRow> rows =
        calls
            .store()
            .usesOfCoupon(
                coupon.operatorId(), coupon.id(), call.cursorId(Long.MAX_VALUE), call.limit() + 1);
    return Answer.json(200, call.page(rows, UseOut::of, UseRow::billId));
  }
}
