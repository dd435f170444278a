package org.ampay.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The rules of group commit on the in-memory transactor, step by step. */
final class GroupCommitTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Steps steps = new Steps();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final Log log = new Log();
  private RuntimeException beforeCommit;
  private RuntimeException afterCommit;
  private RuntimeException awayAfterCommit;
  private int commits;

  private final MemoryTransactor transactor =
      new MemoryTransactor(
          new MemoryTransactor.Faults() {
            @Override
            public void beforeCommit() {
              if (beforeCommit != null) {
                throw beforeCommit;
              }
            }

            @Override
            public void afterCommit() {
              commits++;
              beforeCommit = awayAfterCommit;
              if (afterCommit != null) {
                RuntimeException fault = afterCommit;
                afterCommit = null;
                throw fault;
              }
            }
          });

  /** Writes words, once each; refuses those that begin with "bad". */
  private static final class Log implements GroupCommit.Writer<String, Integer> {
    final Map<String, Integer> words = new LinkedHashMap<>();
    final List<Integer> groups = new ArrayList<>();

    @Override
    public List<Integer> write(Tx tx, List<String> decisions) {
      groups.add(decisions.size());
      List<Integer> results = new ArrayList<>();
      for (String word : decisions) {
        if (word.startsWith("bad")) {
          throw new IllegalArgumentException(word);
        }
        if (words.containsKey(word)) {
          throw new StoreException.DuplicateKey(word, null);
        }
        words.put(word, words.size() + 1);
        MemoryTx.of(tx).undo(() -> words.remove(word));
        results.add(words.size());
      }
      return results;
    }

    @Override
    public Optional<Integer> find(Tx tx, String decision) {
      return Optional.ofNullable(words.get(decision));
    }
  }

  private GroupCommit<String, Integer> commit(int capacity, int maxGroup) {
    return new GroupCommit<>(
        new GroupCommit.Settings("test", capacity, maxGroup, 1, PATIENCE),
        transactor,
        log,
        new GroupCommit.Environment(steps, steps, steps, steps, meters));
  }

  private static CompletableFuture<CommitResult<Integer>> submit(
      GroupCommit<String, Integer> commit, String word) {
    return commit.submit(word).toCompletableFuture();
  }

  @Test
  void waitingDecisions_areOneTransaction() {
    GroupCommit<String, Integer> commit = commit(100, 10);
    Map<String, CompletableFuture<CommitResult<Integer>>> answers = new HashMap<>();
    for (String word : List.of("a", "b", "c")) {
      answers.put(word, submit(commit, word));
    }
    assertThat(answers.get("a")).isNotDone();
    steps.run();
    assertThat(commits).isEqualTo(1);
    assertThat(answers.get("c").join()).isEqualTo(new CommitResult.Committed<>(3));
  }

  @Test
  void group_isLimited() {
    GroupCommit<String, Integer> commit = commit(100, 4);
    for (int i = 0; i < 10; i++) {
      submit(commit, "w" + i);
    }
    steps.run();
    assertThat(log.groups).containsExactly(4, 4, 2);
  }

  @Test
  void fullQueue_refusesAtOnce() {
    GroupCommit<String, Integer> commit = commit(2, 2);
    CompletableFuture<CommitResult<Integer>> first = submit(commit, "a");
    submit(commit, "b");
    assertThat(submit(commit, "c").join()).isEqualTo(new CommitResult.Refused<>("queue full"));
    steps.run();
    assertThat(first.join()).isEqualTo(new CommitResult.Committed<>(1));
    assertThat(log.words).containsOnlyKeys("a", "b");
  }

  @Test
  void poisonDecision_failsAlone() {
    GroupCommit<String, Integer> commit = commit(100, 100);
    List<CompletableFuture<CommitResult<Integer>>> good = new ArrayList<>();
    CompletableFuture<CommitResult<Integer>> bad = null;
    for (int i = 0; i < 50; i++) {
      good.add(submit(commit, "w" + i));
      if (i == 17) {
        bad = submit(commit, "bad");
      }
    }
    steps.run();
    assertThat(good)
        .allSatisfy(answer -> assertThat(answer.join()).isInstanceOf(CommitResult.Committed.class));
    assertThat(bad.join())
        .isInstanceOfSatisfying(
            CommitResult.Failed.class,
            failed -> assertThat(failed.cause()).isInstanceOf(IllegalArgumentException.class));
    assertThat(log.words).hasSize(50);
  }

  @Test
  void lostAnswer_isLookedUpNotWrittenTwice() {
    GroupCommit<String, Integer> commit = commit(100, 100);
    afterCommit = new IllegalStateException("connection cut");
    CompletableFuture<CommitResult<Integer>> a = submit(commit, "a");
    CompletableFuture<CommitResult<Integer>> b = submit(commit, "b");
    steps.run();
    assertThat(a.join()).isEqualTo(new CommitResult.Committed<>(1));
    assertThat(b.join()).isEqualTo(new CommitResult.Committed<>(2));
    assertThat(log.groups).containsExactly(2);
    assertThat(log.words).containsOnlyKeys("a", "b");
  }

  @Test
  void repeatedDecision_getsItsFirstResult() {
    GroupCommit<String, Integer> commit = commit(100, 100);
    submit(commit, "a");
    steps.run();
    CompletableFuture<CommitResult<Integer>> again = submit(commit, "a");
    steps.run();
    assertThat(again.join()).isEqualTo(new CommitResult.Committed<>(1));
  }

  @Test
  void outage_isWaitedOut() {
    GroupCommit<String, Integer> commit = commit(100, 100);
    beforeCommit = new StoreException.Unavailable("away", null);
    CompletableFuture<CommitResult<Integer>> a = submit(commit, "a");
    steps.pass(Duration.ofSeconds(5));
    assertThat(a).isNotDone();
    assertThat(log.words).isEmpty();
    beforeCommit = null;
    steps.pass(Duration.ofSeconds(3));
    assertThat(a.join()).isEqualTo(new CommitResult.Committed<>(1));
  }

  @Test
  void outageBeyondPatience_failsTheGroupAndTheNextOneGoesOn() {
    GroupCommit<String, Integer> commit = commit(100, 100);
    beforeCommit = new StoreException.Unavailable("away", null);
    CompletableFuture<CommitResult<Integer>> a = submit(commit, "a");
    steps.pass(PATIENCE.plusSeconds(5));
    assertThat(a.join()).isEqualTo(new CommitResult.Failed<>(beforeCommit));
    beforeCommit = null;
    CompletableFuture<CommitResult<Integer>> b = submit(commit, "b");
    steps.pass(Duration.ofSeconds(3));
    assertThat(b.join()).isEqualTo(new CommitResult.Committed<>(1));
  }

  @Test
  void outageAfterLostAnswer_failsAsUnknown() {
    GroupCommit<String, Integer> commit = commit(100, 100);
    afterCommit = new IllegalStateException("connection cut");
    awayAfterCommit = new StoreException.Unavailable("away", null);
    CompletableFuture<CommitResult<Integer>> a = submit(commit, "a");
    steps.pass(PATIENCE.plusSeconds(5));
    assertThat(a.join())
        .isInstanceOfSatisfying(
            CommitResult.Failed.class,
            failed -> assertThat(failed.cause()).isInstanceOf(StoreException.CommitUnknown.class));
  }

  @Test
  void close_refusesNewAndFinishesTheRest() {
    GroupCommit<String, Integer> commit = commit(100, 100);
    CompletableFuture<CommitResult<Integer>> a = submit(commit, "a");
    commit.close();
    assertThat(commit.drained().toCompletableFuture()).isNotDone();
    assertThat(submit(commit, "b").join()).isEqualTo(new CommitResult.Refused<>("closed"));
    steps.run();
    assertThat(a.join()).isEqualTo(new CommitResult.Committed<>(1));
    assertThat(commit.drained().toCompletableFuture()).isDone();
  }
}
