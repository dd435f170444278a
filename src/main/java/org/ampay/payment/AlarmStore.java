package org.ampay.payment;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.ampay.store.Tx;
import org.jspecify.annotations.Nullable;

/** Alarms at rest. */
interface AlarmStore {

  /** The open alarms among those of these keys. */
  Set<String> open(Tx tx, Collection<String> openKeys);

  /** Adds alarms; one whose like is open is passed over. */
  void insert(Tx tx, List<PaymentAlarm> alarms);

  /** Ends the open alarms about these, but for contradictions: those end by a person's word. */
  void clear(Tx tx, Collection<Long> refs, Instant at);

  /** Ends one; false when there is no such open alarm. */
  boolean clearOne(Tx tx, @Nullable Long operatorId, long id, Instant at);

  /**
   * Open alarms with a smaller id, newest first.
   *
   * @param operatorId null: of all operators
   */
  List<PaymentAlarm> list(Tx tx, @Nullable Long operatorId, SettlementStore.Before before);
}
