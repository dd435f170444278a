package org.ampay.station;

/**
 * A place on a station. OCPP 1.6 has one virtual EVSE a connector: {@code (connectorId, 1)}.
 *
 * @param evseNo from 1; 0 is the station itself (its main meter)
 * @param connectorNo from 1 within the EVSE; 0 when the station did not say
 */
public record EvseRef(int evseNo, int connectorNo) {

  /** The place that OCPP 1.6 calls {@code connectorId}. */
  public static EvseRef ofConnector16(int connectorId) {
    return new EvseRef(connectorId, connectorId == 0 ? 0 : 1);
  }
}
