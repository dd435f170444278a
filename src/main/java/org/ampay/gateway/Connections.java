package org.ampay.gateway;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/** The one open connection of each station. A new one takes the old one's place at once. */
final class Connections {

  private final ConcurrentMap<Long, StationChannel> byStation = new ConcurrentHashMap<>();

  /** Takes its place; the connection that was there, or null. */
  @Nullable StationChannel register(StationChannel channel) {
    return byStation.put(channel.station().id(), channel);
  }

  /**
   * Leaves, unless another connection took the place meanwhile: the end of an old one must not
   * unregister the new one.
   *
   * @return whether the station has no connection now
   */
  boolean unregister(StationChannel channel) {
    return byStation.remove(channel.station().id(), channel);
  }

  Optional<StationChannel> find(long stationId) {
    return Optional.ofNullable(byStation.get(stationId));
  }

  /** Whether there is room for this station: a reconnect takes no further place. */
  boolean hasRoom(long stationId, int max) {
    return byStation.size() < max || byStation.containsKey(stationId);
  }

  int size() {
    return byStation.size();
  }

  Collection<StationChannel> all() {
    return List.copyOf(byStation.values());
  }
}
