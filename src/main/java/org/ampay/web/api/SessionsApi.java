package org.ampay.web.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.ampay.base.Energy;
import org.ampay.base.Money;
import org.ampay.web.WebRooms;
import org.ampay.web.api.PromotionShapes.BillPointsOut;
import org.ampay.web.api.PromotionShapes.UseOut;
import org.ampay.web.api.SettlementsApi.PaymentOut;
import org.ampay.web.api.SettlementsApi.SettlementOut;
import org.ampay.web.http.Answer;
import org.ampay.web.http.Field;
import org.ampay.web.http.JsonCodec;
import org.ampay.web.http.Problem;
import org.ampay.web.people.Permission;
import org.ampay.web.read.BillReadStore;
import org.ampay.web.read.BillReadStore.BillRow;
import org.ampay.web.read.BillReadStore.LineRow;
import org.ampay.web.read.PromotionReadStore;
import org.ampay.web.read.SessionReadStore;
import org.ampay.web.read.SessionReadStore.ReadingRow;
import org.ampay.web.read.SessionReadStore.SessionFilter;
import org.ampay.web.read.SessionReadStore.SessionRow;
import org.jspecify.annotations.Nullable;

/** Calls for charging sessions. */
final class SessionsApi {

  static final List<String> STATES = List.of("active", "finished", "review", "orphan", "rejected");
  static final List<String> SETTLEMENT_STATES =
      List.of("none", "pending", "settled", "partial", "debt", "manual", "refunded");

  /** A session of a week with a reading a minute. */
  private static final int MOST_READINGS = 10_000;

  private final SessionReadStore sessions;
  private final BillReadStore bills;
  private final PromotionReadStore promotions;
  private final WebRooms.Charging charging;

  SessionsApi(
      SessionReadStore sessions,
      BillReadStore bills,
      PromotionReadStore promotions,
      WebRooms.Charging charging) {
    this.sessions = sessions;
    this.bills = bills;
    this.promotions = promotions;
    this.charging = charging;
  }

  record SessionOut(
      long sessionId,
      long operator,
      long site,
      String station,
      int evse,
      int connector,
      String protocol,
      String transactionId,
      @Nullable String token,
      @Nullable Long driver,
      Instant startedAt,
      @Nullable Instant stoppedAt,
      @Nullable String stopReason,
      @Field("watt-hours") @Nullable Energy meterStartWh,
      @Nullable Energy meterStopWh,
      @Nullable Energy energyWh,
      @Field("active, finished, review, orphan, rejected") String state,
      @Nullable String reviewReason,
      @Nullable Money total,
      @Field("none, pending, settled, partial, debt, manual, refunded") String settlementState) {

    static SessionOut of(SessionRow row) {
      return new SessionOut(
          row.id(),
          row.operatorId(),
          row.siteId(),
          row.station(),
          row.evse(),
          row.connector(),
          row.protocol(),
          row.transactionId(),
          row.token(),
          row.driverId(),
          row.startedAt(),
          row.stoppedAt(),
          row.stopReason(),
          row.meterStart(),
          row.meterStop(),
          row.energy(),
          row.state(),
          row.reviewReason(),
          row.total(),
          row.settlementState());
    }
  }

  record ReadingOut(
      Instant at,
      Instant receivedAt,
      @Nullable String context,
      @Nullable Energy energyRegisterWh,
      @Nullable BigDecimal powerW,
      @Nullable BigDecimal currentA,
      @Nullable BigDecimal voltageV,
      @Field("percent") @Nullable BigDecimal soc,
      @Field("what else the station sent, as text") @Nullable String extra) {

    static ReadingOut of(ReadingRow row) {
      return new ReadingOut(
          row.at(),
          row.receivedAt(),
          row.context(),
          row.register(),
          thousandth(row.powerMw()),
          thousandth(row.currentMa()),
          thousandth(row.voltageMv()),
          row.socMilli() == null ? null : thousandth(row.socMilli().longValue()),
          row.extra());
    }

    private static @Nullable BigDecimal thousandth(@Nullable Long value) {
      return value == null ? null : plain(BigDecimal.valueOf(value, 3));
    }
  }

  record BillLineOut(
      long bill,
      int line,
      String dimension,
      @Nullable Integer element,
      @Nullable Instant from,
      @Nullable Instant to,
      @Field("kWh, hours or 1") BigDecimal volume,
      BigDecimal unitPrice,
      @Field("percent") @Nullable BigDecimal vatRate,
      Money excl,
      Money tax,
      Money total,
      @Field("the rule that applied, or the name of a discount") @Nullable String label,
      @Field("who bears a discount: platform, operator, site") @Nullable String funder) {

    static BillLineOut of(BillRow bill, LineRow row) {
      return new BillLineOut(
          bill.id(),
          row.no(),
          row.dimension(),
          row.element(),
          row.from(),
          row.to(),
          plain(row.volume()),
          plain(row.unitPrice()),
          row.vatRate(),
          row.excl(),
          row.tax(),
          row.total(),
          row.label(),
          row.funder());
    }
  }

