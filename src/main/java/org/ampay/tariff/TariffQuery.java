package org.ampay.tariff;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/**
 * Which tariff does a session get?
 *
 * @param receivedAt when the server heard of the start
 * @param startAt when the session began, by the station's clock
 * @param zone the site's
 */
public record TariffQuery(
    long operatorId,
    long siteId,
    long stationId,
    Optional<Long> driverGroupId,
    Instant receivedAt,
    Instant startAt,
    ZoneId zone) {}
