package org.ampay.billing.promotion;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a bill used.
 *
 * @param refId the claim, or the campaign of an automatic discount
 * @param couponId null: an automatic discount
 * @param amountMinor off what the driver paid, tax included
 * @param givenBackAt when a refund gave it back
 */
public record CouponUse(
    long billId,
    long refId,
    @Nullable Long couponId,
    long amountMinor,
    Instant usedAt,
    @Nullable Instant givenBackAt) {}
