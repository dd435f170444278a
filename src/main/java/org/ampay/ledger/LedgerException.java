package org.ampay.ledger;

/** The ledger refuses an entry: nothing of it was kept. */
public abstract sealed class LedgerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  LedgerException(String message) {
    super(message);
  }

  /** The key was used before, for something else. */
  public static final class KeyConflict extends LedgerException {
    private static final long serialVersionUID = 1L;

    KeyConflict(String key) {
      super("journal " + key + " exists with other content");
    }
  }

  /** An account would go beyond its credit limit. */
  public static final class LimitExceeded extends LedgerException {
    private static final long serialVersionUID = 1L;

    LimitExceeded(Account account, long balanceMinor) {
      super("account " + account.code() + " would go over its limit: " + balanceMinor);
    }
  }
}
