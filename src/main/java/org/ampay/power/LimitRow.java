package org.ampay.power;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A limit from outside.
 *
 * @param schedules JSON list as sent
 * @param cleared null: it holds
 */
public record LimitRow(
    long id,
    int evseNo,
    String source,
    @Nullable Boolean gridCritical,
    String schedules,
    Instant received,
    @Nullable Instant cleared) {}
