package org.ampay.store;

/**
 * What became of a decision given to a {@link GroupCommit}.
 *
 * @param <R> what the writer makes of a decision
 */
public sealed interface CommitResult<R> {

  /** It is in the database. */
  record Committed<R>(R result) implements CommitResult<R> {}

  /**
   * It could not be committed. When the cause is a {@link StoreException.CommitUnknown}, it may
   * have been: whoever holds state that depends on it must read it again.
   */
  record Failed<R>(Throwable cause) implements CommitResult<R> {}

  /** It was never tried: the queue is full, or closed. */
  record Refused<R>(String reason) implements CommitResult<R> {}
}
