package org.ampay.payment;

import static org.ampay.payment.OrderWorld.cny;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.ampay.access.AuthorizationStatus;
import org.ampay.charging.StartGuard.Verdict;
import org.ampay.ledger.Account;
import org.ampay.ledger.TrialBalanceRow;
import org.ampay.payment.order.PaymentOrder;
import org.ampay.payment.order.PaymentOrder.EndReason;
import org.ampay.payment.order.PaymentOrder.State;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** An order in a world of money, and what holds of it at its end. */
abstract class OrderContract {

  static final Verdict REFUSED = new Verdict.Refused(AuthorizationStatus.INVALID);

  OrderWorld world;

  abstract OrderWorld newWorld();

  @BeforeEach
  void open() {
    world = newWorld();
  }

  @AfterEach
  void booksAreInBalance_andEqualTheProviders() {
    List<TrialBalanceRow> rows =
        world.money.transactor.call(tx -> world.money.stores.ledger().trialBalance(tx, null));
    assertThat(rows.stream().mapToLong(TrialBalanceRow::balanceMinor).sum()).isZero();
    assertThat(balance(Account.pspClearing(1, "bank", 9L, "CNY"))).isEqualTo(world.bank.moved());
  }

  long balance(Account account) {
    return world.money.balance(account);
  }

  long deposit(PaymentOrder order) {
    return balance(Account.deposit(1, world.driver(order), "CNY"));
  }

  void closed(PaymentOrder order, EndReason why, long returned) {
    PaymentOrder now = world.now(order);
    assertThat(now.state()).isEqualTo(State.CLOSED);
    assertThat(now.end()).isEqualTo(why);
    assertThat(now.returned()).isEqualTo(cny(returned));
    assertThat(world.bank.held()).isZero();
    assertThat(deposit(order)).isZero();
    assertThat(world.orders.operations(order.id())).noneMatch(op -> op.state().isOpen());
  }
}
