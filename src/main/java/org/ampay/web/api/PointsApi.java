package org.ampay.web.api;

import static org.ampay.web.api.PromotionCalls.checked;
import static org.ampay.web.api.PromotionCalls.found;
import static org.ampay.web.api.PromotionCalls.who;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.ampay.base.Money;
import org.ampay.billing.promotion.Points;
import org.ampay.billing.promotion.PointsEntry;
import org.ampay.billing.promotion.PointsLot;
import org.ampay.billing.promotion.PointsProgramme;
import org.ampay.station.Operator;
import org.ampay.web.http.Answer;
import org.ampay.web.http.Field;
import org.ampay.web.http.Problem;
import org.ampay.web.http.Ref;
import org.ampay.web.people.Permission;
import org.ampay.web.read.AccessReadStore.DriverRow;
import org.jspecify.annotations.Nullable;

/** Calls for the points programme and for drivers' points. */
final class PointsApi {

  private static final long MOST = 1_000_000_000L;

  private final Points points;
  private final PromotionCalls calls;

  PointsApi(Points points, PromotionCalls calls) {
    this.points = points;
    this.calls = calls;
  }

  record PointsProgrammeIn(
      @Field("for each currency unit of real money paid") BigDecimal pointsPerUnit,
      @Field(value = PromotionWords.COSTS, maxItems = 20) @Nullable List<String> costs,
      @Field("of a point, in currency units") BigDecimal value,
      @Field("the most of a bill that points pay; 100 by default") @Nullable BigDecimal maxPercent,
      @Field("after which points expire, 0 to 120; 0 (default): never") @Nullable Integer months,
      @Field(value = "platform, operator, site; operator by default", maxLength = 10)
          @Nullable String funder,
      @Field("true by default") @Nullable Boolean active,
      @Nullable Ref operator) {}

  record PointsProgrammeOut(
      long operator,
      String currency,
      BigDecimal pointsPerUnit,
      List<String> costs,
      BigDecimal value,
      BigDecimal maxPercent,
      int months,
      String funder,
      boolean active) {

    static PointsProgrammeOut of(PointsProgramme p) {
      PointsProgramme.Spec spec = p.spec();
      return new PointsProgrammeOut(
          p.operatorId(),
          p.currency(),
          SessionsApi.plain(spec.pointsPerUnit()),
          PromotionWords.names(spec.costs()),
          SessionsApi.plain(spec.value()),
          SessionsApi.plain(spec.maxPercent()),
          spec.months(),
          spec.funder().wire(),
          p.active());
    }
  }

  record PointsLotOut(
      long id,
      long points,
      @Field("reserved ones included") long remaining,
      long reserved,
      @Field("of what remains") Money worth,
      Instant createdAt,
      @Field("exclusive; null: never") @Nullable Instant expiresAt) {

    static PointsLotOut of(PointsLot lot) {
      return new PointsLotOut(
          lot.id(),
          lot.points(),
          lot.remaining(),
          lot.reserved(),
          new Money(lot.currency(), lot.remainingMinor()),
          lot.createdAt(),
          lot.expiresAt());
    }
  }

  record PointsBalanceOut(
      long driver,
      @Field("neither reserved nor expired") long available,
      @Field("for running sessions") long reserved,
      @Field("of both, in the ledger") @Nullable Money worth,
      @Field("whether sessions use them") boolean use,
      @Field("in the order in which they are used") List<PointsLotOut> lots) {

    static PointsBalanceOut of(long driver, Points.Balance balance) {
      return new PointsBalanceOut(
          driver,
          balance.available(),
          balance.reserved(),
          balance.worth(),
          balance.usePoints(),
          balance.lots().stream().map(PointsLotOut::of).toList());
    }
  }

  record PointsEntryOut(
      long id,
      @Field("earned, used, expired, given_back, taken_back, adjusted") String kind,
      @Field("negative: taken") long points,
      @Field("the same of their worth, in minor units") long minor,
      long lot,
      @Nullable Long bill,
      String actor,
      String note,
      Instant at) {

    static PointsEntryOut of(PointsEntry e) {
      return new PointsEntryOut(
          e.id(),
          e.kind().code(),
          e.points(),
          e.minor(),
          e.lotId(),
          e.billId(),
          e.actor(),
          e.note(),
          e.at());
    }
  }

  record PointsUseIn(@Field("from the next session on") Boolean use) {}

