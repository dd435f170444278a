package org.ampay.billing;

import java.util.List;
import org.ampay.store.Tx;

/** Hears of bills in the commit that brings them: charges and credits. */
@FunctionalInterface
public interface BillWatch {

  /** They are stored in this transaction. */
  void made(Tx tx, List<Bill> bills);

  /** One after the other. */
  static BillWatch both(BillWatch first, BillWatch second) {
    return (tx, bills) -> {
      first.made(tx, bills);
      second.made(tx, bills);
    };
  }
}
