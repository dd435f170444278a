package org.ampay.billing;

import java.time.Instant;

/**
 * A charge detail record. Never changes.
 *
 * @param body our JSON, see {@link CdrBody}; OCPI's versions are made from it at the edge
 */
public record Cdr(
    long id, long operatorId, long sessionId, long billId, String body, Instant createdAt) {}
