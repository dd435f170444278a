package org.ampay.payment;

import org.ampay.billing.BillStore;
import org.ampay.billing.BillableSessions;
import org.ampay.billing.promotion.Benefits;
import org.ampay.ledger.LedgerStore;
import org.ampay.store.JobStore;

/**
 * Where settlements read and write.
 *
 * @param benefits hears of what is paid and given back
 */
public record SettlementStores(
    SettlementStore settlements,
    HoldStore holds,
    BillStore bills,
    BillableSessions sessions,
    LedgerStore ledger,
    JobStore jobs,
    Benefits benefits) {

  /** The payment operations of settlements, orders and wallets. */
  public OperationStore operations() {
    return settlements;
  }
}
