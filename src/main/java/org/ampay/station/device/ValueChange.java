package org.ampay.station.device;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A change of a value, for the history.
 *
 * @param before null: it had none
 * @param after null: it has none
 * @param present false: the station has the variable no longer
 */
public record ValueChange(
    long id,
    VariableKey key,
    Instant at,
    @Nullable String before,
    @Nullable String after,
    boolean present,
    String source) {}
