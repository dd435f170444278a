package org.ampay.payment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.ampay.charging.StartGuard.Verdict;
import org.ampay.charging.StationStops.Answer;
import org.ampay.ledger.Account;
import org.ampay.ledger.TrialBalanceRow;
import org.ampay.payment.OrderBank.Fault;
import org.ampay.payment.order.Flow;
import org.ampay.payment.order.PaymentOrder;
import org.ampay.payment.order.PaymentOrder.EndReason;
import org.ampay.payment.order.PaymentOrder.State;
import org.ampay.payment.order.Placed;
import org.ampay.payment.provider.Outcome;
import org.ampay.store.MemoryTransactor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Orders in virtual time, by a seed: the process dies before and after commits, the line to the
 * provider fails, payer, station and driver do what they like. In the end nothing is held, nothing
 * was taken that is not for the session, and the books are the provider's.
 */
class OrderFaultsTest {

  private static final int SEEDS = 1_000;
  private static final int STEPS = 60;

  /** What a dying process throws. */
  private static final class Crash extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  private static final class Life {
    private final Random random;
    private final Flow flow;
    private boolean calm;
    private final OrderWorld world;
    private @Nullable PaymentOrder order;
    private boolean begun;
    private boolean ended;

    Life(long seed) {
      this.random = new Random(seed);
      this.flow = Flow.values()[random.nextInt(Flow.values().length)];
      this.calm = true;
      this.world =
          OrderWorld.inMemory(
              new MemoryTransactor.Faults() {
                @Override
                public void beforeCommit() {
                  die(0.03);
                }

                @Override
                public void afterCommit() {
                  die(0.03);
                }
              });
      world.money.topUp(OrderWorld.SIGNED_IN, 6_000);
      this.calm = false;
    }

    private void die(double chance) {
      if (!calm && random.nextDouble() < chance) {
        throw new Crash();
      }
    }

    private void step() {
      if (random.nextDouble() < 0.1) {
        world.bank.next(random.nextBoolean() ? Fault.DROP_ANSWER : Fault.DROP_CALL);
      }
      world.money.time.advance(Duration.ofMillis(random.nextInt(20_000)));
      try {
        act(random.nextInt(10));
      } catch (Crash | org.ampay.store.StoreException.CommitUnknown died) {
        assertThat(calm).as("dies only in the storm").isFalse();
      }
    }

    private void act(int what) {
      Optional<PaymentOrder> now =
          order == null ? Optional.empty() : world.orders.byCode(order.code());
      if (now.isEmpty()) {
        place();
        return;
      }
      PaymentOrder is = now.get();
      switch (what) {
        case 0 -> agree(is);
        case 1 -> callback(is);
        case 2 -> world.orders.refresh(is.code());
        case 3, 4 -> begin(is);
        case 5 -> end(is);
        case 6 -> {
          if (random.nextDouble() < 0.15) {
            world.orders.cancel(is.code());
          }
        }
        default -> world.money.runJobs();
      }
    }

    private void place() {
      if (random.nextDouble() < 0.1) {
        world.answers.add(random.nextBoolean() ? Answer.REFUSED : Answer.AWAY);
      }
      if (world.orders.place(OrderWorld.draft(flow, 5_000, "key")) instanceof Placed.Ok ok) {
        order = ok.order();
      }
    }

    private void agree(PaymentOrder is) {
      if (is.flow() != Flow.WALLET && !world.bank.calls.isEmpty() && world.bank.isAsked()) {
        if (random.nextDouble() < 0.1) {
          world.bank.declines();
        } else {
          world.bank.agrees();
        }
      }
    }

    /** Tells the truth, late and often. */
    private void callback(PaymentOrder is) {
      if (is.flow() != Flow.WALLET && world.bank.isAgreed()) {
        world.orders.heard(
            world.orders.operations(is.id()).getFirst().id(),
            new Outcome.Succeeded(OrderWorld.cny(5_000), OrderWorld.cny(0), "b"));
      }
    }

    private void begin(PaymentOrder is) {
      if (!begun && !world.started.isEmpty()) {
        Verdict verdict = world.start(1, is, 1);
        if (verdict instanceof Verdict.Granted && random.nextDouble() < 0.95) {
          world.money.sessions.active(1, MoneyWorld.key(1));
          begun = true;
        }
      }
    }

    private void end(PaymentOrder is) {
      if (begun && !ended) {
        StartHold hold = world.money.hold(1);
        world.money.finish(1, world.driver(is), hold.id(), "10");
        ended = true;
      }
    }

    /** The storm is over. */
    private void comesToRest() {
      calm = true;
      if (order == null) {
        place();
      }
      PaymentOrder is = java.util.Objects.requireNonNull(order);
      if (begun && !ended) {
        end(is);
      }
      world.pass(2_000);
    }

    private void holds() {
      PaymentOrder is = world.now(java.util.Objects.requireNonNull(order));
      assertThat(is.state()).isEqualTo(State.CLOSED);
      assertThat(world.bank.held()).isZero();
      assertThat(world.money.wallet(OrderWorld.SIGNED_IN).held()).isEqualTo(OrderWorld.cny(0));
      boolean paid = is.end() == EndReason.SETTLED;
      assertThat(paid).isEqualTo(begun && billed());
      long cost = paid ? 1_155 : 0;
      assertThat(world.bank.moved()).isEqualTo(is.flow() == Flow.WALLET ? 0 : cost);
      assertThat(world.money.wallet(OrderWorld.SIGNED_IN).balance())
          .isEqualTo(OrderWorld.cny(6_000 - (is.flow() == Flow.WALLET ? cost : 0)));
      assertThat(world.money.balance(Account.pspClearing(1, "bank", 9L, "CNY")))
          .isEqualTo(world.bank.moved());
      assertThat(world.money.balance(Account.deposit(1, world.driver(is), "CNY"))).isZero();
      assertThat(world.started.size()).isLessThanOrEqualTo(1);
      assertThat(world.orders.operations(is.id())).noneMatch(op -> op.state().isOpen());
      List<TrialBalanceRow> rows =
          world.money.transactor.call(tx -> world.money.stores.ledger().trialBalance(tx, null));
      assertThat(rows.stream().mapToLong(TrialBalanceRow::balanceMinor).sum()).isZero();
    }

    private boolean billed() {
      return world.money.hold(1).sessionId() != null || ended;
    }
  }

  @Test
  void whateverHappens_nothingStaysHeld_andNothingIsTakenTwice() {
    for (long seed = 1; seed <= SEEDS; seed++) {
      Life life = new Life(seed);
      try {
        for (int i = 0; i < STEPS; i++) {
          life.step();
        }
        life.comesToRest();
        life.holds();
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError(
            "seed " + seed + " " + life.flow + ": " + life.world.bank.calls, e);
      }
    }
  }
}
