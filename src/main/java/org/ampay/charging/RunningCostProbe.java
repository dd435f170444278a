package org.ampay.charging;

import java.time.Instant;
import org.ampay.base.Energy;
import org.ampay.base.Money;
import org.ampay.tariff.TariffSnapshot;

/**
 * One session's readings and what each of them makes it cost, as its station's owner does it: for
 * measuring what a running cost adds to a meter message.
 */
public final class RunningCostProbe {

  private static final int BOUND = 1000;

  private final TariffSnapshot tariff;
  private final RunningCosts costs = new RunningCosts();
  private PriceFacts facts;

  public RunningCostProbe(TariffSnapshot tariff, Instant begin) {
    this.tariff = tariff;
    this.facts = PriceFacts.begin(begin, BOUND);
  }

  /** A register was read: so much flowed since the last one. Without a price. */
  public void reading(Instant at, Energy delta) {
    facts = facts.reading(at, delta, null);
  }

  /** What the session costs at that moment. */
  public Money cost(Instant at) {
    return costs.total(1, tariff, facts, facts.closed(at));
  }
}
