package org.ampay.payment;

import static org.ampay.payment.OrderWorld.BANK;
import static org.ampay.payment.OrderWorld.cny;

import java.time.Instant;
import java.util.List;
import org.ampay.payment.fee.FeeBook;
import org.ampay.payment.order.Flow;
import org.ampay.payment.order.PaymentOrder;
import org.ampay.payment.order.Placed;
import org.ampay.payment.provider.Callback;
import org.ampay.payment.provider.Callback.Disputed.State;
import org.ampay.payment.provider.CommandKind;
import org.ampay.store.TestDatabase;

/** A life with a platform fee of 10 % and 0.10, orders, refunds and disputes, in the database. */
final class ReversalStory {

  final OrderWorld world;
  private final TestDatabase database;
  private int orders;

  ReversalStory(TestDatabase database) {
    this.database = database;
    this.world = OrderWorld.onDatabase(database);
    database
        .dsl()
        .execute(
            "INSERT INTO platform_fee (id, operator_id, valid_from, currency, basis_points,"
                + " flat_minor, min_minor, created_at) VALUES (1, 1, '2026-01-01', 'CNY', 1000, 10,"
                + " 0, '2026-01-01')");
    world.money.fees = new FeeBook(world.money.transactor, world.money.ids, world.money.time);
  }

  /** A fifth of the energy for payee 7, 0.30 and at least 1.00 of all after the fee for payee 8. */
  void share() {
    for (String row : List.of("(7, 1, 'Mall', 'site_owner'", "(8, 1, 'Agent', 'agent'")) {
      database
          .dsl()
          .execute(
              "INSERT INTO payee (id, operator_id, name, kind, active, created_at) VALUES "
                  + row
                  + ", TRUE, '2026-01-01')");
    }
    database
        .dsl()
        .execute(
            "INSERT INTO revenue_contract (id, operator_id, name, currency, valid_from, created_by,"
                + " created_at) VALUES (1, 1, 'All', 'CNY', '2026-01-01', 'test', '2026-01-01')");
    database
        .dsl()
        .execute(
            "INSERT INTO revenue_rule (contract_id, line_no, operator_id, payee_id, components,"
                + " base, basis_points, flat_minor, min_minor) VALUES (1, 1, 1, 7, 'electricity',"
                + " 'price', 2000, 0, 0), (1, 2, 1, 8, 'electricity,session', 'after_fee', 500, 30,"
                + " 100)");
  }

  /** An order that pays for a session of 10 kWh: 10.50, and 1.05 tax. */
  PaymentOrder order(Flow flow, long session) {
    PaymentOrder order = charging(flow, session);
    world.ends(session, order, "10");
    return order;
  }

  /** An order whose session runs. */
  PaymentOrder charging(Flow flow, long session) {
    Placed placed = world.orders.place(OrderWorld.draft(flow, 5_000, "order " + ++orders));
    PaymentOrder order = ((Placed.Ok) placed).order();
    world.bank.agrees();
    world.later(5);
    world.charging(session, order);
    return order;
  }

  Refunds.Result refund(long session, long minor, String key) {
    Refunds.Result result =
        world.money.refunds.refund(
            new Refunds.Request(
                1L, world.money.settlement(session).settlement().id(), cny(minor), key));
    world.money.runJobs();
    return result;
  }

  /** The operation of an order that brought its money. */
  PaymentOperation brought(PaymentOrder order) {
    return world.orders.operations(order.id()).stream()
        .filter(op -> op.kind() == CommandKind.PRESENT || op.kind() == CommandKind.AUTHORIZE)
        .findFirst()
        .orElseThrow();
  }

  void dispute(PaymentOrder order, String ref, State state, long minor) {
    Disputes disputes =
        new Disputes(
            world.money.stores, world.money.providers, world.money.journals, world.money.ids);
    PaymentOperation operation = brought(order);
    Callback.Disputed told =
        new Callback.Disputed(
            ref + state, operation.reference(), "", ref, state, cny(minor), "fraudulent", "");
    Instant now = world.money.time.now();
    world.money.transactor.run(
        tx -> disputes.heard(tx, new Disputes.News(BANK, operation.id(), told, now)));
  }

  List<Dispute> disputes() {
    return new DisputeBook(world.money.transactor).list(1L, null, Long.MAX_VALUE, 10);
  }

  /** The operator's account with the bank, and something that it told. */
  void account() {
    database
        .dsl()
        .execute(
            "INSERT INTO payment_account (id, operator_id, provider, code, name, settings, secrets,"
                + " enabled, revision, created_at, updated_at) VALUES (9, 1, 'bank', 'b', 'B',"
                + " '{}', '', TRUE, 1, '2026-01-01', '2026-01-01')");
  }

  /** Stations told of the sessions. */
  void facts() {
    database
        .dsl()
        .execute(
            "INSERT INTO session_fact (station_id, fact_ms, fact_key, session_id, kind) SELECT"
                + " station_id, id, session_key, id, 'start' FROM charging_session");
  }
}
