package org.ampay.store;

import org.jspecify.annotations.Nullable;

/**
 * A store cannot do what it was asked for: a fault, not an expected outcome. Thrown plainly when
 * the database refuses (a constraint, a lost lease); the subclasses say what a caller may do about
 * it.
 */
public class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StoreException(String message) {
    super(message);
  }

  public StoreException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** A unique key is taken. Nothing of the transaction was kept. */
  public static final class DuplicateKey extends StoreException {
    private static final long serialVersionUID = 1L;

    public DuplicateKey(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  /** Deadlock or lock time-out, also after repeating. Nothing of the transaction was kept. */
  public static final class Contention extends StoreException {
    private static final long serialVersionUID = 1L;

    public Contention(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  /** The database cannot be reached. Nothing of the transaction was kept; trying later may help. */
  public static final class Unavailable extends StoreException {
    private static final long serialVersionUID = 1L;

    public Unavailable(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  /** The answer to the commit was lost: everything of the transaction was kept, or nothing. */
  public static final class CommitUnknown extends StoreException {
    private static final long serialVersionUID = 1L;

    public CommitUnknown(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }
}
