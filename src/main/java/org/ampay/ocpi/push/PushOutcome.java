package org.ampay.ocpi.push;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What became of an attempt, as it is stored.
 *
 * @param state that of the object, unless it has changed since
 * @param attempts failures in a row, with this one
 * @param due when it is tried again if it waits
 * @param failure null: taken
 */
record PushOutcome(
    PushItem item,
    PushState.Stand state,
    int attempts,
    Instant at,
    Instant due,
    PushVerdict.@Nullable Failure failure) {}
