package org.ampay.app.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.ampay.app.simulator.FakeCentralSystem.Heard;
import org.ampay.app.simulator.Recorder.Acknowledged;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimulatorTest {

  private final List<Acknowledged> facts = new CopyOnWriteArrayList<>();
  private FakeCentralSystem server;
  private Simulator simulator;

  @BeforeEach
  void start() throws Exception {
    server = new FakeCentralSystem();
    simulator =
        new Simulator(server.url(), new SimulatorLoop(Duration.ofHours(2), 1_000), facts::add, 7);
  }

  @AfterEach
  void stop() throws Exception {
    simulator.close();
    server.close();
  }

  private SimulatedStation station(StationSpec spec) {
    SimulatedStation station = simulator.add(spec);
    station.connect();
    Eventually.await("a status", () -> !server.heard("StatusNotification").isEmpty());
    return station;
  }

  @ParameterizedTest
  @CsvSource({"1.6, StopTransaction", "2.0.1, TransactionEvent"})
  void session_isReportedWholeAndPlausible(String version, String lastAction) {
    SimulatedStation station = station(StationSpec.of("CP1", version, Outlet.dc(1, 120_000)));
    station.start(1, "T1");
    Eventually.await("five readings", () -> count("reading") >= 5);
    station.stop(1);
    Eventually.await("the stop", () -> count("stop") == 1);

    assertThat(server.heard.getFirst().action()).isEqualTo("BootNotification");
    assertThat(facts.getFirst().kind()).isEqualTo("start");
    assertThat(facts.getLast().action()).isEqualTo(lastAction);
    assertThat(facts.stream().map(Acknowledged::transactionId).distinct()).hasSize(1);
    long energyWh = facts.getLast().registerWh() - facts.getFirst().registerWh();
    Duration time = Duration.between(facts.getFirst().at(), facts.getLast().at());
    assertThat(energyWh).isPositive().isLessThan(120_000 * time.toSeconds() / 3_600);
    assertThat(facts.getLast().at()).isBefore(Instant.now());
    assertThat(facts.stream().map(Acknowledged::registerWh)).isSorted();
  }

  @Test
  void lostAnswer_repeatsTheFactUnchanged() {
    SimulatedStation station = station(StationSpec.of("CP1", "1.6", Outlet.ac(1, 3, 22_000)));
    server.silent = call -> call.action().equals("StartTransaction") && starts().isEmpty();
    station.start(1, "T1");
    Eventually.await("a reading", () -> count("reading") > 0);

    assertThat(starts()).hasSize(2);
    assertThat(starts().get(0).payload()).isEqualTo(starts().get(1).payload());
    assertThat(count("start")).isEqualTo(1);
    String id = facts.getFirst().transactionId();
    JsonNode reading = server.heard("MeterValues").getFirst().payload();
    assertThat(reading.path("transactionId").asText()).isEqualTo(id);
  }

  private List<Heard> starts() {
    return server.heard("StartTransaction");
  }

  @Test
  void offlineSession_isReportedLaterInOrder() {
    SimulatedStation station = station(StationSpec.of("CP1", "2.0.1", Outlet.ac(1, 1, 7_400)));
    station.disconnect(Duration.ofSeconds(1));
    station.start(1, "T1");
    station.stop(1);
    Eventually.await("the stop", () -> count("stop") == 1);
    assertThat(server.heard("TransactionEvent"))
        .extracting(call -> call.payload().path("seqNo").asInt())
        .isSorted()
        .startsWith(0);
    assertThat(server.heard("Authorize")).isEmpty();
    assertThat(server.heard("BootNotification")).hasSize(1);
  }

  @Test
  void refusedToken_startsNothing() {
    server.refuseTokens = true;
    SimulatedStation station = station(StationSpec.of("CP1", "1.6", Outlet.dc(1, 60_000)));
    station.start(1, "T1");
    Eventually.await("the question", () -> !server.heard("Authorize").isEmpty());
    station.stop(1);
    Eventually.await("the car has left", () -> lastStatus().equals("Available"));
    assertThat(starts()).isEmpty();
  }

  private String lastStatus() {
    return server.heard("StatusNotification").getLast().payload().path("status").asText();
  }

  @ParameterizedTest
  @CsvSource({
    "1.6, RemoteStartTransaction, '{\"idTag\":\"T1\",\"connectorId\":1}', Accepted",
    "1.6, UnlockConnector, '{\"connectorId\":1}', Unlocked",
    "1.6, ReserveNow, '{}', Rejected",
    "2.0.1, RequestStartTransaction,"
        + " '{\"idToken\":{\"idToken\":\"T1\",\"type\":\"Central\"},\"remoteStartId\":1}',"
        + " Accepted",
    "2.0.1, GetReport, '{\"requestId\":1}', EmptyResultSet",
    "2.0.1, TriggerMessage, '{\"requestedMessage\":\"Heartbeat\"}', Accepted"
  })
  void command_isAnswered(String version, String action, String payload, String status) {
    station(StationSpec.of("CP1", version, Outlet.dc(1, 60_000)));
    server.command(action, payload);
    Eventually.await("the answer", () -> !server.answers.isEmpty());
    JsonNode answer = server.answers.getFirst();
    assertThat(answer.path(0).asInt()).isEqualTo(3);
    assertThat(answer.path(2).path("status").asText()).isEqualTo(status);
  }

  @Test
  void unknownCommand_isNotImplemented() {
    station(StationSpec.of("CP1", "1.6", Outlet.dc(1, 60_000)));
    server.command("Dance", "{}");
    Eventually.await("the answer", () -> !server.answers.isEmpty());
    assertThat(server.answers.getFirst().path(2).asText()).isEqualTo("NotImplemented");
  }

  @Test
  void visitors_comeAndGo() {
    SimulatedStation station = simulator.add(StationSpec.of("CP1", "1.6", Outlet.dc(1, 60_000)));
    VisitPlan plan =
        VisitPlan.of(
            Duration.ofSeconds(5),
            Duration.ofSeconds(20),
            Duration.ofMinutes(5),
            Duration.ofMinutes(10));
    simulator.visit(station, plan, new TokenPool(List.of("T1")));
    station.connect();
    Eventually.await("three sessions", () -> count("stop") >= 3);
    assertThat(count("start")).isGreaterThanOrEqualTo(3);
  }

  @Test
  void oddFirmware_showsItsOddities() {
    StationSpec spec =
        StationSpec.of("CP1", "1.6", Outlet.dc(1, 60_000))
            .with(Oddity.NANOSECOND_TIMES, Oddity.NO_ZONE, Oddity.KWH_REGISTER, Oddity.ROLLBACK);
    SimulatedStation station = station(spec);
    station.start(1, "T1");
    Eventually.await("four readings", () -> count("reading") >= 4);
    JsonNode start = starts().getFirst().payload();
    assertThat(start.path("timestamp").asText())
        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{9}");
    JsonNode register =
        server.heard("MeterValues").getFirst().payload().at("/meterValue/0/sampledValue/0");
    assertThat(register.path("unit").asText()).isEqualTo("kWh");
    assertThat(facts.stream().filter(f -> f.kind().equals("reading")).map(Acknowledged::registerWh))
        .anyMatch(wh -> wh < facts.getFirst().registerWh());
  }

  private long count(String kind) {
    return facts.stream().filter(fact -> fact.kind().equals(kind)).count();
  }
}
