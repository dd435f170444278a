package org.ampay.power;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an EV was going to do.
 *
 * @param json the schedule as sent
 * @param reason why it was rejected
 */
public record EvScheduleRow(
    long id,
    int evseNo,
    Instant base,
    String json,
    boolean accepted,
    @Nullable String reason,
    Instant received) {}
