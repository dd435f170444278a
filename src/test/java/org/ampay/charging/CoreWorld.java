package org.ampay.charging;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.ampay.access.Authorization;
import org.ampay.access.AuthorizationRequest;
import org.ampay.access.AuthorizationStatus;
import org.ampay.access.Authorizer;
import org.ampay.base.CountingIds;
import org.ampay.base.TimeSource;
import org.ampay.cluster.LiveBus;
import org.ampay.station.Protocol;
import org.ampay.station.StationDirectory;
import org.ampay.station.StationInfo;
import org.ampay.store.Delay;
import org.ampay.store.GroupCommit;
import org.ampay.store.Job;
import org.ampay.store.JobSignal;
import org.ampay.store.JobStore;
import org.ampay.store.MemoryJobStore;
import org.ampay.store.MemoryTransactor;
import org.ampay.store.Transactor;
import org.ampay.tariff.TariffJson;
import org.ampay.tariff.TariffQuery;
import org.ampay.tariff.TariffSnapshot;
import org.ampay.tariff.TariffSnapshots;

/**
 * The core with fakes around it: tokens that begin with {@code BAD} are refused, {@code POOR} have
 * no credit; station 9 has no tariff. What is stored outlives {@link #restart}, as a database does.
 */
public final class CoreWorld {

  /** CNY 1.00 a kWh, 0.50 a session, 6.00 an hour of parking. */
  static final TariffSnapshot TARIFF =
      TariffSnapshot.of(
          1,
          1,
          TariffJson.read(
              TariffJson.readTree(
                  """
                  {"id": "t", "currency": "CNY", "elements": [{"price_components": [
                    {"type": "ENERGY", "price": 1.00, "step_size": 1},
                    {"type": "FLAT", "price": 0.50, "step_size": 1},
                    {"type": "PARKING_TIME", "price": 6.00, "step_size": 1}]}]}
                  """)),
          ZoneId.of("Asia/Shanghai"),
          RoundingMode.HALF_UP);

  /** What the core runs on: a test steps it, or it runs at once. */
  public interface Machine extends Executor, Delay, TimeSource {}

  public static final long NO_TARIFF_STATION = 9;

  /** CNY 3.00 an hour of charging and 1.00 a kWh. */
  static final long HOURLY_STATION = 8;

  static final TariffSnapshot HOURLY =
      TariffSnapshot.of(
          2,
          1,
          TariffJson.read(
              TariffJson.readTree(
                  """
                  {"id": "h", "currency": "CNY", "elements": [{"price_components": [
                    {"type": "ENERGY", "price": 1.00, "step_size": 1},
                    {"type": "TIME", "price": 3.00, "step_size": 1}]}]}
                  """)),
          ZoneId.of("Asia/Shanghai"),
          RoundingMode.HALF_UP);

  private final Machine machine;
  private final JobStore jobs;
  private final SessionStore store;
  private final Transactor transactor;
  private final Numbers numbers =
      new Numbers(new CountingIds(), new CountingIds(), new CountingIds(), new CountingIds());
  private final Guard guard = new Guard();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final Set<Long> displays = new HashSet<>();
  private final List<SessionWatch> watches = new ArrayList<>();
  private Sessions sessions;

  /** On the in-memory twins. */
  public CoreWorld(Machine machine, MemoryTransactor.Faults faults) {
    this.machine = machine;
    this.jobs = new MemoryJobStore(new CountingIds(), new JobSignal());
    this.store = new MemorySessionStore(jobs, id -> "CP" + id);
    this.transactor = new MemoryTransactor(faults);
    this.sessions = start();
  }

  /** On stores of the test's choice. */
  CoreWorld(Machine machine, JobStore jobs, SessionStore store, Transactor transactor) {
    this.machine = machine;
    this.jobs = jobs;
    this.store = store;
    this.transactor = transactor;
    this.sessions = start();
  }

  public static StationInfo station(long id) {
    return new StationInfo(
        id,
        1,
        1,
        "CP" + id,
        "CNY",
        5000,
        ZoneId.of("Asia/Shanghai"),
        List.of(
            new StationInfo.EvseInfo(1, true, 3, 60_000),
            new StationInfo.EvseInfo(2, true, 3, 60_000)));
  }

  private Sessions start() {
    Authorizer authorizer = CoreWorld::authorize;
    return new Sessions(
        new Sessions.Judges(authorizer, CoreWorld::tariff, new OneSnapshot(), guard),
        storage(),
        new Sessions.Engine(machine, machine, new LiveBus(), meters),
        new SessionSettings(10, 50, Duration.ofMinutes(10), 100),
        new Sessions.Drivers(
            id -> displays.contains(id) ? Display.ALL : Display.NONE, List.copyOf(watches)));
  }

  private static Optional<TariffSnapshot> tariff(TariffQuery query) {
    if (query.stationId() == NO_TARIFF_STATION) {
      return Optional.empty();
    }
    return Optional.of(query.stationId() == HOURLY_STATION ? HOURLY : TARIFF);
  }

  private Sessions.Storage storage() {
    return new Sessions.Storage(
        store,
        transactor,
        new GroupCommit.Settings("sessions", 1000, 512, 1, Duration.ofSeconds(5)),
        new GroupCommit.Environment(machine, machine, machine, machine, meters),
        numbers);
  }

  /** A new process on the same database. */
  public void restart() {
    sessions = start();
  }

  public SessionPort port() {
    return sessions;
  }

  public Sessions sessions() {
    return sessions;
  }

  public CompletionStage<SessionReply> send(
      StationInfo station, Protocol protocol, SessionCommand command) {
    return sessions.submit(
        new SessionPort.Report(station, protocol, command, "frame", machine.now()));
  }

