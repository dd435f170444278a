package org.ampay.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.ampay.base.TimeSource;
import org.ampay.station.CommandOrder;
import org.ampay.station.CommandOutcome;
import org.ampay.station.CommandPort;
import org.ampay.station.CommandWatch;
import org.ampay.station.Protocol;
import org.ampay.station.StationInfo;

/** Stations whose connections and answers a test decides. */
final class PlayedStations implements CommandPort {

  /** A command that came. */
  record Sent(String station, String action, String payload) {}

  private final Map<Long, Protocol> connected = new ConcurrentHashMap<>();
  private final List<Sent> sent = new CopyOnWriteArrayList<>();
  private CommandWatch watch = CommandWatch.NONE;
  private TimeSource time = new org.ampay.base.TestTime(java.time.Instant.EPOCH);
  private volatile CommandOutcome next = new CommandOutcome.Answered("{\"status\":\"Accepted\"}");

  /** Keeps what is sent, as the gateway would. */
  void watch(CommandWatch watch, TimeSource time) {
    this.watch = watch;
    this.time = time;
  }

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
    return send(station, CommandOrder.of(org.ampay.station.Sender.system(""), action, payload))
        .outcome();
  }

  @Override
  public CommandPort.Sent send(StationInfo station, CommandOrder order) {
    sent.add(new Sent(station.identity(), order.action(), order.payload()));
    CompletionStage<CommandOutcome> outcome = CompletableFuture.completedFuture(next);
    boolean goesOut =
        switch (next) {
          case CommandOutcome.UnknownAction _,
              CommandOutcome.BadPayload _,
              CommandOutcome.NotConnected _ ->
              false;
          case CommandOutcome.Answered _,
              CommandOutcome.Error _,
              CommandOutcome.Invalid _,
              CommandOutcome.TimedOut _ ->
              true;
        };
    if (!goesOut) {
      return new CommandPort.Sent(0, outcome);
    }
    boolean secret = order.payload().contains("AuthorizationKey");
    Protocol protocol = connected.getOrDefault(station.id(), Protocol.OCPP_16);
    long id = watch.begun(station, order, protocol, secret ? "{\"***\":1}" : order.payload());
    watch.transmitted(station, id, "m" + id, time.now());
    watch.finished(station, id, next, time.now());
    return new CommandPort.Sent(id, outcome);
  }

  @Override
  public Optional<Protocol> connected(long stationId) {
    return Optional.ofNullable(connected.get(stationId));
  }
}
