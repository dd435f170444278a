package org.ampay.charging;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.ampay.base.Money;
import org.ampay.base.TimeSource;
import org.ampay.charging.CostDisplayStore.Running;
import org.ampay.station.Protocol;
import org.ampay.station.StationDirectory;
import org.ampay.station.StationInfo;

/**
 * The stations that show costs: a picture in memory, replaced now and then, and what each of their
 * running sessions was told last. Every figure is what the bill would be at that moment (I02).
 */
public final class CostBoard implements CostDisplays {

  private final CostDisplayStore store;
  private final TimeSource time;
  private final Map<Long, Money> told = new ConcurrentHashMap<>();
  private volatile Set<Long> stations = Set.of();

  public CostBoard(CostDisplayStore store, TimeSource time) {
    this.store = store;
    this.time = time;
  }

  @Override
  public Display of(long stationId) {
    return stations.contains(stationId) ? Display.ALL : Display.NONE;
  }

  /** Whether the station shows what sessions cost. */
  public boolean shows(long stationId) {
    return of(stationId).cost();
  }

  /** Reads again which stations show costs. Blocks. */
  public void refresh() {
    stations = Set.copyOf(store.stations());
  }

  /** From now on the station shows costs, or no longer does. Blocks. */
  public void set(StationInfo station, boolean shows) {
    store.set(station, shows, time.now());
    refresh();
  }

  /** Tells each station on the board what its sessions cost, where that has changed. Blocks. */
  public void tell(SessionPort sessions, StationDirectory directory, StationQuestions questions) {
    Set<Long> shown = stations;
    if (shown.isEmpty()) {
      told.clear();
      return;
    }
    Map<Long, Money> before = Map.copyOf(told);
    told.clear();
    for (Running running : store.running(shown)) {
      Money last = before.get(running.sessionId());
      if (last != null) {
        told.put(running.sessionId(), last);
      }
      directory
          .byId(running.stationId())
          .ifPresent(station -> tell(running, station, sessions, questions));
    }
  }

  private void tell(
      Running running, StationInfo station, SessionPort sessions, StationQuestions questions) {
    sessions
        .submit(
            new SessionPort.Report(
                station,
                Protocol.OCPP_201,
                new SessionCommand.Ruling(running.sessionId(), new Rule.Cost()),
                "",
                time.now()))
        .thenAccept(
            reply -> {
              if (reply instanceof SessionReply.Ruled(boolean _, String _, Optional<Money> cost)
                  && cost.isPresent()
                  && !cost.get().equals(told.get(running.sessionId()))) {
                questions
                    .costs(station, running.transactionId(), cost.get())
                    .thenAccept(
                        confirmed -> {
                          if (confirmed) {
                            told.put(running.sessionId(), cost.get());
                          }
                        });
              }
            });
  }
}
