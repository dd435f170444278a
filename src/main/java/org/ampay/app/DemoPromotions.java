package org.ampay.app;

import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.List;
import java.util.Set;
import org.ampay.audit.AuditLog;
import org.ampay.base.IdSource;
import org.ampay.billing.promotion.Benefit;
import org.ampay.billing.promotion.Campaign;
import org.ampay.billing.promotion.Campaigns;
import org.ampay.billing.promotion.Coupon;
import org.ampay.billing.promotion.Parts;
import org.ampay.billing.promotion.PointsProgramme;
import org.ampay.billing.promotion.PromotionBook;
import org.ampay.billing.promotion.Promotions;
import org.ampay.billing.promotion.Scope;
import org.ampay.billing.promotion.Tier;
import org.ampay.billing.promotion.Who;
import org.ampay.ledger.Journals;
import org.ampay.ledger.SqlLedgerStore;
import org.ampay.store.JobSignal;
import org.ampay.store.SqlJobStore;
import org.ampay.tariff.CouponTerm;
import org.ampay.tariff.Funder;
import org.ampay.tariff.Price;
import org.ampay.tariff.TierDiscount;
import org.jspecify.annotations.Nullable;

/** Tiers, coupons, campaigns and points of the demo, and drivers who have them; made once. */
final class DemoPromotions {

  private static final Who DEMO = new Who("ampay", true);
  private static final int MANY = 100;

  private final Promotions promotions;

  DemoPromotions(Promotions promotions) {
    this.promotions = promotions;
  }

  static DemoPromotions on(Foundation on) {
    IdSource ids = on.idSource("money");
    return new DemoPromotions(
        Promotions.of(
            new Parts(
                on.database().transactor(),
                new PromotionBook(on.database(), on.time()),
                new AuditLog(on.database(), on.time()),
                new Journals(new SqlLedgerStore(), ids, on.time()),
                new SqlJobStore(on.idSource("jobs"), on.time(), new JobSignal()),
                ids,
                on.time(),
                on.random())));
  }

  /**
   * What an operator in China has, unless it has tiers or coupons already.
   *
   * @param drivers ids, six at least; wallets are full
   */
  void china(long operator, List<Long> drivers) {
    if (has(operator)) {
      return;
    }
    Tier gold =
        promotions
            .tiers()
            .create(
                operator,
                tier("金卡 Gold", 20, "8", new Tier.Rule(90, 50_000L, null), fee(9_900, "6")),
                DEMO);
    Tier silver =
        promotions
            .tiers()
            .create(
                operator,
                tier("银卡 Silver", 10, "3", new Tier.Rule(90, null, 200_000L), null),
                DEMO);
    promotions.tiers().put(operator, drivers.get(0), gold.id(), null, DEMO);
    promotions.tiers().buy(operator, drivers.get(1), gold.id(), "demo", DEMO);
    promotions.tiers().put(operator, drivers.get(2), silver.id(), null, DEMO);
    Coupon welcome =
        coupon(
            operator,
            "新客立减 8 元 Welcome",
            amount("8", "20"),
            Scope.ALL,
            Funder.PLATFORM,
            "WELCOME8");
    coupon(
        operator,
        "夜间九折 Night −10 %",
        percent("10", "5", Set.of()),
        hours(Set.of(), "22:00", "08:00"),
        Funder.OPERATOR,
        "NIGHT10");
    for (int i = 0; i < 4; i++) {
      promotions.coupons().claim(operator, drivers.get(i), "WELCOME8", DEMO);
      promotions.coupons().claim(operator, drivers.get(i + 2), "NIGHT10", DEMO);
    }
    Campaign thanks =
        promotions
            .campaigns()
            .create(
                operator,
                new Campaign.Spec(
                    "老友回馈 Thank you", Scope.ALL, new Campaign.Action.ByHand(welcome.id())),
                DEMO);
    promotions
        .campaigns()
        .give(operator, thanks.id(), new Campaigns.Target.Drivers(drivers.subList(4, 6)), DEMO);
    discount(operator, "周末九五折 Weekend −5 %", weekend(), percent("5", "3", Set.of()), 50_000);
    points(operator, drivers.get(4), drivers.get(5));
  }

