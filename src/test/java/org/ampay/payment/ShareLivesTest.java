package org.ampay.payment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.ampay.app.check.AuditChecks;
import org.ampay.app.check.CheckResult;
import org.ampay.audit.AuditLog;
import org.ampay.billing.share.Component;
import org.ampay.billing.share.ContractException;
import org.ampay.billing.share.Contracts;
import org.ampay.billing.share.RevenueContract;
import org.ampay.billing.share.RevenueContract.Scope;
import org.ampay.billing.share.ShareRule;
import org.ampay.payment.order.Flow;
import org.ampay.payment.order.PaymentOrder;
import org.ampay.payment.provider.Callback.Disputed.State;
import org.ampay.store.TestDatabase;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Contracts, orders, wallets, gifts, refunds and disputes in any order, from seeds: whatever
 * happens, the audit proves what each payee is owed, and that the books balance.
 */
class ShareLivesTest {

  private static final int STEPS = 40;
  private static final long DRIVER = 1;

  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  /** One life. */
  private static final class Life {
    private final Random dice;
    private final ReversalStory story = new ReversalStory(DATABASE);
    private final MoneyWorld money = story.world.money;
    private final Contracts contracts = Objects.requireNonNull(money.contracts);
    private final List<PaymentOrder> orders = new ArrayList<>();
    private final List<Long> billed = new ArrayList<>();
    private int sessions;
    private int shared;
    private int undone;

    Life(long seed) {
      this.dice = new Random(seed * 7_919);
      story.share();
      story.account();
    }

    void step(int i) {
      switch (dice.nextInt(7)) {
        case 0, 1 -> order();
        case 2 -> wallet();
        case 3, 4 -> refund("refund " + i);
        case 5 -> dispute("d" + i);
        default -> contract();
      }
    }

    private void order() {
      long session = ++sessions;
      Flow flow = dice.nextBoolean() ? Flow.PREPAID : Flow.PREAUTH;
      PaymentOrder order = story.charging(flow, session);
      story.world.ends(session, order, kwh());
      orders.add(order);
      billed.add(session);
    }

    private String kwh() {
      return dice.nextInt(40) + "." + dice.nextInt(1_000);
    }

    /** May end in a debt, or be paid by gifts in part. */
    private void wallet() {
      money.topUp(DRIVER, 5_000 + dice.nextInt(500));
      money.gift(DRIVER, 1 + dice.nextInt(3_000));
      long session = ++sessions;
      money.start(session, DRIVER);
      money.finish(session, DRIVER, money.hold(session).id(), kwh());
      money.runJobs();
      billed.add(session);
    }

    private void refund(String key) {
      if (!billed.isEmpty()) {
        long session = billed.get(dice.nextInt(billed.size()));
        Refunds.Result result = story.refund(session, 1 + dice.nextInt(1_500), key);
        undone += result instanceof Refunds.Result.Accepted ? 1 : 0;
      }
    }

    private void dispute(String ref) {
      if (!orders.isEmpty()) {
        PaymentOrder order = orders.remove(dice.nextInt(orders.size()));
        long taken = story.brought(order).result().doneMinor();
        if (taken == 0) {
          return; // a hold: nothing was taken by it
        }
        story.dispute(order, ref, State.OPEN, taken);
        if (dice.nextInt(3) > 0) {
          story.dispute(order, ref, dice.nextBoolean() ? State.LOST : State.WON, taken);
          undone++;
        }
      }
    }

    private void contract() {
      Scope scope =
          switch (dice.nextInt(3)) {
            case 0 -> Scope.OPERATOR;
            case 1 -> new Scope(MoneyWorld.SITE, null);
            default -> new Scope(null, MoneyWorld.STATION);
          };
      List<ShareRule> rules = new ArrayList<>();
      for (int i = 0; i <= dice.nextInt(3); i++) {
        rules.add(rule());
      }
      for (RevenueContract old : contracts.contracts(1L, Long.MAX_VALUE, 100)) {
        if (old.scope().equals(scope) && old.validUntil() == null) {
          contracts.end(1L, old.id(), null, (tx, ended) -> {});
        }
      }
      try {
        Contracts.Draft draft =
            new Contracts.Draft(1, scope, "Any", "CNY", null, null, rules, "test");
        contracts.add(draft, (tx, made) -> {});
        shared++;
      } catch (ContractException e) {
        assertThat(e.field()).isEqualTo("rules"); // more than 100 %
      }
      money.time.advance(Contracts.NOTICE.plusSeconds(60));
    }

    private ShareRule rule() {
      Component one = Component.values()[dice.nextInt(Component.values().length)];
      return new ShareRule(
          7 + dice.nextInt(2),
          dice.nextBoolean() ? Set.of(Component.values()) : EnumSet.of(one, Component.ELECTRICITY),
          dice.nextBoolean() ? ShareRule.Base.PRICE : ShareRule.Base.AFTER_FEE,
          1 + dice.nextInt(6_000),
          dice.nextInt(50),
          dice.nextInt(200),
          dice.nextBoolean() ? null : 200L + dice.nextInt(2_000));
    }

    List<CheckResult> audit() {
      story.facts();
      List<CheckResult> results = new ArrayList<>();
      new AuditChecks(
              money.transactor,
              money.stores.bills(),
              money.stores.sessions(),
              money.snapshots,
              new AuditLog(DATABASE.database(), money.time),
              money.time)
          .run(results::add);
      return results;
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void whateverHappens_eachIsOwedHisShare(long seed) {
    Life life = new Life(seed);
    for (int i = 0; i < STEPS; i++) {
      life.step(i);
    }
    assertThat(life.billed).hasSizeGreaterThan(3);
    assertThat(life.undone).isPositive();
    assertThat(life.shared).isPositive();
    assertThat(life.audit())
        .extracting(CheckResult::line)
        .allMatch(line -> line.startsWith("ok "))
        .anyMatch(line -> line.matches("ok shares_of_what_is_paid checked=[1-9].*"));
  }
}
