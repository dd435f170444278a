package org.ampay.charging;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.ampay.base.Energy;
import org.ampay.charging.OrderLimitStore.Row;
import org.jspecify.annotations.Nullable;

/**
 * A running session with limits, and where the order to stop it stands. Seen by its station's owner
 * and by whoever hears the station's answer, so everything is guarded.
 */
final class LimitedSession {

  private static final long MILLIS_PER_HOUR = 3_600_000;

  /** Energy is not taken to flow on for longer than the longest gap between readings. */
  private static final Duration MOST_SILENT = Duration.ofMinutes(15);

  private final Row row;
  private boolean decided;
  private int tries;

  /** When the station is asked (again); null: never, or an answer is awaited. */
  private @Nullable Instant next = Instant.MIN;

  private @Nullable Integer soc;
  private @Nullable Long reportedMw;
  private @Nullable Instant readAt;
  private Energy read = Energy.ZERO;
  private long derivedMw;

  /** The station's newest word on the time, and when it came by our clock: the two may disagree. */
  private @Nullable Instant told;

  private Instant heard = Instant.MIN;

  LimitedSession(Row row) {
    this.row = row;
    this.decided = row.reached() != null;
    this.tries = row.tries();
  }

  long id() {
    return row.sessionId();
  }

  long stationId() {
    return row.stationId();
  }

  OrderLimits limits() {
    return row.limits();
  }

  synchronized boolean decided() {
    return decided;
  }

  synchronized void decide() {
    decided = true;
  }

  synchronized boolean due(Instant now) {
    return next != null && !now.isBefore(next);
  }

  /** How often it is asked with this time. */
  synchronized int asking() {
    next = null;
    tries++;
    return tries;
  }

  synchronized void answered(@Nullable Instant again) {
    next = again;
  }

  synchronized @Nullable Integer soc() {
    return soc;
  }

  /** Takes up power and state of charge from what was reported. */
  synchronized void see(Glance glance) {
    if (told == null) {
      told = glance.readAt().orElse(glance.begunAt());
      heard = glance.readAt().isPresent() ? glance.now() : glance.beganAt();
    }
    for (MeterReading reading : glance.readings()) {
      if (!reading.at().isBefore(told)) {
        told = reading.at();
        heard = glance.now();
      }
      soc = reading.socMilli() == null ? soc : LimitWatch.percent(reading.socMilli());
      reportedMw = reading.powerMw() == null ? reportedMw : reading.powerMw();
    }
    Optional<Instant> at = glance.readAt();
    if (at.isPresent() && !at.get().equals(readAt)) {
      Energy delivered = glance.delivered();
      long millis = readAt == null ? 0 : Duration.between(readAt, at.get()).toMillis();
      if (millis > 0) {
        derivedMw = power(delivered.minus(read).milliWh(), millis, glance.maxPowerW());
      }
      readAt = at.get();
      read = delivered;
    }
  }

  /** Milliwatts, never more than the connector has. */
  private static long power(long milliWh, long millis, int maxPowerW) {
    long most = (maxPowerW > 0 ? maxPowerW : MeterSanity.UNKNOWN_POWER_W) * 1000L;
    long fits = Long.MAX_VALUE / MILLIS_PER_HOUR;
    return milliWh <= 0 ? 0 : Math.min(most, Math.min(milliWh, fits) * MILLIS_PER_HOUR / millis);
  }

  /** That moment by the station's clock. */
  synchronized Instant there(Instant ours) {
    Instant from = told == null ? ours : told;
    Duration since = Duration.between(heard, ours);
    return told == null || since.isNegative() ? from : from.plus(since);
  }

  /** The energy that will flow from the last reading until then, if all goes on as it does. */
  synchronized Energy flow(Glance glance, Instant until) {
    if (readAt == null || !glance.charging()) {
      return Energy.ZERO;
    }
    long mw = reportedMw == null ? derivedMw : reportedMw;
    long silent = Duration.between(heard, until).toMillis();
    long millis = Math.clamp(silent, 0, MOST_SILENT.toMillis());
    return new Energy(mw / 1000 * millis / (MILLIS_PER_HOUR / 1000));
  }
}
