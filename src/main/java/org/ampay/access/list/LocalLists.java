package org.ampay.access.list;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.ampay.access.Tokens;
import org.ampay.base.TimeSource;
import org.ampay.station.CommandPort;
import org.ampay.station.Protocol;
import org.ampay.station.StationDirectory;
import org.ampay.station.StationInfo;
import org.ampay.store.Database;
import org.ampay.store.Job;
import org.ampay.store.JobStore;
import org.ampay.store.NewJob;
import org.ampay.store.Transactor;
import org.ampay.store.Tx;

/**
 * Keeps the local authorization lists of stations as policies say. A change of tokens or policies
 * marks stations as stale; {@link #sweep} finds those that are connected and gives each a job,
 * which sends what differs.
 */
public final class LocalLists {

  /** Kind of the job that brings a station up to date; its ref is the station's id. */
  public static final String SYNC = "local_list";

  private static final int PER_SWEEP = 500;

  /** Where lists go. */
  public record Ports(CommandPort commands, Map<Protocol, ListDialect> dialects) {}

  /** What an attempt came to. */
  public sealed interface Result {

    /** The station was asked; its state tells the rest. */
    record Done(ListState state) implements Result {}

    /** No policy says what belongs there. */
    record Unmanaged() implements Result {}

    record NotConnected() implements Result {}

    /** Another attempt goes on. */
    record Busy() implements Result {}
  }

  private final Transactor transactor;
  private final LocalListStore store;
  private final Belongings belongings;
  private final StationDirectory stations;
  private final JobStore jobs;
  private final TimeSource time;
  private final Ports ports;
  private final Set<Long> running = ConcurrentHashMap.newKeySet();

  public LocalLists(
      Database database,
      Tokens tokens,
      StationDirectory stations,
      JobStore jobs,
      TimeSource time,
      Ports ports) {
    this.transactor = database.transactor();
    this.store = new LocalListStore(database);
    this.belongings = new Belongings(tokens, time);
    this.stations = stations;
    this.jobs = jobs;
    this.time = time;
    this.ports = ports;
  }

  /** What holds at a station: its own policy, its site's, or its operator's. */
  public ListPolicy policy(StationInfo station) {
    return store.policy(station).orElse(ListPolicy.NONE);
  }

  /** What was said of a place itself. */
  public Optional<ListPolicy> policy(PolicyPlace place) {
    return store.policy(place);
  }

  /**
   * Says which tokens belong in the lists of a place.
   *
   * @param policy empty: what holds around it
   * @param alongside called last in the transaction; what it throws undoes the change
   */
  public void put(PolicyPlace place, Optional<ListPolicy> policy, Consumer<Tx> alongside) {
    transactor.run(
        tx -> {
          policy.ifPresentOrElse(
              wanted -> store.put(tx, place, wanted, time.now()), () -> store.remove(tx, place));
          alongside.accept(tx);
        });
  }

  /**
   * A customer was erased at a station (N10.FR.02): the token leaves its list with the next sweep
   * and stays away until somebody says anew which tokens belong there.
   */
  public void erase(StationInfo station, String uid) {
    transactor.run(tx -> store.erase(tx, station, uid.toLowerCase(Locale.ROOT), time.now()));
  }

  /** What is known of a station's list. */
  public ListState state(StationInfo station) {
    return store
        .find(station.id())
        .orElseGet(() -> ListState.unknown(station.id(), station.operatorId()));
  }

  /**
   * Asks a station for its list's version and sends what is missing; waits for the station.
   *
   * @param full send the whole list
   */
  public Result sync(StationInfo station, boolean full) {
    Optional<ListDialect> dialect =
        ports.commands().connected(station.id()).map(ports.dialects()::get);
    if (dialect.isEmpty()) {
      return new Result.NotConnected();
    }
    if (!running.add(station.id())) {
      return new Result.Busy();
    }
    try {
      long mark = store.mark();
      ListPolicy policy = policy(station);
      if (!policy.managed()) {
        return new Result.Unmanaged();
      }
      Instant now = time.now().truncatedTo(ChronoUnit.MILLIS);
      Set<String> erased = store.erased(station.id());
      List<ListEntry> belong =
          belongings.of(station, policy, dialect.get(), mark, now).stream()
              .filter(entry -> !erased.contains(entry.key()))
              .toList();
      ListState after =
          new ListSync(station, ports.commands(), dialect.get(), now)
              .run(state(station), belong, full);
      transactor.run(tx -> store.save(tx, after, mark));
      return new Result.Done(after);
    } finally {
      running.remove(station.id());
    }
  }

  /** Gives a job to each connected station whose list is to be looked after; to be repeated. */
  public void sweep() {
    if (!store.anyPolicy()) {
      return;
    }
    Instant now = time.now();
    List<Long> due = store.due(now, PER_SWEEP).stream().filter(ports.commands()::ready).toList();
    if (due.isEmpty()) {
      return;
    }
    transactor.run(
        tx ->
            jobs.insert(
                tx,
                due.stream()
                    .filter(id -> !jobs.exists(tx, SYNC, id))
                    .map(id -> new NewJob(SYNC, id, now))
                    .toList()));
  }

  /** The handler of {@link #SYNC}; a station that is away is found again by the sweep. */
  public void sync(List<Job> due) {
    for (Job job : due) {
      stations.byId(job.ref()).ifPresent(station -> sync(station, false));
      transactor.run(tx -> jobs.done(tx, List.of(job)));
    }
  }
}
