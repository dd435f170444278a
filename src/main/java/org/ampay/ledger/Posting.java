package org.ampay.ledger;

/**
 * One line of a journal.
 *
 * @param minor minor units of the account's currency: debit positive, credit negative
 */
public record Posting(Account account, long minor) {

  /** A debit. */
  public static Posting debit(Account account, long minor) {
    return new Posting(account, minor);
  }

  /** A credit. */
  public static Posting credit(Account account, long minor) {
    return new Posting(account, Math.negateExact(minor));
  }
}
