package org.ampay.billing.promotion;

/** What people and drivers do with promotions. */
public record Promotions(Tiers tiers, Coupons coupons, Campaigns campaigns, Points points) {

  public static Promotions of(Parts parts) {
    return new Promotions(
        new Tiers(parts), new Coupons(parts), new Campaigns(parts), new Points(parts));
  }
}
