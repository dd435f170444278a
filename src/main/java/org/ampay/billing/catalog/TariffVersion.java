package org.ampay.billing.catalog;

import java.time.Instant;
import org.ampay.tariff.Tariff;

/**
 * An immutable version of a tariff.
 *
 * @param version from 1
 * @param tariff its OCPI id is the stored tariff's id
 */
public record TariffVersion(
    long tariffId, int version, long operatorId, Tariff tariff, String author, Instant createdAt) {}
