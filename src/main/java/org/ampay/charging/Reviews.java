package org.ampay.charging;

import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ampay.access.Authorization;
import org.ampay.access.AuthorizationRequest;
import org.ampay.access.Authorizer;
import org.ampay.access.IdToken;
import org.ampay.base.Energy;
import org.ampay.base.Money;
import org.ampay.base.TimeSource;
import org.ampay.station.StationInfo;
import org.ampay.store.StoreException;
import org.ampay.store.Transactor;
import org.ampay.tariff.TariffBook;
import org.ampay.tariff.TariffJson;
import org.ampay.tariff.TariffQuery;
import org.ampay.tariff.TariffSnapshot;
import org.ampay.tariff.TariffSnapshots;
import org.jspecify.annotations.Nullable;

/** Where a person ends the review of a session, so that its hold does not stay for ever. */
public final class Reviews {

  private final SessionStore store;
  private final Transactor transactor;
  private final SessionPort sessions;
  private final Authorizer authorizer;
  private final TariffBook tariffs;
  private final TariffSnapshots snapshots;
  private final TimeSource time;

  public Reviews(
      SessionStore store,
      Transactor transactor,
      SessionPort sessions,
      Authorizer authorizer,
      TariffBook tariffs,
      TariffSnapshots snapshots,
      TimeSource time) {
    this.store = store;
    this.transactor = transactor;
    this.sessions = sessions;
    this.authorizer = authorizer;
    this.tariffs = tariffs;
    this.snapshots = snapshots;
    this.time = time;
  }

  /**
   * What a person decides.
   *
   * @param meterStart corrected; null: as measured
   * @param meterStop corrected; null: as measured
   * @param actor as in the audit log
   * @param note up to 300 characters
   */
  public record Wish(
      Rule.Decision decision,
      @Nullable Energy meterStart,
      @Nullable Energy meterStop,
      String actor,
      String note) {

    private static final int MAX_NOTE = 300;

    public Wish {
      note = note.substring(0, Math.min(MAX_NOTE, note.length()));
    }
  }

  /** What became of it. */
  public sealed interface Result {

    /** The session is finished and will be billed. */
    record Resolved(Optional<Money> total) implements Result {}

    /** Nothing was changed. */
    record Refused(String why) implements Result {}

    /** Nothing was changed: try again. */
    record Unavailable(String why) implements Result {}
  }

  /** Ends the review of a session. Blocks. */
  public Result resolve(StationInfo station, long sessionId, Wish wish) {
    try {
      return ruled(station, sessionId, wish);
    } catch (StoreException.Unavailable e) {
      return new Result.Unavailable("the database is away");
    }
  }

  private Result ruled(StationInfo station, long sessionId, Wish wish) {
    Map<Long, StoredSession> found = transactor.call(tx -> store.whole(tx, List.of(sessionId)));
    StoredSession session = found.get(sessionId);
    if (session == null || session.row().identity().stationId() != station.id()) {
      return new Result.Refused("there is no such session");
    }
    Session.Frozen tariff = tariff(station, session.row(), wish);
    if (tariff == null && session.row().snapshotId() == null) {
      return new Result.Refused(Admissions.NO_TARIFF);
    }
    Rule rule =
        new Rule.Resolve(
            wish.decision(),
            wish.meterStart(),
            wish.meterStop(),
            tariff,
            wish.actor(),
            wish.note());
    SessionReply reply =
        sessions
            .submit(
                new SessionPort.Report(
                    station,
                    session.row().identity().protocol(),
                    new SessionCommand.Ruling(sessionId, rule),
                    "",
                    time.now()))
            .toCompletableFuture()
            .join();
    return result(reply);
  }

  private static Result result(SessionReply reply) {
    return switch (reply) {
      case SessionReply.Ruled(boolean done, String text, Optional<Money> cost) ->
          done ? new Result.Resolved(cost) : new Result.Refused(text);
      case SessionReply.Unavailable(String reason) -> new Result.Unavailable(reason);
      case SessionReply.Started _,
          SessionReply.Stopped _,
          SessionReply.Stored _,
          SessionReply.EventAnswered _,
          SessionReply.Quarantined _ ->
          throw new IllegalStateException("not an answer to a ruling: " + reply);
    };
  }

  /** For a waiver one that costs nothing; else one where the session has none. */
  private Session.@Nullable Frozen tariff(StationInfo station, SessionRow row, Wish wish) {
    if (wish.decision() == Rule.Decision.WAIVED) {
      String currency = row.currency() == null ? station.currency() : row.currency();
      return frozen(free(currency, station));
    }
    if (row.snapshotId() != null) {
      return null;
    }
    Optional<Authorization> driver = driver(station, row);
    return tariffs
        .resolve(
            new TariffQuery(
                    station.operatorId(),
                    station.siteId(),
                    station.id(),
                    driver.map(Authorization::driverGroupId),
                    row.begin().receivedAt(),
                    row.begin().at(),
                    station.zone())
                .with(driver.map(Authorization::driverId), station.currency()))
        .map(this::frozen)
        .orElse(null);
  }

  private Session.Frozen frozen(TariffSnapshot tariff) {
    return new Session.Frozen(snapshots.idOf(tariff), tariff);
  }

  private Optional<Authorization> driver(StationInfo station, SessionRow row) {
    IdToken token = row.token();
    if (token == null) {
      return Optional.empty();
    }
    Authorization known =
        authorizer
            .authorize(
                new AuthorizationRequest(
                    station, List.of(), token, AuthorizationRequest.Purpose.STOP, row.begin().at()))
            .toCompletableFuture()
            .join();
    return Optional.of(known);
  }

  private static TariffSnapshot free(String currency, StationInfo station) {
    return TariffSnapshot.of(
        0,
        0,
        TariffJson.read(
            TariffJson.readTree(
                """
                {"id": "waived", "currency": "%s", "elements": [{"price_components": [
                  {"type": "ENERGY", "price": 0, "step_size": 1}]}]}
                """
                    .formatted(currency))),
        station.zone(),
        RoundingMode.HALF_UP);
  }
}
