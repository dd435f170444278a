package org.ampay.app.command;

import java.util.Optional;
import org.ampay.app.Foundation;
import org.ampay.app.Seed;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ampay seed}. */
@Command(
    name = "seed",
    mixinStandardHelpOptions = true,
    description = "Makes stations CP000001… and tokens TAG00001… with wallets for load tests.")
final class SeedCommand implements Runnable {

  private static final int MAX_STATIONS = 999_999;
  private static final int MAX_TOKENS = 9_999_999;
  private static final int MIN_PASSWORD = 8;
  private static final int MAX_PASSWORD = 40;

  @Option(names = "--stations", required = true, paramLabel = "N", description = "How many.")
  private int stations;

  @Option(names = "--tokens", required = true, paramLabel = "M", description = "How many.")
  private int tokens;

  @Option(
      names = "--balance",
      paramLabel = "MINOR",
      description = "Of each new wallet, in fen (default: ${DEFAULT-VALUE}).")
  private long balance = 100_000_000L;

  @Option(
      names = "--station-password",
      paramLabel = "PW",
      description = "Of all stations (profile 1); without it they connect without credentials.")
  private @Nullable String password;

  @Mixin private SettingsOptions options = new SettingsOptions();
  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway") // picocli injects the spec
  SeedCommand() {}

  @Override
  public void run() {
    check(stations >= 0 && stations <= MAX_STATIONS, "--stations takes 0 to " + MAX_STATIONS);
    check(tokens >= 0 && tokens <= MAX_TOKENS, "--tokens takes 0 to " + MAX_TOKENS);
    check(balance >= 0, "--balance takes 0 or more");
    check(
        password == null
            || (password.length() >= MIN_PASSWORD && password.length() <= MAX_PASSWORD),
        "--station-password takes 8 to 40 characters");
    try (Foundation on = options.open()) {
      Seed.Made made = new Seed(on).plant(stations, tokens, balance, Optional.ofNullable(password));
      spec.commandLine()
          .getOut()
          .printf("made %d stations and %d tokens%n", made.stations(), made.tokens());
    }
  }

  private void check(boolean good, String message) {
    if (!good) {
      throw new ParameterException(spec.commandLine(), message);
    }
  }
}
