package org.ampay.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link JobStore} must do. */
abstract class JobStoreContract {

  static final Instant NOW = Instant.parse("2026-03-01T12:00:00.123Z");
  static final Duration LEASE = Duration.ofMinutes(1);

  final JobSignal signal = new JobSignal();
  private final List<String> signals = new ArrayList<>();
  private JobStore store;

  abstract Transactor transactor();

  abstract JobStore newStore();

  @BeforeEach
  void open() {
    store = newStore();
    signal.listen(signals::add);
  }

  private void insert(NewJob... jobs) {
    transactor().run(tx -> store.insert(tx, List.of(jobs)));
  }

  private List<Job> claim(String kind, int max, Instant now, String worker) {
    return transactor()
        .call(tx -> store.claim(tx, new JobStore.Claim(kind, max, now, now.plus(LEASE), worker)));
  }

  private static NewJob bill(long ref, Instant runAt) {
    return new NewJob("bill", ref, runAt, "{\"n\":" + ref + "}");
  }

  @Test
  void claim_givesDueJobsOldestFirst() {
    insert(bill(1, NOW), bill(2, NOW.minusSeconds(5)), bill(3, NOW.plusSeconds(1)));
    insert(new NewJob("settle", 4, NOW));
    List<Job> jobs = claim("bill", 10, NOW, "w1");
    assertThat(jobs).extracting(Job::ref).containsExactly(2L, 1L);
    assertThat(jobs.getFirst())
        .isEqualTo(
            new Job(jobs.getFirst().id(), "bill", 2, "{\"n\":2}", 1, "w1", NOW.plus(LEASE), ""));
    assertThat(claim("bill", 10, NOW, "w2")).isEmpty();
  }

  @Test
  void takenJobs_areDoneWithTheirTransaction_orRemainAsTheyWere() {
    insert(bill(1, NOW), bill(2, NOW), bill(3, NOW.plusSeconds(1)));
    assertThatThrownBy(
            () ->
                transactor()
                    .run(
                        tx -> {
                          store.done(tx, store.take(tx, "bill", 10, NOW));
                          throw new IllegalStateException("no");
                        }))
        .isInstanceOf(IllegalStateException.class);
    transactor().run(tx -> store.done(tx, store.take(tx, "bill", 1, NOW)));
    assertThat(exists(1)).isFalse();
    Job left = claim("bill", 10, NOW, "w1").getFirst();
    assertThat(left.ref()).isEqualTo(2);
    assertThat(left.attempts()).isEqualTo(1);
  }

  @Test
  void claim_isLimited() {
    insert(bill(1, NOW), bill(2, NOW), bill(3, NOW));
    assertThat(claim("bill", 2, NOW, "w1")).extracting(Job::ref).containsExactly(1L, 2L);
    assertThat(claim("bill", 2, NOW, "w1")).extracting(Job::ref).containsExactly(3L);
  }

  @Test
  void done_removes() {
    insert(bill(1, NOW), bill(2, NOW));
    List<Job> jobs = claim("bill", 10, NOW, "w1");
    transactor().run(tx -> store.done(tx, jobs));
    assertThat(exists(1)).isFalse();
    assertThat(claim("bill", 10, NOW.plus(LEASE), "w1")).isEmpty();
  }

  @Test
  void endedLease_isGivenToAnotherWorkerAndFencesTheFirst() {
    insert(bill(1, NOW));
    Job first = claim("bill", 10, NOW, "w1").getFirst();
    assertThat(claim("bill", 10, NOW.plus(LEASE).minusMillis(1), "w2")).isEmpty();
    Job second = claim("bill", 10, NOW.plus(LEASE), "w2").getFirst();
    assertThat(second.attempts()).isEqualTo(2);
    assertThatThrownBy(() -> transactor().run(tx -> store.done(tx, List.of(first))))
        .isInstanceOf(StoreException.class);
    assertThatThrownBy(() -> transactor().run(tx -> store.retry(tx, first, NOW, "no")))
        .isInstanceOf(StoreException.class);
    assertThatThrownBy(() -> transactor().run(tx -> store.park(tx, first, "no")))
        .isInstanceOf(StoreException.class);
    transactor().run(tx -> store.done(tx, List.of(second)));
    assertThat(exists(1)).isFalse();
  }

  @Test
  void sameWorkerAfterItsLease_isFencedByTheAttempt() {
    insert(bill(1, NOW));
    Job first = claim("bill", 10, NOW, "w1").getFirst();
    claim("bill", 10, NOW.plus(LEASE), "w1");
    assertThatThrownBy(() -> transactor().run(tx -> store.done(tx, List.of(first))))
        .isInstanceOf(StoreException.class);
  }

