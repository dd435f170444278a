package org.ampay.station.reports;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.ampay.base.TimeSource;
import org.ampay.store.Database;

/** The security events of an operator's stations. */
public final class SecurityLog {

  private static final int SWEEP = 10_000;

  /**
   * Which events.
   *
   * @param from received at or after; empty: from the first
   * @param to received before; empty: to the last
   */
  public record Filter(
      long operatorId,
      Optional<Long> stationId,
      Optional<String> type,
      boolean criticalOnly,
      Optional<Instant> from,
      Optional<Instant> to) {

    /** All of a station. */
    public static Filter ofStation(long operatorId, long stationId) {
      return new Filter(
          operatorId,
          Optional.of(stationId),
          Optional.empty(),
          false,
          Optional.empty(),
          Optional.empty());
    }
  }

  private final SecurityEventStore store;
  private final TimeSource time;

  public SecurityLog(Database database, TimeSource time) {
    this.store = new SecurityEventStore(database);
    this.time = time;
  }

  /** The newest with an id below {@code beforeId}. */
  public List<SecurityRow> list(Filter filter, long beforeId, int limit) {
    return store.list(filter, beforeId, limit);
  }

  /** The types that an operator's stations have reported, by name. */
  public List<String> types(long operatorId) {
    return store.types(operatorId);
  }

  /** Deletes events older than that. */
  public void sweep(Duration keep) {
    store.deleteBefore(time.now().minus(keep), SWEEP);
  }
}
