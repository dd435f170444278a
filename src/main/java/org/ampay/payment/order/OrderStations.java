package org.ampay.payment.order;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.ampay.access.IdToken;
import org.ampay.base.Money;
import org.ampay.charging.StationStarts;
import org.ampay.charging.StationStops;
import org.ampay.charging.StationStops.Answer;
import org.ampay.station.EvseRef;
import org.ampay.station.StationInfo;

/** What orders want of stations; blocks. */
public final class OrderStations {

  /**
   * The ways to stations.
   *
   * @param limits stops sessions before they cost more than is held
   */
  public record Ways(
      ChargePlaces places, StationStarts starts, StationStops stops, HoldLimits limits) {}

  private final Ways ways;
  private final Duration patience;

  OrderStations(Ways ways, Duration patience) {
    this.ways = ways;
    this.patience = patience;
  }

  Answer start(OrderRow order) {
    Optional<StationInfo> station = ways.places().station(order.place().stationId());
    return station
        .map(
            found ->
                wait(
                    ways.starts()
                        .start(
                            found,
                            EvseRef.ofConnector16(order.place().evseNo()),
                            new IdToken(order.payer().tokenUid(), "Central"))))
        .orElse(Answer.AWAY);
  }

  Answer stop(OrderRow order, OrderSessions.Seen session) {
    return ways.places()
        .station(order.place().stationId())
        .map(found -> wait(ways.stops().stop(found, session.transactionId())))
        .orElse(Answer.AWAY);
  }

  void limit(OrderRow order, OrderSessions.Seen session) {
    ways.limits().limit(order.operatorId(), order.place().stationId(), session.id(), order.held());
  }

  /** Is the session being stopped because it cost what is held? */
  boolean usedUp(OrderSessions.Seen session) {
    return ways.limits().reached(session.id());
  }

  /** What a running session costs now; empty: not known. */
  Optional<Money> cost(OrderRow order, OrderSessions.Seen session) {
    return ways.limits().cost(order.place().stationId(), session.id());
  }

  private Answer wait(CompletionStage<Answer> answer) {
    try {
      return answer.toCompletableFuture().get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      return Answer.AWAY;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Answer.AWAY;
    }
  }
}
