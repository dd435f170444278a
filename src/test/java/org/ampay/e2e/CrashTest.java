package org.ampay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.ampay.app.simulator.Eventually;
import org.ampay.app.simulator.Outlet;
import org.ampay.app.simulator.Simulator;
import org.ampay.app.simulator.SimulatorLoop;
import org.ampay.app.simulator.StationSpec;
import org.ampay.app.simulator.TokenPool;
import org.ampay.app.simulator.VisitPlan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Server and database are killed in the middle of 200 sessions, twice. Every fact that a station
 * got an answer for must be there afterwards, once.
 *
 * <p>That this test can fail is shown by {@code -Dampay.test.crash.options=
 * -Dampay.test.reply-before-commit=true}, which lets the server answer before the commit.
 */
class CrashTest {

  private static final int STATIONS = 200;
  private static final Duration METER_INTERVAL = Duration.ofMillis(700);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final VisitPlan PLAN =
      VisitPlan.of(
          Duration.ofMillis(200),
          Duration.ofSeconds(1),
          Duration.ofSeconds(5),
          Duration.ofSeconds(12));

  @TempDir Path data;
  private final Acknowledgements facts = new Acknowledgements();

  @Test
  void killedTwice_everyAcknowledgedFactIsThereOnce() {
    String folder = data.toString();
    RunningServer.Result seed =
        RunningServer.command(
            "seed", "--data", folder, "--stations", "" + STATIONS, "--tokens", "" + STATIONS);
    assertThat(seed.exit()).as(seed.err()).isZero();
    int port;
    try (RunningServer server = start(0);
        Simulator simulator = stations(server.ocppUrl())) {
      port = server.ocppPort();
      playUntilBusy(simulator);
      server.kill();
      try (RunningServer second = start(port)) {
        playUntilBusy(simulator);
        second.kill();
      }
      try (RunningServer third = start(port)) {
        playUntilBusy(simulator);
      }
    }
    try (Export export = Export.of(data)) {
      List<String> wrongs = facts.wrongs(export.sessions(), export.readings());
      assertThat(wrongs).as("of %d acknowledged facts", facts.count()).isEmpty();
    }
    assertThat(facts.count("1.6", "start")).isGreaterThan(STATIONS / 2);
    assertThat(facts.count("1.6", "reading")).isGreaterThan(STATIONS);
    assertThat(facts.count("1.6", "stop")).isGreaterThan(STATIONS / 4);
    assertThat(facts.count("2.0.1", "start")).isGreaterThan(STATIONS / 2);
    assertThat(facts.count("2.0.1", "stop")).isGreaterThan(STATIONS / 4);
    RunningServer.Result audit = RunningServer.command("audit", "--data", folder);
    assertThat(audit.exit()).as(audit.out() + audit.err()).isZero();
  }

  private RunningServer start(int port) {
    String options = System.getProperty("ampay.test.crash.options", "");
    return RunningServer.start(data, port, options.isBlank() ? new String[0] : options.split(" "));
  }

  private Simulator stations(String url) {
    Simulator simulator = new Simulator(url, new SimulatorLoop(), facts, 42);
    List<String> tokens = new ArrayList<>();
    for (int number = 1; number <= STATIONS; number++) {
      tokens.add(String.format(Locale.ROOT, "TAG%05d", number));
    }
    TokenPool pool = new TokenPool(tokens);
    for (int number = 1; number <= STATIONS; number++) {
      StationSpec spec =
          StationSpec.of(
                  String.format(Locale.ROOT, "CP%06d", number),
                  number % 2 == 0 ? "1.6" : "2.0.1",
                  Outlet.dc(1, 400_000))
              .withMeterInterval(METER_INTERVAL);
      var station = simulator.add(spec);
      station.connect();
      simulator.visit(station, PLAN, pool);
    }
    return simulator;
  }

  /** Until most stations are connected and every second has ended a session since then. */
  private void playUntilBusy(Simulator simulator) {
    Eventually.await(
        "the stations are back", PATIENCE, () -> simulator.connected() > STATIONS * 9 / 10);
    long before = facts.count("1.6", "stop") + facts.count("2.0.1", "stop");
    Eventually.await(
        "sessions begin and end",
        PATIENCE,
        () -> facts.count("1.6", "stop") + facts.count("2.0.1", "stop") > before + STATIONS / 2);
  }
}
