package org.ampay.web.api;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.ampay.base.Energy;
import org.ampay.base.Money;
import org.ampay.charging.LimitWatch;
import org.ampay.charging.OrderLimitStore;
import org.ampay.charging.OrderLimits;
import org.ampay.web.http.Answer;
import org.ampay.web.http.Field;
import org.ampay.web.http.Problem;
import org.ampay.web.people.Permission;
import org.ampay.web.read.SessionReadStore;
import org.ampay.web.read.SessionReadStore.SessionRow;
import org.jspecify.annotations.Nullable;

/** Calls for what a driver orders of a session: "stop at 50 yuan". */
final class LimitsApi {

  private static final BigDecimal MOST_WH = BigDecimal.valueOf(1_000_000_000L);
  private static final int MOST_MINUTES = 60 * 24 * 31;

  private final SessionReadStore sessions;
  private final LimitWatch limits;

  LimitsApi(SessionReadStore sessions, LimitWatch limits) {
    this.sessions = sessions;
    this.limits = limits;
  }

  record LimitsIn(
      @Field("with tax, in the session's currency") DriversApi.@Nullable MoneyIn amount,
      @Field("watt-hours") @Nullable BigDecimal energyWh,
      @Field("from the session's start") @Nullable Integer minutes,
      @Field("state of charge, 1 to 100") @Nullable Integer socPercent) {}

  /** What was ordered, and what became of it. */
  record LimitsOut(
      @Nullable Money amount,
      @Nullable Energy energyWh,
      @Nullable Long minutes,
      @Nullable Integer socPercent,
      @Field("amount, energy, time, soc; null: not yet") @Nullable String reached,
      @Field("when it was decided to stop") @Nullable Instant reachedAt,
      @Field("how often the station was asked to stop") int stopTries,
      @Field("accepted, refused, away") @Nullable String stopAnswer,
      @Nullable Instant stopAnsweredAt) {

    static LimitsOut of(OrderLimitStore.Row row) {
      Duration time = row.limits().time();
      return new LimitsOut(
          row.limits().amount(),
          row.limits().energy(),
          time == null ? null : time.toMinutes(),
          row.limits().socPercent(),
          row.reached(),
          row.reachedAt(),
          row.tries(),
          row.answer(),
          row.answerAt());
    }

    static final LimitsOut NONE = new LimitsOut(null, null, null, null, null, null, 0, null, null);
  }

  List<ApiRoute> routes() {
    return List.of(
        ApiRoute.get(
                "/sessions/{id}/limits",
                Permission.SESSIONS_READ,
                "What the driver ordered of a session")
            .answers(200, LimitsOut.class)
            .by(this::get),
        ApiRoute.put(
                "/sessions/{id}/limits",
                Permission.STATIONS_COMMAND,
                "Sets where a running session is to stop")
            .describe(
                "Replaces all limits of the session; an empty body takes them away. The station is"
                    + " asked to stop as soon as the first one is about to be exceeded.")
            .takes(LimitsIn.class)
            .answers(200, LimitsOut.class)
            .by(this::put));
  }

  private Answer get(ApiCall call) {
    return shown(session(call));
  }

  private Answer shown(SessionRow session) {
    Optional<OrderLimitStore.Row> row = limits.find(session.id());
    return Answer.json(200, row.map(LimitsOut::of).orElse(LimitsOut.NONE));
  }

  private Answer put(ApiCall call) {
    SessionRow session = session(call);
    OrderLimits wish = checked(call.body(LimitsIn.class), session);
    if (!session.state().equals("active")) {
      throw Problem.conflict("not-running", "the session is " + session.state()).exception();
    }
    if (limits
        .find(session.id())
        .filter(row -> row.setBy().equals(OrderLimitStore.SYSTEM))
        .isPresent()) {
      throw Problem.conflict("paid-limit", "what its driver paid limits the session").exception();
    }
    limits.set(
        new OrderLimitStore.Place(session.id(), session.operatorId(), session.stationId()),
        wish,
        call.caller().actor());
    return shown(session);
  }

  private static OrderLimits checked(LimitsIn in, SessionRow session) {
    BigDecimal wh = in.energyWh();
    require(
        wh == null || (wh.signum() > 0 && wh.compareTo(MOST_WH) <= 0),
        "energy_wh",
        "must be above 0 and at most " + MOST_WH);
    Integer minutes = in.minutes();
    require(
        minutes == null || (minutes > 0 && minutes <= MOST_MINUTES),
        "minutes",
        "must be 1 to " + MOST_MINUTES);
    Integer soc = in.socPercent();
    require(soc == null || (soc > 0 && soc <= 100), "soc_percent", "must be 1 to 100");
    return new OrderLimits(
        amount(in.amount(), session.currency()),
        wh == null ? null : Energy.ofWh(wh),
        minutes == null ? null : Duration.ofMinutes(minutes),
        soc);
  }

  private static @Nullable Money amount(
      DriversApi.@Nullable MoneyIn amount, @Nullable String currency) {
    if (amount == null) {
      return null;
    }
    String told = amount.currency() == null ? currency : amount.currency();
    require(
        told != null && (currency == null || told.equals(currency)),
        "amount.currency",
        "must be " + currency);
    return new Money(String.valueOf(told), amount.minor());
  }

  private static void require(boolean good, String field, String reason) {
    if (!good) {
      throw Problem.badField(field, reason).exception();
    }
  }

  private SessionRow session(ApiCall call) {
    return sessions
        .find(call.scope(), call.idParam("id"))
        .orElseThrow(() -> Problem.notFound("there is no such session").exception());
  }
}
