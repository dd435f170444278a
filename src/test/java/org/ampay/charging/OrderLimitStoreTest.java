package org.ampay.charging;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.ampay.base.Energy;
import org.ampay.charging.OrderLimitStore.Place;
import org.ampay.store.TestDatabase;
import org.ampay.store.Transactor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class OrderLimitStoreTest {

  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private static final Instant NOW = Instant.parse("2026-03-02T12:00:00Z");
  private static final Place PLACE = new Place(7, 1, 1);
  private static final OrderLimits TEN_KWH = energy(10_000);

  private final OrderLimitStore store = new OrderLimitStore(DATABASE.database());
  private final Transactor transactor = DATABASE.database().transactor();

  @BeforeEach
  void empty() {
    DATABASE.clear();
  }

  private static OrderLimits energy(long wattHours) {
    return new OrderLimits(null, Energy.ofWh(wattHours), null, null);
  }

  private void set(OrderLimits limits) {
    set(limits, "driver");
  }

  private void set(OrderLimits limits, String by) {
    transactor.run(tx -> store.set(tx, PLACE, limits, by, NOW));
  }

  private void reached() {
    transactor.run(tx -> store.reached(tx, PLACE.sessionId(), OrderLimits.Kind.ENERGY, NOW));
  }

  private Instant reachedAt() {
    return store.find(PLACE.sessionId()).orElseThrow().reachedAt();
  }

  @Test
  void theSameOnceMore_keepsThatItWasReached() {
    set(TEN_KWH);
    reached();
    set(TEN_KWH);
    assertThat(reachedAt()).isEqualTo(NOW);
  }

  @Test
  void another_isNotReachedYet() {
    set(TEN_KWH);
    reached();
    set(energy(20_000));
    assertThat(store.find(PLACE.sessionId()).orElseThrow().limits()).isEqualTo(energy(20_000));
    assertThat(reachedAt()).isNull();
  }

  @Test
  void aHoldThatGrowsTooLate_doesNotForgetThatItWasReached() {
    set(TEN_KWH, OrderLimitStore.SYSTEM);
    set(energy(20_000), OrderLimitStore.SYSTEM);
    reached();
    set(energy(30_000), OrderLimitStore.SYSTEM);
    assertThat(store.find(PLACE.sessionId()).orElseThrow().limits()).isEqualTo(energy(20_000));
    assertThat(reachedAt()).isEqualTo(NOW);
  }

  @Test
  void theSameTwiceAtOnce_doesNotForgetWhatWasReachedInBetween() throws Exception {
    CompletableFuture<Void> second = new CompletableFuture<>();
    transactor.run(
        tx -> {
          store.set(tx, PLACE, TEN_KWH, "driver", NOW);
          store.reached(tx, PLACE.sessionId(), OrderLimits.Kind.ENERGY, NOW);
          Thread.ofVirtual().start(() -> setLater(second));
          awaitLockWait();
        });
    second.get();
    assertThat(reachedAt()).isEqualTo(NOW);
  }

  private void setLater(CompletableFuture<Void> done) {
    try {
      set(TEN_KWH);
      done.complete(null);
    } catch (RuntimeException e) {
      done.completeExceptionally(e);
    }
  }

  private static void awaitLockWait() {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    String waiting =
        "SELECT COUNT(*) FROM information_schema.innodb_trx WHERE trx_state = 'LOCK WAIT'";
    while (DATABASE.dsl().fetchOne(waiting).get(0, long.class) == 0) {
      assertThat(System.nanoTime()).as("nobody waits").isLessThan(deadline);
      DATABASE.dsl().fetch("SELECT SLEEP(0.2)"); // who asks more often is shown an old picture
    }
  }
}
