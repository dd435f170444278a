package org.ampay.billing.promotion;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import org.ampay.base.Money;
import org.ampay.tariff.CouponTerm;
import org.ampay.tariff.Funder;
import org.jspecify.annotations.Nullable;

/**
 * Coupons that are given, or a discount that needs none.
 *
 * @param reserved of a discount's budget, for running sessions
 * @param spent of it, by bills
 * @param granted coupons given so far
 */
public record Campaign(
    long id,
    long operatorId,
    String currency,
    Spec spec,
    Coupon.State state,
    Money reserved,
    Money spent,
    int granted,
    @Nullable Instant seenUntil,
    Instant createdAt) {

  /** What a person decides of it; the scope's sites and windows are those of a discount. */
  public record Spec(String name, Scope scope, Action action) {
    public Spec {
      name = Rules.name(name);
    }
  }

  /** What it does. */
  public sealed interface Action {

    /** As stored and shown. */
    String code();

    /** The coupon that it gives; null for a discount. */
    default @Nullable Long coupon() {
      return switch (this) {
        case ByHand(long id) -> Long.valueOf(id);
        case NewDrivers(long id) -> Long.valueOf(id);
        case TopUp(long id, long _) -> Long.valueOf(id);
        case Discount _ -> null;
      };
    }

    /** Coupons for whom a person names. */
    record ByHand(long couponId) implements Action {
      @Override
      public String code() {
        return "by_hand";
      }
    }

    /** A coupon for each new driver. */
    record NewDrivers(long couponId) implements Action {
      @Override
      public String code() {
        return "new_drivers";
      }
    }

    /**
     * A coupon for each top-up of at least this.
     *
     * @param minMinor minor units
     */
    record TopUp(long couponId, long minMinor) implements Action {
      public TopUp {
        Rules.within(minMinor, 1, 1_000_000_000_000L, "top_up_minor");
      }

      @Override
      public String code() {
        return "top_up";
      }
    }

    /**
     * An automatic discount.
     *
     * @param budgetMinor never exceeded: what running sessions may need is reserved
     */
    record Discount(Benefit benefit, long budgetMinor, Funder funder) implements Action {
      public Discount {
        Rules.within(budgetMinor, 1, 1_000_000_000_000L, "budget_minor");
        Rules.require(benefit.kind() != CouponTerm.Kind.KWH, "kind", "must be AMOUNT or PERCENT");
        Rules.require(
            benefit.kind() == CouponTerm.Kind.AMOUNT || benefit.cap() != null,
            "cap",
            "is needed, so that the budget is kept");
      }

      @Override
      public String code() {
        return "discount";
      }

      /** The most that a session may get. */
      long mostMinor(String currency) {
        BigDecimal most = benefit.cap() == null ? benefit.value() : benefit.cap();
        return Money.of(currency, most, RoundingMode.UP).minor();
      }
    }
  }

  String name() {
    return spec.name();
  }

  /** The coupon that it gives; null for a discount. */
  public @Nullable Long couponId() {
    return spec.action().coupon();
  }
}
