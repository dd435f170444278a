package org.ampay.charging;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.ampay.base.Energy;
import org.ampay.station.EvseRef;

/**
 * What the owner of a station knows: its open sessions, the last few that are over (retries and
 * late readings ask for them; older ones are looked up), and the last register of each connector.
 * Immutable.
 */
record StationState(List<Session> sessions, Map<EvseRef, Energy> registers) {

  static final StationState EMPTY = new StationState(List.of(), Map.of());

  /** Sessions that are over and still remembered. */
  private static final int RECENT = 2;

  private static final int MAX_CONNECTORS = 100;

  StationState {
    sessions = List.copyOf(sessions);
    registers = Map.copyOf(registers);
  }

  /** By transaction id; of several (ids 0, -1) the last one. */
  Optional<Session> transaction(String transactionId) {
    return last(session -> session.transactionId().equals(transactionId));
  }

  Optional<Session> session(long id) {
    return last(session -> session.id() == id);
  }

  Optional<Session> keyed(byte[] key) {
    return last(session -> Arrays.equals(session.identity().key(), key));
  }

  /** The running session on a place; a connector that was not told fits every one. */
  Optional<Session> runningOn(EvseRef evse) {
    return last(
        session ->
            session.running()
                && session.evse().evseNo() == evse.evseNo()
                && (session.evse().connectorNo() == evse.connectorNo()
                    || session.evse().connectorNo() == 0
                    || evse.connectorNo() == 0));
  }

  /** With {@code session} new or in the place of its former self. */
  StationState with(Session session) {
    List<Session> all = new ArrayList<>(sessions.size() + 1);
    for (Session other : sessions) {
      if (other.id() != session.id()) {
        all.add(other);
      }
    }
    all.add(session);
    forget(all);
    return new StationState(all, registers);
  }

  StationState withRegister(EvseRef evse, Energy register) {
    if (registers.size() >= MAX_CONNECTORS && !registers.containsKey(evse)) {
      return this;
    }
    Map<EvseRef, Energy> all = new HashMap<>(registers);
    all.put(evse, register);
    return new StationState(sessions, all);
  }

  private Optional<Session> last(Predicate<Session> wanted) {
    for (int i = sessions.size() - 1; i >= 0; i--) {
      if (wanted.test(sessions.get(i))) {
        return Optional.of(sessions.get(i));
      }
    }
    return Optional.empty();
  }

  private static void forget(List<Session> all) {
    long over = all.stream().filter(session -> !session.running()).count();
    for (int i = 0; over > RECENT && i < all.size(); ) {
      if (all.get(i).running()) {
        i++;
      } else {
        all.remove(i);
        over--;
      }
    }
  }
}
