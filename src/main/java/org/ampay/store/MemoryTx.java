package org.ampay.store;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * A transaction of the in-memory twins. A store changes its state at once and notes how to undo it.
 */
public final class MemoryTx implements Tx {

  private final Deque<Runnable> undo = new ArrayDeque<>();
  private final List<Runnable> afterCommit = new ArrayList<>(2);

  MemoryTx() {}

  /** The transaction as an in-memory store needs it. */
  public static MemoryTx of(Tx tx) {
    return switch (tx) {
      case MemoryTx memory -> memory;
      case SqlTx sql ->
          throw new IllegalArgumentException("an in-memory store got an SQL transaction");
    };
  }

  /** Notes how to take back a change that was just made; the last note is undone first. */
  public void undo(Runnable action) {
    undo.push(action);
  }

  @Override
  public void afterCommit(Runnable action) {
    afterCommit.add(action);
  }

  void committed() {
    afterCommit.forEach(Runnable::run);
  }

  void rollBack() {
    while (!undo.isEmpty()) {
      undo.pop().run();
    }
  }
}
