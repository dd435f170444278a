package org.ampay.store;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Lock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The jobs of one kind: claiming, handing over, and what follows a failure. */
final class JobLane {

  private static final Logger LOG = LoggerFactory.getLogger(JobLane.class);

  private final JobRunner.Settings settings;
  private final JobHandler handler;
  private final Lock turn;
  private final Transactor transactor;
  private final JobStore store;
  private final JobRunner.Environment environment;

  private final AtomicInteger workers = new AtomicInteger();
  private final AtomicBoolean wanted = new AtomicBoolean();
  private final AtomicBoolean gathering = new AtomicBoolean();
  private final CompletableFuture<Void> drained = new CompletableFuture<>();
  private volatile boolean closed;

  private final Timer time;
  private final Counter done;
  private final Counter failed;
  private final Counter parked;

  JobLane(
      JobRunner.Settings settings,
      JobHandler handler,
      Lock turn,
      Transactor transactor,
      JobStore store,
      JobRunner.Environment environment) {
    this.settings = settings;
    this.handler = handler;
    this.turn = turn;
    this.transactor = transactor;
    this.store = store;
    this.environment = environment;
    this.time = Timer.builder("ampay.jobs.time").tag("kind", settings.kind()).register(meters());
    this.done = counter("done");
    this.failed = counter("failed");
    this.parked = counter("parked");
  }

  private MeterRegistry meters() {
    return environment.meters();
  }

  private Counter counter(String outcome) {
    return Counter.builder("ampay.jobs")
        .tag("kind", settings.kind())
        .tag("outcome", outcome)
        .register(meters());
  }

  /** Has a worker look, now or as soon as one is free. */
  void wake() {
    if (closed) {
      return;
    }
    wanted.set(true);
    startWorker();
  }

  /** A commit brought a job; those of the next ones may come along. */
  void nudge() {
    if (settings.gather().isZero()) {
      wake();
    } else if (gathering.compareAndSet(false, true)) {
      environment
          .delay()
          .after(
              settings.gather(),
              () -> {
                gathering.set(false);
                wake();
              });
    }
  }

  void close() {
    closed = true;
    completeWhenDrained();
  }

  CompletableFuture<Void> drained() {
    return drained;
  }

  private void startWorker() {
    int running = workers.get();
    while (running < settings.parallelism()) {
      if (workers.compareAndSet(running, running + 1)) {
        try {
          environment.executor().execute(this::work);
        } catch (RejectedExecutionException e) {
          workers.decrementAndGet();
        }
        return;
      }
      running = workers.get();
    }
  }

  private void work() {
    try {
      while (!closed && wanted.getAndSet(false)) {
        claimAndHandle();
      }
    } finally {
      workers.decrementAndGet();
      // A wake that came just now may have seen this worker as still running.
      if (wanted.get() && !closed) {
        startWorker();
      }
      completeWhenDrained();
    }
  }

  private void completeWhenDrained() {
    if (closed && workers.get() == 0) {
      drained.complete(null);
    }
  }

  private void claimAndHandle() {
    if (!(handler instanceof TransactionalJobHandler atOnce) || !inTurn(atOnce)) {
      leaseAndHandle();
    }
  }

  /** What is leased may wait for others than the database: it is done outside of the turn. */
  private boolean inTurn(TransactionalJobHandler atOnce) {
    turn.lock();
    try {
      return closed || takeAndHandle(atOnce);
    } finally {
      turn.unlock();
    }
  }

  /** Does what is due in one transaction; false when it did not work out, and nothing was done. */
  private boolean takeAndHandle(TransactionalJobHandler atOnce) {
    long start = environment.time().nanos();
    try {
      int count = transactor.call(tx -> takeAndHandle(tx, atOnce));
      done.increment(count);
      if (count == settings.maxBatch()) {
        wake();
      }
      if (count > 0) {
        time.record(environment.time().nanos() - start, TimeUnit.NANOSECONDS);
      }
      return true;
    } catch (NeedsLease e) {
      return false;
    } catch (StoreException.Unavailable | StoreException.CommitUnknown e) {
      // What was not done is due as before; the next poll finds it.
      LOG.warn("jobs of kind {} interrupted: {}", settings.kind(), e.toString());
      return true;
    } catch (RuntimeException | Error e) {
      LOG.info("jobs of kind {} failed together: {}", settings.kind(), e.toString());
      return false;
    }
  }

