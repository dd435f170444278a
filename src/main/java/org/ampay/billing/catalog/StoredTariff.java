package org.ampay.billing.catalog;

import java.time.Instant;

/**
 * A tariff as a thing with a name; its prices are in its {@link TariffVersion}s.
 *
 * @param operatorId 0: of the platform
 * @param currency the same in all versions
 * @param currentVersion the newest one, in force or not
 */
public record StoredTariff(
    long id,
    long operatorId,
    String name,
    String currency,
    int currentVersion,
    Instant createdAt) {}
