package org.ampay.payment;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.ampay.charging.SessionState;
import org.ampay.store.MemoryTx;
import org.ampay.store.StoreException;
import org.ampay.store.Tx;

/** Holds in memory, for simulations. */
public final class MemoryHoldStore implements HoldStore {

  private final Map<Long, StartHold> holds = new TreeMap<>();
  private final Map<ByteBuffer, Long> byKey = new HashMap<>();
  private final Function<ByteBuffer, Optional<HeldSession>> sessions;

  /** Holds whose sessions are found by {@code sessions}, given their key. */
  public MemoryHoldStore(Function<ByteBuffer, Optional<HeldSession>> sessions) {
    this.sessions = sessions;
  }

  @Override
  public Map<ByteBuffer, StartHold> byKeys(Tx tx, Collection<ByteBuffer> keys) {
    Map<ByteBuffer, StartHold> found = new HashMap<>();
    for (ByteBuffer key : keys) {
      Long id = byKey.get(key);
      if (id != null) {
        found.put(key, Objects.requireNonNull(holds.get(id)));
      }
    }
    return found;
  }

  @Override
  public void lockTokens(Tx tx, Collection<Long> tokenIds) {
    // Transactions in memory come one at a time.
  }

  @Override
  public Map<Long, Integer> live(Tx tx, Collection<Long> tokenIds) {
    Map<Long, Integer> counts = new HashMap<>();
    for (StartHold hold : holds.values()) {
      Long token = hold.owner().tokenId();
      if (token != null && tokenIds.contains(token) && isLive(hold)) {
        counts.merge(token, 1, Integer::sum);
      }
    }
    return counts;
  }

  private boolean isLive(StartHold hold) {
    Optional<HeldSession> session = sessions.apply(hold.key());
    return hold.state() == HoldState.HELD
        && (session.isEmpty() || session.get().state() == SessionState.ACTIVE);
  }

  @Override
  public void insert(Tx tx, List<StartHold> added) {
    for (StartHold hold : added) {
      if (byKey.putIfAbsent(hold.key(), hold.id()) != null) {
        throw new StoreException.DuplicateKey("hold of a session that has one", null);
      }
      holds.put(hold.id(), hold);
      MemoryTx.of(tx)
          .undo(
              () -> {
                byKey.remove(hold.key());
                holds.remove(hold.id());
              });
    }
  }

  @Override
  public Map<Long, StartHold> lock(Tx tx, Collection<Long> ids) {
    Map<Long, StartHold> found = new HashMap<>(holds);
    found.keySet().retainAll(ids);
    return found;
  }

  @Override
  public void update(Tx tx, List<StartHold> changed) {
    for (StartHold hold : changed) {
      StartHold before = Objects.requireNonNull(holds.put(hold.id(), hold), "hold exists");
      MemoryTx.of(tx).undo(() -> holds.put(before.id(), before));
    }
  }

  @Override
  public List<StartHold> lockDue(Tx tx, Instant now, int limit) {
    return holds.values().stream()
        .filter(hold -> hold.state() == HoldState.HELD)
        .filter(hold -> hold.deadline() != null && !hold.deadline().isAfter(now))
        .sorted(Comparator.comparing(StartHold::deadline))
        .limit(limit)
        .toList();
  }

  @Override
  public Map<ByteBuffer, HeldSession> sessions(Tx tx, Collection<ByteBuffer> keys) {
    Map<ByteBuffer, HeldSession> found = new HashMap<>();
    keys.forEach(key -> sessions.apply(key).ifPresent(session -> found.put(key, session)));
    return found;
  }
}
