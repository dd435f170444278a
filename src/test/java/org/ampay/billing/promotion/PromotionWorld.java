package org.ampay.billing.promotion;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.ampay.audit.AuditLog;
import org.ampay.base.IdSource;
import org.ampay.base.TestTime;
import org.ampay.ledger.Journals;
import org.ampay.store.JobHandler;
import org.ampay.store.JobStore;
import org.ampay.store.TestDatabase;
import org.ampay.tariff.CouponTerm;
import org.ampay.tariff.Funder;
import org.jspecify.annotations.Nullable;

/** Everything about promotions, wired on a database. */
public final class PromotionWorld {

  public static final Who PLATFORM = new Who("user:root@example.com", true);
  public static final Who OPERATOR = new Who("user:op@example.com", false);

  public final PromotionBook book;
  public final Benefits benefits;
  public final Promotions promotions;
  public final Upkeep upkeep;
  public final CampaignGrants grants;

  /** By the kind of their jobs; upkeep only when it was begun. */
  public final Map<String, JobHandler> handlers = new HashMap<>();

  public PromotionWorld(
      TestDatabase database,
      Journals journals,
      JobStore jobs,
      IdSource ids,
      TestTime time,
      Loyalty.Bills bills) {
    book = new PromotionBook(database.database(), time);
    benefits = new Reservations(book, jobs, time);
    promotions =
        Promotions.of(
            new Parts(
                database.transactor(),
                book,
                new AuditLog(database.database(), time),
                journals,
                jobs,
                ids,
                time,
                new Random(7)));
    upkeep = new Upkeep(database.transactor(), book, journals, jobs, ids, time);
    grants = new CampaignGrants(database.transactor(), book, jobs, ids, time);
    handlers.put(
        Loyalty.KIND, new Loyalty(database.transactor(), bills, journals, jobs, book, ids, time));
    handlers.put(CampaignGrants.KIND, grants);
    handlers.put(Upkeep.EXPIRY, upkeep);
    handlers.put(Upkeep.TIERS, upkeep);
  }

  public static Coupon.Spec amount(String name, String value, Coupon.Limits limits) {
    return new Coupon.Spec(
        name,
        new Benefit(CouponTerm.Kind.AMOUNT, new BigDecimal(value), null, null, Set.of()),
        Scope.ALL,
        limits,
        Funder.OPERATOR);
  }

  public static PointsProgramme.Spec points(String perUnit, Funder funder) {
    return new PointsProgramme.Spec(
        new BigDecimal(perUnit),
        Set.of(),
        new BigDecimal("0.01"),
        new BigDecimal("50"),
        12,
        funder);
  }

  public static Tier.Spec tier(
      String name, int rank, String percent, Funder funder, Tier.@Nullable Rule rule) {
    return new Tier.Spec(
        name,
        rank,
        List.of(new org.ampay.tariff.TierDiscount(Set.of(), new BigDecimal(percent))),
        BigDecimal.ONE,
        funder,
        rule,
        null);
  }
}
