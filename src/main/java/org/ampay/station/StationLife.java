package org.ampay.station;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.ampay.cluster.LiveBus;
import org.ampay.cluster.LiveEvent;
import org.ampay.station.StationLifeStore.Change;
import org.ampay.store.CommitResult;
import org.ampay.store.GroupCommit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@link StationLifecycle} on the database: boots and connector states by group commit. */
public final class StationLife implements StationLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(StationLife.class);

  /** Places above this are not kept. */
  private static final int MAX_NO = 1_000;

  private final Inventory inventory;
  private final GroupCommit<Change, Boolean> commits;
  private final LiveBus bus;
  private final AdmissionRule admission;
  private final List<BootWatch> watches = new CopyOnWriteArrayList<>();
  private final Map<Long, Registration> registrations = new ConcurrentHashMap<>();
  private final Map<Long, Protocol> protocols = new ConcurrentHashMap<>();
  private final Map<Long, Instant> seen = new ConcurrentHashMap<>();

  /**
   * @param commits made by {@code app} over a {@link StationLifeStore}
   */
  public StationLife(
      Inventory inventory,
      GroupCommit<Change, Boolean> commits,
      LiveBus bus,
      AdmissionRule admission) {
    this.inventory = inventory;
    this.commits = commits;
    this.bus = bus;
    this.admission = admission;
  }

  /** Tells of each boot from now on. */
  public void watch(BootWatch watch) {
    watches.add(watch);
  }

  @Override
  public CompletionStage<Registration> boot(
      StationInfo station, BootReport report, Instant receivedAt) {
    Registration decision = admission.decide(station, report, registration(station.id()));
    return committed(new Change.Booted(station.id(), report, decision, receivedAt))
        .thenApply(
            ok -> {
              registrations.put(station.id(), decision);
              changed(station);
              watches.forEach(watch -> watch.booted(station, report, decision, receivedAt));
              return decision;
            });
  }

  @Override
  public Registration registration(long stationId) {
    Registration known = registrations.get(stationId);
    return known != null
        ? known
        : inventory.storedRegistration(stationId).orElse(Registration.NONE);
  }

  @Override
  public CompletionStage<Void> connector(
      StationInfo station, ConnectorReport report, Instant receivedAt) {
    if (report.place().evseNo() > MAX_NO || report.place().connectorNo() > MAX_NO) {
      // No station has so many. Each would be a row for ever: answered, but not kept.
      LOG.warn("station {}: status of {} not kept", station.identity(), report.place());
      return CompletableFuture.completedStage(null);
    }
    return committed(
            new Change.Connector(station.operatorId(), station.id(), notAhead(report, receivedAt)))
        .thenAccept(ok -> changed(station));
  }

  /** The newest status wins: one from a clock that runs ahead would hide all that follow. */
  private static ConnectorReport notAhead(ConnectorReport report, Instant receivedAt) {
    return report.at().isAfter(receivedAt)
        ? new ConnectorReport(
            report.place(), report.status(), report.errorCode(), report.info(), receivedAt)
        : report;
  }

  @Override
  public void connected(StationInfo station, Protocol protocol, Instant at) {
    protocols.put(station.id(), protocol);
    bestEffort(station, new Change.Connected(station.id(), protocol, at));
  }

  @Override
  public void disconnected(StationInfo station, Instant at) {
    bestEffort(station, new Change.Disconnected(station.id(), at));
  }

  @Override
  public void seen(long stationId, Instant at) {
    seen.put(stationId, at);
  }

  /** The protocol a station spoke last: in this process, else as stored. */
  public Optional<Protocol> lastProtocol(long stationId) {
    return Optional.ofNullable(protocols.get(stationId))
        .or(() -> inventory.lastProtocol(stationId));
  }

  /** The last sign of life in this process. */
  public Optional<Instant> lastSeen(long stationId) {
    return Optional.ofNullable(seen.get(stationId));
  }

  /** Stores the signs of life since the last call; {@code app} calls it every few seconds. */
  public void flush() {
    for (Long id : List.copyOf(seen.keySet())) {
      Instant at = seen.remove(id);
      if (at != null) {
        commits.submit(new Change.Seen(id, at));
      }
    }
  }

  private void bestEffort(StationInfo station, Change change) {
    commits
        .submit(change)
        .whenComplete(
            (result, error) -> {
              if (error != null || !(result instanceof CommitResult.Committed<Boolean>)) {
                LOG.warn("station {}: {} not stored", station.identity(), change);
              }
              changed(station);
            });
  }

  private CompletionStage<Boolean> committed(Change change) {
    return commits
        .submit(change)
        .thenCompose(
            result ->
                result instanceof CommitResult.Committed<Boolean> c
                    ? CompletableFuture.completedStage(c.result())
                    : CompletableFuture.failedStage(
                        new IllegalStateException("not stored: " + result)));
  }

  private void changed(StationInfo station) {
    bus.publish(new LiveEvent.StationChanged(station.operatorId(), station.id()));
  }
}
