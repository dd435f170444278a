package org.ampay.ocpi.command;

import java.util.List;
import java.util.Optional;
import org.ampay.ocpi.Partner;
import org.ampay.ocpi.http.OcpiProblem;
import org.ampay.ocpi.http.OcpiStatus;
import org.ampay.ocpi.location.EvseStatus;
import org.ampay.ocpi.location.Place;
import org.ampay.ocpi.location.PlaceBook;
import org.ampay.ocpi.location.PlaceEvse;
import org.ampay.station.EvseRef;
import org.ampay.station.StationDirectory;
import org.ampay.station.StationInfo;

/** Finds what commands are about. */
final class CommandPlaces {

  private final PlaceBook places;
  private final StationDirectory stations;

  CommandPlaces(PlaceBook places, StationDirectory stations) {
    this.places = places;
    this.stations = stations;
  }

  /** A place at a station of ours. */
  record Spot(StationInfo station, EvseRef evse) {}

  /**
   * The place of a command.
   *
   * @param evseUid empty: where there is one only
   * @param connectorId empty: any
   * @throws OcpiProblem 2003 if we have no such
   */
  Spot find(Partner partner, String locationId, String evseUid, String connectorId) {
    Place place =
        places
            .byId(partner.operatorId(), locationId)
            .orElseThrow(() -> unknown("location_id: there is no such location"));
    List<PlaceEvse> here =
        place.evses().stream()
            .filter(evse -> evse.status() != EvseStatus.REMOVED)
            .filter(evse -> evseUid.isEmpty() || evse.uid().equalsIgnoreCase(evseUid))
            .toList();
    if (here.isEmpty()) {
      throw unknown("evse_uid: there is no such EVSE");
    }
    if (here.size() > 1) {
      throw new OcpiProblem(
          200, OcpiStatus.NOT_ENOUGH_INFORMATION, "evse_uid: is needed, there are several EVSEs");
    }
    PlaceEvse evse = here.getFirst();
    if (!connectorId.isEmpty() && evse.connector(connectorId) == null) {
      throw unknown("connector_id: there is no such connector");
    }
    int connector = connectorId.matches("[0-9]{1,6}") ? Integer.parseInt(connectorId) : 1;
    Optional<StationInfo> station = stations.byId(evse.stationId());
    return new Spot(
        station.orElseThrow(() -> unknown("evse_uid: its station is gone")),
        new EvseRef(evse.evseNo(), connector));
  }

  private static OcpiProblem unknown(String message) {
    return new OcpiProblem(200, OcpiStatus.UNKNOWN_LOCATION, message);
  }
}
