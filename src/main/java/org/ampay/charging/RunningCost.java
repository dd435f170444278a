package org.ampay.charging;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.ampay.base.Money;
import org.ampay.tariff.InvalidInputException;
import org.ampay.tariff.PriceText;
import org.ampay.tariff.Pricing;
import org.ampay.tariff.SessionFacts;

/** What a session costs while it runs: by the engine of the bill, so that the two never differ. */
final class RunningCost {

  private static final int MAX_TEXT = 512;

  private RunningCost() {}

  /**
   * The bill's total if the session ended at {@code at}; of one that is over, its total.
   *
   * @return empty when nobody pays, or it cannot be priced
   */
  static Optional<Money> of(Session session, Instant at) {
    Session.End end = session.end();
    if (end != null) {
      return Optional.ofNullable(end.total());
    }
    Session.Frozen frozen = session.payer().snapshot();
    if (frozen == null || !session.authorized()) {
      return Optional.empty();
    }
    try {
      SessionFacts facts = session.facts().finish(at);
      return Optional.of(Pricing.price(frozen.tariff(), facts).payable());
    } catch (InvalidInputException | ArithmeticException e) {
      return Optional.empty(); // the end says so again, and then a person reads it
    }
  }

  /** The session's tariff in a line for its driver. */
  static Optional<String> price(Session session) {
    Session.Frozen frozen = session.payer().snapshot();
    if (frozen == null) {
      return Optional.empty();
    }
    Locale language = frozen.tariff().currency().equals("CNY") ? Locale.CHINESE : Locale.ENGLISH;
    String text = PriceText.display(frozen.tariff().tariffs().getFirst(), language);
    return Optional.of(text.substring(0, Math.min(MAX_TEXT, text.length())));
  }
}
