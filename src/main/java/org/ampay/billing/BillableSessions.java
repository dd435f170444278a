package org.ampay.billing;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ampay.charging.BillableSession;
import org.ampay.charging.SessionStore;
import org.ampay.store.Tx;

/** The sessions behind bills: what they were, and how far their money is. */
public interface BillableSessions {

  /** The finished sessions among these. */
  List<BillableSession> load(Tx tx, List<Long> ids);

  /** Stores how far the money of sessions is; the only column of a session that money owns. */
  void settlementStates(Tx tx, Map<Long, SettlementState> states);

  /** The sessions of a store. */
  static BillableSessions of(SessionStore store) {
    return new BillableSessions() {
      @Override
      public List<BillableSession> load(Tx tx, List<Long> ids) {
        return store.billable(tx, ids);
      }

      @Override
      public void settlementStates(Tx tx, Map<Long, SettlementState> states) {
        Map<Long, String> codes = new HashMap<>();
        states.forEach((id, state) -> codes.put(id, state.code()));
        store.settlementState(tx, codes);
      }
    };
  }
}
