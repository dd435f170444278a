package org.ampay.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import org.ampay.base.Money;
import org.ampay.charging.CoreWorld;
import org.ampay.charging.SessionPort;
import org.ampay.charging.StationQuestions;
import org.ampay.station.StationInfo;
import org.ampay.store.MemoryTransactor;
import org.ampay.store.StoreException;

/**
 * The core on its in-memory twins in virtual time: stations, a database that fails before and after
 * commits, processes that die. Everything follows from the seed.
 */
final class CoreSimulation {

  private static final int MOST_STEPS = 200_000;

  /** What may go wrong, each with its chance in a thousand. */
  record Faults(int beforeCommit, int afterCommit, int crash) {
    static final Faults NONE = new Faults(0, 0, 0);
    static final Faults MANY = new Faults(40, 40, 8);
  }

  private final Faults faults;
  private final Random chance;
  private final SeededMachine machine;
  private final CoreWorld world;
  private final List<SimulatedStation> stations = new ArrayList<>();
  private final UnaryOperator<SessionPort> mutant;
  private int crashes;
  private boolean over;

  private CoreSimulation(long seed, Faults faults, UnaryOperator<SessionPort> mutant) {
    this.faults = faults;
    this.mutant = mutant;
    this.chance = new Random(seed ^ 0x5eed);
    this.machine = new SeededMachine(new Random(seed + 1));
    this.world = new CoreWorld(machine, new Trouble());
    Random scripts = new Random(seed);
    int count = 2 + scripts.nextInt(5);
    for (int i = 1; i <= count; i++) {
      Script script = new Script(100 + i, scripts);
      stations.add(new SimulatedStation(script, machine, port(), new Random(seed + 31L * i)));
    }
  }

  /** Plays all scripts to their end and checks what must hold. */
  static CoreSimulation run(long seed, Faults faults) {
    return run(seed, faults, UnaryOperator.identity());
  }

  /** As {@link #run(long, Faults)}, with something wrong in front of the core. */
  static CoreSimulation run(long seed, Faults faults, UnaryOperator<SessionPort> mutant) {
    CoreSimulation simulation = new CoreSimulation(seed, faults, mutant);
    simulation.play();
    simulation.over = true;
    simulation.lookAgain();
    simulation.check();
    return simulation;
  }

  private SessionPort port() {
    return mutant.apply(world.port());
  }

  /** A database between us and which the network fails. */
  private final class Trouble implements MemoryTransactor.Faults {
    @Override
    public void beforeCommit() {
      if (!over && chance.nextInt(1000) < faults.beforeCommit()) {
        throw new StoreException.Unavailable("simulated", null);
      }
    }

    @Override
    public void afterCommit() {
      if (!over && chance.nextInt(1000) < faults.afterCommit()) {
        throw new IllegalStateException("simulated loss of the answer");
      }
    }
  }

  private void play() {
    stations.forEach(station -> station.connect(port()));
    for (int step = 0; step < MOST_STEPS; step++) {
      if (stations.stream().allMatch(SimulatedStation::done)) {
        return;
      }
      if (chance.nextInt(1000) < faults.crash()) {
        crashes++;
        machine.crash();
        world.restart();
        SessionPort port = port();
        stations.forEach(station -> station.connect(port));
      }
      assertThat(machine.step()).as("somebody waits for ever").isTrue();
    }
    throw new AssertionError("the stations are not done after " + MOST_STEPS + " steps");
  }

  /** The stations have sent all that they have; what still waits is judged. */
  private void lookAgain() {
    StationQuestions empty = new EmptyQueues();
    for (int round = 0; world.check(empty, Duration.ofDays(30)) > 0; round++) {
      assertThat(round).as("a session waits for ever").isLessThan(20);
      for (int step = 0; step < MOST_STEPS && machine.busy(); step++) {
        machine.step();
      }
    }
  }

  /** No station has anything to send any more. */
  private static final class EmptyQueues implements StationQuestions {
    @Override
    public CompletionStage<Standing> standing(StationInfo station, String transactionId) {
      return CompletableFuture.completedStage(new Standing.Told(Optional.of(false), false));
    }

    @Override
    public CompletionStage<Boolean> costs(StationInfo station, String transactionId, Money cost) {
      return CompletableFuture.completedStage(true);
    }
  }

  private void check() {
    assertThat(world.quarantined()).isZero();
    List<CoreWorld.Row> rows = world.rows();
    assertThat(rows).hasSize(stations.stream().mapToInt(s -> s.script().sessions).sum());
    Map<Long, Integer> bills = world.bills();
    for (CoreWorld.Row row : rows) {
      boolean finished = row.state().equals("finished");
      assertThat(row.state()).as("%s", row).isIn("finished", "rejected");
      assertThat(row.energyMwh()).as("%s", row).isGreaterThanOrEqualTo(0);
      assertThat(bills.getOrDefault(row.id(), 0)).as("%s", row).isEqualTo(finished ? 1 : 0);
    }
    assertThat(bills).hasSize(stations.stream().mapToInt(s -> s.script().billed).sum());
    checkReadings();
    checkTransactions(rows);
  }

  /** Every acknowledged reading is there exactly once, and no other. */
  private void checkReadings() {
    Map<String, Integer> stored = new HashMap<>();
    world
        .readings()
        .forEach((key, count) -> stored.merge(withoutSession(key), count, Integer::sum));
    Set<String> acknowledged = new HashSet<>();
    for (SimulatedStation station : stations) {
      for (String reading : station.acknowledgedReadings()) {
        acknowledged.add(station.script().stationId + "/" + reading);
      }
    }
    assertThat(stored.keySet()).isEqualTo(acknowledged);
    assertThat(stored).allSatisfy((key, count) -> assertThat(count).as(key).isOne());
  }

  private static String withoutSession(String key) {
    String[] parts = key.split("/", 3);
    return parts[0] + "/" + parts[2];
  }

  private void checkTransactions(List<CoreWorld.Row> rows) {
    for (SimulatedStation station : stations) {
      for (int transaction : station.transactions()) {
        assertThat(rows)
            .filteredOn(
                row ->
                    row.stationId() == station.script().stationId
                        && row.transactionId().equals(String.valueOf(transaction)))
            .hasSize(1);
      }
    }
  }

  /** What became of the sessions, without the ids that crashes leave gaps in. */
  Set<String> sessions() {
    Set<String> sessions = new HashSet<>();
    for (CoreWorld.Row row : world.rows()) {
      sessions.add(
          row.stationId()
              + " "
              + row.startedAt()
              + " "
              + row.state()
              + " "
              + row.energyMwh()
              + " "
              + row.totalMinor()
              + " "
              + row.priceFacts());
    }
    return sessions;
  }

  /** Everything, ids included. */
  List<CoreWorld.Row> rows() {
    return world.rows();
  }

  int crashes() {
    return crashes;
  }
}
