package org.ampay.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.ampay.store.tables.Tables;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class DatabaseTest {

  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  @BeforeEach
  void clear() {
    DATABASE.clear();
  }

  @Test
  void open_migratesTheSchema() {
    assertThat(DATABASE.database().schemaVersion()).isPresent();
    assertThat(DATABASE.dsl().fetchCount(Tables.ID_SEQUENCE)).isZero();
  }

  /** A command may join a server whose owner is still migrating. */
  @Test
  void migrationsByTwoProcesses_takeTurns() throws Exception {
    DatabaseSettings settings = TestDatabase.newSchema("race");
    try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
      Callable<Optional<String>> open =
          () -> {
            try (Database database = Database.open(settings)) {
              return database.schemaVersion();
            }
          };
      for (Future<Optional<String>> version : threads.invokeAll(List.of(open, open, open))) {
        assertThat(version.get()).isEqualTo(DATABASE.database().schemaVersion());
      }
    }
  }

  @Test
  void everyTable_namesTheBinaryCollation() {
    List<?> others =
        DATABASE
            .dsl()
            .fetchValues(
                "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE()"
                    + " AND table_name <> 'flyway_schema_history'"
                    + " AND table_collation <> 'utf8mb4_bin'");
    assertThat(others).isEmpty();
  }

  @Test
  void exception_rollsBack() {
    Transactor transactor = DATABASE.transactor();
    assertThatThrownBy(
            () ->
                transactor.run(
                    tx -> {
                      insert(tx, "a");
                      throw new IllegalStateException("no");
                    }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(DATABASE.dsl().fetchCount(Tables.ID_SEQUENCE)).isZero();
  }

  @Test
  void commit_keepsAndSignalsOnce() {
    AtomicInteger signals = new AtomicInteger();
    DATABASE
        .transactor()
        .run(
            tx -> {
              insert(tx, "a");
              tx.afterCommit(signals::incrementAndGet);
              assertThat(signals).hasValue(0);
            });
    assertThat(signals).hasValue(1);
    assertThat(DATABASE.dsl().fetchCount(Tables.ID_SEQUENCE)).isEqualTo(1);
  }

  @Test
  void duplicateKey_isNamed() {
    DATABASE.transactor().run(tx -> insert(tx, "a"));
    assertThatThrownBy(() -> DATABASE.transactor().run(tx -> insert(tx, "a")))
        .isInstanceOf(StoreException.DuplicateKey.class);
  }

  private static void insert(Tx tx, String name) {
    SqlTx.of(tx)
        .dsl()
        .insertInto(Tables.ID_SEQUENCE)
        .set(Tables.ID_SEQUENCE.NAME, name)
        .set(Tables.ID_SEQUENCE.NEXT_VALUE, 1L)
        .execute();
  }
}
