package org.ampay.tariff;

import org.jspecify.annotations.Nullable;

/**
 * A stretch of a segment in which the same components apply.
 *
 * @param flat due at the beginning of the slice, once
 * @param time prices the hours: TIME, PARKING_TIME or RESERVATION_TIME
 * @param occupancy prices the hours as well
 */
record Slice(
    PricePeriod period,
    @Nullable Component flat,
    @Nullable Component time,
    @Nullable Component energy,
    @Nullable Component service,
    @Nullable Component occupancy) {}
