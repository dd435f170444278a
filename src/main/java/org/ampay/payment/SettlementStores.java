package org.ampay.payment;

import org.ampay.billing.BillStore;
import org.ampay.billing.BillableSessions;
import org.ampay.billing.promotion.Benefits;
import org.ampay.billing.share.Shares;
import org.ampay.ledger.LedgerStore;
import org.ampay.payment.fee.PlatformFees;
import org.ampay.store.JobStore;

/**
 * Where settlements read and write.
 *
 * @param benefits hears of what is paid and given back
 * @param fees what the platform keeps
 * @param shares what others have of the rest
 */
public record SettlementStores(
    SettlementStore settlements,
    HoldStore holds,
    BillStore bills,
    BillableSessions sessions,
    LedgerStore ledger,
    JobStore jobs,
    Benefits benefits,
    PlatformFees fees,
    Shares shares) {

  /** Without fees and shares. */
  public SettlementStores(
      SettlementStore settlements,
      HoldStore holds,
      BillStore bills,
      BillableSessions sessions,
      LedgerStore ledger,
      JobStore jobs,
      Benefits benefits) {
    this(
        settlements,
        holds,
        bills,
        sessions,
        ledger,
        jobs,
        benefits,
        PlatformFees.NONE,
        Shares.NONE);
  }

  /** The same with fees. */
  public SettlementStores withFees(PlatformFees other) {
    return new SettlementStores(
        settlements, holds, bills, sessions, ledger, jobs, benefits, other, shares);
  }

  /** The same with shares. */
  public SettlementStores withShares(Shares other) {
    return new SettlementStores(
        settlements, holds, bills, sessions, ledger, jobs, benefits, fees, other);
  }

  /** The payment operations of settlements, orders and wallets. */
  public OperationStore operations() {
    return settlements;
  }
}
