package org.ampay.charging;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.ampay.base.Money;
import org.ampay.tariff.PriceNow.Rate;
import org.jspecify.annotations.Nullable;

/** What a display was told of a running session. Asked by owner and ticker, so it is guarded. */
final class ShownSession {

  private static final int MAX_WAITING = 4;

  private final long id;
  private final long stationId;
  private @Nullable String language;
  private @Nullable Money cost;
  private @Nullable List<Rate> rates;
  private CostMessage.@Nullable Trigger trigger;

  private CompletionStage<Boolean> last = CompletableFuture.completedStage(true);
  private int waiting;

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

  /** Whether so much waits for the station that one more running cost is of no use. */
  synchronized boolean busy() {
    return waiting >= MAX_WAITING;
  }

  /**
   * Sends a message when those before it are answered, so that the last one shown is the newest.
   */
  synchronized CompletionStage<Boolean> inOrder(
      Supplier<CompletionStage<Boolean>> message, Executor io) {
    waiting++;
    last =
        last.handleAsync((sent, failure) -> true, io)
            .thenCompose(turn -> message.get())
            .whenComplete((sent, failure) -> answered());
    return last;
  }

  private synchronized void answered() {
    waiting--;
  }

  synchronized void confirmed(Money told) {
    cost = told;
  }
}
