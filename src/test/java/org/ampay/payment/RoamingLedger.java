package org.ampay.payment;

import java.util.List;
import org.ampay.base.Money;
import org.ampay.billing.Bill;
import org.ampay.billing.BillStore;
import org.ampay.billing.BillableSessions;
import org.ampay.billing.Credits;
import org.ampay.ledger.Account;
import org.ampay.store.JobStore;
import org.ampay.store.TestDatabase;

/** A money world whose sessions are of partners' drivers, for tests of other rooms. */
public final class RoamingLedger {

  /** In whose name the partner pays. */
  public static final long PAYER = 4;

  public final MoneyWorld world;

  public RoamingLedger(TestDatabase database) {
    world = MoneyWorld.onDatabase(database);
    database.dsl().execute("UPDATE site SET latitude = 31.2304, longitude = 121.4737 WHERE id = 5");
  }

  public BillStore bills() {
    return world.stores.bills();
  }

  public BillableSessions sessions() {
    return world.stores.sessions();
  }

  public JobStore jobs() {
    return world.stores.jobs();
  }

  /** A session that the partner pays ends, and is billed. */
  public Bill billed(long session, String kwh) {
    world.finish(session, PAYER, null, kwh);
    world.runJobs();
    return world
        .transactor
        .call(tx -> bills().ofSession(tx, MoneyWorld.OPERATOR, session))
        .orElseThrow();
  }

  /** A part of a bill is given back: without tax, and the tax. */
  public Bill credit(Bill charge, long excl, long tax) {
    return world.transactor.call(
        tx -> {
          List<Bill> before = bills().credits(tx, charge.session().id());
          Bill credit =
              Credits.bill(
                  charge,
                  before,
                  new Credits.Part(
                      world.ids.next(),
                      new Money("CNY", excl),
                      new Money("CNY", tax),
                      world.time.now()));
          bills()
              .insert(
                  tx,
                  List.of(credit),
                  List.of(Credits.cdr(bills().cdr(tx, null, charge.id()).orElseThrow(), credit)));
          return credit;
        });
  }

  /** The tariff of all sessions, frozen. */
  public long snapshotId() {
    return world.snapshots.idOf(MoneyInventory.snapshot());
  }

  /** What the partner owes. */
  public long owed() {
    return world.balance(Account.receivable(MoneyWorld.OPERATOR, PAYER, "CNY"));
  }
}
