package org.ampay.payment;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.ampay.charging.SessionState;
import org.ampay.store.Tx;

/** Holds at rest. */
interface HoldStore {

  Map<ByteBuffer, StartHold> byKeys(Tx tx, Collection<ByteBuffer> keys);

  /** Locks tokens until the end of the transaction, in the order of their ids. */
  void lockTokens(Tx tx, Collection<Long> tokenIds);

  /** How many holds of each token are live: their session has not come yet, or is running. */
  Map<Long, Integer> live(Tx tx, Collection<Long> tokenIds);

  void insert(Tx tx, List<StartHold> holds);

  /** Locks holds until the end of the transaction, in the order of their ids. */
  Map<Long, StartHold> lock(Tx tx, Collection<Long> ids);

  /** Stores everything of locked holds that can change. */
  void update(Tx tx, List<StartHold> holds);

  /** Locks holds whose deadline has passed, passing over those that somebody else has locked. */
  List<StartHold> lockDue(Tx tx, Instant now, int limit);

  /** The sessions of those keys that exist. */
  Map<ByteBuffer, HeldSession> sessions(Tx tx, Collection<ByteBuffer> keys);

  /** The session that a hold is for. */
  record HeldSession(long id, SessionState state) {}
}
