package org.ampay.app.command;

import java.time.Duration;
import org.ampay.app.bench.PriceBench;
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

  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway") // picocli injects the spec
  BenchCommand() {}

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing: prices");
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
}
