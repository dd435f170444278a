package org.ampay.billing.simulation;

import static org.ampay.store.tables.Tables.CHARGING_SESSION;

import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.ampay.base.CountingIds;
import org.ampay.base.Digests;
import org.ampay.base.TimeSource;
import org.ampay.store.Job;
import org.ampay.store.JobSignal;
import org.ampay.store.JobStore;
import org.ampay.store.Rows;
import org.ampay.store.SqlJobStore;
import org.ampay.store.TestDatabase;
import org.ampay.tariff.Segment;
import org.ampay.tariff.SegmentState;
import org.ampay.tariff.SessionFacts;
import org.ampay.tariff.Tariff;
import org.ampay.tariff.TariffSnapshot;

/**
 * Measures a simulation over many sessions: {@code SimulationLoad [sessions] [minutes]}. The
 * sessions have a reading a minute with uneven power, 30 to 90 of them or as many as asked for;
 * both tariffs change price every half hour.
 */
public final class SimulationLoad {

  private static final int DISTINCT = 20_000;
  private static final int PASSES = 8;

  /** A session's facts, as small as they are in the table. */
  private record Generated(String text, Instant at, long energyMwh) {
    static Generated of(SessionFacts facts) {
      return new Generated(
          facts.toJson(), facts.segments().getFirst().from(), PastSessions.energyMwh(facts));
    }
  }

  private SimulationLoad() {}

  private static final TimeSource CLOCK =
      new TimeSource() {
        @Override
        public Instant now() {
          return Instant.now().truncatedTo(ChronoUnit.MILLIS);
        }

        @Override
        public long nanos() {
          return System.nanoTime();
        }
      };

  public static void main(String[] args) throws Exception {
    int sessions = args.length > 0 ? Integer.parseInt(args[0]) : 1_000_000;
    int minutes = args.length > 1 ? Integer.parseInt(args[1]) : 0;
    Tariff old = halfHours(0.7);
    Tariff draft = halfHours(0.75);
    TariffSnapshot snapshot = PastSessions.snapshot(1, old, PastSessions.SHANGHAI);
    List<Generated> facts = new ArrayList<>();
    Random random = new Random(1);
    for (int i = 0; i < DISTINCT; i++) {
      facts.add(Generated.of(facts(random, minutes > 0 ? minutes : 30 + random.nextInt(61))));
    }
    alone(facts, snapshot, draft);
    if (sessions > 0) {
      TestDatabase database = new TestDatabase();
      database.beforeAll(null);
      try {
        fill(database, facts, snapshot, sessions);
        run(database, draft, sessions);
      } finally {
        database.afterAll(null);
      }
    }
    System.exit(0);
  }

  /** As stations report: whole seconds, whole watt-hours, a reading a minute, then some parking. */
  private static SessionFacts facts(Random random, int minutes) {
    Instant at = PastSessions.FROM.plusSeconds(random.nextInt(31 * 86_400));
    List<Segment> segments = new ArrayList<>();
    for (int i = 0; i < minutes; i++) {
      Instant to = at.plusSeconds(random.nextInt(10) == 0 ? 61 : 60);
      segments.add(
          new Segment(
              at,
              to,
              SegmentState.CHARGING,
              BigDecimal.valueOf(100 + random.nextInt(1_000), 3),
              null,
              null,
              null));
      at = to;
    }
    segments.add(
        new Segment(
            at,
            at.plusSeconds(random.nextInt(1_800)),
            SegmentState.PARKING,
            BigDecimal.ZERO,
            null,
            null,
            null));
    return new SessionFacts(segments);
  }

  private static Tariff halfHours(double first) {
    StringBuilder elements = new StringBuilder();
    for (int i = 0; i < 48; i++) {
      elements.append(
          "%s{\"price_components\":[{\"type\":\"ENERGY\",\"price\":%.2f,\"vat\":13,\"step_size\":1}],"
              .formatted(i == 0 ? "" : ",", first + i % 7 * 0.1));
      elements.append(
          "\"restrictions\":{\"start_time\":\"%02d:%02d\",\"end_time\":\"%02d:%02d\"}}"
              .formatted(i / 2, i % 2 * 30, (i + 1) / 2 % 24, (i + 1) % 2 * 30));
    }
    return PastSessions.tariff("{\"currency\":\"CNY\",\"elements\":[" + elements + "]}");
  }

