package org.ampay.web.api;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.ampay.station.NewStation;
import org.ampay.station.NewStation.NewConnector;
import org.ampay.station.NewStation.NewEvse;
import org.ampay.web.api.StationShapes.NewConnectorIn;
import org.ampay.web.api.StationShapes.NewEvseIn;
import org.ampay.web.api.StationShapes.NewStationIn;
import org.ampay.web.http.Problem;
import org.jspecify.annotations.Nullable;

/** Fills in what the maker of a station left out. */
final class NewStations {

  private static final String DEFAULT_TYPE = "IEC_62196_T2";

  private NewStations() {}

  /** The station of a request's body, at a site. */
  static NewStation of(NewStationIn in, long operatorId, long siteId, int securityProfile) {
    if (in.protocol() != null && !List.of("1.6", "2.0.1").contains(in.protocol())) {
      throw Problem.badField("protocol", "must be 1.6 or 2.0.1").exception();
    }
    String name = in.name() == null || in.name().isBlank() ? in.id() : in.name();
    return org.ampay.web.http.Faults.input(
        () -> new NewStation(operatorId, siteId, in.id(), name, securityProfile, evses(in)));
  }

  private static List<NewEvse> evses(NewStationIn in) {
    if (in.evses() != null && in.connectors() != null) {
      throw Problem.badField("connectors", "give either evses or connectors").exception();
    }
    List<NewEvse> evses = new ArrayList<>();
    Set<Integer> seen = new HashSet<>();
    List<NewEvseIn> wanted = in.evses() == null ? virtual(in.connectors()) : in.evses();
    for (int i = 0; i < wanted.size(); i++) {
      NewEvse evse = evse(wanted.get(i), i, "evses[" + i + "]");
      if (!seen.add(evse.evseNo())) {
        throw Problem.badField("evses[" + i + "].id", "comes twice").exception();
      }
      evses.add(evse);
    }
    if (evses.isEmpty()) {
      throw Problem.badField("evses", "must have at least one").exception();
    }
    return evses;
  }

  /** OCPP 1.6 has one virtual EVSE a connector. */
  private static List<NewEvseIn> virtual(@Nullable List<NewConnectorIn> connectors) {
    if (connectors == null) {
      return List.of(new NewEvseIn(1, null, null, null, null));
    }
    List<NewEvseIn> evses = new ArrayList<>();
    for (int i = 0; i < connectors.size(); i++) {
      NewConnectorIn connector = connectors.get(i);
      int id = connector.id() == null ? i + 1 : connector.id();
      evses.add(
          new NewEvseIn(id, List.of(new NewConnectorIn(1, connector.type())), null, null, null));
    }
    return evses;
  }

  private static NewEvse evse(NewEvseIn in, int index, String path) {
    List<NewConnectorIn> wanted =
        in.connectors() == null ? List.of(new NewConnectorIn(1, null)) : in.connectors();
    List<NewConnector> connectors = new ArrayList<>();
    Set<Integer> seen = new HashSet<>();
    for (int i = 0; i < wanted.size(); i++) {
      NewConnectorIn connector = wanted.get(i);
      int id = connector.id() == null ? i + 1 : connector.id();
      String at = path + ".connectors[" + i + "]";
      if (!seen.add(id)) {
        throw Problem.badField(at + ".id", "comes twice").exception();
      }
      connectors.add(new NewConnector(id, type(connector.type(), at + ".type")));
    }
    if (connectors.isEmpty()) {
      throw Problem.badField(path + ".connectors", "must have at least one").exception();
    }
    boolean direct = direct(in.currentType(), connectors.getFirst().standard(), path);
    return new NewEvse(
        in.id() == null ? index + 1 : in.id(),
        direct,
        in.phases() == null ? (direct ? 1 : 3) : in.phases(),
        in.maxPowerW() == null ? 0 : in.maxPowerW(),
        connectors);
  }

  private static String type(@Nullable String type, String path) {
    if (type == null) {
      return DEFAULT_TYPE;
    }
    if (!type.matches("[A-Z0-9_]{1,30}")) {
      throw Problem.badField(path, "must be an OCPI ConnectorType like IEC_62196_T2").exception();
    }
    return type;
  }

  private static boolean direct(@Nullable String currentType, String standard, String path) {
    if (currentType == null) {
      return standard.contains("COMBO")
          || standard.equals("CHADEMO")
          || standard.endsWith("GBT_DC")
          || standard.equals("TESLA_S");
    }
    return switch (currentType.toUpperCase(Locale.ROOT)) {
      case "DC" -> true;
      case "AC" -> false;
      default -> throw Problem.badField(path + ".current_type", "must be AC or DC").exception();
    };
  }
}
