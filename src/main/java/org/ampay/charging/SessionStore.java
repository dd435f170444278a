package org.ampay.charging;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ampay.store.Tx;

/** Sessions and their facts at rest. */
public interface SessionStore {

  /** A transaction of a station. */
  record TransactionRef(long stationId, String transactionId) {}

  /** A frame whose decision could not be committed. */
  record QuarantinedFrame(
      long id, long stationId, Instant receivedAt, String protocol, String frame, String reason) {}

  /** The active sessions of stations, with their history. */
  List<StoredSession> active(Tx tx, Collection<Long> stationIds);

  /**
   * Sessions by their transactions, in any state; where several have the same one, the one with a
   * known start, else the last.
   */
  Map<TransactionRef, StoredSession> transactions(Tx tx, Collection<TransactionRef> refs);

  /** Sessions in any state with all that was reported of them; without those that do not exist. */
  Map<Long, StoredSession> whole(Tx tx, Collection<Long> sessionIds);

  /**
   * Writes decisions, each wholly or not at all. It must be the first that locks or writes in its
   * transaction: where one of them is a repeat, the transaction is begun anew.
   *
   * @return one outcome a decision, in their order
   */
  List<Outcome> write(Tx tx, List<Decision> decisions);

  /** Whether a decision was written before; asked after a failure. */
  Optional<Outcome> written(Tx tx, Decision decision);

  /** Puts a frame aside for a person. */
  void quarantine(Tx tx, QuarantinedFrame frame);

  /** The finished sessions among these, in the order of their ids. */
  List<BillableSession> billable(Tx tx, List<Long> sessionIds);

  /**
   * Sets the state of the settlement, which only {@code payment} does.
   *
   * @param states by session: {@code none}, {@code pending}, {@code settled}, {@code partial},
   *     {@code debt}, {@code manual}, {@code refunded}
   */
  void settlementState(Tx tx, Map<Long, String> states);
}
