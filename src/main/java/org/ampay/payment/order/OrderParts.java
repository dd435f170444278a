package org.ampay.payment.order;

import org.ampay.base.IdSource;
import org.ampay.base.TimeSource;
import org.ampay.ledger.Journals;
import org.ampay.payment.OrderHolds;
import org.ampay.payment.OrderOperations;
import org.ampay.payment.OrderSettlements;
import org.ampay.payment.PaymentAlarms;
import org.ampay.payment.References;
import org.ampay.payment.provider.Providers;
import org.ampay.store.JobStore;
import org.ampay.store.Transactor;

/**
 * What orders work with.
 *
 * @param references of operations for providers, by the operations' ids
 * @param ids of orders and operations
 */
public record OrderParts(
    Transactor transactor,
    Stores stores,
    Providers providers,
    Journals journals,
    References references,
    PaymentAlarms alarms,
    IdSource ids,
    TimeSource time) {

  /** What is stored where. */
  public record Stores(
      OrderStore orders,
      OrderOperations operations,
      OrderSettlements settlements,
      OrderHolds holds,
      OrderSessions sessions,
      OrderParties parties,
      JobStore jobs) {}
}
