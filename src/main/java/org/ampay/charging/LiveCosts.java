package org.ampay.charging;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.ampay.base.Money;
import org.ampay.base.TimeSource;
import org.ampay.station.Protocol;
import org.ampay.station.StationDirectory;

/** What running sessions cost at this moment, for pages and calls. Asks the station's owner. */
public final class LiveCosts {

  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final SessionPort sessions;
  private final StationDirectory stations;
  private final TimeSource time;

  public LiveCosts(SessionPort sessions, StationDirectory stations, TimeSource time) {
    this.sessions = sessions;
    this.stations = stations;
    this.time = time;
  }

  /**
   * What the bill would be now. Blocks, at most two seconds.
   *
   * @return empty when nobody pays, or it is not known
   */
  public Optional<Money> of(long stationId, long sessionId) {
    return stations
        .byId(stationId)
        .flatMap(
            station -> {
              SessionPort.Report asked =
                  new SessionPort.Report(
                      station,
                      Protocol.OCPP_201,
                      new SessionCommand.Ruling(sessionId, new Rule.Cost()),
                      "",
                      time.now());
              return answer(asked);
            });
  }

  private Optional<Money> answer(SessionPort.Report asked) {
    SessionReply reply =
        sessions
            .submit(asked)
            .toCompletableFuture()
            .orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
            .exceptionally(LiveCosts::late)
            .join();
    return reply instanceof SessionReply.Ruled(boolean _, String _, Optional<Money> cost)
        ? cost
        : Optional.empty();
  }

  private static SessionReply late(Throwable failure) {
    return new SessionReply.Unavailable(
        failure instanceof TimeoutException ? "no answer in time" : failure.toString());
  }
}
