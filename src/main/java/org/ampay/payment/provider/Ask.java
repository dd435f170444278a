package org.ampay.payment.provider;

import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a payer is asked for money.
 *
 * @param subject what is paid for, in the payer's language, at most 100 characters
 * @param form the payer can use
 * @param expiresAt from then on it cannot be paid any more
 * @param returnUrl our page to come back to; null where there is none
 * @param payerId the payer in the provider's own words (openid, buyer id); null: not known
 * @param clientIp of the payer, where the provider wants it
 * @param language of the payer, RFC 5646
 */
public record Ask(
    String subject,
    Form form,
    Instant expiresAt,
    @Nullable URI returnUrl,
    @Nullable String payerId,
    @Nullable String clientIp,
    String language) {}
