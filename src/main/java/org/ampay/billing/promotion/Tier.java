package org.ampay.billing.promotion;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.ampay.tariff.Funder;
import org.ampay.tariff.TierDiscount;
import org.ampay.tariff.TierTerm;
import org.jspecify.annotations.Nullable;

/**
 * A membership tier of an operator.
 *
 * @param active a tier that is not gives nobody anything
 */
public record Tier(long id, long operatorId, Spec spec, boolean active, Instant createdAt) {

  /**
   * What a person decides of it.
   *
   * @param rank the highest of a driver's tiers holds
   * @param discounts in percent, by cost kind
   * @param pointsMultiplier 1: as many points as everybody
   * @param rule who gets it by itself; null: nobody
   * @param fee for what it is sold; null: it is not
   */
  public record Spec(
      String name,
      int rank,
      List<TierDiscount> discounts,
      BigDecimal pointsMultiplier,
      Funder funder,
      @Nullable Rule rule,
      @Nullable Fee fee) {

    private static final int MAX_DISCOUNTS = 10;
    private static final BigDecimal MAX_MULTIPLIER = BigDecimal.valueOf(100);

    public Spec {
      name = Rules.name(name);
      Rules.within(rank, 1, 1000, "rank");
      discounts = List.copyOf(discounts);
      Rules.require(
          discounts.size() <= MAX_DISCOUNTS, "discounts", "must have at most " + MAX_DISCOUNTS);
      for (int i = 0; i < discounts.size(); i++) {
        Rules.percent(discounts.get(i).percent(), "discounts[" + i + "].percent");
      }
      Rules.require(
          pointsMultiplier.signum() >= 0 && pointsMultiplier.compareTo(MAX_MULTIPLIER) <= 0,
          "points_multiplier",
          "must be from 0 to 100");
    }
  }

  /**
   * The last {@code days} days decide; every figure that is given must be reached.
   *
   * @param spendMinor real money paid, refunds taken off
   * @param energyWh charged and billed
   */
  public record Rule(int days, @Nullable Long spendMinor, @Nullable Long energyWh) {
    public Rule {
      Rules.within(days, 1, 366, "rule.days");
      Rules.require(
          spendMinor != null || energyWh != null, "rule", "must have spend_minor or energy_wh");
      Rules.require(spendMinor == null || spendMinor > 0, "rule.spend_minor", "must be positive");
      Rules.require(energyWh == null || energyWh > 0, "rule.energy_wh", "must be positive");
    }

    boolean holds(long spent, long charged) {
      return (spendMinor == null || spent >= spendMinor)
          && (energyWh == null || charged >= energyWh);
    }
  }

  /**
   * A paid membership.
   *
   * @param minor the price with tax
   * @param vatPercent null: without tax
   */
  public record Fee(long minor, int months, @Nullable BigDecimal vatPercent) {
    public Fee {
      Rules.within(minor, 1, 1_000_000_000L, "fee.minor");
      Rules.within(months, 1, 60, "fee.months");
      Rules.require(
          vatPercent == null
              || (vatPercent.signum() >= 0 && vatPercent.compareTo(BigDecimal.valueOf(100)) <= 0),
          "fee.vat_percent",
          "must be from 0 to 100");
    }
  }

  String name() {
    return spec.name();
  }

  /** As it is frozen into a session. */
  TierTerm term() {
    return new TierTerm(id, spec.name(), spec.discounts(), spec.funder());
  }
}
