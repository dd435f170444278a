package org.ampay.app;

import java.time.Duration;
import org.ampay.billing.simulation.SimulationWorker;
import org.ampay.billing.simulation.Simulations;
import org.ampay.store.JobRunner;

/** Past sessions priced with other tariffs, beside everything else. */
final class SimulationRooms {

  /** One run at a time computes, so that stations keep the other processors. */
  private static final int AT_A_TIME = 1;

  /** Many turns: a portion that takes longer is done again by whoever takes the job over. */
  private static final Duration LEASE = Duration.ofSeconds(100);

  final Simulations simulations;

  SimulationRooms(Foundation on, CoreRooms core) {
    simulations = new Simulations(on.database(), core.jobs, on.ids(), on.time());
    core.runner.register(
        JobRunner.Settings.of(Simulations.KIND)
            .withBatch(1)
            .withParallelism(AT_A_TIME)
            .withLease(LEASE),
        new SimulationWorker(
            on.database(), core.jobs, on.time(), SimulationWorker.Portions.DEFAULT));
  }
}
