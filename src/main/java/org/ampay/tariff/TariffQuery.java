package org.ampay.tariff;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/**
 * Which tariff does a session get?
 *
 * @param driverId who pays, for contracts with one driver
 * @param driverGroupId the driver's contract or membership group
 * @param receivedAt when the server heard of the start
 * @param startAt when the session began, by the station's clock
 * @param zone the site's
 * @param currency what the place is paid in, ISO 4217; empty: tariffs of any currency
 */
public record TariffQuery(
    long operatorId,
    long siteId,
    long stationId,
    Optional<Long> driverId,
    Optional<Long> driverGroupId,
    Instant receivedAt,
    Instant startAt,
    ZoneId zone,
    Optional<String> currency) {

  /** A query for nobody's contract, in any currency. */
  public TariffQuery(
      long operatorId,
      long siteId,
      long stationId,
      Optional<Long> driverGroupId,
      Instant receivedAt,
      Instant startAt,
      ZoneId zone) {
    this(
        operatorId,
        siteId,
        stationId,
        Optional.empty(),
        driverGroupId,
        receivedAt,
        startAt,
        zone,
        Optional.empty());
  }

  /** The same for one driver, at a place that is paid in {@code currency}. */
  public TariffQuery with(Optional<Long> driver, String currencyOfPlace) {
    return new TariffQuery(
        operatorId,
        siteId,
        stationId,
        driver,
        driverGroupId,
        receivedAt,
        startAt,
        zone,
        Optional.of(currencyOfPlace));
  }
}
