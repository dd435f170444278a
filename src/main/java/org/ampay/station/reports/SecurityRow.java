package org.ampay.station.reports;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A security event.
 *
 * @param station its identity; empty when it was deleted
 * @param at by the station's clock
 */
public record SecurityRow(
    long id,
    String station,
    String type,
    boolean critical,
    Instant at,
    Instant receivedAt,
    @Nullable String techInfo) {}
