package org.ampay.ocpi.log;

import java.time.Instant;
import org.ampay.ocpi.CallLog;
import org.jspecify.annotations.Nullable;

/**
 * A call as it was kept.
 *
 * @param body the beginning of what was sent; null: nothing
 */
public record StoredCall(
    long id,
    long partnerId,
    Instant at,
    CallLog.Direction direction,
    String method,
    String url,
    CallLog.Answer answer,
    @Nullable String requestId,
    @Nullable String correlationId,
    @Nullable String body) {}
