package org.ampay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.ampay.app.sandbox.Sandbox;
import org.ampay.app.sandbox.SandboxBooks;
import org.ampay.app.sandbox.SandboxFaults;
import org.ampay.app.sandbox.SandboxSettings;
import org.ampay.app.sandbox.Wires;
import org.ampay.app.simulator.Eventually;
import org.ampay.app.simulator.Outlet;
import org.ampay.app.simulator.Simulator;
import org.ampay.app.simulator.SimulatorLoop;
import org.ampay.app.simulator.StationSpec;
import org.ampay.app.simulator.TokenPool;
import org.ampay.app.simulator.VisitPlan;
import org.ampay.base.TimeSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three thousand sessions are paid by cards on file, through the real SDK at a gateway of our own,
 * whose answers take some milliseconds. Server and database are killed again and again while
 * charges are on their way: between the call and the commit, too. In the end the gateway's own
 * books and the ledger are equal to the cent, and every session was charged once.
 */
@Tag("full")
class SettlementCrashTest {

  private static final int STATIONS = 100;
  private static final int DRIVERS = 300;
  private static final int SESSIONS = 3_000;
  private static final int KILLS = 6;
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String MERCHANT = "m1";

  private static final VisitPlan PLAN =
      VisitPlan.of(
          Duration.ofMillis(50),
          Duration.ofMillis(300),
          Duration.ofMillis(400),
          Duration.ofMillis(900));

  /** The real clock: the gateway is a process of its own to the server. */
  private static final class Wall implements TimeSource {
    @Override
    public Instant now() {
      return Instant.now();
    }

    @Override
    public long nanos() {
      return System.nanoTime();
    }
  }

  @TempDir Path data;
  private final HttpClient http = HttpClient.newHttpClient();
  private final Acknowledgements facts = new Acknowledgements();
  private String key = "";

  /** Charges that the provider had made and no commit of ours knew of, when a server died. */
  private long hit;

  @Test
  void killedAgainAndAgain_theProvidersBooksAreOurs() throws Exception {
    ok("seed", "--stations", "" + STATIONS, "--tokens", "" + DRIVERS);
    key = last(ok("api-key", "create", "--role", "admin"));
    try (Sandbox gateway = Sandbox.start(SandboxSettings.local(new Wall()), Wires.ALL)) {
      gateway
          .faults()
          .add(
              new SandboxFaults.Rule(
                  SandboxFaults.Fault.DELAY, "stripe", "", -1, 1_000, Duration.ofMillis(30)));
      int kills = playAndKill(gateway);
      settle();
      check(gateway, kills);
    }
  }

  private int playAndKill(Sandbox gateway) throws Exception {
    Random random = new Random(7);
    int port;
    int kills = 0;
    RunningServer server = RunningServer.start(data, 0);
    try {
      port = server.ocppPort();
      payByCard(server, gateway);
      try (Simulator simulator = stations(server.ocppUrl())) {
        while (charges(gateway) < SESSIONS) {
          long enough = charges(gateway) + SESSIONS / KILLS + random.nextLong(1, 30);
          Eventually.await("sessions are charged", PATIENCE, () -> charges(gateway) >= enough);
          server.kill();
          kills++;
          hit += charges(gateway) - posted();
          server = RunningServer.start(data, port);
        }
      }
    } finally {
      server.close();
    }
    return kills;
  }

  private static int charges(Sandbox gateway) {
    return gateway.books().movements().size();
  }

  /** How many charges the ledger knows of. */
  private long posted() {
    try (Export export = Export.of(data)) {
      return clearing(export).count();
    }
  }

  private static Stream<JsonNode> clearing(Export export) {
    return export.ledger().stream()
        .filter(row -> row.path("account").asText().startsWith("psp_clearing:stripe"));
  }

  /** As an operator sets it up, by the API. */
  private void payByCard(RunningServer server, Sandbox gateway) throws Exception {
    ObjectNode account = JSON.createObjectNode().put("provider", "stripe").put("name", "cards");
    ObjectNode settings = account.putObject("settings");
    gateway
        .account("stripe", MERCHANT, URI.create(server.httpUrl() + "/hooks/stripe/cards"))
        .forEach(settings::put);
    account.put("code", "cards").put("operator", 1);
    long id = call(server, "POST", "/payment-accounts", account).path("id").asLong();
    for (JsonNode driver : drivers(server)) {
      ObjectNode method =
          JSON.createObjectNode()
              .put("kind", "saved")
              .put("account", id)
              .put("payer", "cus_" + driver.path("id").asLong())
              .put("method", "pm_card_visa");
      call(server, "PUT", "/drivers/" + driver.path("id").asLong() + "/payment-method", method);
    }
  }