  private int takeAndHandle(Tx tx, TransactionalJobHandler atOnce) {
    List<Job> jobs = store.take(tx, settings.kind(), settings.maxBatch(), environment.time().now());
    if (!jobs.isEmpty() && !atOnce.handle(tx, jobs)) {
      throw new NeedsLease();
    }
    return jobs.size();
  }

  /** Rolls back what a handler cannot finish in one transaction. */
  private static final class NeedsLease extends RuntimeException {
    private static final long serialVersionUID = 1;

    NeedsLease() {
      super("more than one transaction is needed", null, false, false);
    }
  }

  private void leaseAndHandle() {
    List<Job> jobs;
    try {
      Instant now = environment.time().now();
      JobStore.Claim claim =
          new JobStore.Claim(
              settings.kind(),
              settings.maxBatch(),
              now,
              now.plus(settings.lease()),
              environment.worker());
      jobs = transactor.call(tx -> store.claim(tx, claim));
    } catch (RuntimeException e) {
      // The next poll tries again; what an unanswered commit leased is free after the lease.
      LOG.warn("cannot claim jobs of kind {}: {}", settings.kind(), e.toString());
      return;
    }
    if (jobs.size() == settings.maxBatch()) {
      wake();
    }
    if (!jobs.isEmpty()) {
      handle(jobs);
    }
  }

  private void handle(List<Job> jobs) {
    long start = environment.time().nanos();
    try {
      handler.handle(jobs);
      done.increment(jobs.size());
    } catch (StoreException.Unavailable | StoreException.CommitUnknown e) {
      interrupted(jobs, e);
    } catch (RuntimeException | Error e) {
      if (jobs.size() == 1) {
        postpone(jobs.getFirst(), e);
      } else {
        LOG.info(
            "{} jobs of kind {} failed together: {}", jobs.size(), settings.kind(), e.toString());
        jobs.forEach(job -> handle(List.of(job)));
      }
    } finally {
      time.record(environment.time().nanos() - start, TimeUnit.NANOSECONDS);
    }
  }

  /**
   * The database went away in the middle: the fault is not the jobs'. They are due again soon, if
   * the database is back, and otherwise when their lease ends.
   */
  private void interrupted(List<Job> jobs, StoreException cause) {
    failed.increment(jobs.size());
    LOG.warn("{} jobs of kind {} interrupted: {}", jobs.size(), settings.kind(), cause.toString());
    Instant again = environment.time().now().plus(settings.firstBackoff());
    for (Job job : jobs) {
      try {
        transactor.run(tx -> store.retry(tx, job, again, cause.toString()));
      } catch (StoreException.Unavailable | StoreException.CommitUnknown e) {
        return;
      } catch (RuntimeException e) {
        LOG.debug("job {} was done, only the answer was lost", job.id(), e);
      }
    }
  }

  private void postpone(Job job, Throwable cause) {
    boolean givesUp = job.attempts() >= settings.maxAttempts();
    Instant again = environment.time().now().plus(backoff(job.attempts()));
    try {
      if (givesUp) {
        transactor.run(tx -> store.park(tx, job, cause.toString()));
      } else {
        transactor.run(tx -> store.retry(tx, job, again, cause.toString()));
      }
    } catch (RuntimeException e) {
      // It is another worker's by now, or becomes so when the lease ends.
      LOG.warn("job {} ({}) left to its lease: {}", job.id(), job.kind(), e.toString());
    }
    if (givesUp) {
      parked.increment();
      LOG.error("job {} ({}, ref {}) given up", job.id(), job.kind(), job.ref(), cause);
    } else {
      failed.increment();
      LOG.warn(
          "job {} ({}, ref {}) failed, attempt {}: {}",
          job.id(),
          job.kind(),
          job.ref(),
          job.attempts(),
          cause.toString());
    }
  }

  /** Doubles with each attempt, then half of it is left to chance, so that herds spread. */
  private Duration backoff(int attempts) {
    long longest = settings.maxBackoff().toMillis();
    long pause = settings.firstBackoff().toMillis() << Math.min(attempts - 1, 20);
    long capped = Math.max(2, Math.min(pause, longest));
    return Duration.ofMillis(capped / 2 + environment.random().nextLong(capped / 2 + 1));
  }
}
