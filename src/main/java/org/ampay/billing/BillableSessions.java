package org.ampay.billing;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.ampay.store.Tx;
import org.jspecify.annotations.Nullable;

/** The sessions behind bills: what they were, and how far their money is. */
public interface BillableSessions {

  /** The sessions of those ids that exist. */
  List<FinishedSession> load(Tx tx, Collection<Long> ids);

  /** What a settlement needs of the sessions of those ids. */
  Map<Long, Brief> briefs(Tx tx, Collection<Long> ids);

  /**
   * A session in brief.
   *
   * @param holdId what its start reserved
   */
  record Brief(long id, long operatorId, long stationId, @Nullable Long holdId) {}

  /** Stores how far the money of sessions is; the only column of a session that money owns. */
  void settlementStates(Tx tx, Map<Long, SettlementState> states);

  /** Puts finished sessions aside for a person, with the reason. */
  void review(Tx tx, Map<Long, String> reasons);
}
