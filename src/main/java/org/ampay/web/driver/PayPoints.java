package org.ampay.web.driver;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.ampay.base.TimeSource;
import org.ampay.station.CommandPort;
import org.ampay.station.Inventory;
import org.ampay.station.StationInfo;
import org.ampay.store.Database;
import org.ampay.tariff.TariffBook;
import org.ampay.tariff.TariffQuery;
import org.ampay.tariff.TariffSnapshot;
import org.ampay.web.driver.PayPoint.State;
import org.ampay.web.read.PayPointStore;
import org.ampay.web.read.PayPointStore.Point;
import org.ampay.web.read.Scope;
import org.ampay.web.read.StationReadStore;
import org.ampay.web.read.StationReadStore.ConnectorRow;
import org.ampay.web.read.StationReadStore.EvseRow;
import org.ampay.web.read.StationReadStore.StationRow;

/** Finds EVSEs by their codes, with what holds there now. */
final class PayPoints {

  private static final int MAX_CODE = 16;

  private final Inventory inventory;
  private final CommandPort commands;
  private final TariffBook tariffs;
  private final TimeSource time;
  private final PayPointStore points;
  private final StationReadStore stations;

  PayPoints(
      Inventory inventory,
      CommandPort commands,
      TariffBook tariffs,
      TimeSource time,
      Database database) {
    this.inventory = inventory;
    this.commands = commands;
    this.tariffs = tariffs;
    this.time = time;
    this.points = new PayPointStore(database);
    this.stations = new StationReadStore(database);
  }

  /** The EVSE of a code, empty for one that nobody has. */
  Optional<PayPoint> byCode(String code) {
    return code.isEmpty() || code.length() > MAX_CODE
        ? Optional.empty()
        : points.byCode(code).flatMap(this::point);
  }

  /** The EVSE of an order; empty when it is gone. */
  Optional<PayPoint> at(long stationId, int evseNo) {
    return points.at(stationId, evseNo).flatMap(this::point);
  }

  /** The price for a driver whom nobody knows. */
  Optional<TariffSnapshot> price(StationInfo station) {
    Instant now = time.now();
    return tariffs.resolve(
        new TariffQuery(
                station.operatorId(),
                station.siteId(),
                station.id(),
                Optional.empty(),
                now,
                now,
                station.zone())
            .with(Optional.empty(), station.currency()));
  }

  private Optional<PayPoint> point(Point point) {
    StationInfo station = inventory.byId(point.stationId()).orElse(null);
    if (station == null) {
      return Optional.empty();
    }
    StationRow row = stations.find(Scope.of(station.operatorId()), station.identity()).orElse(null);
    EvseRow evse =
        stations.evses(List.of(station.id())).getOrDefault(station.id(), List.of()).stream()
            .filter(e -> e.evseNo() == point.evseNo())
            .findFirst()
            .orElse(null);
    if (row == null || evse == null) {
      return Optional.empty();
    }
    return inventory
        .operator(station.operatorId())
        .map(operator -> new PayPoint(operator, station, row, evse, state(point, station, evse)));
  }

  private State state(Point point, StationInfo station, EvseRow evse) {
    if (points.busy(point)) {
      return State.OCCUPIED;
    }
    if (!commands.ready(station.id())) {
      return State.OFFLINE;
    }
    State told = told(evse.connectors());
    return told.open() && price(station).isEmpty() ? State.NO_TARIFF : told;
  }

  /** What the station says of its connectors: the best of them counts. */
  static State told(List<ConnectorRow> connectors) {
    return connectors.stream()
        .map(connector -> told(connector.status()))
        .min(java.util.Comparator.naturalOrder())
        .orElse(State.FREE);
  }

  /** Of both OCPP versions; one that says nothing yet is taken as free, its start will tell. */
  private static State told(String status) {
    return switch (status) {
      case "Preparing", "Occupied", "Finishing" -> State.PLUGGED;
      case "Charging", "SuspendedEV", "SuspendedEVSE" -> State.OCCUPIED;
      case "Reserved" -> State.RESERVED;
      case "Unavailable", "Faulted" -> State.BROKEN;
      default -> State.FREE;
    };
  }
}
