package org.ampay.tariff.proof;

import java.util.Random;
import org.ampay.tariff.Price;
import org.ampay.tariff.Pricing;
import org.ampay.tariff.SessionFacts;
import org.ampay.tariff.TariffSnapshot;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The engine against the second evaluator, on random tariffs and sessions. */
class DifferentialTest {

  private static final long SEED = 20_260_104L;
  private static final int RUNS = 100_000;
  private static final int FULL_RUNS = 1_000_000;

  @Test
  void engine_findsWhatTheSecondEvaluatorFinds() {
    compare(SEED, RUNS);
  }

  @Tag("full")
  @Test
  void engine_findsWhatTheSecondEvaluatorFindsInALongRun() {
    compare(SEED + 1, FULL_RUNS);
  }

  private static void compare(long seed, int runs) {
    Random seeds = new Random(seed);
    long billed = 0;
    for (int run = 0; run < runs; run++) {
      long one = seeds.nextLong();
      RandomPrices any = new RandomPrices(one);
      TariffSnapshot snapshot = any.snapshot();
      SessionFacts facts = any.facts(snapshot);
      Price price;
      Evaluator.Verdict verdict;
      try {
        price = Pricing.price(snapshot, facts);
        verdict = Evaluator.price(snapshot, facts);
        Comparison.same(price, snapshot.terms(), verdict);
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError(
            "run " + run + ", seed " + one + "\n" + snapshot.toJson() + "\n" + facts.toJson(), e);
      }
      billed += price.payable().isZero() ? 0 : 1;
    }
    System.out.printf(
        "differential test: %d runs, seed %d, no difference; %d of them not free%n",
        runs, seed, billed);
  }
}
