package org.ampay.ocpi.push;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What came of a look at what a partner has.
 *
 * @param endedAt null: under way, or cut off
 * @param compared how many objects
 * @param missing how many of them the partner had not; these and the older ones are sent again
 * @param older how many it had in an older state
 * @param trouble why not all could be compared; null: all were
 */
public record Comparison(
    Instant begunAt,
    @Nullable Instant endedAt,
    int compared,
    int missing,
    int older,
    @Nullable String trouble) {}
