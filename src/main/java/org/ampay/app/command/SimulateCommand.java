package org.ampay.app.command;

import java.io.PrintWriter;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.ampay.app.simulator.Outlet;
import org.ampay.app.simulator.Simulator;
import org.ampay.app.simulator.SimulatorLoop;
import org.ampay.app.simulator.StationSpec;
import org.ampay.app.simulator.TokenPool;
import org.ampay.app.simulator.VisitPlan;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ampay simulate}. */
@Command(
    name = "simulate",
    mixinStandardHelpOptions = true,
    description = "Plays charging stations against any central system until it is stopped.")
final class SimulateCommand implements Runnable {

  private static final Duration REPORT_EVERY = Duration.ofSeconds(10);
  private static final int CONNECTS_A_SECOND = 200;

  @Option(
      names = "--url",
      required = true,
      paramLabel = "URL",
      description = "Of the central system without the identity: ws://127.0.0.1:9000/ocpp/")
  private String url = "";

  @Option(names = "--stations", required = true, paramLabel = "N", description = "How many.")
  private int stations;

  @Option(
      names = "--version",
      paramLabel = "V",
      description = "1.6 or 2.0.1 (default: ${DEFAULT-VALUE}).")
  private String version = "1.6";

  @Option(
      names = "--prefix",
      paramLabel = "TEXT",
      description = "Identities are this and six digits (default: ${DEFAULT-VALUE}).")
  private String prefix = "CP";

  @Option(
      names = "--tokens",
      split = ",",
      paramLabel = "T",
      description = "Tokens to charge with (default: TAG00001… one a station).")
  private List<String> tokens = new ArrayList<>();

  @Option(names = "--password", paramLabel = "PW", description = "Of all stations.")
  private @Nullable String password;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      description = "Ends after so long (default: when it is stopped).")
  private long seconds = Long.MAX_VALUE;

  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway") // picocli injects the spec
  SimulateCommand() {}

  @Override
  public void run() {
    check(stations >= 1 && stations <= 100_000, "--stations takes 1 to 100000");
    check(version.equals("1.6") || version.equals("2.0.1"), "--version takes 1.6 or 2.0.1");
    check(url.matches("wss?://[^/]+.*") && URI.create(url).getHost() != null, "--url takes ws://…");
    AtomicLong facts = new AtomicLong();
    try (Simulator simulator =
        new Simulator(url, new SimulatorLoop(), fact -> facts.incrementAndGet(), 1)) {
      connect(simulator);
      report(simulator, facts);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void connect(Simulator simulator) throws InterruptedException {
    TokenPool pool = new TokenPool(tokens.isEmpty() ? numbered("TAG%05d") : tokens);
    VisitPlan plan =
        new VisitPlan(
            Duration.ofSeconds(10),
            Duration.ofMinutes(2),
            Duration.ofMinutes(1),
            Duration.ofMinutes(4),
            10);
    CountDownLatch never = new CountDownLatch(1);
    for (String identity : numbered(prefix + "%06d")) {
      var station =
          simulator.add(
              StationSpec.of(identity, version, Outlet.dc(1, 120_000)).withPassword(password));
      station.connect();
      simulator.visit(station, plan, pool);
      if (simulator.stations().size() % CONNECTS_A_SECOND == 0
          && never.await(1, TimeUnit.SECONDS)) {
        return;
      }
    }
  }

  private List<String> numbered(String format) {
    List<String> made = new ArrayList<>(stations);
    for (int number = 1; number <= stations; number++) {
      made.add(String.format(Locale.ROOT, format, number));
    }
    return made;
  }

  private void report(Simulator simulator, AtomicLong facts) throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    CountDownLatch never = new CountDownLatch(1);
    for (long left = seconds; left > 0; left -= REPORT_EVERY.toSeconds()) {
      if (never.await(Math.min(left, REPORT_EVERY.toSeconds()), TimeUnit.SECONDS)) {
        return;
      }
      out.printf(
          "%d of %d stations connected, %d messages of sessions acknowledged, %d waiting%n",
          simulator.connected(), stations, facts.get(), simulator.unacknowledged());
    }
  }

  private void check(boolean good, String message) {
    if (!good) {
      throw new ParameterException(spec.commandLine(), message);
    }
  }
}
