package org.ampay.billing.catalog;

import java.util.List;
import java.util.Optional;
import org.ampay.tariff.TariffQuery;

/**
 * What applies where and why.
 *
 * @param candidates in the order of precedence, whether they may hold or not
 */
public record Explanation(TariffQuery query, List<Candidate> candidates) {

  public Explanation {
    candidates = List.copyOf(candidates);
  }

  /** The assignment that holds; empty: nobody can charge. */
  public Optional<Candidate> winner() {
    return candidates.stream().filter(c -> c.reason() == Reason.WINS).findFirst();
  }
}
