package org.ampay.app.command;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.ampay.app.Foundation;
import org.ampay.app.Seed;
import org.ampay.app.Server;
import org.ampay.app.Settings;
import org.ampay.app.SettingsFile;
import org.ampay.app.bench.CdrBench;
import org.ampay.app.bench.PriceBench;
import org.ampay.app.bench.PushBench;
import org.ampay.app.bench.SettleBench;
import org.ampay.store.embedded.EmbeddedSettings.Role;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ampay bench}. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = "Measures the program itself on this machine, one line a figure.")
final class BenchCommand implements Runnable {

  private static final int ROUNDS = 15;
  private static final long ROUND_MILLIS = 200;
  private static final int MOST_SECONDS = 600;
  private static final int MOST_STATIONS = 20_000;

  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway") // picocli injects the spec
  BenchCommand() {}

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "a command is missing: prices, settle, ocpi-cdrs, ocpi-push");
  }

  /** {@code ampay bench prices}. */
  @Command(
      name = "prices",
      mixinStandardHelpOptions = true,
      description = "How fast sessions are priced, on one core, without reading or writing.")
  void prices(
      @Option(
              names = "--warm-up",
              paramLabel = "SECONDS",
              defaultValue = "5",
              description = "Before each figure (default 5).")
          int warmUpSeconds) {
    if (warmUpSeconds < 0 || warmUpSeconds > MOST_SECONDS) {
      throw new ParameterException(
          spec.commandLine(), "--warm-up: takes 0 to " + MOST_SECONDS + " seconds");
    }
    new PriceBench(
            Duration.ofSeconds(warmUpSeconds),
            Duration.ofMillis(ROUND_MILLIS),
            ROUNDS,
            spec.commandLine().getOut()::println)
        .run();
  }

  /** {@code ampay bench settle}. */
  @Command(
      name = "settle",
      mixinStandardHelpOptions = true,
      description = "How many sessions are billed and settled in a second, on an empty database.")
  void settle(
      @Option(
              names = "--seconds",
              paramLabel = "SECONDS",
              defaultValue = "60",
              description = "Of each figure (default 60).")
          int seconds,
      @Option(
              names = "--data",
              paramLabel = "DIR",
              required = true,
              description = "Folder for the database that is measured on; without sessions.")
          Path data) {
    checkSeconds(seconds);
    Map<String, String> environment = ((AmpayCommand) spec.root().userObject()).environment();
    Settings settings =
        Settings.read(Map.of("data", data.toString()), environment, SettingsFile.none());
    try (Foundation on = Foundation.open(settings, Role.SERVER);
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
        SettleBench bench =
            new SettleBench(
                new SettleBench.Ground(
                    on.database(),
                    on::idSource,
                    on.time(),
                    on.random(),
                    on.background(),
                    (pause, task) -> timer.schedule(task, pause.toMillis(), TimeUnit.MILLISECONDS)),
                spec.commandLine().getOut()::println)) {
      new Seed(on).plant(1, 0, 0, Optional.empty());
      bench.run(Duration.ofSeconds(seconds));
    }
  }

  /** {@code ampay bench ocpi-cdrs}. */
  @Command(
      name = "ocpi-cdrs",
      mixinStandardHelpOptions = true,
      description = "How many CDRs a second a partner pulls, from the first page to the last.")
  void ocpiCdrs(
      @Option(
              names = "--cdrs",
              paramLabel = "N",
              defaultValue = "1000000",
              description = "How many there are (default 1000000).")
          int count,
      @Option(
              names = "--data",
              paramLabel = "DIR",
              required = true,
              description = "Folder for the database that is measured on; of no use afterwards.")
          Path data) {
    if (count < 1) {
      throw new ParameterException(spec.commandLine(), "--cdrs: takes at least 1");
    }
    try (Server server = server(data)) {
      Foundation on = server.foundation();
      new CdrBench(
              on.database().transactor(),
              server.partners(),
              "http://127.0.0.1:" + server.http().getPort(),
              on.time(),
              spec.commandLine().getOut()::println)
          .run(count);
    }
  }

  /** {@code ampay bench ocpi-push}. */
  @Command(
      name = "ocpi-push",
      mixinStandardHelpOptions = true,
      description = "How long after a station's message a partner knows the status of its EVSE.")
  void ocpiPush(
      @Option(
              names = "--stations",
              paramLabel = "N",
              defaultValue = "5000",
              description = "One changes each millisecond (default 5000).")
          int count,
      @Option(
              names = "--seconds",
              paramLabel = "SECONDS",
              defaultValue = "60",
              description = "After a warm-up (default 60).")
          int seconds,
      @Option(
              names = "--data",
              paramLabel = "DIR",
              required = true,
              description = "Folder for the database that is measured on; of no use afterwards.")
          Path data) {
    if (count < 1 || count > MOST_STATIONS) {
      throw new ParameterException(
          spec.commandLine(), "--stations: takes 1 to " + MOST_STATIONS + " stations");
    }
    checkSeconds(seconds);
    try (Server server = server(data)) {
      new Seed(server.foundation()).plant(count, 0, 0, Optional.empty());
      try (PushBench bench =
          new PushBench(
              server.partners(),
              "http://127.0.0.1:" + server.http().getPort(),
              server.foundation().time(),
              spec.commandLine().getOut()::println)) {
        bench.run(
            "ws://127.0.0.1:" + server.ocpp().getPort() + "/ocpp/",
            count,
            Duration.ofSeconds(seconds));
      }
    }
  }

  private void checkSeconds(int seconds) {
    if (seconds < 1 || seconds > MOST_SECONDS) {
      throw new ParameterException(
          spec.commandLine(), "--seconds: takes 1 to " + MOST_SECONDS + " seconds");
    }
  }

  private Server server(Path data) {
    Map<String, String> flags =
        Map.of("data", data.toString(), "http.listen", "127.0.0.1:0", "ocpp.listen", "127.0.0.1:0");
    Map<String, String> environment = ((AmpayCommand) spec.root().userObject()).environment();
    return Server.start(Settings.read(flags, environment, SettingsFile.none()));
  }
}
