package org.ampay.access.reservation;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.ampay.access.IdToken;
import org.ampay.access.ReservedEvses;
import org.ampay.base.TimeSource;
import org.ampay.station.StationInfo;
import org.ampay.store.Database;
import org.ampay.store.Transactor;
import org.ampay.store.Tx;
import org.jspecify.annotations.Nullable;

/**
 * The open reservations, in memory: starts ask it without waiting. The database is written first;
 * other processes' writes are seen at the next {@link #refresh}.
 */
public final class ReservationBook implements ReservedEvses, ReservationReports {

  private static final CompletionStage<Void> DONE = CompletableFuture.completedStage(null);

  private final Transactor transactor;
  private final ReservationStore store;
  private final TimeSource time;
  private final Executor executor;
  private volatile long version = -1;
  private volatile Map<Long, List<Reservation>> open = Map.of();

  /**
   * @param executor runs writes; they block
   */
  public ReservationBook(Database database, TimeSource time, Executor executor) {
    this.transactor = database.transactor();
    this.store = new ReservationStore(database);
    this.time = time;
    this.executor = executor;
    refresh();
  }

  ReservationStore store() {
    return store;
  }

  /** Reads the open reservations again when somebody has written; cheap when not. */
  public synchronized void refresh() {
    long now = store.version();
    if (now != version) {
      open =
          store.open(time.now()).stream()
              .collect(
                  Collectors.groupingBy(Reservation::stationId, Collectors.toUnmodifiableList()));
      version = now;
    }
  }

  /** A write; what is in memory has seen it when this returns. */
  void write(Consumer<Tx> work) {
    transactor.run(
        tx -> {
          work.accept(tx);
          store.changed(tx);
        });
    refresh();
  }

  @Override
  public boolean forAnother(
      long stationId, int evse, IdToken token, @Nullable String group, Instant at) {
    List<Reservation> all = open.get(stationId);
    if (all == null) {
      return false;
    }
    List<Reservation> here = all.stream().filter(r -> r.evse() == evse && r.holdsAt(at)).toList();
    return !here.isEmpty() && here.stream().noneMatch(r -> r.isFor(token, group));
  }

  @Override
  public CompletionStage<Void> started(StationInfo station, Start start) {
    Integer named = start.number();
    if (named == null && (!start.accepted() || !open.containsKey(station.id()))) {
      return DONE;
    }
    Optional<Integer> number =
        named != null ? Optional.of(named) : usedSilently(station, start).map(Reservation::number);
    Reservation.Outcome used =
        new Reservation.Outcome(ReservationState.USED, null, start.transactionId(), start.at());
    return number.map(no -> end(station, no, used)).orElse(DONE);
  }

  /** Not every station names the reservation that its session uses. */
  private Optional<Reservation> usedSilently(StationInfo station, Start start) {
    return open.getOrDefault(station.id(), List.of()).stream()
        .filter(r -> r.holdsAt(start.at()) && r.isFor(start.token(), start.group()))
        .filter(r -> r.evse() == 0 || r.evse() == start.evse())
        .max(Comparator.comparingInt(Reservation::evse));
  }

  @Override
  public CompletionStage<Void> ended(
      StationInfo station, int number, ReservationState state, Instant at) {
    String by = state == ReservationState.REMOVED ? "by the station" : null;
    return end(station, number, new Reservation.Outcome(state, by, null, at));
  }

  private CompletionStage<Void> end(StationInfo station, int number, Reservation.Outcome outcome) {
    return CompletableFuture.runAsync(
        () -> write(tx -> store.end(tx, station.id(), number, outcome)), executor);
  }
}
