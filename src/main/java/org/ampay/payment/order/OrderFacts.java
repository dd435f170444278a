package org.ampay.payment.order;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.ampay.payment.OrderSettlements;
import org.ampay.payment.PaymentOperation;
import org.ampay.payment.order.OrderPlan.Facts;
import org.ampay.payment.order.PaymentOrder.State;
import org.ampay.payment.provider.Capabilities;
import org.ampay.payment.provider.CommandKind;
import org.ampay.payment.provider.PaymentProvider;
import org.ampay.payment.provider.deposit.DepositProvider;
import org.ampay.store.Tx;

/** Finds out what a plan needs to know, and no more. */
final class OrderFacts {

  /** Where a provider cannot be asked, its holds are taken to last so long. */
  private static final Duration UNKNOWN_HOLD_TIME = Duration.ofDays(1);

  private final OrderParts parts;
  private final ChargePlaces places;

  OrderFacts(OrderParts parts, ChargePlaces places) {
    this.parts = parts;
    this.places = places;
  }

  Facts of(Tx tx, OrderRow row, List<PaymentOperation> operations, boolean urgent) {
    Optional<Capabilities> can =
        parts.providers().find(row.payer().via()).map(PaymentProvider::capabilities);
    OrderRow.Bound bound = row.progress().bound();
    Optional<OrderSessions.Seen> session =
        bound != null && (row.is(State.CHARGING) || row.is(State.SETTLING))
            ? parts.stores().sessions().find(tx, bound.sessionKey())
            : Optional.empty();
    Optional<OrderSettlements.Done> settled =
        row.is(State.SETTLING) && session.isPresent()
            ? parts.stores().settlements().of(tx, session.get().id(), provider(row))
            : Optional.empty();
    Duration holdTime = can.map(c -> c.limits().holdTime()).orElse(UNKNOWN_HOLD_TIME);
    return new Facts(
        can.map(c -> c.can(CommandKind.CANCEL)).orElse(false),
        row.payer().flow() == Flow.PREAUTH
            && can.map(c -> c.can(CommandKind.INCREMENT)).orElse(false),
        holdTime.compareTo(OrderCommands.HOLD) < 0 ? holdTime : OrderCommands.HOLD,
        session.orElse(null),
        settled.orElse(null),
        row.is(State.STARTING) && places.plugged(row.place().stationId(), row.place().evseNo()),
        urgent);
  }

  /** Who holds the money for the session. */
  static String provider(OrderRow row) {
    return switch (row.payer().flow()) {
      case PREPAID -> DepositProvider.NAME;
      case PREAUTH, WALLET -> row.payer().via().provider();
    };
  }
}
