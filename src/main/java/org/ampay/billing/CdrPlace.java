package org.ampay.billing;

import java.math.BigDecimal;
import org.ampay.station.EvseRef;
import org.jspecify.annotations.Nullable;

/**
 * Where a session was, as a CDR tells it.
 *
 * @param country ISO 3166 alpha-3
 * @param standard OCPI ConnectorType; null when the inventory does not know the connector
 */
public record CdrPlace(
    Party party,
    String siteCode,
    String siteName,
    String address,
    String city,
    String postalCode,
    String country,
    @Nullable BigDecimal latitude,
    @Nullable BigDecimal longitude,
    String timeZone,
    String station,
    @Nullable String standard,
    @Nullable String currentType) {

  /** By what a place is found. */
  public record Outlet(long stationId, EvseRef evse) {}

  /** The operator, as OCPI names it. */
  public record Party(String countryCode, String partyId) {}
}
