package org.ampay.ocpp;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.ampay.base.TimeSource;
import org.ampay.ocpp.edge.DeviceDialect;
import org.ampay.ocpp.edge.DeviceDialect.Plan;
import org.ampay.ocpp.edge.RemoteOrders.Order;
import org.ampay.station.CommandOrder;
import org.ampay.station.CommandOutcome;
import org.ampay.station.CommandPort;
import org.ampay.station.Protocol;
import org.ampay.station.Sender;
import org.ampay.station.StationInfo;
import org.ampay.station.device.DevicePort;
import org.ampay.station.device.DeviceReadStore;
import org.ampay.station.device.Observation;
import org.ampay.station.device.StationOrders;
import org.ampay.station.device.VariableKey;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way to stations, with an eye on what stations have: requests are cut to the size that the
 * station has told (B05.FR.11, B06.FR.05, N04.FR.09, N06.FR.04, 1.6 GetConfigurationMaxKeys), and
 * what answers tell is stored before whoever asked gets them. Everything else passes.
 *
 * <p>To send a request that is bound by limits blocks: they are read from the database.
 */
public final class DeviceCommands implements CommandPort, StationOrders {

  private static final Logger LOG = LoggerFactory.getLogger(DeviceCommands.class);

  private final CommandPort port;
  private final Map<Protocol, DeviceDialect> dialects;
  private final DevicePort devices;
  private final DeviceReadStore known;
  private final TimeSource time;

  public DeviceCommands(
      CommandPort port,
      Map<Protocol, DeviceDialect> dialects,
      DevicePort devices,
      DeviceReadStore known,
      TimeSource time) {
    this.port = port;
    this.dialects = Map.copyOf(dialects);
    this.devices = devices;
    this.known = known;
    this.time = time;
  }

  @Override
  public Optional<Protocol> connected(long stationId) {
    return port.connected(stationId);
  }

  @Override
  public boolean ready(long stationId) {
    return port.ready(stationId);
  }

  @Override
  public Examined examine(StationInfo station, String action, String payload) {
    Examined examined = port.examine(station, action, payload);
    boolean good = examined.refusal().isEmpty();
    Plan plan =
        good
            ? plan(dialects.get(examined.protocol()), station, action, payload)
            : new Plan.Parts(List.of(payload));
    return plan instanceof Plan.Refused(String field, String description)
        ? new Examined(
            Optional.of(new CommandOutcome.BadPayload(field, description)),
            examined.protocol(),
            "",
            examined.sendable())
        : examined;
  }

  @Override
  public CompletionStage<CommandOutcome> send(StationInfo station, String action, String payload) {
    return send(station, CommandOrder.of(Sender.system(""), action, payload)).outcome();
  }

  /** Of a request that is sent in parts the record is the first part's. */
  @Override
  public Sent send(StationInfo station, CommandOrder order) {
    Optional<DeviceDialect> dialect = connected(station.id()).map(dialects::get);
    if (dialect.isEmpty()) {
      return port.send(station, order);
    }
    return switch (plan(dialect.get(), station, order.action(), order.payload())) {
      case Plan.Refused(String field, String description) ->
          new Sent(
              0,
              CompletableFuture.completedStage(new CommandOutcome.BadPayload(field, description)));
      case Plan.Parts(List<String> payloads) -> parts(dialect.get(), station, order, payloads);
    };
  }

  private Plan plan(
      @Nullable DeviceDialect dialect, StationInfo station, String action, String payload) {
    return dialect != null && dialect.limited().contains(action)
        ? dialect.plan(action, payload, key -> limit(station, key))
        : new Plan.Parts(List.of(payload));
  }

  private OptionalInt limit(StationInfo station, VariableKey key) {
    return known
        .value(station.id(), key)
        .filter(text -> text.matches("[1-9][0-9]{0,8}"))
        .map(text -> OptionalInt.of(Integer.parseInt(text)))
        .orElse(OptionalInt.empty());
  }

  private Sent parts(
      DeviceDialect dialect, StationInfo station, CommandOrder order, List<String> payloads) {
    CommandOrder first =
        new CommandOrder(order.sender(), order.action(), payloads.getFirst(), order.recordId());
    Sent sent = part(dialect, station, first);
    return payloads.size() == 1
        ? sent
        : new Sent(
            sent.recordId(),
            rest(dialect, station, order, payloads, new ArrayList<>(), sent.outcome()));
  }

  /** One after the other; the first that is not answered well is what the whole comes to. */
  private CompletionStage<CommandOutcome> rest(
      DeviceDialect dialect,
      StationInfo station,
      CommandOrder order,
      List<String> payloads,
      List<String> answers,
      CompletionStage<CommandOutcome> latest) {
    return latest.thenCompose(
        outcome -> {
          if (!(outcome instanceof CommandOutcome.Answered(String answer))) {
            return CompletableFuture.completedStage(outcome);
          }
          answers.add(answer);
          if (answers.size() == payloads.size()) {
            return CompletableFuture.completedStage(
                new CommandOutcome.Answered(dialect.merged(order.action(), answers)));
          }
          CommandOrder next =
              CommandOrder.of(order.sender(), order.action(), payloads.get(answers.size()));
          return rest(
              dialect, station, order, payloads, answers, part(dialect, station, next).outcome());
        });
  }

  private Sent part(DeviceDialect dialect, StationInfo station, CommandOrder order) {
    Sent sent = port.send(station, order);
    if (!dialect.telling().contains(order.action())) {
      return sent;
    }
    return new Sent(
        sent.recordId(),
        sent.outcome()
            .thenCompose(
                outcome ->
                    outcome instanceof CommandOutcome.Answered(String answer)
                        ? told(dialect, station, order.action(), order.payload(), answer)
                            .thenApply(stored -> outcome)
                        : CompletableFuture.completedStage(outcome)));
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
    return order(
        station, "reads the device model", dialect -> Optional.of(dialect.readModel(requestId)));
  }

  @Override
  public CompletionStage<CommandOutcome> readMonitors(StationInfo station, int requestId) {
    return order(station, "reads the monitors", dialect -> dialect.readMonitors(requestId));
  }

  @Override
  public CompletionStage<CommandOutcome> bootAgain(StationInfo station) {
    return order(
        station, "tells the decision about it", dialect -> Optional.of(dialect.bootAgain()));
  }

  private CompletionStage<CommandOutcome> order(
      StationInfo station, String reason, Function<DeviceDialect, Optional<Order>> make) {
    Optional<DeviceDialect> dialect = connected(station.id()).map(dialects::get);
    if (dialect.isEmpty()) {
      return CompletableFuture.completedStage(new CommandOutcome.NotConnected());
    }
    return make.apply(dialect.get())
        .map(
            order ->
                send(
                        station,
                        CommandOrder.of(Sender.system(reason), order.action(), order.payload()))
                    .outcome())
        .orElseGet(
            () ->
                CompletableFuture.completedStage(
                    new CommandOutcome.UnknownAction("GetMonitoringReport")));
  }
}
