package org.ampay.store;

/**
 * A running transaction, handed to the stores that take part in it. Valid only inside the work that
 * received it, on that thread.
 */
public sealed interface Tx permits SqlTx, MemoryTx {

  /**
   * Runs {@code action} when this transaction is committed for certain; not when it is rolled back
   * or its fate is unknown. For cheap signals only: it runs on the committing thread and must not
   * throw.
   */
  void afterCommit(Runnable action);
}
