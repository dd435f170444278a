package org.ampay.charging;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.ampay.base.Money;
import org.ampay.tariff.PriceNow.Rate;
import org.jspecify.annotations.Nullable;

/** What a display was told of a running session. Asked by owner and ticker, so it is guarded. */
final class ShownSession {

  private final long id;
  private final long stationId;
  private @Nullable String language;
  private @Nullable Money cost;
  private @Nullable List<Rate> rates;
  private CostMessage.@Nullable Trigger trigger;

  /** When it is looked at even if nothing is heard. */
  private Instant next;

  ShownSession(long id, long stationId, Instant next) {
    this.id = id;
    this.stationId = stationId;
    this.next = next;
  }

  long id() {
    return id;
  }

  long stationId() {
    return stationId;
  }

  synchronized void speaks(@Nullable String told) {
    language = told == null ? language : told;
  }

  synchronized @Nullable String language() {
    return language;
  }

  synchronized boolean due(Instant now) {
    return !now.isBefore(next);
  }

  /** Whether other prices apply than the display knows. */
  synchronized boolean changed(List<Rate> now) {
    return rates != null && !rates.equals(now);
  }

  synchronized Optional<Money> cost() {
    return Optional.ofNullable(cost);
  }

  synchronized CostMessage.@Nullable Trigger trigger() {
    return trigger;
  }

  /** Heard for the first time: its display knows the prices from the start of the session. */
  synchronized void knows(List<Rate> now) {
    rates = rates == null ? now : rates;
  }

  synchronized void told(
      Instant now, Instant again, List<Rate> prices, CostMessage.@Nullable Trigger wanted) {
    rates = prices;
    trigger = wanted;
    next = again.isAfter(now) ? again : now;
  }

  synchronized void confirmed(Money told) {
    cost = told;
  }
}
