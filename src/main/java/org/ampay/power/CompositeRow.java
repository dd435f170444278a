package org.ampay.power;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The last answer of a station to GetCompositeSchedule for an EVSE.
 *
 * @param reason why there is none
 * @param periods JSON list
 */
public record CompositeRow(
    int evseNo,
    Instant asked,
    boolean accepted,
    @Nullable String reason,
    @Nullable Instant starts,
    @Nullable Integer durationSeconds,
    @Nullable String unit,
    @Nullable String periods) {}
