package org.ampay.payment.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The settlement machine in virtual time: crashes at every commit and every call, calls and answers
 * that get lost, callbacks late, twice, forged, for nobody. Whatever happens, the provider's books
 * and ours are the same to the cent in the end. A seed that breaks is played again by {@code
 * -Dsettlement.seed=N}, with its trace printed.
 */
class SettlementSimulationTest {

  private static final int SEEDS = Integer.getInteger("settlement.seeds", 1_200);
  private static final int SEEDS_FOR_A_MUTANT = 200;

  @Test
  void everySeed_endsWithOurBooksEqualToTheProviders() {
    List<String> broken = new ArrayList<>();
    Long only = Long.getLong("settlement.seed");
    long[] seeds = only == null ? LongStream.range(0, SEEDS).toArray() : new long[] {only};
    for (long seed : seeds) {
      SimRun run = new SimRun(seed, Mutant.NONE);
      run.play();
      List<String> faults = SimInvariants.broken(run);
      if (!faults.isEmpty()) {
        broken.add("seed " + seed + ": " + faults);
      }
      if (only != null) {
        System.out.println(run.trace());
      }
    }
    System.out.println(
        "settlement simulation: "
            + seeds.length
            + " seeds, "
            + broken.size()
            + " broken; "
            + SimRun.TALLY);
    assertThat(broken).isEmpty();
  }

  @Test
  void aSeed_playsTheSameAgain() {
    for (long seed = 0; seed < 20; seed++) {
      SimRun first = new SimRun(seed, Mutant.NONE);
      first.play();
      SimRun again = new SimRun(seed, Mutant.NONE);
      again.play();
      assertThat(again.trace()).as("seed %d", seed).isEqualTo(first.trace());
    }
  }

  @ParameterizedTest
  @EnumSource(value = Mutant.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void everyMutant_isFound(Mutant mutant) {
    for (long seed = 0; seed < SEEDS_FOR_A_MUTANT; seed++) {
      SimRun run = new SimRun(seed, mutant);
      run.play();
      List<String> faults = SimInvariants.broken(run);
      if (!faults.isEmpty()) {
        System.out.println(mutant + " is found by seed " + seed + ": " + faults.getFirst());
        return;
      }
    }
    throw new AssertionError(mutant + " was not found by " + SEEDS_FOR_A_MUTANT + " seeds");
  }
}
