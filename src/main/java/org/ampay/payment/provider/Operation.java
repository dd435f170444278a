package org.ampay.payment.provider;

import java.time.Instant;
import org.ampay.base.Money;

/**
 * The identity of a command: stored before the provider hears of it.
 *
 * @param id ours
 * @param reference given to the provider; derived from the id, never changes on a repeat
 * @param driverId whose money
 * @param providerRef the provider's own id of it as far as it has told us, else empty
 * @param createdAt when it was stored: keys that a provider forgets are only good for so long
 */
public record Operation(
    long id,
    long operatorId,
    long driverId,
    String reference,
    Money amount,
    String providerRef,
    Instant createdAt) {}