  @Test
  void doneOfSeveral_isAllOrNothing() {
    insert(bill(1, NOW), bill(2, NOW));
    List<Job> jobs = claim("bill", 10, NOW, "w1");
    transactor().run(tx -> store.done(tx, List.of(jobs.getLast())));
    assertThatThrownBy(() -> transactor().run(tx -> store.done(tx, jobs)))
        .isInstanceOf(StoreException.class);
    assertThat(exists(1)).isTrue();
  }

  @Test
  void retry_isDueAgainLaterAndKeepsTheError() {
    insert(bill(1, NOW));
    Job job = claim("bill", 10, NOW, "w1").getFirst();
    transactor().run(tx -> store.retry(tx, job, NOW.plusSeconds(10), "x".repeat(5000)));
    assertThat(claim("bill", 10, NOW.plusSeconds(9), "w1")).isEmpty();
    Job again = claim("bill", 10, NOW.plusSeconds(10), "w1").getFirst();
    assertThat(again.attempts()).isEqualTo(2);
    assertThat(again.lastError()).isEqualTo("x".repeat(1000));
  }

  @Test
  void parkedJob_staysUntilReleased() {
    insert(bill(1, NOW));
    Job job = claim("bill", 10, NOW, "w1").getFirst();
    transactor().run(tx -> store.park(tx, job, "hopeless"));
    assertThat(claim("bill", 10, NOW.plus(Duration.ofDays(900)), "w1")).isEmpty();
    assertThat(transactor().<List<Job>>call(tx -> store.parked(tx, 10)))
        .singleElement()
        .satisfies(
            it -> {
              assertThat(it.lastError()).isEqualTo("hopeless");
              assertThat(it.dueAt()).isEqualTo(Instant.MAX);
            });
    boolean released = transactor().call(tx -> store.release(tx, job.id(), NOW));
    assertThat(released).isTrue();
    boolean again = transactor().call(tx -> store.release(tx, job.id(), NOW));
    assertThat(again).isFalse();
    assertThat(claim("bill", 10, NOW, "w1").getFirst().attempts()).isEqualTo(1);
  }

  @Test
  void reclaim_freesOnlyTheWorkersOwn() {
    insert(bill(1, NOW), bill(2, NOW));
    claim("bill", 1, NOW, "w1");
    claim("bill", 1, NOW, "w2");
    transactor().run(tx -> store.reclaim(tx, "w1", NOW));
    assertThat(claim("bill", 10, NOW, "w3")).extracting(Job::ref).containsExactly(1L);
  }

  @Test
  void counts_areByKindAndState() {
    insert(bill(1, NOW), bill(2, NOW), bill(3, NOW), new NewJob("settle", 4, NOW));
    List<Job> jobs = claim("bill", 2, NOW, "w1");
    transactor().run(tx -> store.park(tx, jobs.getFirst(), "hopeless"));
    assertThat(transactor().<List<JobStore.Counts>>call(store::counts))
        .containsExactly(
            new JobStore.Counts("bill", 1, 1, 1), new JobStore.Counts("settle", 1, 0, 0));
  }

  @Test
  void insert_signalsOnlyAfterTheCommit() {
    insert(bill(1, NOW), bill(2, NOW));
    assertThat(signals).containsExactly("bill");
    assertThatThrownBy(
            () ->
                transactor()
                    .run(
                        tx -> {
                          store.insert(tx, List.of(bill(3, NOW)));
                          throw new IllegalStateException("no");
                        }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(signals).containsExactly("bill");
    assertThat(exists(3)).isFalse();
  }

  @Test
  void rollBack_takesEverythingBack() {
    insert(bill(1, NOW), bill(2, NOW));
    Job job = claim("bill", 1, NOW, "w1").getFirst();
    assertThatThrownBy(
            () ->
                transactor()
                    .run(
                        tx -> {
                          store.claim(
                              tx, new JobStore.Claim("bill", 1, NOW, NOW.plus(LEASE), "w2"));
                          store.done(tx, List.of(job));
                          throw new IllegalStateException("no");
                        }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(exists(1)).isTrue();
    assertThat(claim("bill", 1, NOW, "w3").getFirst().attempts()).isEqualTo(1);
  }

  private boolean exists(long ref) {
    return transactor().call(tx -> store.exists(tx, "bill", ref));
  }
}
