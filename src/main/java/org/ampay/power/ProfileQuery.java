package org.ampay.power;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a station was asked about its profiles.
 *
 * @param criteria JSON of the request
 * @param state {@code asked}, {@code receiving}, {@code complete}, {@code none}, {@code failed}
 * @param profiles how many it has reported
 */
public record ProfileQuery(
    long id,
    int requestId,
    String criteria,
    String state,
    int profiles,
    Instant asked,
    @Nullable Instant finished) {}
