package org.ampay.billing.catalog;

import org.jspecify.annotations.Nullable;

/**
 * An assignment that names the place or the driver in question.
 *
 * @param version the tariff's version that holds for the session; null: none
 * @param calendar the version of its calendar; null: it has none
 * @param reason {@link Reason#WINS} for the one that holds
 */
public record Candidate(
    Assignment assignment,
    @Nullable TariffVersion version,
    @Nullable CalendarVersion calendar,
    Reason reason) {}
