package org.ampay.payment;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.ampay.base.Money;
import org.ampay.store.JobStore;
import org.ampay.store.NewJob;
import org.ampay.store.Tx;

/**
 * The orders whose money starts use. Called in the transaction that decides a start, before any
 * token or account is locked.
 */
public interface OrderStarts {

  /** The kind of the job that brings an order on; its reference is the order's id. */
  String KIND = "order";

  /** Payload of a job that only tells that something has happened to an order. */
  String HEARD = "heard";

  /** There are none. */
  OrderStarts NONE =
      new OrderStarts() {
        @Override
        public Map<Long, Paid> lock(Tx tx, Collection<Long> orderIds) {
          return Map.of();
        }

        @Override
        public void bound(Tx tx, List<StartHold> holds) {}

        @Override
        public void lost(Tx tx, List<StartHold> holds) {}
      };

  /**
   * An order whose money waits for its session.
   *
   * @param backing who holds the money
   * @param giftMinor the part of the amount that is not real money
   */
  record Paid(long stationId, int evseNo, StartHold.Backing backing, Money amount, long giftMinor) {

    /**
     * Whether its session may begin there.
     *
     * @param evse 0: the station did not say
     */
    boolean startsAt(long station, int evse) {
      return station == stationId && (evse == evseNo || evse == 0);
    }
  }

  /** Locks orders, in the order of their ids; those that may not start are left out. */
  Map<Long, Paid> lock(Tx tx, Collection<Long> orderIds);

  /** Sessions begin on the money of locked orders. */
  void bound(Tx tx, List<StartHold> holds);

  /** The sessions of these holds never came: the money is to be given back. */
  void lost(Tx tx, List<StartHold> holds);

  /** Holds were captured or released: their orders go on when {@code tx} is committed. */
  static void settled(Tx tx, JobStore jobs, Collection<StartHold> holds) {
    List<NewJob> news =
        holds.stream()
            .filter(hold -> hold.state() != HoldState.HELD)
            .map(StartHold::orderId)
            .filter(Objects::nonNull)
            .map(order -> new NewJob(KIND, order, Instant.EPOCH, HEARD))
            .toList();
    if (!news.isEmpty()) {
      jobs.insert(tx, news);
    }
  }
}
