package org.ampay.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.ampay.station.CommandOutcome;
import org.ampay.station.CommandPort;
import org.ampay.station.Protocol;
import org.ampay.station.StationInfo;

/** Stations whose connections and answers a test decides. */
final class PlayedStations implements CommandPort {

  /** A command that came. */
  record Sent(String station, String action, String payload) {}

  private final Map<Long, Protocol> connected = new ConcurrentHashMap<>();
  private final List<Sent> sent = new CopyOnWriteArrayList<>();
  private volatile CommandOutcome next = new CommandOutcome.Answered("{\"status\":\"Accepted\"}");

  void connect(long stationId, Protocol protocol) {
    connected.put(stationId, protocol);
  }

  void answer(CommandOutcome outcome) {
    next = outcome;
  }

  List<Sent> sent() {
    return new ArrayList<>(sent);
  }

  @Override
  public CompletionStage<CommandOutcome> send(StationInfo station, String action, String payload) {
    sent.add(new Sent(station.identity(), action, payload));
    return CompletableFuture.completedFuture(next);
  }

  @Override
  public Optional<Protocol> connected(long stationId) {
    return Optional.ofNullable(connected.get(stationId));
  }
}
