package org.ampay.access.reservation;

import java.time.Instant;
import org.ampay.access.IdToken;
import org.ampay.station.StationInfo;
import org.jspecify.annotations.Nullable;

/**
 * A reservation that somebody wants.
 *
 * @param evse 0: any
 * @param connectorType null: any
 * @param group null: the token's own, if it has one
 * @param replaces number of an open reservation that it takes the place of; null: a new one
 * @param actor who wants it
 */
public record ReservationWish(
    StationInfo station,
    int evse,
    @Nullable String connectorType,
    IdToken token,
    @Nullable String group,
    Instant until,
    @Nullable Integer replaces,
    String actor) {}
