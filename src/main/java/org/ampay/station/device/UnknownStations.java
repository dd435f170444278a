package org.ampay.station.device;

import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ampay.base.TimeSource;
import org.ampay.station.KnockWatch;
import org.ampay.store.Database;

/**
 * Remembers who knocks at the gateway and is not known, so that an operator can adopt it. Kept in
 * memory and written now and then; bounded on every side, because anybody can knock: so many
 * identities in all, and so many new ones of one address between two writes.
 */
public final class UnknownStations implements KnockWatch {

  /** Identities in memory between two writes. */
  static final int MOST_WAITING = 1_000;

  /** Identities of one address between two writes. */
  static final int MOST_OF_ONE_ADDRESS = 50;

  /** Identities in the database. */
  static final int MOST_STORED = 5_000;

  /** An identity as remembered. */
  public record Unknown(
      String identity,
      String remote,
      String offered,
      boolean credentials,
      Instant firstSeen,
      Instant lastSeen,
      int seen) {

    private Unknown again(Knock knock, Instant at) {
      return new Unknown(
          identity,
          knock.remote(),
          cut(knock.offered()),
          knock.credentials(),
          firstSeen,
          at,
          seen + 1);
    }
  }

  private final UnknownStationStore store;
  private final TimeSource time;
  private final Map<String, Unknown> waiting = new LinkedHashMap<>();
  private final Map<String, Integer> ofAddress = new HashMap<>();

  public UnknownStations(Database database, TimeSource time) {
    this.store = new UnknownStationStore(database);
    this.time = time;
  }

  @Override
  public void knocked(Knock knock) {
    if (!canBeAnIdentity(knock.identity())) {
      return;
    }
    Instant now = time.now();
    synchronized (waiting) {
      Unknown known = waiting.get(knock.identity());
      if (known != null) {
        waiting.put(knock.identity(), known.again(knock, now));
      } else if (waiting.size() < MOST_WAITING
          && ofAddress.merge(knock.remote(), 1, Integer::sum) <= MOST_OF_ONE_ADDRESS) {
        waiting.put(
            knock.identity(),
            new Unknown(
                knock.identity(),
                knock.remote(),
                cut(knock.offered()),
                knock.credentials(),
                now,
                now,
                1));
      }
    }
  }

  /** As a station's identity must be: see {@link org.ampay.station.NewStation}. */
  private static boolean canBeAnIdentity(String identity) {
    return !identity.isEmpty()
        && identity.length() <= 48
        && identity.chars().allMatch(c -> c > ' ' && c != '/' && c != ':' && c != 127);
  }

  private static String cut(String offered) {
    return offered.length() <= 100 ? offered : offered.substring(0, 100);
  }

  /** Stores the knocks since the last call; {@code app} calls it every few seconds. */
  public void flush() {
    List<Unknown> knocks;
    synchronized (waiting) {
      knocks = List.copyOf(waiting.values());
      waiting.clear();
      ofAddress.clear();
    }
    if (!knocks.isEmpty()) {
      store.store(knocks, MOST_STORED);
    }
  }

  /** Those that no station has been made for, the last seen first. */
  public List<Unknown> list(int offset, int limit) {
    return store.list(offset, limit);
  }

  public int count() {
    return store.count();
  }

  /** Forgets an identity; it is remembered anew when it knocks again. */
  public boolean forget(String identity) {
    synchronized (waiting) {
      waiting.remove(identity);
    }
    return store.forget(identity);
  }
}
