package org.ampay.charging;

import java.time.Instant;
import org.ampay.access.IdToken;
import org.ampay.base.Energy;
import org.ampay.base.Money;
import org.ampay.station.EvseRef;
import org.jspecify.annotations.Nullable;

/**
 * A finished session as billing and settlement need it.
 *
 * @param stationIdentity the station's name on the wire
 * @param driverId null when the token has no driver
 * @param token null when it was started without one
 * @param holdId what its start reserved
 * @param snapshotId the frozen tariff
 * @param priceFacts what its price depends on, {@code tariff.SessionFacts} as text
 * @param total the price: a bill that differs from it is wrong
 */
public record BillableSession(
    long id,
    long operatorId,
    long siteId,
    long stationId,
    String stationIdentity,
    EvseRef evse,
    String transactionId,
    @Nullable Long driverId,
    @Nullable IdToken token,
    @Nullable Long holdId,
    Instant startedAt,
    Instant stoppedAt,
    @Nullable Energy meterStart,
    @Nullable Energy meterStop,
    Energy energy,
    long snapshotId,
    String priceFacts,
    Money total) {}
