package org.ampay.payment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.ampay.base.Money;
import org.ampay.billing.SettlementState;
import org.ampay.charging.StartGuard.Verdict;
import org.ampay.payment.provider.CommandKind;
import org.ampay.store.TestDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Refunds at the same time, and of several takings, on the real database. */
class RefundsSideBySideTest {

  private static final int AT_A_TIME = 4;

  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private MoneyWorld world;

  @BeforeEach
  void open() {
    world = MoneyWorld.onDatabase(DATABASE);
    world.topUp(1, 20_000);
  }

  private long settled(long session, String kwh) {
    long hold = ((Verdict.Granted) world.start(session, 1L)).holdId();
    world.finish(session, 1L, hold, kwh);
    world.runJobs();
    return world.settlement(session).settlement().id();
  }

  private Refunds.Result refund(long settlement, long minor, String key) {
    return world.refunds.refund(new Refunds.Request(1L, settlement, new Money("CNY", minor), key));
  }

  @Test
  void atTheSameTime_neverMoreThanWasTaken() throws Exception {
    List<Long> settlements = List.of(settled(1, "10"), settled(2, "10"));
    List<Future<Refunds.Result>> wishes = new ArrayList<>();
    try (ExecutorService pool = Executors.newFixedThreadPool(AT_A_TIME)) {
      for (int i = 0; i < 15; i++) {
        String key = "key " + i;
        for (long settlement : settlements) {
          wishes.add(pool.submit(() -> refund(settlement, 100, key)));
        }
      }
    }
    int accepted = 0;
    for (Future<Refunds.Result> wish : wishes) {
      if (wish.get() instanceof Refunds.Result.Accepted done) {
        accepted++;
        assertThat(done.operations()).allMatch(PaymentOperation::succeeded);
      }
    }
    assertThat(accepted).isEqualTo(22); // 11 times 1.00 of 11.55, of each
    assertThat(world.settlement(1).settlement().refundedMinor()).isEqualTo(1_100);
    assertThat(world.settlement(2).settlement().refundedMinor()).isEqualTo(1_100);
    assertThat(world.wallet(1).balance().minor()).isEqualTo(20_000 - 2 * 55);
  }

  @Test
  void severalTakings_areGivenBackInTheirOrder() {
    long settlement = settled(1, "60"); // 66.55: 50.00 of the hold, the rest charged
    Refunds.Result first = refund(settlement, 5_500, "first");
    assertThat(((Refunds.Result.Accepted) first).operations())
        .extracting(op -> op.amount().minor())
        .containsExactly(5_000L, 500L);
    assertThat(refund(settlement, 5_500, "first")).isEqualTo(first);
    assertThat(refund(settlement, 5_499, "first")).isInstanceOf(Refunds.Result.KeyConflict.class);
    assertThat(refund(settlement, 1_156, "second"))
        .isEqualTo(new Refunds.Result.WrongAmount(new Money("CNY", 1_155)));
    refund(settlement, 1_155, "third");
    assertThat(world.stateOf(1)).isEqualTo(SettlementState.REFUNDED);
    List<PaymentOperation> operations = world.settlement(1).operations();
    for (PaymentOperation taken : operations) {
      if (taken.kind() == CommandKind.CAPTURE || taken.kind() == CommandKind.CHARGE) {
        assertThat(
                operations.stream()
                    .filter(op -> Long.valueOf(taken.id()).equals(op.about().targetId()))
                    .mapToLong(op -> op.result().doneMinor())
                    .sum())
            .isEqualTo(taken.result().doneMinor());
      }
    }
    assertThat(world.wallet(1).balance().minor()).isEqualTo(20_000);
  }
}
