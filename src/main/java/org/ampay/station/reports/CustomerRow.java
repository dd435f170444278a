package org.ampay.station.reports;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A CustomerInformation request and what came of it.
 *
 * @param namedBy id_token, certificate, identifier, nothing
 * @param status the station's answer; null: none yet
 * @param data all parts in order; empty in lists
 */
public record CustomerRow(
    long id,
    long stationId,
    int requestId,
    String namedBy,
    String customer,
    boolean report,
    boolean clear,
    OperationState state,
    @Nullable String status,
    Instant createdAt,
    @Nullable Instant completedAt,
    Instant expiresAt,
    String data) {}
