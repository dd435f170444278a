package org.ampay.payment.sim;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ampay.billing.Bill;
import org.ampay.billing.share.BillShare;
import org.ampay.store.Tx;

/** Two payees: a fifth and a tenth of every price. */
final class SimShares {

  static final Map<Long, Long> PARTS = Map.of(7L, 5L, 8L, 10L);

  private SimShares() {}

  static Map<Long, List<BillShare>> of(Tx tx, Collection<Bill> bills) {
    Map<Long, List<BillShare>> shares = new HashMap<>();
    for (Bill bill : bills) {
      shares.put(bill.id(), List.of(share(bill, 1, 7), share(bill, 2, 8)));
    }
    return shares;
  }

  private static BillShare share(Bill bill, int line, long payee) {
    long price = bill.excl().minor();
    return new BillShare(
        bill.id(),
        line,
        bill.operatorId(),
        3,
        payee,
        bill.excl().currency(),
        price,
        price / part(payee));
  }

  static long part(long payee) {
    return java.util.Objects.requireNonNull(PARTS.get(payee));
  }
}
