package org.ampay.power;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A profile at a station, as stored.
 *
 * @param evseNo 0: the whole station
 * @param source {@code CSO}: set by us
 * @param json the profile in the words of its version
 * @param reason in the words of the station
 */
public record PlacedProfile(
    long id,
    int evseNo,
    int profileId,
    int stackLevel,
    Profile.Purpose purpose,
    @Nullable Instant validFrom,
    @Nullable Instant validTo,
    @Nullable String transactionId,
    String source,
    ProfileState state,
    @Nullable String reason,
    String json,
    Instant changedAt) {}
