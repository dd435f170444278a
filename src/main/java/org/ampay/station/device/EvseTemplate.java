package org.ampay.station.device;

import java.util.ArrayList;
import java.util.List;
import org.ampay.station.NewStation.NewConnector;
import org.ampay.station.NewStation.NewEvse;

/**
 * EVSEs that are all alike, with one connector each.
 *
 * @param connectorType OCPI ConnectorType
 * @param count 1 to 40
 * @param maxPowerW watts; 0: unknown
 */
public record EvseTemplate(String connectorType, int count, int maxPowerW) {

  public EvseTemplate {
    if (!connectorType.matches("[A-Z0-9_]{1,30}")) {
      throw new IllegalArgumentException(
          "connector_type: must be an OCPI ConnectorType like IEC_62196_T2");
    }
    if (count < 1 || count > 40) {
      throw new IllegalArgumentException("evses: must be 1 to 40");
    }
    if (maxPowerW < 0 || maxPowerW > 10_000_000) {
      throw new IllegalArgumentException("max_power_kw: must be 0 to 10000");
    }
  }

  /** The EVSEs, numbered from 1. */
  public List<NewEvse> evses() {
    boolean direct =
        connectorType.contains("COMBO")
            || connectorType.equals("GBT_DC")
            || connectorType.equals("CHADEMO");
    List<NewEvse> evses = new ArrayList<>();
    for (int no = 1; no <= count; no++) {
      NewConnector connector = new NewConnector(1, connectorType);
      evses.add(new NewEvse(no, direct, direct ? 1 : 3, maxPowerW, List.of(connector)));
    }
    return evses;
  }
}
