package org.ampay.store;

import static org.ampay.store.tables.Tables.ID_SEQUENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Transactions and group commit when the real database makes trouble. */
final class SqlTransactorTest {

  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  @BeforeEach
  void clear() {
    DATABASE.clear();
    DATABASE
        .transactor()
        .run(
            tx -> {
              insert(tx, "a", 0);
              insert(tx, "b", 0);
            });
  }

  private static void insert(Tx tx, String name, long value) {
    SqlTx.of(tx)
        .dsl()
        .insertInto(ID_SEQUENCE, ID_SEQUENCE.NAME, ID_SEQUENCE.NEXT_VALUE)
        .values(name, value)
        .execute();
  }

  private static void increment(Tx tx, String name) {
    SqlTx.of(tx)
        .dsl()
        .update(ID_SEQUENCE)
        .set(ID_SEQUENCE.NEXT_VALUE, ID_SEQUENCE.NEXT_VALUE.plus(1))
        .where(ID_SEQUENCE.NAME.eq(name))
        .execute();
  }

  private static Optional<Long> value(String name) {
    return DATABASE
        .dsl()
        .select(ID_SEQUENCE.NEXT_VALUE)
        .from(ID_SEQUENCE)
        .where(ID_SEQUENCE.NAME.eq(name))
        .fetchOptional(ID_SEQUENCE.NEXT_VALUE);
  }

  private static void killConnection(Tx tx) {
    long id = SqlTx.of(tx).dsl().fetchSingle("SELECT CONNECTION_ID()").get(0, Long.class);
    DATABASE.dsl().execute("KILL " + id);
  }

  @Test
  void deadlock_isRepeatedAndBothAreKept() throws Exception {
    CyclicBarrier bothHoldOne = new CyclicBarrier(2);
    AtomicInteger runs = new AtomicInteger();
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      Future<?> one = threads.submit(() -> cross("a", "b", bothHoldOne, runs));
      Future<?> two = threads.submit(() -> cross("b", "a", bothHoldOne, runs));
      one.get();
      two.get();
    }
    assertThat(runs.get()).isGreaterThanOrEqualTo(3);
    assertThat(value("a")).contains(2L);
    assertThat(value("b")).contains(2L);
  }

  private static void cross(
      String first, String second, CyclicBarrier bothHoldOne, AtomicInteger runs) {
    DATABASE
        .transactor()
        .run(
            tx -> {
              increment(tx, first);
              if (runs.incrementAndGet() <= 2) {
                try {
                  bothHoldOne.await();
                } catch (Exception e) {
                  throw new IllegalStateException(e);
                }
              }
              increment(tx, second);
            });
  }

  @Test
  void connectionKilledInTheWork_isAnOutage() {
    assertThatThrownBy(
            () ->
                DATABASE
                    .transactor()
                    .run(
                        tx -> {
                          increment(tx, "a");
                          killConnection(tx);
                          increment(tx, "b");
                        }))
        .isInstanceOf(StoreException.Unavailable.class);
    assertThat(value("a")).contains(0L);
  }

  @Test
  void connectionKilledBeforeTheCommit_leavesTheCommitUnknown() {
    assertThatThrownBy(
            () ->
                DATABASE
                    .transactor()
                    .run(
                        tx -> {
                          increment(tx, "a");
                          killConnection(tx);
                        }))
        .isInstanceOf(StoreException.CommitUnknown.class);
    assertThat(value("a")).contains(0L);
    DATABASE.transactor().run(tx -> increment(tx, "a"));
    assertThat(value("a")).contains(1L);
  }

  /** Writes rows; kills its own connection the first time, before or after it is committed. */
  private static final class Writer implements GroupCommit.Writer<String, Long> {
    int kills;
    int writes;

    @Override
    public List<Long> write(Tx tx, List<String> names) {
      writes++;
      List<Long> results = new ArrayList<>();
      for (String name : names) {
        insert(tx, name, 7);
        results.add(7L);
      }
      if (kills-- > 0) {
        killConnection(tx);
      }
      return results;
    }

    @Override
    public Optional<Long> find(Tx tx, String name) {
      return SqlTx.of(tx)
          .dsl()
          .select(ID_SEQUENCE.NEXT_VALUE)
          .from(ID_SEQUENCE)
          .where(ID_SEQUENCE.NAME.eq(name))
          .fetchOptional(ID_SEQUENCE.NEXT_VALUE);
    }
  }

  private static GroupCommit<String, Long> groupCommit(
      Transactor transactor, Writer writer, Steps steps) {
    return new GroupCommit<>(
        GroupCommit.Settings.of("test"),
        transactor,
        writer,
        new GroupCommit.Environment(steps, steps, steps, steps, new SimpleMeterRegistry()));
  }

  @Test
  void groupWhoseConnectionIsKilled_isCommittedOnce() {
    Steps steps = new Steps();
    Writer writer = new Writer();
    writer.kills = 1;
    GroupCommit<String, Long> commit = groupCommit(DATABASE.transactor(), writer, steps);
    List<CompletableFuture<CommitResult<Long>>> answers = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      answers.add(commit.submit("n" + i).toCompletableFuture());
    }
    steps.run();
    assertThat(answers)
        .allSatisfy(it -> assertThat(it.join()).isEqualTo(new CommitResult.Committed<>(7L)));
    assertThat(DATABASE.dsl().fetchCount(ID_SEQUENCE)).isEqualTo(22);
    assertThat(writer.writes).isEqualTo(2);
  }

  @Test
  void groupWhoseAnswerIsLost_isFoundAgain() {
    Steps steps = new Steps();
    Writer writer = new Writer();
    boolean[] lose = {true};
    Transactor losing =
        new Transactor() {
          @Override
          public <R> R call(Function<Tx, R> work) {
            R result = DATABASE.transactor().call(work);
            if (lose[0]) {
              lose[0] = false;
              throw new StoreException.CommitUnknown("cut", null);
            }
            return result;
          }
        };
    GroupCommit<String, Long> commit = groupCommit(losing, writer, steps);
    CompletableFuture<CommitResult<Long>> answer = commit.submit("n").toCompletableFuture();
    steps.run();
    assertThat(answer.join()).isEqualTo(new CommitResult.Committed<>(7L));
    assertThat(writer.writes).isEqualTo(1);
  }

  @Test
  void takenKeyInAGroup_failsAlone() {
    Steps steps = new Steps();
    GroupCommit<String, Long> commit =
        new GroupCommit<>(
            GroupCommit.Settings.of("test"),
            DATABASE.transactor(),
            (tx, names) -> new Writer().write(tx, names),
            new GroupCommit.Environment(steps, steps, steps, steps, new SimpleMeterRegistry()));
    List<CompletableFuture<CommitResult<Long>>> answers = new ArrayList<>();
    for (String name : List.of("x", "y", "a", "z")) {
      answers.add(commit.submit(name).toCompletableFuture());
    }
    steps.run();
    assertThat(answers.get(2).join())
        .isInstanceOfSatisfying(
            CommitResult.Failed.class,
            failed -> assertThat(failed.cause()).isInstanceOf(StoreException.DuplicateKey.class));
    assertThat(DATABASE.dsl().fetchCount(ID_SEQUENCE)).isEqualTo(5);
  }
}
