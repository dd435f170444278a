package org.ampay.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class IdBlocksTest {

  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private final Steps steps = new Steps();

  @BeforeEach
  void clear() {
    DATABASE.clear();
  }

  private IdBlocks blocks(int size) {
    return new IdBlocks("test", size, DATABASE.database().sideTransactor(), steps);
  }

  @Test
  void ids_beginAtOneAndGrow() {
    IdBlocks ids = blocks(10);
    assertThat(LongStream.range(0, 35).map(i -> ids.next()).toArray())
        .containsExactly(LongStream.rangeClosed(1, 35).toArray());
  }

  @Test
  void restart_leavesAGapAndRepeatsNothing() {
    assertThat(blocks(10).next()).isEqualTo(1);
    assertThat(blocks(10).next()).isEqualTo(11);
  }

  @Test
  void nextBlock_isFetchedAheadOfTime() {
    IdBlocks ids = blocks(10);
    for (int i = 0; i < 6; i++) {
      ids.next();
    }
    steps.run();
    // The database is not needed any more for these.
    DATABASE.clear();
    assertThat(LongStream.range(0, 14).map(i -> ids.next()).max()).hasValue(20);
  }

  @Test
  void latePrefetch_neverTurnsIdsBack() {
    IdBlocks ids = blocks(4);
    List<Long> given = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      given.add(ids.next());
      if (i % 7 == 0) {
        steps.run();
      }
    }
    assertThat(given).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void manyNodesAndThreads_neverShareAnId() throws Exception {
    Set<Long> given = ConcurrentHashMap.newKeySet();
    try (ExecutorService threads = Executors.newFixedThreadPool(6)) {
      List<Callable<Integer>> nodes = new ArrayList<>();
      for (int node = 0; node < 3; node++) {
        IdBlocks ids = new IdBlocks("test", 50, DATABASE.database().sideTransactor(), threads);
        Callable<Integer> take =
            () -> {
              int fresh = 0;
              for (int i = 0; i < 1000; i++) {
                fresh += given.add(ids.next()) ? 1 : 0;
              }
              return fresh;
            };
        nodes.add(take);
        nodes.add(take);
      }
      for (Future<Integer> fresh : threads.invokeAll(nodes)) {
        assertThat(fresh.get()).isEqualTo(1000);
      }
    }
    assertThat(given).hasSize(6000);
  }

  @Test
  void block_isTakenInsideAnotherTransaction() {
    IdBlocks ids = blocks(10);
    long id = DATABASE.transactor().call(tx -> ids.next());
    assertThat(id).isEqualTo(1);
  }
}
