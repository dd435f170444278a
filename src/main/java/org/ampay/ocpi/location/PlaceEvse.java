package org.ampay.ocpi.location;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An EVSE of ours.
 *
 * @param id of the inventory; its text is the uid
 * @param evseId by eMI3, for example {@code CN*AMP*ECP1*1}
 * @param connectors none when OCPI has no word for them: then partners do not see the EVSE
 * @param capabilities OCPI Capability
 * @param reference what is printed on it, at most 16 characters
 * @param tariffs the ids of the tariffs that hold now: by partner, and under 0 for those who have
 *     none of their own
 */
public record PlaceEvse(
    long id,
    long stationId,
    int evseNo,
    String evseId,
    EvseStatus status,
    List<String> capabilities,
    @Nullable String reference,
    List<PlaceConnector> connectors,
    Map<Long, String> tariffs,
    Instant lastUpdated) {

  public PlaceEvse {
    capabilities = List.copyOf(capabilities);
    connectors = List.copyOf(connectors);
    tariffs = Map.copyOf(tariffs);
  }

  /** Its id within the location and everywhere else. */
  public String uid() {
    return Long.toString(id);
  }

  /** The tariff that a partner's driver gets now; null: none. */
  public @Nullable String tariffOf(long partnerId) {
    String own = tariffs.get(partnerId);
    return own == null ? tariffs.get(0L) : own;
  }

  /** The connector of that number; the first one where the number is not known. */
  public @Nullable PlaceConnector connector(String connectorId) {
    for (PlaceConnector connector : connectors) {
      if (connector.id().equals(connectorId)) {
        return connector;
      }
    }
    return null;
  }

  boolean isRemoved() {
    return status == EvseStatus.REMOVED;
  }

  PlaceEvse at(Instant updated) {
    return with(status, connectors, updated);
  }

  /** Gone, at a moment. */
  PlaceEvse removed(Instant updated) {
    return with(EvseStatus.REMOVED, connectors, updated);
  }

  PlaceEvse with(EvseStatus newStatus, List<PlaceConnector> newConnectors, Instant updated) {
    return new PlaceEvse(
        id,
        stationId,
        evseNo,
        evseId,
        newStatus,
        capabilities,
        reference,
        newConnectors,
        tariffs,
        updated);
  }
}
