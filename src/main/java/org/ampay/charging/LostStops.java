package org.ampay.charging;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.ampay.base.TimeSource;
import org.ampay.charging.LostStopStore.Suspect;
import org.ampay.station.Protocol;
import org.ampay.station.StationDirectory;
import org.ampay.station.StationInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends sessions whose stop was lost, by rule: the connector has been free for long, the station has
 * been silent for long, it has booted since and does not speak of the session, or the session is on
 * no connector that exists. The next start on the connector is seen by the owner itself. They end
 * at their last reading, for review; a stop that comes later is judged as if it had been in time.
 *
 * <p>A station of OCPP 2.0.1 that is there is asked first, and what it says holds.
 */
public final class LostStops {

  private static final Logger LOG = LoggerFactory.getLogger(LostStops.class);

  /** A station that says the session runs is asked again after this. */
  private static final Duration ASK_AGAIN = Duration.ofMinutes(10);

  private static final int MOST_ASKED = 10_000;

  /**
   * After how long.
   *
   * @param free the connector is free
   * @param silent nothing is heard of the station
   * @param booted the station does not speak of the session after a boot
   * @param nowhere nothing is heard of a session without a connector
   */
  public record Limits(Duration free, Duration silent, Duration booted, Duration nowhere) {

    /** A quarter of an hour, a day, a quarter of an hour, a day. */
    public static final Limits DEFAULT =
        new Limits(
            Duration.ofMinutes(15), Duration.ofDays(1), Duration.ofMinutes(15), Duration.ofDays(1));

    public Limits {
      if (!free.isPositive()
          || !silent.isPositive()
          || !booted.isPositive()
          || !nowhere.isPositive()) {
        throw new IllegalArgumentException("limits of lost stops must be positive");
      }
    }
  }

  private final LostStopStore store;
  private final SessionPort sessions;
  private final StationDirectory stations;
  private final StationQuestions questions;
  private final TimeSource time;
  private final Limits limits;
  private final Map<Long, Instant> asked = new ConcurrentHashMap<>();

  public LostStops(
      LostStopStore store,
      SessionPort sessions,
      StationDirectory stations,
      StationQuestions questions,
      TimeSource time,
      Limits limits) {
    this.store = store;
    this.sessions = sessions;
    this.stations = stations;
    this.questions = questions;
    this.time = time;
    this.limits = limits;
  }

  /** Looks once; to be called every minute. Blocks. */
  public void sweep() {
    Instant now = time.now();
    for (Suspect suspect : store.suspects(now, limits)) {
      Optional<StationInfo> station = stations.byId(suspect.stationId());
      if (station.isPresent()) {
        look(suspect, station.get(), now);
      }
    }
  }

  private void look(Suspect suspect, StationInfo station, Instant now) {
    if (suspect.silent() || suspect.protocol() == Protocol.OCPP_16) {
      close(suspect, station, suspect.why());
      return;
    }
    Instant again = asked.get(suspect.sessionId());
    if (again != null && now.isBefore(again)) {
      return;
    }
    if (asked.size() >= MOST_ASKED) {
      asked.clear();
    }
    asked.put(suspect.sessionId(), now.plus(ASK_AGAIN));
    questions
        .standing(station, suspect.transactionId())
        .thenAccept(standing -> answered(suspect, station, standing));
  }

  private void answered(Suspect suspect, StationInfo station, StationQuestions.Standing standing) {
    switch (standing) {
      case StationQuestions.Standing.Told(Optional<Boolean> ongoing, boolean queued) -> {
        if (!queued && !ongoing.orElse(false)) {
          close(suspect, station, suspect.why() + ", and it is over, its station says");
        }
      }
      case StationQuestions.Standing.CannotTell cannot -> close(suspect, station, suspect.why());
      case StationQuestions.Standing.Away away -> {}
    }
  }

  private void close(Suspect suspect, StationInfo station, String why) {
    LOG.info("session {} of {}: {}", suspect.sessionId(), station.identity(), why);
    sessions.submit(
        new SessionPort.Report(
            station,
            suspect.protocol(),
            new SessionCommand.Ruling(suspect.sessionId(), new Rule.Close(why)),
            "",
            time.now()));
  }
}