  record PointsAdjustmentIn(
      @Field(value = "added; negative: taken, those that end first", min = -MOST, max = MOST)
          Long points,
      @Field(value = "why", maxLength = 300) String note) {}

  List<ApiRoute> routes() {
    String path = "/drivers/{id}/points";
    return List.of(
        ApiRoute.get("/points/programme", Permission.PROMOTIONS_READ, "How points work")
            .describe(PromotionCalls.ONE_OPERATOR + " 404 when it has none.")
            .answers(200, PointsProgrammeOut.class)
            .by(this::programme),
        ApiRoute.put("/points/programme", Permission.PROMOTIONS_WRITE, "Says how points work")
            .describe("As a whole. Points that drivers have keep what they are worth.")
            .takes(PointsProgrammeIn.class)
            .answers(200, PointsProgrammeOut.class)
            .by(this::setProgramme),
        ApiRoute.get(path, Permission.PROMOTIONS_READ, "A driver's points")
            .answers(200, PointsBalanceOut.class)
            .by(call -> balance(calls.driver(call))),
        ApiRoute.get(path + "/entries", Permission.PROMOTIONS_READ, "Changes of a driver's points")
            .describe("Newest first.")
            .lists(PointsEntryOut.class)
            .by(this::entries),
        ApiRoute.put(
                path + "/use",
                Permission.PROMOTIONS_WRITE,
                "Whether sessions use a driver's points")
            .takes(PointsUseIn.class)
            .answers(200, PointsBalanceOut.class)
            .by(this::use),
        ApiRoute.post(
                path + "/adjustments", Permission.PROMOTIONS_WRITE, "Adds or takes points by hand")
            .takes(PointsAdjustmentIn.class)
            .answers(201, PointsBalanceOut.class)
            .by(this::adjust));
  }

  private Answer programme(ApiCall call) {
    PointsProgramme programme =
        found(points.programme(calls.operator(call, null).id()), "points programme");
    return Answer.json(200, PointsProgrammeOut.of(programme));
  }

  private Answer setProgramme(ApiCall call) {
    PointsProgrammeIn in = call.body(PointsProgrammeIn.class);
    Operator operator = calls.operator(call, in.operator());
    PointsProgramme programme =
        checked(
            () ->
                points.setProgramme(
                    operator.id(), spec(in), !Boolean.FALSE.equals(in.active()), who(call)));
    return Answer.json(200, PointsProgrammeOut.of(programme));
  }

  private static PointsProgramme.Spec spec(PointsProgrammeIn in) {
    return new PointsProgramme.Spec(
        in.pointsPerUnit(),
        PromotionWords.costs(in.costs(), "costs"),
        in.value(),
        Objects.requireNonNullElse(in.maxPercent(), BigDecimal.valueOf(100)),
        Objects.requireNonNullElse(in.months(), 0),
        PromotionWords.funder(in.funder()));
  }

  private Answer balance(DriverRow driver) {
    return Answer.json(
        200, PointsBalanceOut.of(driver.id(), points.balance(driver.operatorId(), driver.id())));
  }

  private Answer entries(ApiCall call) {
    DriverRow driver = calls.driver(call);
    List<PointsEntry> rows =
        PromotionCalls.rows(
            call,
            PointsEntry::id,
            (before, limit) -> points.entries(driver.operatorId(), driver.id(), before, limit));
    return Answer.json(200, call.page(rows, PointsEntryOut::of, PointsEntry::id));
  }

  private Answer use(ApiCall call) {
    DriverRow driver = calls.driver(call);
    boolean use = call.body(PointsUseIn.class).use();
    points.usePoints(driver.operatorId(), driver.id(), use, who(call));
    return balance(driver);
  }

  private Answer adjust(ApiCall call) {
    DriverRow driver = calls.driver(call);
    PointsAdjustmentIn in = call.body(PointsAdjustmentIn.class);
    Points.Adjusted adjusted =
        checked(
            () ->
                points.adjust(driver.operatorId(), driver.id(), in.points(), in.note(), who(call)));
    return switch (adjusted) {
      case Points.Adjusted.Done(long _, Points.Balance after) ->
          Answer.json(201, PointsBalanceOut.of(driver.id(), after));
      case Points.Adjusted.NotFound() ->
          throw Problem.conflict("no-programme", "the operator has no points programme")
              .exception();
      case Points.Adjusted.TooFew(long available) ->
          throw Problem.conflict("too-few-points", "available are " + available).exception();
    };
  }
}
