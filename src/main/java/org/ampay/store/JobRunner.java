package org.ampay.store;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.ampay.base.TimeSource;

/**
 * Has jobs done: claims what is due, kind by kind, and hands it to the kind's handler. It looks
 * when a commit in this process brought a job, and every second for what other nodes brought, what
 * falls due by time, and what a dead worker left behind.
 */
public final class JobRunner implements AutoCloseable {

  private static final Duration POLL = Duration.ofSeconds(1);

  /**
   * How jobs of a kind are done.
   *
   * @param maxBatch jobs handed over at a time
   * @param parallelism batches at a time in this process
   * @param lease after this, another worker may take a job
   * @param firstBackoff pause after the first failure; it doubles with each one
   * @param maxBackoff the longest pause
   * @param maxAttempts failures after which a job is parked
   * @param gather after a commit brought a job, others that come in this time are done with it:
   *     larger batches for a little delay; zero: at once
   */
  public record Settings(
      String kind,
      int maxBatch,
      int parallelism,
      Duration lease,
      Duration firstBackoff,
      Duration maxBackoff,
      int maxAttempts,
      Duration gather) {

    public Settings {
      Job.checkKind(kind);
      if (maxBatch < 1 || parallelism < 1 || maxAttempts < 1) {
        throw new IllegalArgumentException("jobs of kind " + kind + ": limits must be positive");
      }
      if (!lease.isPositive() || !firstBackoff.isPositive() || gather.isNegative()) {
        throw new IllegalArgumentException("jobs of kind " + kind + ": times must be positive");
      }
    }

    /**
     * Batches of 100, one at a time, a minute's lease, pauses from half a second to ten minutes,
     * parked after 20 failures (about two hours).
     */
    public static Settings of(String kind) {
      return new Settings(
          kind,
          100,
          1,
          Duration.ofMinutes(1),
          Duration.ofMillis(500),
          Duration.ofMinutes(10),
          20,
          Duration.ZERO);
    }

    public Settings withBatch(int batch) {
      return new Settings(
          kind, batch, parallelism, lease, firstBackoff, maxBackoff, maxAttempts, gather);
    }

    public Settings withParallelism(int batches) {
      return new Settings(
          kind, maxBatch, batches, lease, firstBackoff, maxBackoff, maxAttempts, gather);
    }

    public Settings withLease(Duration newLease) {
      return new Settings(
          kind, maxBatch, parallelism, newLease, firstBackoff, maxBackoff, maxAttempts, gather);
    }

    public Settings withGather(Duration time) {
      return new Settings(
          kind, maxBatch, parallelism, lease, firstBackoff, maxBackoff, maxAttempts, time);
    }

    public Settings withBackoff(Duration first, Duration longest, int attempts) {
      return new Settings(kind, maxBatch, parallelism, lease, first, longest, attempts, gather);
    }
  }

  /**
   * What comes from outside.
   *
   * @param worker names this process: unique among those that run, the same after a restart (the
   *     node's name); at most 60 characters
   * @param executor runs claims and handlers; they block
   * @param random spreads the pauses
   */
  public record Environment(
      String worker,
      Executor executor,
      Delay delay,
      TimeSource time,
      RandomGenerator random,
      MeterRegistry meters) {}

  private final Transactor transactor;
  private final JobStore store;
  private final Environment environment;
  private final Map<String, JobLane> lanes = new ConcurrentHashMap<>();
  private volatile boolean closed;

  public JobRunner(
      Transactor transactor, JobStore store, JobSignal signal, Environment environment) {
    this.transactor = transactor;
    this.store = store;
    this.environment = environment;
    signal.listen(this::nudge);
  }

  /** Adds a handler; one a kind. */
  public void register(Settings settings, JobHandler handler) {
    register(settings, handler, turn());
  }

  /** A turn to share; whoever waits longest is next, so that a kind with many jobs lets others. */
  public static ReentrantLock turn() {
    return new ReentrantLock(true);
  }

  /**
   * Adds a handler; one a kind.
   *
   * @param turn held while a batch is done in one transaction: kinds that lock the same rows for
   *     long share it, and do not wait for each other in the middle of their transactions. Not held
   *     while leased jobs are done, which may wait for others than the database
   */
  public void register(Settings settings, JobHandler handler, Lock turn) {
    JobLane lane = new JobLane(settings, handler, turn, transactor, store, environment);
    if (lanes.putIfAbsent(settings.kind(), lane) != null) {
      throw new IllegalStateException("two handlers for jobs of kind " + settings.kind());
    }
  }

  /** Takes back what this worker held when it died, and begins to look for jobs. */
  public void start() {
    transactor.run(tx -> store.reclaim(tx, environment.worker(), environment.time().now()));
    poll();
  }

  /** There may be jobs of this kind now. Cheap; a kind without a handler here is ignored. */
  public void nudge(String kind) {
    JobLane lane = lanes.get(kind);
    if (lane != null) {
      lane.nudge();
    }
  }

  private void poll() {
    if (closed) {
      return;
    }
    lanes.values().forEach(JobLane::wake);
    environment.delay().after(POLL, this::poll);
  }

  /** Claims nothing more; batches that are being done go on. */
  @Override
  public void close() {
    closed = true;
    lanes.values().forEach(JobLane::close);
  }

  /** Completed when, after {@link #close}, no handler runs any more. */
  public CompletionStage<Void> drained() {
    return CompletableFuture.allOf(
        lanes.values().stream().map(JobLane::drained).toArray(CompletableFuture[]::new));
  }
}
