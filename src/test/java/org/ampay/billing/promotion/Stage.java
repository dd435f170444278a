package org.ampay.billing.promotion;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.ampay.app.check.AuditChecks;
import org.ampay.app.check.CheckResult;
import org.ampay.audit.AuditLog;
import org.ampay.base.Money;
import org.ampay.charging.StartGuard;
import org.ampay.charging.StartGuard.Verdict;
import org.ampay.ledger.Account;
import org.ampay.payment.MoneyWorld;
import org.ampay.payment.Refunds;
import org.ampay.store.TestDatabase;
import org.ampay.tariff.DriverTerms;

/** Sessions with benefits on a database; 10 kWh cost 11.55, all with 10 % tax. */
final class Stage {

  static final long OP = MoneyWorld.OPERATOR;
  static final Who WHO = PromotionWorld.OPERATOR;

  final MoneyWorld world;
  final PromotionWorld own;
  final Promotions promotions;
  private final TestDatabase database;

  Stage(TestDatabase database, int drivers) {
    this.database = database;
    this.world = MoneyWorld.onDatabase(database);
    this.own = Objects.requireNonNull(world.promotions);
    this.promotions = own.promotions;
    for (long driver = 1; driver <= drivers; driver++) {
      driver(driver, "2026-01-01");
      database
          .dsl()
          .execute(
              "INSERT INTO id_token (id, operator_id, uid, uid_key, type, driver_id, blocked,"
                  + " max_concurrent, created_at) VALUES (?, 1, ?, ?, 'ISO14443', ?, FALSE, 100,"
                  + " '2026-01-01')",
              driver,
              "T" + driver,
              "t" + driver,
              driver);
      world.topUp(driver, 1_000_000);
    }
  }

  void driver(long id, String createdAt) {
    database
        .dsl()
        .execute(
            "INSERT INTO driver (id, operator_id, name, group_id, created_at)"
                + " VALUES (?, 1, ?, ?, ?)",
            id,
            "Driver " + id,
            id % 2,
            createdAt);
  }

  /** Starts a session now; what was promised is in the verdict. */
  Verdict.Granted start(long session, long driver) {
    return startAt(session, driver, world.time.now());
  }

  Verdict.Granted startAt(long session, long driver, Instant at) {
    StartGuard.Request plain = world.request(session, driver, 100);
    StartGuard.Request request =
        new StartGuard.Request(
            plain.key(),
            plain.station(),
            plain.evseNo(),
            plain.authorization(),
            at,
            world.time.now());
    return (Verdict.Granted) world.starts(List.of(request)).getFirst();
  }

  DriverTerms terms(long session, long driver) {
    return start(session, driver).terms();
  }

  void finish(long session, long driver, String kwh) {
    world.finish(session, driver, world.hold(session).id(), kwh);
    world.runJobs();
  }

  /** A whole session; what the driver paid for it. */
  long charge(long session, long driver, String kwh) {
    start(session, driver);
    finish(session, driver, kwh);
    return world.settlement(session).settlement().amount().minor();
  }

  void refund(long session, long minor) {
    Refunds.Result result =
        world.refunds.refund(
            new Refunds.Request(
                OP,
                world.settlement(session).settlement().id(),
                new Money("CNY", minor),
                session + ":" + minor));
    assertThat(result).isInstanceOf(Refunds.Result.Accepted.class);
    world.runJobs();
  }

  Coupon coupon(String name, String value) {
    return promotions
        .coupons()
        .create(OP, PromotionWorld.amount(name, value, new Coupon.Limits(1_000, null, null)), WHO);
  }

  /** Gives a driver a claim by a code of its own. */
  CouponClaim give(long driver, Coupon coupon) {
    String code =
        promotions
            .coupons()
            .generate(OP, coupon.id(), 1, PromotionWorld.PLATFORM)
            .orElseThrow()
            .codes()
            .getFirst();
    return ((Coupons.Claimed.Done) promotions.coupons().claim(OP, driver, code, WHO)).claim();
  }

  CouponClaim claim(long id) {
    return world.transactor.call(tx -> new ClaimStore().find(tx, OP, id)).orElseThrow();
  }

  long points(long driver) {
    return promotions.points().balance(OP, driver).available();
  }

  long inLedger(long driver) {
    return -world.balance(Account.points(OP, driver, "CNY"));
  }

  long promotion() {
    return world.balance(Account.promotion(OP, "CNY"));
  }

  /** Nothing is broken; the sessions of these tests have no facts. */
  void assertSound() {
    List<CheckResult> broken = new ArrayList<>();
    new AuditChecks(
            world.transactor,
            world.stores.bills(),
            world.stores.sessions(),
            world.snapshots,
            new AuditLog(database.database(), world.time),
            world.time)
        .run(
            result -> {
              if (!result.ok() && !result.name().equals("sessions_have_facts")) {
                broken.add(result);
              }
            });
    assertThat(broken).isEmpty();
  }
}
