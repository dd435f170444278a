package org.ampay.charging;

import org.jspecify.annotations.Nullable;

/** What the store made of a decision. */
sealed interface Outcome {

  /** All its writes are kept. */
  record Stored() implements Outcome {}

  /**
   * The fact was stored before: nothing was written.
   *
   * @param answer what it was answered then, null where that held nothing
   * @param doubtful perhaps by this very decision, whose commit had no answer: the state in memory
   *     may be behind
   */
  record Duplicate(@Nullable String answer, boolean doubtful) implements Outcome {}

  /** The decision makes a session that exists: nothing was written; decide again, knowing it. */
  record SessionExists() implements Outcome {}
}
