package org.ampay.station.reports;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.ampay.base.TimeSource;
import org.ampay.store.Database;

/**
 * The stations whose next boot is of interest, in memory: a boot of any other one costs nothing.
 */
public final class Awaiting {

  /** An update that nobody confirmed for so long will not be confirmed. */
  private static final Duration PATIENCE = Duration.ofDays(90);

  private final Set<Long> stations = ConcurrentHashMap.newKeySet();

  public Awaiting(Database database, TimeSource time) {
    stations.addAll(new OperationStore(database).awaitingBoot(time.now().minus(PATIENCE)));
  }

  void updating(long stationId) {
    stations.add(stationId);
  }

  /** Whether an update of the station waits for a boot. */
  public boolean isAwaited(long stationId) {
    return stations.contains(stationId);
  }

  /** The update has been confirmed. */
  public void confirmed(long stationId) {
    stations.remove(stationId);
  }
}
