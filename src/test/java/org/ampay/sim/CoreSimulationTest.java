package org.ampay.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.ampay.charging.SessionCommand;
import org.ampay.charging.SessionPort;
import org.ampay.charging.SessionReply;
import org.ampay.sim.CoreSimulation.Faults;
import org.junit.jupiter.api.Test;

class CoreSimulationTest {

  private static final int SEEDS = 250;

  @Test
  void withFaults_everySessionEndsAsWithout() {
    int crashes = 0;
    for (long seed = 0; seed < SEEDS; seed++) {
      CoreSimulation calm = CoreSimulation.run(seed, Faults.NONE);
      CoreSimulation stormy = CoreSimulation.run(seed, Faults.MANY);
      assertThat(stormy.sessions()).as("seed %d", seed).isEqualTo(calm.sessions());
      crashes += stormy.crashes();
    }
    assertThat(crashes).isGreaterThan(SEEDS);
  }

  @Test
  void sameSeed_isTheSameRun() {
    for (long seed = 0; seed < 20; seed++) {
      CoreSimulation first = CoreSimulation.run(seed, Faults.MANY);
      CoreSimulation second = CoreSimulation.run(seed, Faults.MANY);
      assertThat(second.rows()).as("seed %d", seed).isEqualTo(first.rows());
      assertThat(second.crashes()).isEqualTo(first.crashes());
    }
  }

  @Test
  void answeringBeforeTheCommit_isFoundOut() {
    long caught = 0;
    for (long seed = 0; seed < 80; seed++) {
      long tried = seed;
      Throwable failure =
          catchThrowable(() -> CoreSimulation.run(tried, Faults.MANY, EarlyAnswer::new));
      caught += failure instanceof AssertionError ? 1 : 0;
    }
    assertThat(caught).isGreaterThan(10);
  }

  /** The mutant: confirms readings and stops when it has heard them, not when they are kept. */
  private record EarlyAnswer(SessionPort core) implements SessionPort {

    @Override
    public CompletionStage<SessionReply> submit(Report report) {
      CompletionStage<SessionReply> late = core.submit(report);
      return switch (report.command()) {
        case SessionCommand.Readings readings -> now(new SessionReply.Stored());
        case SessionCommand.Stop stop -> now(new SessionReply.Stopped(Optional.empty()));
        case SessionCommand.Start start -> late;
        case SessionCommand.Event event -> late;
        case SessionCommand.ConnectorState state -> late;
        case SessionCommand.Ruling ruling -> late;
      };
    }

    private static CompletionStage<SessionReply> now(SessionReply reply) {
      return CompletableFuture.completedStage(reply);
    }
  }
}
