package org.ampay.ocpi.http;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a list is wanted, OCPI 2.2.1 §4.1.3; the limit is already cut to ours.
 *
 * @param from inclusive, by last_updated
 * @param to exclusive
 */
public record PageQuery(@Nullable Instant from, @Nullable Instant to, long offset, int limit) {}
