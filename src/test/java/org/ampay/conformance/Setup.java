package org.ampay.conformance;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a scenario's station is made in the server, through the API.
 *
 * @param evses their number; in 1.6 each is a connector
 * @param connectors of each EVSE
 * @param password null: profile 0
 */
public record Setup(
    ScenarioServer server,
    String identity,
    int evses,
    int connectors,
    @Nullable String password,
    Map<String, Object> further) {

  /** On the shared server: a name of its own, one connector, no password. */
  public static Setup plain() {
    return on(ScenarioServer.shared());
  }

  public static Setup on(ScenarioServer server) {
    return new Setup(server, Unique.station(), 1, 1, null, Map.of());
  }

  public Setup withIdentity(String name) {
    return new Setup(server, name, evses, connectors, password, further);
  }

  public Setup withEvses(int number) {
    return new Setup(server, identity, number, connectors, password, further);
  }

  public Setup withConnectorsPerEvse(int number) {
    return new Setup(server, identity, evses, number, password, further);
  }

  /** Security profile 1. */
  public Setup withPassword(String word) {
    return new Setup(server, identity, evses, connectors, word, further);
  }

  /** A further field of {@code POST /stations}, for example {@code site}. */
  public Setup with(String field, Object value) {
    Map<String, Object> more = new LinkedHashMap<>(further);
    more.put(field, value);
    return new Setup(server, identity, evses, connectors, password, more);
  }

  /** One that is there already, of an earlier server on the same database, is taken as it is. */
  void make(String protocol) {
    if (server.api().get("/stations/" + identity).status() == 200) {
      return;
    }
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("id", identity);
    body.put("protocol", protocol);
    List<Object> evseList = new ArrayList<>();
    for (int evse = 1; evse <= evses; evse++) {
      List<Object> connectorList = new ArrayList<>();
      for (int connector = 1; connector <= connectors; connector++) {
        connectorList.add(Map.of("id", connector));
      }
      evseList.add(Map.of("id", evse, "connectors", connectorList));
    }
    body.put("evses", evseList);
    if (password != null) {
      body.put("password", password);
    }
    body.putAll(further);
    server.api().post("/stations", body).expect(201);
  }
}
