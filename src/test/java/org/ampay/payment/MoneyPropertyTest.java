package org.ampay.payment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.ampay.base.Money;
import org.ampay.charging.StartGuard.Verdict;
import org.ampay.ledger.AccountRow;
import org.ampay.ledger.LedgerStore.Page;
import org.ampay.ledger.TrialBalanceRow;
import org.ampay.store.MemoryTransactor;

/** Random interleavings of holds, captures, refunds and top-ups: the invariants hold after each. */
class MoneyPropertyTest {

  private static final int DRIVERS = 3;

  private enum Kind {
    TOP_UP,
    GIFT,
    START,
    FINISH,
    JOBS,
    REFUND,
    WAIT
  }

  private record Act(Kind kind, int who, int amount) {}

  @Provide
  Arbitrary<List<Act>> acts() {
    return Combinators.combine(
            Arbitraries.of(Kind.class),
            Arbitraries.integers().between(0, 11),
            Arbitraries.integers().between(1, 9_000))
        .as(Act::new)
        .list()
        .ofMinSize(5)
        .ofMaxSize(60);
  }

  @Property(tries = 300)
  void invariantsHold(@ForAll("acts") List<Act> acts) {
    MoneyWorld world = MoneyWorld.inMemory(MemoryTransactor.Faults.NONE);
    Map<Integer, Long> running = new HashMap<>();
    List<Integer> finished = new ArrayList<>();
    Map<Long, Long> paidIn = new HashMap<>();
    int session = 100;
    for (Act act : acts) {
      long driver = 1 + act.who() % DRIVERS;
      switch (act.kind()) {
        case TOP_UP -> {
          world.topUp(driver, act.amount());
          paidIn.merge(driver, (long) act.amount(), Long::sum);
        }
        case GIFT -> {
          world.gift(driver, act.amount());
          paidIn.merge(driver, (long) act.amount(), Long::sum);
        }
        case START -> {
          session++;
          if (world.starts(List.of(world.request(session, driver, 2))).getFirst()
              instanceof Verdict.Granted granted) {
            running.put(session, granted.holdId());
          }
        }
        case FINISH ->
            running.keySet().stream()
                .sorted()
                .findFirst()
                .ifPresent(
                    first -> {
                      long hold = running.remove(first);
                      long owner = ownerOf(world, first);
                      world.finish(first, owner, hold, kwh(act.amount()));
                      finished.add(first);
                    });
        case JOBS -> world.runJobs();
        case REFUND -> refund(world, finished, act);
        case WAIT -> {
          world.time.advance(Duration.ofMinutes(9));
          world.runJobs();
        }
      }
      check(world);
    }
    world.time.advance(Duration.ofMinutes(20));
    world.runJobs();
    check(world);
    checkEnd(world, finished, paidIn);
  }

  private static String kwh(int amount) {
    return java.math.BigDecimal.valueOf(amount, 2).toPlainString();
  }

  private static long ownerOf(MoneyWorld world, int session) {
    return world.hold(session).owner().driverId();
  }

  private static void refund(MoneyWorld world, List<Integer> finished, Act act) {
    if (!finished.isEmpty()) {
      int session = finished.get(act.who() % finished.size());
      new Settlements(world.transactor, world.stores)
          .ofSession(null, session)
          .ifPresent(
              detail ->
                  world.refunds.refund(
                      new Refunds.Request(
                          null,
                          detail.settlement().id(),
                          act.amount() % 2 == 0 ? null : new Money("CNY", act.amount()),
                          act.who() + ":" + act.amount())));
    }
  }

  private static void check(MoneyWorld world) {
    world.transactor.run(
        tx -> {
          List<TrialBalanceRow> trial = world.stores.ledger().trialBalance(tx, null);
          assertThat(trial.stream().mapToLong(TrialBalanceRow::balanceMinor).sum()).isZero();
          for (AccountRow row : world.stores.ledger().accounts(tx, null, "", new Page(0, 999))) {
            if (row.account().limited()) {
              assertThat(row.available()).isNotNegative();
            }
          }
        });
  }

  /** Whatever happened, each session is paid once, and each cent is somewhere. */
  private static void checkEnd(MoneyWorld world, List<Integer> finished, Map<Long, Long> paidIn) {
    Map<Long, Long> spent = new HashMap<>();
    for (int session : finished) {
      Settlements.Detail detail = world.settlement(session);
      Settlement settlement = detail.settlement();
      assertThat(settlement.settledMinor()).isLessThanOrEqualTo(settlement.amount().minor());
      assertThat(settlement.refundedMinor()).isLessThanOrEqualTo(settlement.settledMinor());
      assertThat(detail.operations()).noneMatch(op -> op.state().isOpen());
      assertThat(world.hold(session).state()).isNotEqualTo(HoldState.HELD);
      spent.merge(
          settlement.driverId(), settlement.settledMinor() - settlement.refundedMinor(), Long::sum);
    }
    for (long driver = 1; driver <= DRIVERS; driver++) {
      assertThat(world.wallet(driver).balance().minor())
          .isEqualTo(paidIn.getOrDefault(driver, 0L) - spent.getOrDefault(driver, 0L));
    }
  }
}