  record BillOut(long id, String kind, Money excl, Money tax, Money total, Instant createdAt) {}

  record SessionDetailOut(
      @com.fasterxml.jackson.annotation.JsonUnwrapped SessionOut session,
      @Field("of a running session: what its bill would be now") @Nullable Money costSoFar,
      @Field("what the driver ordered; null: nothing") LimitsApi.@Nullable LimitsOut limits,
      List<ReadingOut> meterReadings,
      @Field("the prices frozen at the start") @Nullable JsonNode tariffSnapshot,
      @Field("what the driver gets off them: tier, coupons, points, each with its funder")
          @Nullable JsonNode terms,
      List<BillOut> bills,
      List<BillLineOut> billLines,
      @Field("coupons and automatic discounts that the bills used") List<UseOut> couponUses,
      @Nullable BillPointsOut points,
      List<SettlementOut> settlements,
      List<PaymentOut> payments) {}

  List<ApiRoute> routes() {
    return List.of(
        ApiRoute.get("/sessions", Permission.SESSIONS_READ, "Lists sessions, newest first")
            .query("state", String.join(", ", STATES))
            .query("settlement_state", String.join(", ", SETTLEMENT_STATES))
            .query("station", "id of a station")
            .query("token", "uid of a token")
            .query("driver", "id of a driver")
            .query("from", "started at or after")
            .query("to", "started before")
            .lists(SessionOut.class)
            .by(this::list),
        ApiRoute.get("/sessions/{id}", Permission.SESSIONS_READ, "A session with all there is")
            .answers(200, SessionDetailOut.class)
            .by(this::get));
  }

  private Answer list(ApiCall call) {
    SessionFilter filter =
        new SessionFilter(
            call.choice("state", STATES),
            call.choice("settlement_state", SETTLEMENT_STATES),
            call.query("station").orElse(null),
            call.query("token").orElse(null),
            call.query("driver").map(SessionsApi::driver).orElse(null),
            call.time("from").orElse(null),
            call.time("to").orElse(null));
    List<SessionRow> rows =
        sessions.list(call.scope(), filter, call.cursorId(Long.MAX_VALUE), call.limit() + 1);
    return Answer.json(200, call.page(rows, SessionOut::of, SessionRow::id));
  }

  private static Long driver(String text) {
    return new org.ampay.web.http.Ref(text)
        .id()
        .orElseThrow(() -> Problem.badField("driver", "must be an id").exception());
  }

  private Answer get(ApiCall call) {
    SessionRow row =
        sessions
            .find(call.scope(), call.idParam("id"))
            .orElseThrow(() -> Problem.notFound("there is no such session").exception());
    List<BillRow> all = bills.bills(row.id());
    Long snapshotId = row.snapshotId();
    JsonNode snapshot =
        snapshotId == null ? null : sessions.snapshot(snapshotId).map(JsonCodec::tree).orElse(null);
    List<Long> ids = all.stream().map(BillRow::id).toList();
    List<BillReadStore.SettlementRow> settlements = bills.settlementsOf(row.id());
    return Answer.json(
        200,
        new SessionDetailOut(
            SessionOut.of(row),
            row.state().equals("active")
                ? charging.live().of(row.stationId(), row.id()).orElse(null)
                : null,
            charging.limits().find(row.id()).map(LimitsApi.LimitsOut::of).orElse(null),
            sessions.readings(row.id(), 0, MOST_READINGS).stream().map(ReadingOut::of).toList(),
            snapshot,
            snapshot == null ? null : snapshot.get("terms"),
            all.stream()
                .map(
                    b -> new BillOut(b.id(), b.kind(), b.excl(), b.tax(), b.total(), b.createdAt()))
                .toList(),
            all.stream()
                .flatMap(b -> b.lines().stream().map(line -> BillLineOut.of(b, line)))
                .toList(),
            promotions.usesOfBills(ids).stream().map(UseOut::of).toList(),
            promotions.pointsOfBills(ids).map(BillPointsOut::of).orElse(null),
            settlements.stream().map(SettlementOut::of).toList(),
            settlements.stream()
                .flatMap(s -> bills.operations(s.id(), s.holdId()).stream())
                .map(PaymentOut::of)
                .toList()));
  }

  /** Without an exponent: 1E+1 is 10. */
  static BigDecimal plain(BigDecimal value) {
    BigDecimal stripped = value.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }
}