  /** One thread, nothing but texts in memory. */
  private static void alone(List<Generated> facts, TariffSnapshot snapshot, Tariff draft) {
    List<PastSession> all = new ArrayList<>();
    long chars = 0;
    for (int i = 0; i < facts.size(); i++) {
      String text = facts.get(i).text();
      chars += text.length();
      all.add(new PastSession(i, 1, "finished", 1L, text, 1L, "CNY", null, null));
    }
    System.out.printf("facts: %d characters on average%n", chars / facts.size());
    for (int pass = 0; pass < PASSES; pass++) {
      Repricer repricer = new Repricer(draft, Basis.LIST, 0, id -> snapshot);
      Tally tally = new Tally();
      long start = cpu();
      all.forEach(session -> repricer.price(session, tally));
      long took = cpu() - start;
      System.out.printf(
          "pricing alone: %,d sessions a second of CPU%n", all.size() * 1_000_000_000L / took);
    }
  }

  private static long cpu() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static void fill(
      TestDatabase database, List<Generated> facts, TariffSnapshot snapshot, int sessions) {
    long start = System.nanoTime();
    new PastSessions(database, CLOCK).site(1, 1, PastSessions.SHANGHAI);
    long snapshotId =
        new org.ampay.billing.catalog.SqlTariffSnapshotStore(
                database.transactor(), new CountingIds(), CLOCK)
            .idOf(snapshot);
    List<org.jooq.Field<?>> columns =
        List.of(
            CHARGING_SESSION.ID,
            CHARGING_SESSION.SESSION_KEY,
            CHARGING_SESSION.OPERATOR_ID,
            CHARGING_SESSION.SITE_ID,
            CHARGING_SESSION.STATION_ID,
            CHARGING_SESSION.EVSE_NO,
            CHARGING_SESSION.CONNECTOR_NO,
            CHARGING_SESSION.PROTOCOL,
            CHARGING_SESSION.TRANSACTION_ID,
            CHARGING_SESSION.STARTED_AT,
            CHARGING_SESSION.START_RECEIVED,
            CHARGING_SESSION.ENERGY_MWH,
            CHARGING_SESSION.STATE,
            CHARGING_SESSION.SNAPSHOT_ID,
            CHARGING_SESSION.PRICE_FACTS,
            CHARGING_SESSION.CURRENCY,
            CHARGING_SESSION.SETTLEMENT_STATE);
    List<Object[]> rows = new ArrayList<>();
    for (int i = 0; i < sessions; i++) {
      Generated of = facts.get(i % DISTINCT);
      Instant at = of.at();
      rows.add(
          new Object[] {
            (long) i + 1,
            Digests.key16(i),
            1L,
            (long) (1 + i % 50),
            (long) (i % 1_000),
            1,
            1,
            "1.6",
            "t",
            at,
            at,
            of.energyMwh(),
            "finished",
            snapshotId,
            of.text(),
            "CNY",
            "settled"
          });
      if (rows.size() == 2_000 || i == sessions - 1) {
        database.transactor().run(tx -> Rows.insert(tx, CHARGING_SESSION, columns, rows));
        rows.clear();
      }
    }
    System.out.printf("filled in %d s%n", (System.nanoTime() - start) / 1_000_000_000L);
  }

  private static void run(TestDatabase database, Tariff draft, int sessions) {
    JobStore jobs = new SqlJobStore(new CountingIds(), CLOCK, new JobSignal());
    Simulations simulations =
        new Simulations(database.database(), jobs, new CountingIds(1000), CLOCK);
    SimulationWorker worker =
        new SimulationWorker(database.database(), jobs, CLOCK, SimulationWorker.Portions.DEFAULT);
    for (int pass = 0; pass < 2; pass++) {
      Run run =
          simulations.start(
              1,
              new NewRun(
                  null,
                  null,
                  "load",
                  draft,
                  Basis.LIST,
                  PastSessions.FROM,
                  PastSessions.FROM.plus(Duration.ofDays(31)),
                  Places.ALL),
              "load",
              (tx, r) -> {});
      long start = System.nanoTime();
      for (List<Job> job = claim(database, jobs); !job.isEmpty(); job = claim(database, jobs)) {
        worker.handle(job);
      }
      long took = System.nanoTime() - start;
      Run done = simulations.find(1L, run.id()).orElseThrow();
      System.out.printf(
          "run with a heap of %d MB: %s, %,d of %,d sessions in %.1f s: %,d sessions/s with reading"
              + " and writing; %s%n",
          Runtime.getRuntime().maxMemory() >> 20,
          done.state(),
          done.done(),
          sessions,
          took / 1_000_000_000.0,
          done.done() * 1_000_000_000L / took,
          simulations.result(done).all());
    }
  }

  private static List<Job> claim(TestDatabase database, JobStore jobs) {
    return database
        .transactor()
        .call(
            tx ->
                jobs.claim(
                    tx,
                    new JobStore.Claim(
                        Simulations.KIND, 1, CLOCK.now(), CLOCK.now().plusSeconds(60), "load")));
  }
}
