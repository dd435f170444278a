package org.ampay.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiPredicate;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The runner on in-memory stores, in virtual time. */
final class JobRunnerTest {

  private static final JobRunner.Settings SETTINGS =
      JobRunner.Settings.of("bill")
          .withBatch(4)
          .withBackoff(Duration.ofSeconds(1), Duration.ofSeconds(8), 5);

  private final Steps steps = new Steps();
  private final Transactor transactor = new MemoryTransactor();
  private final JobSignal signal = new JobSignal();
  private final JobStore store = new MemoryJobStore(new SequentialIds(), signal);
  private final List<Long> done = new ArrayList<>();
  private JobRunner runner;

  @BeforeEach
  void create() {
    runner = runner("node-1");
  }

  private JobRunner runner(String worker) {
    return new JobRunner(
        transactor,
        store,
        signal,
        new JobRunner.Environment(
            worker, steps, steps, steps, new Random(7), new SimpleMeterRegistry()));
  }

  private void insert(long... refs) {
    List<NewJob> jobs =
        LongStream.of(refs).mapToObj(ref -> new NewJob("bill", ref, steps.now())).toList();
    transactor.run(tx -> store.insert(tx, jobs));
  }

  private void finish(List<Job> jobs) {
    transactor.run(tx -> store.done(tx, jobs));
    jobs.forEach(job -> done.add(job.ref()));
  }

  @Test
  void committedJob_isDoneAtOnce() {
    runner.register(SETTINGS, this::finish);
    runner.start();
    steps.run();
    insert(1, 2);
    steps.run();
    assertThat(done).containsExactly(1L, 2L);
  }

  @Test
  void jobOfLater_isFoundByPolling() {
    runner.register(SETTINGS, this::finish);
    runner.start();
    steps.run();
    transactor.run(
        tx -> store.insert(tx, List.of(new NewJob("bill", 1, steps.now().plusSeconds(3)))));
    steps.pass(Duration.ofSeconds(2));
    assertThat(done).isEmpty();
    steps.pass(Duration.ofSeconds(2));
    assertThat(done).containsExactly(1L);
  }

