package org.ampay.app;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.ampay.store.Delay;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The executors of the process: few threads that compute, as many virtual ones as wait.
 *
 * @param deciders run mailboxes and decisions: never block
 * @param blocking run whatever waits for the database or a socket: virtual threads
 * @param timer runs short tasks later
 * @param logger stores the message log, beside everything else
 */
record Threads(
    ExecutorService deciders,
    ExecutorService blocking,
    ScheduledExecutorService timer,
    ScheduledExecutorService logger)
    implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Threads.class);

  static Threads start() {
    int processors = Runtime.getRuntime().availableProcessors();
    return new Threads(
        Executors.newFixedThreadPool(processors, Thread.ofPlatform().name("decide-", 1).factory()),
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("work-", 1).factory()),
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("timer").factory()),
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("message-log").factory()));
  }

  /** Runs tasks later on the timer's thread; after the end of the process' work, never. */
  Delay delay() {
    return (duration, task) -> {
      try {
        timer.schedule(guarded("delayed task", task), duration.toMillis(), TimeUnit.MILLISECONDS);
      } catch (RejectedExecutionException e) {
        LOG.debug("closing: a delayed task is dropped", e);
      }
    };
  }

  /** Repeats blocking work with this pause between the end of one run and the next. */
  void repeat(String name, Duration pause, Runnable work) {
    Runnable run = guarded(name, work);
    delay()
        .after(
            pause,
            () ->
                blocking.execute(
                    () -> {
                      run.run();
                      repeat(name, pause, work);
                    }));
  }

  private static Runnable guarded(String name, Runnable work) {
    return () -> {
      try {
        work.run();
      } catch (RuntimeException e) {
        LOG.warn("{} failed", name, e);
      }
    };
  }

  @Override
  public void close() {
    timer.shutdownNow();
    stop(logger);
    stop(blocking);
    stop(deciders);
  }

  private static void stop(ExecutorService executor) {
    executor.shutdown();
    try {
      if (!executor.awaitTermination(10, TimeUnit.SECONDS)) {
        LOG.warn("work was still going on at the end");
        executor.shutdownNow();
      }
    } catch (InterruptedException e) {
      executor.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
