package org.ampay.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MemoryTransactorTest {

  private final List<String> state = new ArrayList<>();

  private void add(Tx tx, String word) {
    state.add(word);
    MemoryTx.of(tx).undo(() -> state.removeLast());
  }

  @Test
  void exception_undoesInReverse() {
    MemoryTransactor transactor = new MemoryTransactor();
    transactor.run(tx -> add(tx, "kept"));
    assertThatThrownBy(
            () ->
                transactor.run(
                    tx -> {
                      add(tx, "a");
                      add(tx, "b");
                      throw new IllegalStateException("no");
                    }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(state).containsExactly("kept");
  }

  @Test
  void faultBeforeTheCommit_keepsNothing() {
    MemoryTransactor transactor =
        new MemoryTransactor(
            new MemoryTransactor.Faults() {
              @Override
              public void beforeCommit() {
                throw new StoreException.Unavailable("away", null);
              }
            });
    assertThatThrownBy(() -> transactor.run(tx -> add(tx, "a")))
        .isInstanceOf(StoreException.Unavailable.class);
    assertThat(state).isEmpty();
  }

  @Test
  void faultAfterTheCommit_keepsEverythingAndSignalsNothing() {
    MemoryTransactor transactor =
        new MemoryTransactor(
            new MemoryTransactor.Faults() {
              @Override
              public void afterCommit() {
                throw new IllegalStateException("cut");
              }
            });
    List<String> signals = new ArrayList<>();
    assertThatThrownBy(
            () ->
                transactor.run(
                    tx -> {
                      add(tx, "a");
                      tx.afterCommit(() -> signals.add("a"));
                    }))
        .isInstanceOf(StoreException.CommitUnknown.class);
    assertThat(state).containsExactly("a");
    assertThat(signals).isEmpty();
  }

  @Test
  void nesting_isRefused() {
    MemoryTransactor transactor = new MemoryTransactor();
    assertThatThrownBy(() -> transactor.run(tx -> transactor.run(inner -> {})))
        .isInstanceOf(IllegalStateException.class);
  }
}
