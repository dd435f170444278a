package org.ampay.charging;

import static org.ampay.charging.Commands.at;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.ZoneId;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.ampay.base.Energy;
import org.ampay.base.Money;
import org.ampay.tariff.CouponTerm;
import org.ampay.tariff.DriverTerms;
import org.ampay.tariff.Funder;
import org.ampay.tariff.PointsTerm;
import org.ampay.tariff.Pricing;
import org.ampay.tariff.SegmentState;
import org.ampay.tariff.TariffJson;
import org.ampay.tariff.TariffSnapshot;
import org.ampay.tariff.TierDiscount;
import org.ampay.tariff.TierTerm;

/** What a session costs so far is what the engine says of its facts, whatever comes in between. */
class RunningCostsTest {

  private static final TariffSnapshot TARIFF =
      TariffSnapshot.of(
          1,
          1,
          TariffJson.read(
              TariffJson.readTree(
                  """
                  {"id": "t", "currency": "CNY", "min_price": {"before_taxes": 0.40},
                   "max_price": {"before_taxes": 90, "after_taxes": 95}, "elements": [
                   {"price_components": [{"type": "FLAT", "price": 0.50, "step_size": 1}]},
                   {"price_components": [{"type": "ENERGY", "price": 1.07, "vat": 6,
                     "step_size": 100}], "restrictions": {"max_kwh": 3.3}},
                   {"price_components": [{"type": "ENERGY", "price": 0.77, "step_size": 1}],
                    "restrictions": {"start_time": "08:05", "end_time": "08:40"}},
                   {"price_components": [{"type": "ENERGY", "price": 0.51, "step_size": 1},
                     {"type": "TIME", "price": 3.60, "vat": 13, "step_size": 60},
                     {"type": "PARKING_TIME", "price": 6.01, "step_size": 60}],
                    "restrictions": {"min_duration": 600}}]}
                  """)),
          ZoneId.of("Asia/Shanghai"),
          RoundingMode.HALF_UP);

  /** All that a tariff and its driver's terms can have. */
  private static final TariffSnapshot RICH =
      TariffSnapshot.of(
              2,
              1,
              TariffJson.read(
                  TariffJson.readTree(
                      """
                      {"id": "r", "currency": "CNY", "tax_included": "YES",
                       "max_price": {"before_taxes": 20, "after_taxes": 22},
                       "calendar": {"name": "c", "seasons": [{"name": "", "days": [{"slots": [
                         {"from": "00:00", "tier": "VALLEY"}, {"from": "16:30", "tier": "SHARP"},
                         {"from": "17:00", "tier": "PEAK"}]}]}]},
                       "occupancy": {"price": 6.06, "vat": 6, "step_size": 60,
                         "grace_seconds": 300, "max_price": 2.5,
                         "exempt": [{"start_time": "16:40", "end_time": "16:50"}]},
                       "minimum_session": {"kwh": 0.4, "seconds": 400},
                       "ceilings": [{"dimension": "SERVICE", "price": 3}],
                       "elements": [
                        {"price_components": [
                          {"type": "ENERGY", "price": 1.21, "vat": 13, "step_size": 1},
                          {"type": "SERVICE", "price": 0.63, "vat": 6, "step_size": 10}],
                         "restrictions": {"calendar_tiers": ["SHARP"]}},
                        {"price_components": [
                          {"type": "ENERGY", "price": 0.87, "vat": 13, "step_size": 1},
                          {"type": "SERVICE", "price": 0.44, "vat": 6, "step_size": 1},
                          {"type": "PARKING_TIME", "price": 1.2, "vat": 6, "step_size": 60}]}]}
                      """)),
              ZoneId.of("Asia/Shanghai"),
              RoundingMode.HALF_UP)
          .withTerms(
              new DriverTerms(
                  new TierTerm(
                      1,
                      "gold",
                      List.of(new TierDiscount(Set.of(), BigDecimal.valueOf(7))),
                      Funder.OPERATOR),
                  List.of(
                      new CouponTerm(
                          3L,
                          4,
                          "first",
                          CouponTerm.Kind.AMOUNT,
                          BigDecimal.valueOf(2),
                          null,
                          BigDecimal.valueOf(5),
                          Set.of(),
                          Funder.PLATFORM)),
                  new PointsTerm(
                      150, new BigDecimal("0.01"), BigDecimal.valueOf(30), Funder.SITE)));

  @Property(tries = 20_000)
  void runningCost_isTheFullPrice_afterEveryFact(@ForAll long seed) {
    Random random = new Random(seed);
    TariffSnapshot tariff = random.nextBoolean() ? TARIFF : RICH;
    RunningCosts costs = new RunningCosts();
    PriceFacts facts = PriceFacts.begin(at(1000), 4 + random.nextInt(30));
    long now = 1000;
    int steps = 1 + random.nextInt(40);
    for (int i = 0; i < steps; i++) {
      now += random.nextInt(300);
      facts = next(facts, random, now);
      if (random.nextInt(3) > 0) {
        long ahead = now + random.nextInt(200);
        Energy energy = random.nextBoolean() ? Energy.ZERO : Energy.ofWh(random.nextInt(400));
        PriceFacts then =
            energy.equals(Energy.ZERO) ? facts : facts.reading(at(ahead), energy, null);
        Money full = Pricing.price(tariff, then.finish(at(ahead))).payable();
        assertThat(costs.total(7, tariff, facts, then.closed(at(ahead)))).isEqualTo(full);
      }
      if (random.nextInt(60) == 0) {
        costs = new RunningCosts();
      }
    }
  }

  private static PriceFacts next(PriceFacts facts, Random random, long now) {
    Energy delta = Energy.ofWh(random.nextInt(500));
    SegmentState state = random.nextBoolean() ? SegmentState.CHARGING : SegmentState.PARKING;
    return switch (random.nextInt(20)) {
      case 0 -> facts.earlier(at(1000 - random.nextInt(500)), at(1000), delta);
      case 1 -> facts.emptied();
      case 2, 3, 4 -> facts.change(at(now - random.nextInt(60)), state);
      case 5 -> facts.reading(at(now), Energy.ZERO, null);
      case 6 -> facts.reading(at(now - random.nextInt(400)), delta, 16_000L);
      default -> facts.reading(at(now), delta, random.nextInt(4) == 0 ? 32_000L : null);
    };
  }
}
