package org.ampay.payment;

import static org.ampay.payment.OrderWorld.cny;
import static org.ampay.payment.OrderWorld.draft;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.ampay.charging.StartGuard.Verdict;
import org.ampay.ledger.Account;
import org.ampay.payment.order.Flow;
import org.ampay.payment.order.PaymentOrder;
import org.ampay.payment.order.PaymentOrder.EndReason;
import org.ampay.payment.order.PaymentOrder.State;
import org.ampay.payment.order.Placed;
import org.ampay.payment.provider.Outcome;
import org.ampay.store.TestDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Drivers, stations and providers who come at the same time, on the real database. */
class SqlOrderRacesTest {

  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private OrderWorld world;

  @BeforeEach
  void open() {
    world = OrderWorld.onDatabase(DATABASE);
  }

  private static <T> List<T> atOnce(List<Callable<T>> works) throws Exception {
    CyclicBarrier barrier = new CyclicBarrier(works.size());
    List<T> results = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<T>> futures = new ArrayList<>();
      for (Callable<T> work : works) {
        futures.add(
            threads.submit(
                () -> {
                  barrier.await();
                  return work.call();
                }));
      }
      for (Future<T> future : futures) {
        results.add(future.get());
      }
    } catch (ExecutionException e) {
      throw new AssertionError(e.getCause());
    }
    return results;
  }

  @RepeatedTest(5)
  void manyDrivers_oneEvse_oneOrder() throws Exception {
    List<Callable<Placed>> drivers = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      String key = "driver " + i;
      drivers.add(() -> world.orders.place(draft(Flow.PREPAID, 5_000, key)));
    }
    List<Placed> placed = atOnce(drivers);
    assertThat(placed.stream().filter(Placed.Ok.class::isInstance)).hasSize(1);
    assertThat(placed)
        .filteredOn(Placed.Refused.class::isInstance)
        .containsOnly(new Placed.Refused(Placed.Refusal.EVSE_BUSY));
    assertThat(world.bank.count("execute present")).isEqualTo(1);
    assertThat(world.orders.list(null, null, Long.MAX_VALUE, 99)).hasSize(1);
  }

  @RepeatedTest(5)
  void oneDriver_manyClicks_oneOrder() throws Exception {
    List<Callable<Placed>> clicks = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      clicks.add(() -> world.orders.place(draft(Flow.PREPAID, 5_000, "the same")));
    }
    for (Placed placed : atOnce(clicks)) {
      assertThat(placed).isInstanceOf(Placed.Ok.class);
    }
    assertThat(world.orders.list(null, null, Long.MAX_VALUE, 99)).hasSize(1);
    assertThat(world.bank.count("execute present")).isEqualTo(1);
  }

  @RepeatedTest(10)
  void cancel_againstTheStart_isOneOfTheTwo() throws Exception {
    PaymentOrder order = world.paid(Flow.PREPAID, 5_000);
    List<Object> both =
        atOnce(
            List.of(
                () -> world.start(1, order, 1),
                () -> world.orders.cancel(null, order.id(), tx -> {})));
    if (both.getFirst() instanceof Verdict.Granted) {
      world.money.sessions.active(1, MoneyWorld.key(1));
      world.later(3);
      assertThat(world.stopped).containsExactly("1");
      world.ends(1, order, "10");
      assertThat(world.bank.moved()).isEqualTo(1_155);
      assertThat(world.now(order).end()).isEqualTo(EndReason.SETTLED);
    } else {
      world.later(3);
      world.pass(30);
      assertThat(world.bank.moved()).isZero();
      assertThat(world.now(order).end()).isEqualTo(EndReason.CANCELLED);
    }
    assertThat(world.now(order).state()).isEqualTo(State.CLOSED);
  }

  @RepeatedTest(5)
  void callbacksAndTheJob_atOnce_bookAndStartOnce() throws Exception {
    PaymentOrder order = world.place(Flow.PREPAID, 5_000);
    world.bank.agrees();
    world.money.time.advance(java.time.Duration.ofSeconds(3));
    long ask = world.orders.operations(order.id()).getFirst().id();
    Callable<Object> callback =
        () -> {
          world.orders.heard(ask, Outcome.Succeeded.of(cny(5_000)));
          return "heard";
        };
    Callable<Object> page = () -> world.orders.refresh(order.code());
    atOnce(List.of(callback, callback, callback, page, page));
    world.money.runJobs();
    world.later(5);
    assertThat(world.now(order).state()).isEqualTo(State.STARTING);
    assertThat(world.started).hasSize(1);
    assertThat(world.money.balance(Account.deposit(1, world.driver(order), "CNY")))
        .isEqualTo(-5_000);
  }

  @RepeatedTest(10)
  void twoStations_orOneTwice_oneSession() throws Exception {
    PaymentOrder order = world.paid(Flow.PREAUTH, 5_000);
    List<Verdict> verdicts =
        atOnce(List.of(() -> world.start(1, order, 1), () -> world.start(2, order, 1)));
    assertThat(verdicts.stream().filter(Verdict.Granted.class::isInstance)).hasSize(1);
  }
}
