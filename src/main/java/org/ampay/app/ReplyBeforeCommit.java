package org.ampay.app;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.ampay.store.Transactor;
import org.ampay.store.Tx;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The mistake that this house must not make, on purpose: reports a transaction as done a moment
 * before it is committed. Only for the crash test, which must fail with it; see {@code CrashTest}.
 */
final class ReplyBeforeCommit implements Transactor {

  private static final Logger LOG = LoggerFactory.getLogger(ReplyBeforeCommit.class);
  private static final String SWITCH = "ampay.test.reply-before-commit";
  private static final long LATE_NANOS = 400_000_000L;

  private final Transactor transactor;

  private ReplyBeforeCommit(Transactor transactor) {
    this.transactor = transactor;
  }

  /** The transactor itself, unless the JVM was started with the switch. */
  static Transactor ifAsked(Transactor transactor) {
    if (!Boolean.getBoolean(SWITCH)) {
      return transactor;
    }
    LOG.error("{} is set: answers are given before the commit; never do this", SWITCH);
    return new ReplyBeforeCommit(transactor);
  }

  @Override
  public <R> R call(Function<Tx, R> work) {
    CompletableFuture<R> early = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                transactor.run(
                    tx -> {
                      early.complete(work.apply(tx));
                      LockSupport.parkNanos(LATE_NANOS);
                    });
              } catch (RuntimeException e) {
                early.completeExceptionally(e);
              }
            });
    try {
      return early.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }
}
