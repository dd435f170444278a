package org.ampay.store;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.ampay.base.TimeSource;

/**
 * Merges decisions of many into few transactions.
 *
 * <p>Decisions wait in a bounded queue. A drain takes what waits, up to a limit, and writes it in
 * one transaction; what arrives meanwhile is the next group. So a lone decision is committed at
 * once, and under load the groups grow by themselves.
 *
 * <p>A group that fails is halved until the decision that cannot be written stands alone: every
 * other one is committed, each wholly or not at all. When the answer to a commit is lost, the
 * writer looks for each decision before writing it again. When the database is away the group is
 * tried again until the patience ends; the queue fills meanwhile and refuses, which is the
 * back-pressure.
 *
 * @param <T> a decision: what is to be written, pure data
 * @param <R> what the writer makes of it
 */
public final class GroupCommit<T, R> implements AutoCloseable {

  /** Writes decisions. Must have no effect but through the transaction: it may be repeated. */
  public interface Writer<T, R> {

    /**
     * Writes all decisions, with multi-row statements.
     *
     * @return one result a decision, in their order
     */
    List<R> write(Tx tx, List<T> decisions);

    /**
     * Looks, by the decision's unique key, whether it was written before. Asked only after a
     * failure. A writer without this must be able to write a decision twice without harm.
     */
    default Optional<R> find(Tx tx, T decision) {
      return Optional.empty();
    }
  }

  /**
   * The limits of one queue.
   *
   * @param name for metrics
   * @param queueCapacity decisions that may wait; more are refused
   * @param maxGroup decisions in one transaction
   * @param parallelism transactions at a time
   * @param patience how long a group is tried while the database is away
   */
  public record Settings(
      String name, int queueCapacity, int maxGroup, int parallelism, Duration patience) {

    public Settings {
      if (queueCapacity < 1 || maxGroup < 1 || parallelism < 1 || patience.isNegative()) {
        throw new IllegalArgumentException("group commit " + name + ": limits must be positive");
      }
    }

    /** 20,000 waiting, groups of 512, one transaction at a time, 30 seconds of patience. */
    public static Settings of(String name) {
      return new Settings(name, 20_000, 512, 1, Duration.ofSeconds(30));
    }

    public Settings withParallelism(int transactions) {
      return new Settings(name, queueCapacity, maxGroup, transactions, patience);
    }
  }

  /**
   * What comes from outside.
   *
   * @param drains runs the transactions; they block
   * @param callbacks completes the answers, one task a group, so that what follows a commit cannot
   *     slow the next one
   * @param delay runs the next try after an outage
   */
  public record Environment(
      Executor drains, Executor callbacks, Delay delay, TimeSource time, MeterRegistry meters) {}

  /** A decision and who waits for it. */
  record Entry<T, R>(T decision, CompletableFuture<CommitResult<R>> answer) {}

  private final Settings settings;
  private final Environment environment;
  private final GroupWriter<T, R> groupWriter;
  private final CommitMeters meters;
  private final BlockingQueue<Entry<T, R>> queue;
  private final AtomicInteger drains = new AtomicInteger();
  private final CompletableFuture<Void> drained = new CompletableFuture<>();
  private volatile boolean closed;

  public GroupCommit(
      Settings settings, Transactor transactor, Writer<T, R> writer, Environment environment) {
    this.settings = settings;
    this.environment = environment;
    this.queue = new ArrayBlockingQueue<>(settings.queueCapacity());
    this.meters = new CommitMeters(settings.name(), environment.meters());
    this.groupWriter = new GroupWriter<>(transactor, writer);
    Gauge.builder("ampay.commit.waiting", queue, BlockingQueue::size)
        .tag("queue", settings.name())
        .register(environment.meters());
  }

  /**
   * Queues a decision. Never blocks. The answer is completed by the callback executor, or at once
   * when refused.
   */
  public CompletionStage<CommitResult<R>> submit(T decision) {
    Entry<T, R> entry = new Entry<>(decision, new CompletableFuture<>());
    if (closed) {
      return refuse("closed");
    }
    if (!queue.offer(entry)) {
      return refuse("queue full");
    }
    startDrain();
    return entry.answer();
  }

  /** Refuses new decisions; those that wait are still committed. */
  @Override
  public void close() {
    closed = true;
    completeWhenDrained();
  }

  /** Completed when, after {@link #close}, nothing waits any more. */
  public CompletionStage<Void> drained() {
    return drained;
  }

  private CompletionStage<CommitResult<R>> refuse(String reason) {
    meters.refused();
    return CompletableFuture.completedFuture(new CommitResult.Refused<>(reason));
  }

  private void startDrain() {
    int running = drains.get();
    while (running < settings.parallelism()) {
      if (drains.compareAndSet(running, running + 1)) {
        schedule(new GroupDrain<>(this, groupWriter));
        return;
      }
      running = drains.get();
    }
  }

  /** The program is ending when an executor refuses: nobody hangs, everybody is told. */
  private void schedule(GroupDrain<T, R> drain) {
    try {
      environment.drains().execute(drain);
    } catch (RejectedExecutionException e) {
      drain.abandon(e);
      List<Entry<T, R>> rest = new ArrayList<>();
      queue.drainTo(rest);
      rest.forEach(entry -> entry.answer().complete(new CommitResult.Failed<>(e)));
      drains.decrementAndGet();
      completeWhenDrained();
    }
  }

  /** The next group; empty when nothing waits, and then the drain has ended. */
  List<Entry<T, R>> takeGroup() {
    List<Entry<T, R>> group = new ArrayList<>(Math.min(settings.maxGroup(), queue.size() + 1));
    queue.drainTo(group, settings.maxGroup());
    if (group.isEmpty()) {
      drains.decrementAndGet();
      // A decision queued just now may have seen this drain as still running.
      if (!queue.isEmpty()) {
        startDrain();
      }
      completeWhenDrained();
    }
    return group;
  }

  void resumeLater(GroupDrain<T, R> drain, Duration pause) {
    environment.delay().after(pause, () -> schedule(drain));
  }

  /** Answers a whole group in one task. */
  void answer(List<Entry<T, R>> group, List<CommitResult<R>> results) {
    Runnable task =
        () -> {
          for (int i = 0; i < group.size(); i++) {
            group.get(i).answer().complete(results.get(i));
          }
        };
    try {
      environment.callbacks().execute(task);
    } catch (RejectedExecutionException e) {
      task.run();
    }
  }

  Duration patience() {
    return settings.patience();
  }

  TimeSource time() {
    return environment.time();
  }

  CommitMeters meters() {
    return meters;
  }

  private void completeWhenDrained() {
    if (closed && drains.get() == 0 && queue.isEmpty()) {
      drained.complete(null);
    }
  }
}
