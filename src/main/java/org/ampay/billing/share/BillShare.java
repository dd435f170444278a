package org.ampay.billing.share;

/**
 * A payee's share of a whole bill. Never changes.
 *
 * @param lineNo of the contract's rule, from 1
 * @param baseMinor what it is of
 */
public record BillShare(
    long billId,
    int lineNo,
    long operatorId,
    long contractId,
    long payeeId,
    String currency,
    long baseMinor,
    long shareMinor) {}
