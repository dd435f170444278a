package org.ampay.payment.fee;

import org.ampay.billing.Bill;
import org.ampay.store.Tx;

/** What the platform keeps of bills. The same bill always has the same fee. */
@FunctionalInterface
public interface PlatformFees {

  /** Nothing of any bill. */
  PlatformFees NONE = (tx, bill) -> 0;

  /** The fee of the whole bill, in minor units of its currency: 0 to its price without tax. */
  long of(Tx tx, Bill bill);
}
