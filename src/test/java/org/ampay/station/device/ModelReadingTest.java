package org.ampay.station.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.ampay.conformance.Proves;
import org.ampay.station.BootReport;
import org.ampay.station.CommandOutcome;
import org.ampay.station.Protocol;
import org.ampay.station.Registration;
import org.ampay.station.StationInfo;
import org.ampay.store.TestDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ModelReadingTest {

  @RegisterExtension static final TestDatabase DB = new TestDatabase();

  private static final Duration DELAY = Duration.ofSeconds(30);

  private final List<String> asked = new ArrayList<>();
  private DeviceWorld world;
  private ModelReading reading;

  @BeforeEach
  void start() {
    world = new DeviceWorld(DB);
    reading = reading(new ModelReading.Settings(true, DELAY, 2));
  }

  private ModelReading reading(ModelReading.Settings settings) {
    return new ModelReading(
        settings, DB.database(), new Orders(), world.ids, world.time, Runnable::run);
  }

  private final class Orders implements StationOrders {
    @Override
    public CompletionStage<CommandOutcome> readModel(StationInfo station, int requestId) {
      return asked("model " + station.identity());
    }

    @Override
    public CompletionStage<CommandOutcome> readMonitors(StationInfo station, int requestId) {
      return asked("monitors " + station.identity());
    }

    @Override
    public CompletionStage<CommandOutcome> bootAgain(StationInfo station) {
      throw new AssertionError("not its business");
    }

    private CompletionStage<CommandOutcome> asked(String what) {
      asked.add(what);
      return CompletableFuture.completedStage(new CommandOutcome.TimedOut());
    }
  }

  private void boot(StationInfo station, String firmware, Registration decision) {
    DB.dsl()
        .execute("UPDATE station SET firmware_version = ? WHERE id = ?", firmware, station.id());
    reading.booted(
        station,
        new BootReport(Protocol.OCPP_201, "V", "M", null, firmware, "PowerUp"),
        decision,
        world.time.now());
  }

  private void later() {
    world.time.advance(DELAY);
    reading.tick();
  }

  @Test
  @Proves("B07.FR.14")
  void theModel_isReadOnFirstContactAndWhenTheFirmwareHasChanged() {
    boot(world.station, "1.0", Registration.ACCEPTED);
    reading.tick();
    assertThat(asked).isEmpty();
    later();
    assertThat(asked).containsExactly("model CP-1");
    world.asked(1, "FullInventory");
    world.part(1, 0, true, DeviceWorld.fact("A", "V", "1"));
    boot(world.station, "1.0", Registration.ACCEPTED);
    later();
    assertThat(asked).hasSize(1);
    boot(world.station, "1.1", Registration.ACCEPTED);
    later();
    assertThat(asked).containsExactly("model CP-1", "model CP-1");
  }

  @Test
  @Proves("N04.FR.19")
  void monitors_areReadAgainAfterABoot() {
    world.asked(1, "FullInventory");
    world.part(1, 0, true, DeviceWorld.fact("A", "V", "1"));
    MonitorFact monitor = new MonitorFact(1, VariableKey.of("A", "V", ""), "Delta", "5", 5, false);
    world.observed(new Observation.Monitors(List.of(monitor), List.of()));
    boot(world.station, "1.0", Registration.ACCEPTED);
    later();
    asked.clear();
    world.asked(2, "FullInventory");
    world.part(2, 0, true, DeviceWorld.fact("A", "V", "1"));
    boot(world.station, "1.0", Registration.ACCEPTED);
    later();
    assertThat(asked).containsExactly("monitors CP-1");
  }

  @Test
  void aStationThatDoesNotTell_isNotAskedForEver() {
    for (int i = 0; i < 10; i++) {
      boot(world.station, "1.0", Registration.ACCEPTED);
      later();
    }
    assertThat(asked).hasSize(ModelReading.MOST_TIMES);
  }

  @Test
  void onlySoManyASecond_andEachStationOnce() {
    StationInfo second = world.station("CP-2");
    StationInfo third = world.station("CP-3");
    for (StationInfo station : List.of(world.station, world.station, second, third)) {
      boot(station, "1.0", Registration.ACCEPTED);
    }
    later();
    assertThat(asked).containsExactly("model CP-1", "model CP-2");
    reading.tick();
    assertThat(asked).hasSize(3);
    reading.tick();
    assertThat(asked).hasSize(3);
  }

  @Test
  void onlyAcceptedStations_andOnlyWhenItIsWanted() {
    boot(world.station, "1.0", Registration.PENDING);
    later();
    reading = reading(new ModelReading.Settings(false, DELAY, 2));
    boot(world.station, "1.0", Registration.ACCEPTED);
    later();
    assertThat(asked).isEmpty();
  }
}
