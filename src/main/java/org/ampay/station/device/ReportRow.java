package org.ampay.station.device;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A reading of a station, in parts or at once.
 *
 * @param kind {@code variables} or {@code monitors}
 * @param asked what was asked for; empty when nothing was
 * @param state {@code asked}, {@code receiving}, {@code complete} or {@code refused}
 * @param answer the station's status to the request; null when not known
 * @param parts that were received
 * @param items that they held
 */
public record ReportRow(
    long id,
    String kind,
    long requestId,
    String asked,
    String state,
    @Nullable String answer,
    int parts,
    int items,
    Instant startedAt,
    @Nullable Instant completedAt) {}