  /** A row as the checks of a simulation see it. */
  public record Row(
      long id,
      long stationId,
      String transactionId,
      String state,
      Instant startedAt,
      long energyMwh,
      long totalMinor,
      String priceFacts,
      String remarks,
      String token) {}

  /** All sessions, of the in-memory store; unknown numbers are -1. */
  public List<Row> rows() {
    return memory().rows().stream().map(CoreWorld::row).toList();
  }

  private static Row row(SessionRow row) {
    Session.End end = row.end();
    return new Row(
        row.identity().id(),
        row.identity().stationId(),
        row.identity().transactionId(),
        row.state().stored(),
        row.begin().at(),
        end == null || end.energy() == null ? -1 : end.energy().milliWh(),
        end == null || end.total() == null ? -1 : end.total().minor(),
        end == null || end.priceFacts() == null ? "" : end.priceFacts(),
        row.remarks().text(),
        row.token() == null ? "" : row.token().uid());
  }

  /** How often a reading is stored. */
  public Map<String, Integer> readings() {
    Map<String, Integer> counts = new HashMap<>();
    for (Write.Reading read : memory().readings()) {
      counts.merge(readingKey(read.stationId(), read.sessionId(), read.reading()), 1, Integer::sum);
    }
    return counts;
  }

  public static String readingKey(long stationId, long sessionId, MeterReading reading) {
    return stationId + "/" + sessionId + "/" + reading.at() + "/" + reading.register();
  }

  public int quarantined() {
    return memory().quarantined().size();
  }

  /** How many jobs wait to bill a session. */
  public Map<Long, Integer> bills() {
    return transactor.call(
        tx -> {
          Map<Long, Integer> counts = new HashMap<>();
          List<Job> claimed =
              jobs.claim(
                  tx,
                  new JobStore.Claim(
                      SessionJobs.BILL,
                      100_000,
                      Commands.T0.plus(Duration.ofDays(10)),
                      Commands.T0.plus(Duration.ofDays(11)),
                      "test"));
          claimed.forEach(job -> counts.merge(job.ref(), 1, Integer::sum));
          return counts;
        });
  }

  /** After the next restart the sessions of stations are shown to it. */
  void watched(SessionWatch watch) {
    watches.add(watch);
  }

  /** From now on this station shows costs. */
  void showsCosts(StationInfo station) {
    displays.add(station.id());
  }

  Reviews reviews() {
    return new Reviews(
        store,
        transactor,
        sessions,
        CoreWorld::authorize,
        CoreWorld::tariff,
        new OneSnapshot(),
        machine);
  }

  /** Does the jobs that look at sessions again, whenever they are due; how many there were. */
  public int check(StationQuestions questions, Duration limit) {
    SessionChecks checks =
        new SessionChecks(
            storage(),
            jobs,
            sessions,
            new Stations(),
            questions,
            machine,
            new SessionChecks.Patience(Duration.ofSeconds(15), limit));
    List<Job> claimed =
        transactor.call(
            tx ->
                jobs.claim(
                    tx,
                    new JobStore.Claim(
                        SessionChecks.KIND,
                        100_000,
                        Commands.T0.plus(Duration.ofDays(10)),
                        Commands.T0.plus(Duration.ofDays(11)),
                        "test")));
    if (!claimed.isEmpty()) {
      checks.handle(claimed);
    }
    return claimed.size();
  }

  private static final class Stations implements StationDirectory {
    @Override
    public Optional<StationInfo> byId(long stationId) {
      return Optional.of(station(stationId));
    }

    @Override
    public Optional<StationInfo> byIdentity(String identity) {
      return Optional.empty();
    }
  }

  MemorySessionStore memory() {
    return (MemorySessionStore) store;
  }

  Guard guard() {
    return guard;
  }

  SimpleMeterRegistry meters() {
    return meters;
  }

  private static CompletionStage<Authorization> authorize(AuthorizationRequest request) {
    String uid = request.token().uid();
    Authorization verdict =
        uid.startsWith("BAD")
            ? Authorization.of(AuthorizationStatus.BLOCKED)
            : new Authorization(
                AuthorizationStatus.ACCEPTED,
                uid.startsWith("OTHER") ? "OTHERS" : "GROUP",
                null,
                (long) uid.hashCode(),
                7L,
                null,
                5);
    return CompletableFuture.completedStage(verdict);
  }

  /** Grants once a key; the same key hears the same. */
  static final class Guard implements StartGuard {
    private final Map<ByteBuffer, Verdict> verdicts = new HashMap<>();
    private final Set<String> poor = new HashSet<>();
    private long holds;

    @Override
    public synchronized CompletionStage<Verdict> reserve(Request request) {
      Verdict verdict =
          verdicts.computeIfAbsent(
              ByteBuffer.wrap(request.key()),
              key ->
                  poor.contains(request.station().identity())
                      ? new Verdict.Refused(AuthorizationStatus.NO_CREDIT)
                      : new Verdict.Granted(++holds, org.ampay.tariff.DriverTerms.NONE));
      return CompletableFuture.completedStage(verdict);
    }

    void refuseAt(StationInfo station) {
      poor.add(station.identity());
    }

    long holds() {
      return holds;
    }
  }

  /** The one tariff, and what a waiver makes. */
  private static final class OneSnapshot implements TariffSnapshots {
    @Override
    public long idOf(TariffSnapshot snapshot) {
      return snapshot == TARIFF ? 77 : snapshot == HOURLY ? 78 : 79;
    }

    @Override
    public TariffSnapshot byId(long id) {
      if (id == 78) {
        return HOURLY;
      }
      if (id != 77) {
        throw new IllegalArgumentException("no snapshot " + id);
      }
      return TARIFF;
    }
  }
}
