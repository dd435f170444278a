package org.ampay.ocpi.cdr;

import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * Where a session was, by the ids that the Locations module tells; not cut yet.
 *
 * @param country ISO 3166 alpha-3
 * @param latitude as OCPI writes it, null when nobody knows it
 * @param standard ConnectorType
 * @param format {@code SOCKET}, {@code CABLE}
 * @param powerType {@code AC_1_PHASE} … {@code DC}
 */
public record RoamingPlace(
    Address address,
    Outlet outlet,
    @Nullable String latitude,
    @Nullable String longitude,
    ZoneId zone) {

  /** The location. */
  public record Address(
      String locationId,
      String name,
      String street,
      String city,
      @Nullable String postalCode,
      @Nullable String state,
      String country) {}

  /** The connector. */
  public record Outlet(
      String evseUid,
      String evseId,
      String connectorId,
      String standard,
      String format,
      String powerType) {}
}
