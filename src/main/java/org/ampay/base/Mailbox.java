package org.ampay.base;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A bounded queue whose messages are handled one after the other, never by two threads at a time.
 * The next message waits until the stage that the handler returned for the one before is complete:
 * so the owner of a mailbox needs no lock, and pauses until what it decided is committed.
 *
 * <p>A handler that throws or fails is logged; the mailbox goes on with the next message.
 */
public final class Mailbox<T> {

  /** What became of an offered message. */
  public enum Offer {
    ACCEPTED,
    /** The queue is at its bound: nothing was taken. */
    FULL,
    /** The mailbox was closed while idle: its owner is gone, ask for a new one. */
    CLOSED
  }

  /** After so many messages handled at once, others get their turn on the executor. */
  private static final int TURN = 32;

  private static final Logger LOG = LoggerFactory.getLogger(Mailbox.class);

  private final int capacity;
  private final Executor executor;
  private final Function<T, CompletionStage<?>> handler;
  private final Queue<T> queue = new ArrayDeque<>(4);
  private boolean busy;
  private boolean closed;

  /**
   * @param capacity messages that may wait, the one being handled not counted
   * @param handler called by one thread at a time; must not block
   */
  public Mailbox(int capacity, Executor executor, Function<T, CompletionStage<?>> handler) {
    if (capacity < 1) {
      throw new IllegalArgumentException("capacity must be positive: " + capacity);
    }
    this.capacity = capacity;
    this.executor = executor;
    this.handler = handler;
  }

  /** Puts a message at the end of the queue. */
  public Offer offer(T message) {
    synchronized (queue) {
      if (closed) {
        return Offer.CLOSED;
      }
      if (queue.size() >= capacity) {
        return Offer.FULL;
      }
      queue.add(message);
      if (busy) {
        return Offer.ACCEPTED;
      }
      busy = true;
    }
    schedule();
    return Offer.ACCEPTED;
  }

  /** Closes the mailbox unless something waits or is being handled. */
  public boolean closeIfIdle() {
    synchronized (queue) {
      if (busy) {
        return false;
      }
      closed = true;
      return true;
    }
  }

  private void schedule() {
    try {
      executor.execute(this::drain);
    } catch (RejectedExecutionException e) {
      LOG.warn("a mailbox stops: its executor is shut down", e);
    }
  }

  private void drain() {
    for (int turn = 0; turn < TURN; turn++) {
      T message = next();
      if (message == null) {
        return;
      }
      var stage = handle(message);
      if (stage != null && !stage.toCompletableFuture().isDone()) {
        stage.whenComplete((result, failure) -> resume(failure));
        return;
      }
    }
    schedule();
  }

  /** Frees the mailbox without a thread change when nothing waits. */
  private void resume(@Nullable Throwable failure) {
    if (failure != null) {
      LOG.error("a message's handling failed", failure);
    }
    synchronized (queue) {
      if (queue.isEmpty()) {
        busy = false;
        return;
      }
    }
    schedule();
  }

  private @Nullable T next() {
    synchronized (queue) {
      T message = queue.poll();
      busy = message != null;
      return message;
    }
  }

  private @Nullable CompletionStage<?> handle(T message) {
    try {
      return handler.apply(message);
    } catch (RuntimeException e) {
      LOG.error("a message's handling failed", e);
      return null;
    }
  }
}
