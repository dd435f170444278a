package org.ampay.web.api;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.ampay.station.Inventory;
import org.ampay.station.StationInfo;
import org.ampay.station.reports.OperationKind;
import org.ampay.station.reports.OperationRow;
import org.ampay.station.reports.OperationState;
import org.ampay.station.reports.Operations;
import org.ampay.web.http.Answer;
import org.ampay.web.http.Problem;

/** Finds the stations and operations that a call names, within its scope. */
final class StationFinder {

  private final Inventory inventory;
  private final Operations operations;

  StationFinder(Inventory inventory, Operations operations) {
    this.inventory = inventory;
    this.operations = operations;
  }

  /** The station of the path. */
  StationInfo station(ApiCall call) {
    return station(call, call.pathParam("id"))
        .orElseThrow(() -> Problem.notFound("there is no such station").exception());
  }

  /** The station that a query names. */
  Optional<Long> stationQuery(ApiCall call) {
    return call.query("station")
        .map(
            identity ->
                station(call, identity)
                    .map(StationInfo::id)
                    .orElseThrow(
                        () -> Problem.badField("station", "there is no such station").exception()));
  }

  private Optional<StationInfo> station(ApiCall call, String identity) {
    return inventory.byIdentity(identity).filter(s -> call.scope().covers(s.operatorId()));
  }

  /** A station's identity; empty when it is gone. */
  String identity(long stationId) {
    return inventory.byId(stationId).map(StationInfo::identity).orElse("");
  }

  /** The operation of the path, with its timeline. */
  OperationRow operation(ApiCall call) {
    return operations
        .find(call.owner(null), call.idParam("id"))
        .orElseThrow(() -> Problem.notFound("there is no such operation").exception());
  }

  Answer operations(ApiCall call, OperationKind kind) {
    Operations.Filter filter =
        new Operations.Filter(
            call.owner(null),
            Optional.of(kind),
            stationQuery(call),
            call.query("state").map(this::state));
    List<OperationRow> rows =
        operations.list(filter, call.cursorId(Long.MAX_VALUE), call.limit() + 1);
    return Answer.json(200, call.page(rows, this::out, OperationRow::id));
  }

  private OperationState state(String word) {
    try {
      return OperationState.valueOf(word.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw Problem.badField("state", "is not known").exception();
    }
  }

  OperationOut out(OperationRow row) {
    return new OperationOut(
        row.id(),
        identity(row.stationId()),
        row.kind().word(),
        row.action(),
        row.requestId(),
        row.state().word(),
        row.status(),
        row.location(),
        row.detail(),
        row.fileId(),
        row.firmwareId(),
        row.targetVersion(),
        row.versionBefore(),
        row.versionAfter(),
        row.confirmedAt(),
        row.mayRetry(),
        row.createdAt(),
        row.changedAt(),
        row.events().stream()
            .map(e -> new OperationOut.EventOut(e.at(), e.status(), e.detail(), e.requestId()))
            .toList());
  }
}
