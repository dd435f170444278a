package org.ampay.ocpi.location;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The inventory as it is stored, for places. */
final class RawPlace {

  private RawPlace() {}

  /** A site with its operator. */
  record Site(
      long id,
      long operatorId,
      String code,
      String name,
      String street,
      String city,
      String postalCode,
      String country,
      @Nullable BigDecimal latitude,
      @Nullable BigDecimal longitude,
      String zone,
      boolean published,
      Operator operator) {}

  /** Whose it is. */
  record Operator(String name, String countryCode, String partyId, String currency) {}

  /**
   * A station.
   *
   * @param protocol it spoke last: 1.6, 2.0.1
   * @param connectedAt null: never
   * @param ownStatus its own word for itself as a whole
   */
  record Station(
      long id,
      long operatorId,
      long siteId,
      String identity,
      String name,
      @Nullable String protocol,
      String registration,
      @Nullable Instant connectedAt,
      @Nullable Instant disconnectedAt,
      @Nullable String ownStatus,
      List<Evse> evses) {}

  /** An EVSE; all its connectors in the order of their numbers. */
  record Evse(
      long id, int evseNo, boolean direct, int phases, int maxPowerW, List<Connector> connectors) {}

  record Connector(int connectorNo, String standard, String status) {}
}
