package org.ampay.billing.promotion;

import java.util.Collection;
import java.util.List;
import org.ampay.base.Money;
import org.ampay.charging.StartGuard.Request;
import org.ampay.store.Tx;
import org.ampay.tariff.DriverTerms;

/**
 * What money's ways tell promotions: a start reserves, a released hold gives back, a bill that was
 * made, paid or refunded is gone through by a job. Costs nothing where an operator has no
 * promotions.
 */
public interface Benefits {

  /** Nobody gets anything. */
  Benefits NONE = new NoBenefits();

  /**
   * Begins with a group of starts: locks what their drivers may use. Call it after the tokens are
   * locked and before accounts are.
   */
  Group open(Tx tx, List<Request> starts);

  /** The starts of a group. */
  interface Group {

    /** Reserves for a start that is granted; what it returns is to be stored with the hold. */
    DriverTerms reserve(Request start, long holdId);

    /** Writes what was reserved. Call it once, before accounts are posted to. */
    void write();
  }

  /** Gives back what holds reserved whose session never came. */
  void released(Tx tx, Collection<Long> holdIds);

  /** Whether something follows from each bill of an operator, whatever its session reserved. */
  boolean follows(long operatorId);

  /** Bills were made, paid or refunded with {@code tx}: a job sees to what follows. */
  void billsChanged(Tx tx, Collection<Long> billIds);

  /** A driver topped up with {@code tx}. */
  void toppedUp(Tx tx, TopUp topUp);

  /**
   * Real money that came into a wallet.
   *
   * @param operationId of the payment operation
   */
  record TopUp(long operationId, long operatorId, long driverId, Money amount) {}
}
