package org.ampay.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import eu.chargetime.ocpp.model.core.AuthorizationStatus;
import eu.chargetime.ocpp.model.core.AuthorizeConfirmation;
import eu.chargetime.ocpp.model.core.AuthorizeRequest;
import eu.chargetime.ocpp.model.core.BootNotificationConfirmation;
import eu.chargetime.ocpp.model.core.BootNotificationRequest;
import eu.chargetime.ocpp.model.core.ChargePointErrorCode;
import eu.chargetime.ocpp.model.core.ChargePointStatus;
import eu.chargetime.ocpp.model.core.MeterValue;
import eu.chargetime.ocpp.model.core.MeterValuesConfirmation;
import eu.chargetime.ocpp.model.core.MeterValuesRequest;
import eu.chargetime.ocpp.model.core.RegistrationStatus;
import eu.chargetime.ocpp.model.core.SampledValue;
import eu.chargetime.ocpp.model.core.StartTransactionConfirmation;
import eu.chargetime.ocpp.model.core.StartTransactionRequest;
import eu.chargetime.ocpp.model.core.StatusNotificationConfirmation;
import eu.chargetime.ocpp.model.core.StatusNotificationRequest;
import eu.chargetime.ocpp.model.core.StopTransactionConfirmation;
import eu.chargetime.ocpp.model.core.StopTransactionRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.ampay.app.simulator.Eventually;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whole sessions by clients that nobody here wrote, against a real server in its own process: bill,
 * wallet and ledger to the cent.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FullSessionTest {

  private static final long BALANCE = 100_000_000L;
  private static final Path NPM =
      Path.of(System.getProperty("ampay.basedir", "."), "src", "test", "npm");

  @TempDir static Path data;
  private static RunningServer server;

  @BeforeAll
  static void startServer() {
    RunningServer.Result seed =
        RunningServer.command(
            "seed", "--stations", "4", "--tokens", "4", "--data", data.toString());
    assertThat(seed.err()).isEmpty();
    assertThat(seed.exit()).isZero();
    server = RunningServer.start(data, 0);
  }

  @AfterAll
  static void stopServer() {
    if (server != null) {
      server.close();
    }
  }

  @Test
  @Order(1)
  void session16_byChargeTime_isBilledToTheCent() throws Exception {
    ZonedDateTime start = ZonedDateTime.now(ZoneOffset.UTC).minusMinutes(10);
    int transaction;
    try (ChargeTimeStation station = new ChargeTimeStation(server.ocppUrl(), "CP000001")) {
      boot(station);
      StartTransactionConfirmation started =
          station.send(
              new StartTransactionRequest(1, "TAG00001", 1_000, start),
              StartTransactionConfirmation.class);
      assertThat(started.getIdTagInfo().getStatus()).isEqualTo(AuthorizationStatus.Accepted);
      transaction = started.getTransactionId();
      assertThat(transaction).isPositive();
      for (int minute = 1; minute <= 9; minute++) {
        MeterValuesRequest values = new MeterValuesRequest(1);
        values.setTransactionId(transaction);
        SampledValue register = new SampledValue(Integer.toString(1_000 + minute * 1_300));
        register.setMeasurand("Energy.Active.Import.Register");
        register.setUnit("Wh");
        values.setMeterValue(
            new MeterValue[] {
              new MeterValue(start.plusMinutes(minute), new SampledValue[] {register})
            });
        station.send(values, MeterValuesConfirmation.class);
      }
      StopTransactionRequest stop =
          new StopTransactionRequest(13_345, start.plusSeconds(590), transaction);
      stop.setIdTag("TAG00001");
      station.send(stop, StopTransactionConfirmation.class);
    }
    // 12.345 kWh at 1.00 and 0.50 for the session: 12.845, rounded half up.
    assertSettled("CP000001", Integer.toString(transaction), "12345", 1_285);
  }

  private static void boot(ChargeTimeStation station) throws Exception {
    BootNotificationConfirmation booted =
        station.send(
            new BootNotificationRequest("ChargeTime", "Independent"),
            BootNotificationConfirmation.class);
    assertThat(booted.getStatus()).isEqualTo(RegistrationStatus.Accepted);
    station.send(
        new StatusNotificationRequest(1, ChargePointErrorCode.NoError, ChargePointStatus.Preparing),
        StatusNotificationConfirmation.class);
    AuthorizeConfirmation known =
        station.send(new AuthorizeRequest("TAG00001"), AuthorizeConfirmation.class);
    assertThat(known.getIdTagInfo().getStatus()).isEqualTo(AuthorizationStatus.Accepted);
    AuthorizeConfirmation stranger =
        station.send(new AuthorizeRequest("NOBODY"), AuthorizeConfirmation.class);
    assertThat(stranger.getIdTagInfo().getStatus()).isEqualTo(AuthorizationStatus.Invalid);
  }

  @Test
  @Order(2)
  void session201_byOcppRpcInStrictMode_isBilledToTheCent() throws Exception {
    Process node =
        new ProcessBuilder("node", "session201.js", server.ocppUrl(), "CP000002", "TAG00002")
            .directory(NPM.toFile())
            .redirectErrorStream(true)
            .start();
    String output = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(node.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(node.exitValue()).as(output).isZero();
    JsonNode result = new ObjectMapper().readTree(output.lines().toList().getLast());
    assertThat(result.path("boot").asText()).isEqualTo("Accepted");
    assertThat(result.path("started").asText()).isEqualTo("Accepted");
    assertThat(result.path("stranger").asText()).isIn("Invalid", "Unknown");
    // 8.4 kWh at 1.00 and 0.50 for the session.
    assertThat(result.path("totalCost").decimalValue()).isEqualByComparingTo("8.90");
    assertSettled("CP000002", result.path("transactionId").asText(), "8400", 890);
  }

  private static void assertSettled(
      String station, String transaction, String energyWh, long totalMinor) {
    try (Export export = Export.of(data)) {
      Eventually.await(
          "the settlement of " + transaction,
          Duration.ofSeconds(15),
          () ->
              session(export, station, transaction)
                  .path("settlement_state")
                  .asText()
                  .equals("settled"));
      JsonNode session = session(export, station, transaction);
      assertThat(session.path("state").asText()).isEqualTo("finished");
      assertThat(session.path("energy_wh").asText()).isEqualTo(energyWh);
      assertThat(session.path("currency").asText()).isEqualTo("CNY");
      assertThat(session.path("total_minor").asLong()).isEqualTo(totalMinor);
      assertThat(cdr(export, session).path("total_minor").asLong()).isEqualTo(totalMinor);
      assertLedger(export, totalMinor);
    }
  }

  private static JsonNode session(Export export, String station, String transaction) {
    List<JsonNode> found =
        export.sessions().stream()
            .filter(row -> row.path("station").asText().equals(station))
            .filter(row -> row.path("transaction_id").asText().equals(transaction))
            .toList();
    assertThat(found).hasSize(1);
    return found.getFirst();
  }

  private static JsonNode cdr(Export export, JsonNode session) {
    List<JsonNode> found =
        export.cdrs().stream()
            .filter(row -> row.path("session_id").equals(session.path("session_id")))
            .toList();
    assertThat(found).hasSize(1);
    return found.getFirst();
  }

  /** The wallet that paid this bill has less by the bill, the operator's payable more by it. */
  private static void assertLedger(Export export, long totalMinor) {
    List<JsonNode> ledger = export.ledger();
    assertThat(ledger.stream().mapToLong(row -> row.path("amount_minor").asLong()).sum()).isZero();
    List<String> paid =
        ledger.stream()
            .map(row -> row.path("account").asText())
            .filter(code -> code.matches("wallet:\\d+:real"))
            .distinct()
            .filter(code -> export.balance(code) == -(BALANCE - totalMinor))
            .toList();
    assertThat(paid).hasSize(1);
    String driver = paid.getFirst().split(":")[1];
    assertThat(export.balance("wallet_held:" + driver)).isZero();
    assertThat(export.balance("receivable:" + driver)).isZero();
    assertThat(-export.balance("payable:1")).isGreaterThanOrEqualTo(totalMinor);
  }

  @Test
  @Order(3)
  void otherCommands_workWhileTheServerRuns() {
    RunningServer.Result sessions =
        RunningServer.command("export", "sessions", "--data", data.toString());
    assertThat(sessions.exit()).isZero();
    assertThat(sessions.out())
        .startsWith(
            "session_id,station,evse,connector,transaction_id,token,started_at,stopped_at,"
                + "meter_start_wh,meter_stop_wh,energy_wh,state,currency,total_minor,"
                + "settlement_state")
        .contains(",CP000001,1,1,");
    RunningServer.Result key =
        RunningServer.command("api-key", "create", "--role", "admin", "--data", data.toString());
    assertThat(key.exit()).isZero();
    assertThat(key.out()).containsPattern("ampay_\\S+\\s*$");
  }

  @Test
  @Order(4)
  void wrongUsage_exitsWith2AndOneLine() {
    RunningServer.Result wrong = RunningServer.command("export", "everything");
    assertThat(wrong.exit()).isEqualTo(2);
    assertThat(wrong.out()).isEmpty();
    assertThat(wrong.err().lines()).hasSize(1);
  }

  @Test
  @Order(5)
  void sigterm_drainsAndExitsWithZero_afterOneLineOnStdout() throws Exception {
    assertThat(server.readyPid()).isEqualTo(server.pid());
    assertThat(server.terminate()).as(server.log()).isZero();
    assertThat(server.stdout()).hasSize(1);
  }
}
