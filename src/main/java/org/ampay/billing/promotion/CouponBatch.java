package org.ampay.billing.promotion;

import java.time.Instant;

/**
 * Unique codes that were made together.
 *
 * @param codes how many
 * @param used how many of them were claimed
 */
public record CouponBatch(
    long id, long couponId, int codes, int used, String createdBy, Instant createdAt) {}
