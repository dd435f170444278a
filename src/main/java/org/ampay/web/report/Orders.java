package org.ampay.web.report;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.ampay.base.IdSource;
import org.ampay.station.CommandOutcome;
import org.ampay.station.Protocol;
import org.ampay.station.StationInfo;
import org.ampay.station.reports.OperationKind;
import org.ampay.station.reports.OperationRow;
import org.ampay.station.reports.Operations;
import org.ampay.station.reports.ReportOrders;
import org.ampay.station.reports.ReportOrders.Order;
import org.ampay.web.command.Commands;
import org.ampay.web.http.Problem;

/** Sends the commands that lead to reports, in the version that the station speaks. */
public final class Orders {

  private static final int NEWEST = 20;

  private final Map<Protocol, ReportOrders> versions;
  private final Commands commands;
  private final Operations operations;
  private final IdSource ids;

  public Orders(
      Map<Protocol, ReportOrders> versions,
      Commands commands,
      Operations operations,
      IdSource ids) {
    this.versions = Map.copyOf(versions);
    this.commands = commands;
    this.operations = operations;
    this.ids = ids;
  }

  /** A new request id, positive, 31 bits. */
  int requestId() {
    return (int) (ids.next() & Integer.MAX_VALUE);
  }

  /** The version of a connected station, empty when it is not connected. */
  public Optional<Protocol> version(StationInfo station) {
    return commands.protocol(station.id());
  }

  /**
   * Sends a command.
   *
   * @throws org.ampay.web.http.ProblemException when the station is not connected, its version has
   *     no such command, or it does not answer
   */
  CommandOutcome send(
      StationInfo station, Function<ReportOrders, Optional<Order>> make, String actor) {
    Protocol protocol =
        version(station)
            .orElseThrow(
                () ->
                    Problem.conflict("not-connected", "the station is not connected").exception());
    ReportOrders version = versions.get(protocol);
    Optional<Order> order = version == null ? Optional.empty() : make.apply(version);
    return send(
        station,
        order.orElseThrow(
            () ->
                Problem.conflict(
                        "not-supported", "OCPP " + protocol.version() + " has no such command")
                    .exception()),
        actor);
  }

  CommandOutcome send(StationInfo station, Order order, String actor) {
    CommandOutcome outcome = commands.send(station, order.action(), order.payload(), actor);
    return switch (outcome) {
      case CommandOutcome.Answered _, CommandOutcome.Error _, CommandOutcome.Invalid _ -> outcome;
      case CommandOutcome.NotConnected _ ->
          throw Problem.conflict("not-connected", "the station is not connected").exception();
      case CommandOutcome.TimedOut _ -> throw Problem.noAnswer("no answer in time").exception();
      case CommandOutcome.BadPayload(String field, String description) ->
          throw Problem.badField(field, description).exception();
      case CommandOutcome.UnknownAction(String action) ->
          throw Problem.conflict("not-supported", "no " + action + " in its OCPP version")
              .exception();
    };
  }

  /** The operation that a command has just begun, with its timeline. */
  OperationRow begun(StationInfo station, OperationKind kind, int requestId) {
    List<OperationRow> newest =
        operations.list(Operations.Filter.ofStation(station, kind), Long.MAX_VALUE, NEWEST);
    return newest.stream()
        .filter(row -> row.requestId() == null || row.requestId() == requestId)
        .findFirst()
        .flatMap(row -> operations.find(station.operatorId(), row.id()))
        .orElseThrow(() -> new IllegalStateException("a sent operation was not noted"));
  }
}
