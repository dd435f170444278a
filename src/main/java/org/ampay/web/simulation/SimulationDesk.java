package org.ampay.web.simulation;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.ampay.audit.AuditEntry;
import org.ampay.audit.AuditLog;
import org.ampay.billing.catalog.StoredTariff;
import org.ampay.billing.simulation.NewRun;
import org.ampay.billing.simulation.Run;
import org.ampay.billing.simulation.RunResult;
import org.ampay.billing.simulation.Simulations;
import org.ampay.station.Inventory;
import org.ampay.station.Site;
import org.ampay.station.StationInfo;
import org.ampay.tariff.InvalidInputException;
import org.ampay.web.WebRooms;
import org.ampay.web.http.Problem;
import org.ampay.web.http.Ref;
import org.ampay.web.people.Caller;
import org.jspecify.annotations.Nullable;

/** Runs over past sessions as API and console begin and end them, with their audit entries. */
public final class SimulationDesk {

  private final Simulations simulations;
  private final TriedTariffs tariffs;
  private final Inventory inventory;
  private final AuditLog audit;

  public SimulationDesk(
      Simulations simulations, TriedTariffs tariffs, Inventory inventory, AuditLog audit) {
    this.simulations = simulations;
    this.tariffs = tariffs;
    this.inventory = inventory;
    this.audit = audit;
  }

  /** On the rooms of a server. */
  public static SimulationDesk of(WebRooms rooms) {
    return new SimulationDesk(
        rooms.finance().simulations(),
        new TriedTariffs(rooms.finance().tariffs()),
        rooms.field().inventory(),
        rooms.ground().audit());
  }

  public TriedTariffs tariffs() {
    return tariffs;
  }

  /** What a run is called in lists: the stored tariff's name. */
  public static String nameOf(TriedTariffs.Tried tried) {
    StoredTariff stored = tried.stored();
    return stored == null ? "" : stored.name();
  }

  /**
   * Sites of the operator by code or id.
   *
   * @throws InvalidInputException naming the one that is not there
   */
  public Set<Long> sites(long operatorId, List<String> refs) {
    Set<Long> ids = new TreeSet<>();
    List<Site> sites = inventory.sites(operatorId);
    for (int i = 0; i < refs.size(); i++) {
      String text = refs.get(i);
      long id = new Ref(text).id().orElse(0);
      ids.add(
          sites.stream()
              .filter(site -> site.code().equals(text) || site.id() == id)
              .findFirst()
              .map(Site::id)
              .orElseThrow(missing("sites[" + i + "]")));
    }
    return ids;
  }

  /**
   * Stations of the operator by identity or id.
   *
   * @throws InvalidInputException naming the one that is not there
   */
  public Set<Long> stations(long operatorId, List<String> refs) {
    Set<Long> ids = new TreeSet<>();
    for (int i = 0; i < refs.size(); i++) {
      Ref ref = new Ref(refs.get(i));
      Optional<StationInfo> station =
          inventory
              .byIdentity(ref.text())
              .or(() -> ref.id().stream().boxed().findFirst().flatMap(inventory::byId))
              .filter(s -> s.operatorId() == operatorId);
      ids.add(station.map(StationInfo::id).orElseThrow(missing("stations[" + i + "]")));
    }
    return ids;
  }

  private static java.util.function.Supplier<InvalidInputException> missing(String path) {
    return () -> new InvalidInputException(path, "there is none with that id");
  }

  /**
   * Begins a run.
   *
   * @throws org.ampay.web.http.ProblemException 409 when too many go on
   */
  public Run start(long operatorId, NewRun what, Caller caller) {
    try {
      return simulations.start(
          operatorId,
          what,
          caller.actor(),
          (tx, run) ->
              audit.append(
                  tx,
                  entry(run, caller, "simulation.create")
                      .with("tariff", what.tariffId() == null ? "draft" : what.tariffId())
                      .with("version", what.version() == null ? "draft" : what.version())
                      .with("from", what.from())
                      .with("to", what.to())));
    } catch (Simulations.TooManyRunsException e) {
      throw Problem.conflict("too-many-runs", String.valueOf(e.getMessage())).exception();
    }
  }

  /**
   * Cancels a run that goes on, removes one that has ended.
   *
   * @param operatorId null: of any operator
   * @return the run as it was
   */
  public Optional<Run> end(@Nullable Long operatorId, long id, Caller caller) {
    return simulations.end(
        operatorId,
        id,
        (tx, run) ->
            audit.append(
                tx,
                entry(
                    run,
                    caller,
                    run.state().isOpen() ? "simulation.cancel" : "simulation.delete")));
  }

  /**
   * @param operatorId null: of any operator
   */
  public Optional<Run> find(@Nullable Long operatorId, long id) {
    return simulations.find(operatorId, id);
  }

  /** As {@link Simulations#list}. */
  public List<Run> list(
      @Nullable Long operatorId, @Nullable Long tariffId, long before, int limit) {
    return simulations.list(operatorId, tariffId, before, limit);
  }

  public RunResult result(Run run) {
    return simulations.result(run);
  }

  private static AuditEntry entry(Run run, Caller caller, String action) {
    return AuditEntry.of(run.operatorId(), caller.actor(), action, "simulation:" + run.id())
        .with("name", run.what().name());
  }
}
