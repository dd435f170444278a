package org.ampay.ledger;

/**
 * An account as stored.
 *
 * @param balanceMinor debits less credits
 * @param limitMinor the credit limit of a limited account, 0 otherwise
 */
public record AccountRow(long id, Account account, long balanceMinor, long limitMinor) {

  /** What may still be taken from a limited account. */
  public long available() {
    return Math.subtractExact(limitMinor, balanceMinor);
  }
}
