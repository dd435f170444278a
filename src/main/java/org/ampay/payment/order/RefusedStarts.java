package org.ampay.payment.order;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.regex.Pattern;
import org.ampay.access.IdToken;
import org.ampay.base.TimeSource;
import org.ampay.charging.Glance;
import org.ampay.charging.SessionWatch;
import org.ampay.charging.StationStops;

/**
 * Stops what an order does not pay for. A driver cancels just before the station begins, and it
 * begins all the same: its start is refused, and because some stations charge on, the station is
 * told to stop, again as long as it goes on.
 */
public final class RefusedStarts implements SessionWatch {

  private static final Pattern TOKEN = Pattern.compile("[Pp][A-Za-z2-7]{15}");
  private static final Duration AGAIN = Duration.ofSeconds(30);
  private static final int MOST = 10_000;

  private final Executor io;
  private final Cache<Long, Boolean> asked;
  private volatile StationStops stops;

  /**
   * A watch.
   *
   * @param io runs what waits for stations
   */
  public RefusedStarts(StationStops stops, Executor io, TimeSource time) {
    this.stops = stops;
    this.io = io;
    this.asked =
        Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(AGAIN).ticker(time::nanos).build();
  }

  /** From now on stations can be reached. */
  public void stopBy(StationStops way) {
    stops = way;
  }

  /** Orders are everywhere, and what is looked at is in memory. */
  @Override
  public boolean wants(long stationId) {
    return true;
  }

  @Override
  public void after(Glance session) {
    IdToken token = session.token();
    if (!session.refused()
        || token == null
        || !TOKEN.matcher(token.uid()).matches()
        || asked.asMap().putIfAbsent(session.id(), Boolean.TRUE) != null) {
      return;
    }
    String transaction = session.transactionId();
    io.execute(() -> stops.stop(session.station(), transaction));
  }
}
