package org.ampay.billing.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.ampay.base.TimeSource;
import org.ampay.store.Database;
import org.ampay.store.Job;
import org.ampay.store.JobHandler;
import org.ampay.store.JobStore;
import org.ampay.store.NewJob;
import org.ampay.store.Tx;
import org.ampay.tariff.TariffSnapshot;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does the runs. Sessions are read page by page behind the run's cursor and added up in memory; now
 * and then the sums and the cursor are written in one transaction. So a run holds a page at a time,
 * and goes on behind its last portion after a crash: no session is counted twice or left out.
 *
 * <p>A job does a part of a run and leaves a job for the next one, so that its lease is short and
 * other runs get their turn.
 */
public final class SimulationWorker implements JobHandler {

  private static final Logger LOG = LoggerFactory.getLogger(SimulationWorker.class);

  /** So often the progress is written, and an end by a person is seen. */
  private static final Duration BEAT = Duration.ofSeconds(1);

  /**
   * How much at a time.
   *
   * @param page sessions that are read at once: with their facts they lie in memory
   * @param portion sessions after which the sums are written
   * @param turn after this a job ends and the next one goes on; well below the lease
   */
  public record Portions(int page, int portion, Duration turn) {

    public static final Portions DEFAULT = new Portions(500, 10_000, Duration.ofSeconds(5));

    public Portions {
      if (page < 1 || portion < 1 || turn.isNegative()) {
        throw new IllegalArgumentException("portions must be positive");
      }
    }
  }

  private final Database database;
  private final SimulationStore store = new SimulationStore();
  private final JobStore jobs;
  private final TimeSource time;
  private final Portions portions;

  public SimulationWorker(Database database, JobStore jobs, TimeSource time, Portions portions) {
    this.database = database;
    this.jobs = jobs;
    this.time = time;
    this.portions = portions;
  }

  @Override
  public void handle(List<Job> claimed) {
    claimed.forEach(this::handle);
  }

  private void handle(Job job) {
    Instant until = time.now().plus(portions.turn());
    Optional<SimulationStore.Position> begun = database.transactor().call(tx -> begin(tx, job));
    if (begun.isEmpty()) {
      return;
    }
    SimulationStore.Position at = begun.get();
    Run run = at.run();
    if (run.total() == null) {
      long total = store.count(database.dsl(), at);
      database.transactor().run(tx -> store.begin(tx, run.id(), total, time.now()));
    }
    try {
      goOn(job, at, repricer(run), until);
    } catch (IllegalArgumentException | ArithmeticException e) {
      LOG.error("simulation {} failed", run.id(), e);
      fail(job, run.id(), String.valueOf(e.getMessage()));
    }
  }

  private Repricer repricer(Run run) {
    Long tariffId = run.what().tariffId();
    return new Repricer(
        run.tariff(),
        run.what().basis(),
        run.what().places().tariffOnly() && tariffId != null ? tariffId : 0,
        id ->
            TariffSnapshot.parse(
                store
                    .snapshot(database.dsl(), id)
                    .orElseThrow(() -> new IllegalArgumentException("no snapshot " + id))));
  }

  /** The run, when there is still something to do for it; otherwise the job is done. */
  private Optional<SimulationStore.Position> begin(Tx tx, Job job) {
    Optional<SimulationStore.Position> at =
        store.position(tx, job.ref(), false).filter(p -> p.run().state().isOpen());
    if (at.isEmpty()) {
      jobs.done(tx, List.of(job));
    }
    return at;
  }

  private void goOn(Job job, SimulationStore.Position start, Repricer repricer, Instant until) {
    long cursor = start.cursor();
    boolean more = true;
    while (more) {
      Tally tally = new Tally();
      long looked = 0;
      long from = cursor;
      Instant beat = time.now().plus(BEAT);
      while (more && looked < portions.portion() && time.now().isBefore(beat)) {
        List<PastSession> page = store.page(database.dsl(), start, cursor, portions.page());
        for (PastSession session : page) {
          repricer.price(session, tally);
        }
        looked += page.size();
        more = page.size() == portions.page();
        cursor = page.isEmpty() ? cursor : page.getLast().id();
      }
      Portion portion = new Portion(from, cursor, looked, tally, !more);
      boolean turnIsOver = !time.now().isBefore(until);
      boolean kept = database.transactor().call(tx -> write(tx, job, portion, turnIsOver));
      if (!kept || turnIsOver) {
        return;
      }
    }
  }

  /** Sessions above {@code from} up to {@code cursor}; {@code last}: there are no more. */
  private record Portion(long from, long cursor, long looked, Tally tally, boolean last) {}

  /** False when the run was ended meanwhile, or somebody else goes on with it. */
  private boolean write(Tx tx, Job job, Portion portion, boolean turnIsOver) {
    Optional<SimulationStore.Position> now =
        store.position(tx, job.ref(), true).filter(p -> p.run().state().isOpen());
    if (now.isEmpty()) {
      jobs.done(tx, List.of(job));
      return false;
    }
    if (now.get().cursor() != portion.from()) {
      return false;
    }
    store.add(tx, now.get().run(), portion.cursor(), portion.looked(), portion.tally());
    if (portion.last()) {
      store.end(tx, job.ref(), RunState.DONE, null, time.now());
      jobs.done(tx, List.of(job));
    } else if (turnIsOver) {
      jobs.done(tx, List.of(job));
      jobs.insert(tx, List.of(new NewJob(Simulations.KIND, job.ref(), time.now())));
    }
    return true;
  }

  private void fail(Job job, long id, @Nullable String reason) {
    String text = String.valueOf(reason);
    database
        .transactor()
        .run(
            tx -> {
              store.end(
                  tx,
                  id,
                  RunState.FAILED,
                  text.length() <= 300 ? text : text.substring(0, 299) + "…",
                  time.now());
              jobs.done(tx, List.of(job));
            });
  }
}
