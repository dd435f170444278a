package org.ampay.station.reports;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A DataTransfer.
 *
 * @param direction in: from the station, out
 * @param status of the answer; out: also sent, error, timeout
 */
public record TransferRow(
    long id,
    String station,
    String direction,
    String vendorId,
    @Nullable String messageId,
    @Nullable String data,
    String status,
    @Nullable String answerData,
    Instant at) {}