  /** The same of an operator in Europe, smaller. */
  void europe(long operator, List<Long> drivers) {
    if (has(operator)) {
      return;
    }
    Tier plus =
        promotions
            .tiers()
            .create(operator, tier("Rhein Plus", 10, "5", null, fee(2_900, "19")), DEMO);
    promotions.tiers().buy(operator, drivers.get(0), plus.id(), "demo", DEMO);
    coupon(operator, "Welcome 3 €", amount("3", "10"), Scope.ALL, Funder.OPERATOR, "WILLKOMMEN");
    promotions.coupons().claim(operator, drivers.get(1), "WILLKOMMEN", DEMO);
    discount(
        operator,
        "Parking half price",
        weekend(),
        percent("50", "2", Set.of(Price.Cost.PARKING)),
        20_000);
    points(operator, drivers.get(1), drivers.get(2));
  }

  private boolean has(long operator) {
    return !promotions.tiers().list(operator).isEmpty()
        || !promotions.coupons().list(operator, Long.MAX_VALUE, 1).isEmpty();
  }

  private static Tier.Spec tier(
      String name, int rank, String percent, Tier.@Nullable Rule rule, Tier.@Nullable Fee fee) {
    return new Tier.Spec(
        name,
        rank,
        List.of(new TierDiscount(Set.of(), new BigDecimal(percent))),
        new BigDecimal("1.5"),
        Funder.OPERATOR,
        rule,
        fee);
  }

  private static Tier.Fee fee(long minor, String vat) {
    return new Tier.Fee(minor, 12, new BigDecimal(vat));
  }

  private Coupon coupon(
      long operator, String name, Benefit benefit, Scope scope, Funder funder, String code) {
    Coupon.Spec spec =
        new Coupon.Spec(name, benefit, scope, new Coupon.Limits(3, 1_000, 60), funder);
    Coupon made = promotions.coupons().create(operator, spec, DEMO);
    promotions.coupons().shareCode(operator, made.id(), code, DEMO);
    promotions.coupons().generate(operator, made.id(), MANY, DEMO);
    return made;
  }

  private static Benefit amount(String value, String minSpend) {
    return new Benefit(
        CouponTerm.Kind.AMOUNT, new BigDecimal(value), null, new BigDecimal(minSpend), Set.of());
  }

  private static Benefit percent(String value, String cap, Set<Price.Cost> costs) {
    return new Benefit(
        CouponTerm.Kind.PERCENT, new BigDecimal(value), new BigDecimal(cap), null, costs);
  }

  private static Scope weekend() {
    return hours(Set.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY), "00:00", "00:00");
  }

  private static Scope hours(Set<DayOfWeek> days, String from, String to) {
    return new Scope(
        null,
        null,
        Set.of(),
        List.of(new Scope.Window(days, LocalTime.parse(from), LocalTime.parse(to))));
  }

  private void discount(
      long operator, String name, Scope scope, Benefit benefit, long budgetMinor) {
    promotions
        .campaigns()
        .create(
            operator,
            new Campaign.Spec(
                name, scope, new Campaign.Action.Discount(benefit, budgetMinor, Funder.OPERATOR)),
            DEMO);
  }

  /** A point for each unit of money, worth a hundredth of it. */
  private void points(long operator, long first, long second) {
    PointsProgramme.Spec spec =
        new PointsProgramme.Spec(
            BigDecimal.ONE,
            Set.of(),
            new BigDecimal("0.01"),
            new BigDecimal("30"),
            12,
            Funder.OPERATOR);
    promotions.points().setProgramme(operator, spec, true, DEMO);
    for (long driver : List.of(first, second)) {
      promotions.points().adjust(operator, driver, 500, "欢迎 Welcome", DEMO);
      promotions.points().usePoints(operator, driver, true, DEMO);
    }
  }
}
