package org.ampay.ocpp;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.ampay.base.TimeSource;
import org.ampay.ocpp.edge.DeviceDialect;
import org.ampay.ocpp.edge.DeviceDialect.Plan;
import org.ampay.ocpp.edge.RemoteOrders.Order;
import org.ampay.station.CommandOutcome;
import org.ampay.station.CommandPort;
import org.ampay.station.Protocol;
import org.ampay.station.StationInfo;
import org.ampay.station.device.DevicePort;
import org.ampay.station.device.DeviceReadStore;
import org.ampay.station.device.Observation;
import org.ampay.station.device.StationOrders;
import org.ampay.station.device.VariableKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way to stations, with an eye on what stations have: requests are cut to the size that the
 * station has told (B05.FR.11, B06.FR.05, N04.FR.09, N06.FR.04, 1.6 GetConfigurationMaxKeys), and
 * what answers tell is stored before whoever asked gets them. Everything else passes.
 */
public final class DeviceCommands implements CommandPort, StationOrders {

  private static final Logger LOG = LoggerFactory.getLogger(DeviceCommands.class);

  private final CommandPort port;
  private final Map<Protocol, DeviceDialect> dialects;
  private final DevicePort devices;
  private final DeviceReadStore known;
  private final TimeSource time;
  private final Executor workers;

  /**
   * @param workers read limits: they block
   */
  public DeviceCommands(
      CommandPort port,
      Map<Protocol, DeviceDialect> dialects,
      DevicePort devices,
      DeviceReadStore known,
      TimeSource time,
      Executor workers) {
    this.port = port;
    this.dialects = Map.copyOf(dialects);
    this.devices = devices;
    this.known = known;
    this.time = time;
    this.workers = workers;
  }

  @Override
  public Optional<Protocol> connected(long stationId) {
    return port.connected(stationId);
  }

  @Override
  public CompletionStage<CommandOutcome> send(StationInfo station, String action, String payload) {
    Optional<DeviceDialect> dialect = connected(station.id()).map(dialects::get);
    if (dialect.isEmpty()) {
      return port.send(station, action, payload);
    }
    if (!dialect.get().limited().contains(action)) {
      return part(dialect.get(), station, action, payload);
    }
    return CompletableFuture.supplyAsync(
            () -> dialect.get().plan(action, payload, key -> limit(station, key)), workers)
        .thenCompose(
            plan ->
                switch (plan) {
                  case Plan.Refused(String field, String description) ->
                      CompletableFuture.completedStage(
                          new CommandOutcome.BadPayload(field, description));
                  case Plan.Parts(List<String> payloads) ->
                      parts(dialect.get(), station, action, payloads);
                });
  }

  private OptionalInt limit(StationInfo station, VariableKey key) {
    return known
        .value(station.id(), key)
        .filter(text -> text.matches("[1-9][0-9]{0,8}"))
        .map(text -> OptionalInt.of(Integer.parseInt(text)))
        .orElse(OptionalInt.empty());
  }

  private CompletionStage<CommandOutcome> parts(
      DeviceDialect dialect, StationInfo station, String action, List<String> payloads) {
    if (payloads.size() == 1) {
      return part(dialect, station, action, payloads.getFirst());
    }
    return rest(dialect, station, action, payloads, new ArrayList<>());
  }

  /** One after the other; the first that is not answered well is what the whole comes to. */
  private CompletionStage<CommandOutcome> rest(
      DeviceDialect dialect,
      StationInfo station,
      String action,
      List<String> payloads,
      List<String> answers) {
    if (answers.size() == payloads.size()) {
      return CompletableFuture.completedStage(
          new CommandOutcome.Answered(dialect.merged(action, answers)));
    }
    return part(dialect, station, action, payloads.get(answers.size()))
        .thenCompose(
            outcome -> {
              if (outcome instanceof CommandOutcome.Answered(String answer)) {
                answers.add(answer);
                return rest(dialect, station, action, payloads, answers);
              }
              return CompletableFuture.completedStage(outcome);
            });
  }

  private CompletionStage<CommandOutcome> part(
      DeviceDialect dialect, StationInfo station, String action, String payload) {
    CompletionStage<CommandOutcome> sent = port.send(station, action, payload);
    if (!dialect.telling().contains(action)) {
      return sent;
    }
    return sent.thenCompose(
        outcome ->
            outcome instanceof CommandOutcome.Answered(String answer)
                ? told(dialect, station, action, payload, answer).thenApply(stored -> outcome)
                : CompletableFuture.completedStage(outcome));
  }

  /** The station has answered: whoever asked gets that, even when it cannot be stored. */
  private CompletionStage<Void> told(
      DeviceDialect dialect, StationInfo station, String action, String payload, String answer) {
    CompletionStage<Void> all = CompletableFuture.completedStage(null);
    for (Observation observation : dialect.observed(action, payload, answer)) {
      all = all.thenCompose(done -> devices.observed(station, observation, time.now()));
    }
    return all.exceptionally(
        fault -> {
          LOG.warn("station {}: what {} told is not stored", station.identity(), action, fault);
          return null;
        });
  }

  @Override
  public CompletionStage<CommandOutcome> readModel(StationInfo station, int requestId) {
    return order(station, dialect -> Optional.of(dialect.readModel(requestId)));
  }

  @Override
  public CompletionStage<CommandOutcome> readMonitors(StationInfo station, int requestId) {
    return order(station, dialect -> dialect.readMonitors(requestId));
  }

  @Override
  public CompletionStage<CommandOutcome> bootAgain(StationInfo station) {
    return order(station, dialect -> Optional.of(dialect.bootAgain()));
  }

  private CompletionStage<CommandOutcome> order(
      StationInfo station, java.util.function.Function<DeviceDialect, Optional<Order>> make) {
    Optional<DeviceDialect> dialect = connected(station.id()).map(dialects::get);
    if (dialect.isEmpty()) {
      return CompletableFuture.completedStage(new CommandOutcome.NotConnected());
    }
    return make.apply(Objects.requireNonNull(dialect.get()))
        .map(order -> send(station, order.action(), order.payload()))
        .orElseGet(
            () ->
                CompletableFuture.completedStage(
                    new CommandOutcome.UnknownAction("GetMonitoringReport")));
  }
}
