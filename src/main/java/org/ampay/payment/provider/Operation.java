package org.ampay.payment.provider;

import org.ampay.base.Money;

/**
 * The identity of a command: stored before the provider hears of it.
 *
 * @param id ours
 * @param reference given to the provider; derived from the id, never changes on a repeat
 * @param driverId whose money
 */
public record Operation(long id, long operatorId, long driverId, String reference, Money amount) {}
