package org.ampay.store;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * Transactions of the in-memory twins: one at a time, with a log of undo steps, so that an
 * exception leaves every store as it was. Faults can be injected at the two points where a real
 * database fails most instructively.
 */
public final class MemoryTransactor implements Transactor {

  /** Faults of a simulation; each method may throw. */
  public interface Faults {
    Faults NONE = new Faults() {};

    /** Before the commit: a thrown exception rolls the transaction back. */
    default void beforeCommit() {}

    /** After the commit: a thrown exception is a lost answer, the transaction is kept. */
    default void afterCommit() {}
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Faults faults;

  public MemoryTransactor() {
    this(Faults.NONE);
  }

  public MemoryTransactor(Faults faults) {
    this.faults = faults;
  }

  @Override
  public <R> R call(Function<Tx, R> work) {
    if (lock.isHeldByCurrentThread()) {
      throw new IllegalStateException("a transaction inside a transaction");
    }
    MemoryTx tx = new MemoryTx();
    R result;
    lock.lock();
    try {
      result = workOrRollBack(tx, work);
    } finally {
      lock.unlock();
    }
    try {
      faults.afterCommit();
    } catch (RuntimeException e) {
      throw new StoreException.CommitUnknown("the answer to the commit was lost", e);
    }
    tx.committed();
    return result;
  }

  private <R> R workOrRollBack(MemoryTx tx, Function<Tx, R> work) {
    boolean done = false;
    try {
      R result = work.apply(tx);
      faults.beforeCommit();
      done = true;
      return result;
    } finally {
      if (!done) {
        tx.rollBack();
      }
    }
  }
}
