package org.ampay.billing.simulation;

import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.ampay.base.IdSource;
import org.ampay.base.TimeSource;
import org.ampay.store.Database;
import org.ampay.store.JobStore;
import org.ampay.store.NewJob;
import org.ampay.store.Tx;
import org.jspecify.annotations.Nullable;

/** Runs that price past sessions with another tariff: making, reading, ending them. */
public final class Simulations {

  /** The kind of the jobs that do the work; their reference is the run's id. */
  public static final String KIND = "simulate";

  /** Runs of one operator that may wait or go on at a time. */
  public static final int MOST_OPEN = 5;

  private final Database database;
  private final SimulationStore store = new SimulationStore();
  private final JobStore jobs;
  private final IdSource ids;
  private final TimeSource time;

  public Simulations(Database database, JobStore jobs, IdSource ids, TimeSource time) {
    this.database = database;
    this.jobs = jobs;
    this.ids = ids;
    this.time = time;
  }

  /** There are {@link #MOST_OPEN} runs of the operator already that have not ended. */
  public static final class TooManyRunsException extends IllegalStateException {
    private static final long serialVersionUID = 1;

    TooManyRunsException() {
      super("at most " + MOST_OPEN + " runs at a time: wait for one, or cancel it");
    }
  }

  /**
   * Stores a run; a worker begins with it at once. Sessions that come later are not part of it.
   *
   * @param alongside called last in the transaction, for what is to be kept with it
   * @throws TooManyRunsException when the operator has enough of them
   */
  public Run start(long operatorId, NewRun what, String author, BiConsumer<Tx, Run> alongside) {
    Run run =
        new Run(
            ids.next(),
            operatorId,
            what,
            RunState.QUEUED,
            null,
            null,
            0,
            Run.Found.NOTHING,
            author,
            time.now().truncatedTo(ChronoUnit.MILLIS),
            null,
            null);
    database
        .transactor()
        .run(
            tx -> {
              if (store.open(tx, operatorId) >= MOST_OPEN) {
                throw new TooManyRunsException();
              }
              store.insert(tx, run, store.lastSession(tx, operatorId));
              jobs.insert(tx, List.of(new NewJob(KIND, run.id(), run.createdAt())));
              alongside.accept(tx, run);
            });
    return run;
  }

  /**
   * A run.
   *
   * @param operatorId null: of any operator
   */
  public Optional<Run> find(@Nullable Long operatorId, long id) {
    return store.find(database.dsl(), operatorId, id);
  }

  /**
   * Runs with an id below {@code before}, newest first.
   *
   * @param operatorId null: of any operator
   * @param tariffId null: about any tariff
   */
  public List<Run> list(
      @Nullable Long operatorId, @Nullable Long tariffId, long before, int limit) {
    return store.list(database.dsl(), operatorId, tariffId, before, limit);
  }

  /** What a run has added up so far. */
  public RunResult result(Run run) {
    return store.result(database.dsl(), run);
  }

  /**
   * Ends a run that goes on or waits; removes one that has ended, with its sums.
   *
   * @param operatorId null: of any operator
   * @param alongside called last in the transaction, with the run as it was
   * @return the run as it was, empty when there is none of that operator
   */
  public Optional<Run> end(@Nullable Long operatorId, long id, BiConsumer<Tx, Run> alongside) {
    return database
        .transactor()
        .call(
            tx -> {
              Optional<Run> run =
                  store
                      .position(tx, id, true)
                      .map(SimulationStore.Position::run)
                      .filter(r -> operatorId == null || r.operatorId() == operatorId);
              run.ifPresent(
                  r -> {
                    if (r.state().isOpen()) {
                      store.end(tx, id, RunState.CANCELLED, null, time.now());
                    } else {
                      store.delete(tx, id);
                    }
                    alongside.accept(tx, r);
                  });
              return run;
            });
  }
}