  private List<JsonNode> drivers(RunningServer server) throws Exception {
    List<JsonNode> all = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page = call(server, "GET", "/drivers?limit=100" + cursor, null);
      page.path("items").forEach(all::add);
      cursor = page.path("next").isNull() ? "" : "&cursor=" + page.path("next").asText();
    } while (!cursor.isEmpty());
    assertThat(all).hasSize(DRIVERS);
    return all;
  }

  private JsonNode call(RunningServer server, String method, String path, @Nullable JsonNode body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.httpUrl() + "/api/v1" + path))
            .header("authorization", "Bearer " + key)
            .header("content-type", "application/json")
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body.toString()))
            .build();
    HttpResponse<String> reply = http.send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(reply.statusCode()).as("%s %s: %s", method, path, reply.body()).isBetween(200, 201);
    return JSON.readTree(reply.body());
  }

  private Simulator stations(String url) {
    Simulator simulator = new Simulator(url, new SimulatorLoop(), facts, 11);
    List<String> tokens = new ArrayList<>();
    for (int number = 1; number <= DRIVERS; number++) {
      tokens.add(String.format(Locale.ROOT, "TAG%05d", number));
    }
    TokenPool pool = new TokenPool(tokens);
    for (int number = 1; number <= STATIONS; number++) {
      StationSpec spec =
          StationSpec.of(
              String.format(Locale.ROOT, "CP%06d", number),
              number % 2 == 0 ? "1.6" : "2.0.1",
              Outlet.dc(1, 400_000));
      var station = simulator.add(spec);
      station.connect();
      simulator.visit(station, PLAN, pool);
    }
    return simulator;
  }

  /** The last server works off what is left. */
  private void settle() {
    try (RunningServer server = RunningServer.start(data, 0);
        Export export = Export.of(data)) {
      Eventually.await(
          "everything is settled; its log is " + server.pid(),
          PATIENCE,
          () ->
              export.sessions().stream()
                  .filter(session -> session.path("state").asText().equals("finished"))
                  .noneMatch(SettlementCrashTest::isOpen));
      ok("audit");
    }
  }

  private static boolean isOpen(JsonNode session) {
    return session.path("settlement_state").asText().equals("pending")
        || (session.path("total_minor").asLong() > 0
            && session.path("settlement_state").asText().equals("none"));
  }

  private void check(Sandbox gateway, int kills) {
    Map<String, Integer> times = new HashMap<>();
    for (SandboxBooks.Movement movement : gateway.books().movements()) {
      times.merge(movement.reference(), 1, Integer::sum);
    }
    assertThat(times.values()).as("charges under one reference").allMatch(count -> count == 1);
    long theirs = gateway.books().moved("stripe", MERCHANT, "CNY");
    try (Export export = Export.of(data)) {
      long ours = clearing(export).mapToLong(row -> row.path("amount_minor").asLong()).sum();
      List<Long> bills =
          export.sessions().stream()
              .filter(session -> session.path("settlement_state").asText().equals("settled"))
              .map(session -> session.path("total_minor").asLong())
              .filter(total -> total > 0)
              .sorted()
              .toList();
      List<Long> charges =
          gateway.books().movements().stream().map(SandboxBooks.Movement::minor).sorted().toList();
      System.out.printf(
          "settlement crash: %d kills caught %d charges before their commit; %d sessions,"
              + " %d charges, %d minor units%n",
          kills, hit, bills.size(), charges.size(), theirs);
      assertThat(ours).as("the ledger").isEqualTo(theirs);
      assertThat(bills).as("bills and charges, amount by amount").isEqualTo(charges);
      assertThat(bills).hasSizeGreaterThanOrEqualTo(SESSIONS);
      assertThat(hit).as("charges that a kill caught before their commit").isPositive();
    }
  }

  private String ok(String command, String... arguments) {
    List<String> all = new ArrayList<>(List.of(command));
    all.addAll(List.of(arguments));
    all.addAll(List.of("--data", data.toString()));
    RunningServer.Result result = RunningServer.command(all.toArray(new String[0]));
    assertThat(result.exit()).as("%s: %s %s", command, result.out(), result.err()).isZero();
    return result.out();
  }

  private static String last(String text) {
    String[] words = text.strip().split("\\s+");
    return words[words.length - 1];
  }
}
