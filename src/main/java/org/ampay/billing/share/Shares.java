package org.ampay.billing.share;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.ampay.billing.Bill;
import org.ampay.store.Tx;

/** The shares of bills, as they were fixed when the bills were made. */
@FunctionalInterface
public interface Shares {

  /** Nobody has any. */
  Shares NONE = (tx, bills) -> Map.of();

  /** By bill; a bill without shares may be missing. */
  Map<Long, List<BillShare>> of(Tx tx, Collection<Bill> bills);
}
