package org.ampay.power;

/**
 * A transaction that goes on.
 *
 * @param evseNo 0: not known yet
 */
public record RunningTransaction(String transactionId, int evseNo) {}
