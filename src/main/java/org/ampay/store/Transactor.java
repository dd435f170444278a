package org.ampay.store;

import java.util.function.Consumer;
import java.util.function.Function;

/** Runs work in a transaction of its own: all of it is kept, or nothing. */
public interface Transactor {

  /**
   * Runs {@code work} and commits. The work may run more than once, because a transaction that
   * loses a deadlock is repeated: it must have no effect but through its {@link Tx}. Do not nest.
   *
   * @return what the work returned, after the commit
   * @throws StoreException when the database refuses, is away, or its answer to the commit is lost;
   *     any other exception of the work is thrown as it is, after the roll-back
   */
  <R> R call(Function<Tx, R> work);

  /** {@link #call} without a result. */
  default void run(Consumer<Tx> work) {
    call(
        tx -> {
          work.accept(tx);
          return Boolean.TRUE;
        });
  }
}
