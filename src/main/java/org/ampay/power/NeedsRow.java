package org.ampay.power;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an EV asked for, and what it was told.
 *
 * @param json as sent
 * @param status Accepted, Processing, Rejected
 * @param profileId of the profile that followed
 */
public record NeedsRow(
    long id,
    int evseNo,
    @Nullable String transactionId,
    String json,
    String status,
    @Nullable String reason,
    @Nullable Integer profileId,
    Instant received) {}