  @Test
  void manyJobs_areDoneInBatches() {
    List<Integer> batches = new ArrayList<>();
    runner.register(
        SETTINGS,
        jobs -> {
          batches.add(jobs.size());
          finish(jobs);
        });
    insert(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
    runner.start();
    steps.run();
    assertThat(batches).containsExactly(4, 4, 2);
  }

  @Test
  void poisonJob_doesNotHoldUpOthersAndIsParked() {
    runner.register(
        SETTINGS,
        jobs -> {
          if (jobs.stream().anyMatch(job -> job.ref() == 2)) {
            throw new IllegalStateException("poison");
          }
          finish(jobs);
        });
    runner.start();
    insert(1, 2, 3);
    steps.run();
    assertThat(done).containsExactly(1L, 3L);
    steps.pass(Duration.ofMinutes(2));
    assertThat(transactor.<List<Job>>call(tx -> store.parked(tx, 10)))
        .singleElement()
        .satisfies(
            job -> {
              assertThat(job.ref()).isEqualTo(2);
              assertThat(job.attempts()).isEqualTo(5);
              assertThat(job.lastError()).contains("poison");
            });
  }

  @Test
  void failedJob_isTriedAgainAfterAPause() {
    List<Instant> tries = new ArrayList<>();
    runner.register(
        SETTINGS,
        jobs -> {
          tries.add(steps.now());
          if (tries.size() < 3) {
            throw new IllegalStateException("not yet");
          }
          finish(jobs);
        });
    runner.start();
    insert(1);
    steps.pass(Duration.ofMinutes(1));
    assertThat(done).containsExactly(1L);
    assertThat(Duration.between(tries.get(0), tries.get(1))).isPositive();
    assertThat(Duration.between(tries.get(0), tries.get(2)))
        .isBetween(Duration.ofMillis(1500), Duration.ofSeconds(6));
  }

  @Test
  void deadWorkersJobs_areTakenOverAfterTheLease() {
    insert(1);
    transactor.run(
        tx ->
            store.claim(
                tx,
                new JobStore.Claim("bill", 1, steps.now(), steps.now().plusSeconds(60), "node-2")));
    runner.register(SETTINGS, this::finish);
    runner.start();
    steps.pass(Duration.ofSeconds(59));
    assertThat(done).isEmpty();
    steps.pass(Duration.ofSeconds(2));
    assertThat(done).containsExactly(1L);
  }

  @Test
  void restartedWorker_takesItsOwnJobsBackAtOnce() {
    insert(1);
    transactor.run(
        tx ->
            store.claim(
                tx,
                new JobStore.Claim("bill", 1, steps.now(), steps.now().plusSeconds(60), "node-1")));
    runner.register(SETTINGS, this::finish);
    runner.start();
    steps.run();
    assertThat(done).containsExactly(1L);
  }

  @Test
  void outage_isNotHeldAgainstTheJobs() {
    int[] calls = {0};
    runner.register(
        SETTINGS,
        jobs -> {
          if (calls[0]++ == 0) {
            throw new StoreException.Unavailable("away", null);
          }
          finish(jobs);
        });
    runner.start();
    insert(1, 2, 3);
    steps.run();
    assertThat(calls[0]).isEqualTo(1);
    steps.pass(Duration.ofSeconds(3));
    assertThat(calls[0]).isEqualTo(2);
    assertThat(done).containsExactly(1L, 2L, 3L);
  }

  @Test
  void close_endsTheClaiming() {
    runner.register(SETTINGS, this::finish);
    runner.start();
    steps.run();
    runner.close();
    insert(1);
    steps.pass(Duration.ofSeconds(5));
    assertThat(done).isEmpty();
    assertThat(runner.drained().toCompletableFuture()).isDone();
  }

  /** Done at once by {@code atOnce}, or leased by {@code leased}. */
  private record Both(BiPredicate<Tx, List<Job>> atOnce, JobHandler leased)
      implements TransactionalJobHandler {
    @Override
    public boolean handle(Tx tx, List<Job> jobs) {
      return atOnce.test(tx, jobs);
    }

    @Override
    public void handle(List<Job> jobs) {
      leased.handle(jobs);
    }
  }

  @Test
  void poisonJobAmongThoseDoneAtOnce_doesNotHoldUpOthersAndIsParked() {
    runner.register(
        SETTINGS,
        new Both(
            (tx, jobs) -> {
              store.done(tx, jobs);
              if (jobs.stream().anyMatch(job -> job.ref() == 2)) {
                throw new IllegalStateException("poison");
              }
              jobs.forEach(job -> done.add(job.ref()));
              return true;
            },
            jobs -> {
              if (jobs.stream().anyMatch(job -> job.ref() == 2)) {
                throw new IllegalStateException("poison");
              }
              finish(jobs);
            }));
    runner.start();
    insert(1, 2, 3, 4, 5, 6);
    steps.run();
    assertThat(done).containsExactlyInAnyOrder(1L, 3L, 4L, 5L, 6L);
    steps.pass(Duration.ofMinutes(2));
    assertThat(transactor.<List<Job>>call(tx -> store.parked(tx, 10)))
        .singleElement()
        .satisfies(job -> assertThat(job.attempts()).isEqualTo(5));
  }

  @Test
  void leasedJobs_areDoneOutsideOfTheTurn() {
    ReentrantLock turn = JobRunner.turn();
    List<Boolean> held = new ArrayList<>();
    runner.register(
        SETTINGS,
        new Both(
            (tx, jobs) -> !held.add(turn.isHeldByCurrentThread()),
            jobs -> {
              held.add(turn.isHeldByCurrentThread());
              finish(jobs);
            }),
        turn);
    runner.start();
    insert(1);
    steps.run();
    assertThat(done).containsExactly(1L);
    assertThat(held).containsExactly(true, false);
  }

  @Test
  @Timeout(60)
  void kindWithoutEndOfJobs_letsAnotherHaveItsTurn() {
    ReentrantLock turn = JobRunner.turn();
    CompletableFuture<Integer> other = new CompletableFuture<>();
    AtomicInteger batches = new AtomicInteger();
    Both endless =
        new Both(
            (tx, jobs) -> {
              store.done(tx, jobs);
              if (batches.getAndIncrement() == 0) {
                store.insert(tx, List.of(new NewJob("settle", 1, steps.now())));
              } else {
                while (!turn.hasQueuedThreads() && !other.isDone()) {
                  Thread.onSpinWait();
                }
              }
              if (!other.isDone()) {
                store.insert(tx, List.of(new NewJob("bill", 1, steps.now())));
              }
              return true;
            },
            this::finish);
    Both once =
        new Both(
            (tx, jobs) -> {
              store.done(tx, jobs);
              return other.complete(batches.get());
            },
            this::finish);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      runner =
          new JobRunner(
              transactor,
              store,
              signal,
              new JobRunner.Environment(
                  "node-1",
                  threads,
                  (pause, task) -> {},
                  steps,
                  new Random(7),
                  new SimpleMeterRegistry()));
      runner.register(SETTINGS.withBatch(1), endless, turn);
      runner.register(JobRunner.Settings.of("settle"), once, turn);
      insert(1);
      runner.start();
      assertThat(other.join()).isLessThanOrEqualTo(2);
      runner.close();
    }
  }
}
