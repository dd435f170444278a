package org.ampay.ocpi.location;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.ampay.base.TimeSource;
import org.ampay.cluster.LiveBus;
import org.ampay.cluster.LiveEvent;

/**
 * Notices that places change. A message of a station costs a note in memory; every few hundred
 * milliseconds all noted stations are read at once, so that a thousand changes a second are a few
 * statements. What stations do not say (edits, prices, the passing of time) is looked for by
 * revision numbers and now and then; while all is read, notes are taken in between. A note is
 * forgotten only when what it says was stored.
 */
public final class PlaceWatch {

  /** How long the pause between two ticks should be. */
  public static final Duration PAUSE = Duration.ofMillis(200);

  private static final Duration LOOK = Duration.ofSeconds(1);

  /** Tariffs begin and end by the clock: nothing is written then. */
  private static final Duration FULL = Duration.ofSeconds(30);

  /** The rest after a full reading, by the time that it took: new places wait for it. */
  private static final int SHARE = 2;

  /** After it a station that could not be read is tried again. */
  private static final Duration AGAIN = Duration.ofSeconds(10);

  /** Stations read at once. */
  private static final int BATCH = 2_000;

  /** Into so many parts stations that could not be read are split. */
  private static final int PARTS = 8;

  private final PlaceBook book;
  private final Runnable afterFull;
  private final TimeSource time;
  private final Set<Long> noted = ConcurrentHashMap.newKeySet();
  private final Map<Long, Instant> later = new HashMap<>();
  private String revision = "";
  private Instant nextLook = Instant.MIN;
  private Instant nextFull = Instant.MIN;
  private Instant rest = Instant.MIN;
  private int batch = BATCH;

  /**
   * @param afterFull what depends on all places
   */
  public PlaceWatch(PlaceBook book, Runnable afterFull, LiveBus live, TimeSource time) {
    this.book = book;
    this.afterFull = afterFull;
    this.time = time;
    live.subscribe(this::heard); // as long as the process lives
  }

  private void heard(LiveEvent event) {
    if (event instanceof LiveEvent.StationChanged station) {
      noted.add(station.stationId());
    }
  }

  /** Takes in what has changed; blocks. To be called again and again, by one thread at a time. */
  public void tick() {
    Instant now = time.now();
    try {
      if (!now.isBefore(rest) && isDue(now)) {
        full(now);
      }
    } finally {
      takeNotes();
    }
  }

  /** Reads all noted stations. */
  private void takeNotes() {
    Instant now = time.now();
    later.entrySet().removeIf(entry -> due(entry.getKey(), entry.getValue(), now));
    while (!noted.isEmpty()) {
      List<Long> some = new ArrayList<>();
      for (Long station : noted) {
        if (some.size() == batch) {
          break;
        }
        some.add(station);
      }
      some.forEach(noted::remove); // before the reading: what comes meanwhile is read again
      read(some, now);
    }
  }

  /** What fails is tried again in smaller parts; a station that fails alone waits for a while. */
  private void read(List<Long> stations, Instant now) {
    try {
      later.putAll(book.refresh(stations));
      batch = BATCH;
    } catch (RuntimeException e) {
      if (stations.size() == 1) {
        later.put(stations.getFirst(), now.plus(AGAIN));
      } else {
        noted.addAll(stations);
      }
      batch = Math.max(1, stations.size() / PARTS);
      throw e;
    }
  }

  private boolean due(long station, Instant at, Instant now) {
    if (now.isBefore(at)) {
      return false;
    }
    noted.add(station);
    return true;
  }

  private boolean isDue(Instant now) {
    if (!now.isBefore(nextFull)) {
      return true;
    }
    if (now.isBefore(nextLook)) {
      return false;
    }
    nextLook = now.plus(LOOK);
    return !book.revision().equals(revision);
  }

  private void full(Instant now) {
    long begun = time.nanos();
    String seen = book.revision(); // before the reading: a write in between is looked at again
    rest = now.plus(LOOK); // should it fail
    book.refresh(this::takeNotes);
    afterFull.run();
    revision = seen;
    nextFull = now.plus(FULL);
    rest = now.plusNanos((time.nanos() - begun) * (SHARE + 1));
  }
}
