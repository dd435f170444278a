package org.ampay.billing.promotion;

import java.util.Collection;
import java.util.List;
import org.ampay.charging.StartGuard.Request;
import org.ampay.store.Tx;
import org.ampay.tariff.DriverTerms;

/** Nobody gets anything. */
final class NoBenefits implements Benefits {

  /** A group of starts that get nothing. */
  static final Group NOTHING =
      new Group() {
        @Override
        public DriverTerms reserve(Request start, long holdId) {
          return DriverTerms.NONE;
        }

        @Override
        public void write() {
          // nothing was reserved
        }
      };

  @Override
  public Group open(Tx tx, List<Request> starts) {
    return NOTHING;
  }

  @Override
  public void released(Tx tx, Collection<Long> holdIds) {
    // nothing was reserved
  }

  @Override
  public boolean follows(long operatorId) {
    return false;
  }

  @Override
  public void billsChanged(Tx tx, Collection<Long> billIds) {
    // nothing follows
  }

  @Override
  public void toppedUp(Tx tx, TopUp topUp) {
    // nothing follows
  }
}
