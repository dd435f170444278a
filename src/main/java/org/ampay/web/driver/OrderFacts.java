package org.ampay.web.driver;

import java.util.List;
import java.util.Optional;
import org.ampay.base.Money;
import org.ampay.payment.order.PaymentOrder;
import org.ampay.web.read.BillReadStore.BillRow;
import org.ampay.web.read.SessionReadStore.SessionRow;

/**
 * What the page of an order is made of.
 *
 * @param point empty: the station is gone
 * @param cost of a running session at this moment
 * @param usedUp the session was stopped because the amount was reached
 */
record OrderFacts(
    PaymentOrder order,
    Optional<PayPoint> point,
    Optional<SessionRow> session,
    List<BillRow> bills,
    Optional<Money> cost,
    boolean usedUp) {}
