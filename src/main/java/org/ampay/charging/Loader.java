package org.ampay.charging;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ampay.charging.SessionStore.TransactionRef;
import org.ampay.station.StationInfo;
import org.ampay.tariff.TariffSnapshots;
import org.jspecify.annotations.Nullable;

/** Reads what owners need from the store, for many of them at once. Blocks. */
final class Loader {

  /** A session that may be known by its transaction. */
  record Lookup(StationInfo station, String transactionId) {

    TransactionRef ref() {
      return new TransactionRef(station.id(), transactionId);
    }
  }

  /** A session that is wanted with all that was reported of it. */
  record Whole(StationInfo station, long sessionId) {}

  private final Sessions.Storage storage;
  private final TariffSnapshots snapshots;
  private final int priceBound;

  Loader(Sessions.Storage storage, TariffSnapshots snapshots, int priceBound) {
    this.storage = storage;
    this.snapshots = snapshots;
    this.priceBound = priceBound;
  }

  /** The states of stations: their active sessions, gone through again. */
  Map<StationInfo, StationState> states(List<StationInfo> stations) {
    List<Long> ids = stations.stream().map(StationInfo::id).toList();
    Map<Long, List<StoredSession>> active = new HashMap<>();
    for (StoredSession session : storage.transactor().call(tx -> storage.store().active(tx, ids))) {
      active
          .computeIfAbsent(session.row().identity().stationId(), id -> new ArrayList<>())
          .add(session);
    }
    Map<StationInfo, StationState> states = new HashMap<>();
    for (StationInfo station : stations) {
      List<Session> sessions =
          active.getOrDefault(station.id(), List.of()).stream()
              .map(session -> restored(session, station))
              .toList();
      states.put(station, new StationState(sessions, Map.of()));
    }
    return states;
  }

  /** Sessions by their transactions. */
  Map<Lookup, Optional<Session>> sessions(List<Lookup> lookups) {
    List<TransactionRef> refs = lookups.stream().map(Lookup::ref).toList();
    Map<TransactionRef, StoredSession> stored =
        storage.transactor().call(tx -> storage.store().transactions(tx, refs));
    Map<Lookup, Optional<Session>> found = new HashMap<>();
    for (Lookup lookup : lookups) {
      found.put(
          lookup,
          Optional.ofNullable(stored.get(lookup.ref()))
              .map(session -> restored(session, lookup.station())));
    }
    return found;
  }

  /** Sessions in the order of what happened; empty where there is none of that station. */
  Map<Whole, Optional<Session>> wholes(List<Whole> wanted) {
    List<Long> ids = wanted.stream().map(Whole::sessionId).distinct().toList();
    Map<Long, StoredSession> stored =
        storage.transactor().call(tx -> storage.store().whole(tx, ids));
    Map<Whole, Optional<Session>> found = new HashMap<>();
    for (Whole whole : wanted) {
      found.put(
          whole,
          Optional.ofNullable(stored.get(whole.sessionId()))
              .filter(session -> session.row().identity().stationId() == whole.station().id())
              .map(
                  session ->
                      session.whole(
                          frozen(session), maxPowerW(session, whole.station()), priceBound)));
    }
    return found;
  }

  /** Whether decisions were written before. */
  Map<Decision, Optional<Outcome>> repeats(List<Decision> decisions) {
    return storage
        .transactor()
        .call(
            tx -> {
              Map<Decision, Optional<Outcome>> found = new HashMap<>();
              for (Decision decision : decisions) {
                found.put(decision, storage.store().written(tx, decision));
              }
              return found;
            });
  }

  private Session restored(StoredSession stored, StationInfo station) {
    return stored.restored(frozen(stored), maxPowerW(stored, station), priceBound);
  }

  private Session.@Nullable Frozen frozen(StoredSession stored) {
    Long snapshotId = stored.row().snapshotId();
    return snapshotId == null ? null : new Session.Frozen(snapshotId, snapshots.byId(snapshotId));
  }

  private static int maxPowerW(StoredSession stored, StationInfo station) {
    return station
        .evse(stored.row().evse().evseNo())
        .map(StationInfo.EvseInfo::maxPowerW)
        .orElse(0);
  }
}
