package org.ampay.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.ampay.conformance.ScenarioApi.Reply;
import org.junit.jupiter.api.Test;

/** OCPP 2.0.1: what holds for every message, data transfer, cost, lock failure. */
class GenericScenarios201Test {

  private static final String ACCEPTED = "{\"status\": \"Accepted\"}";

  private final ScenarioApi api = ScenarioServer.shared().api();

  @Test
  @Proves({"FR.01", "P4.4.1.1", "1.6/connection/5"})
  void twoCommandsAtOnce_goOutOneAfterTheOther() {
    try (Station201 station = Station201.online()) {
      station.ignores("ClearCache");
      station.answers("GetLocalListVersion", "{\"versionNumber\": 0}");
      CompletableFuture<Reply> first = api.commandLater(station, "ClearCache", "{}");
      ReceivedCall call = station.awaitCall("ClearCache");
      CompletableFuture<Reply> second = api.commandLater(station, "GetLocalListVersion", "{}");
      assertThat(station.heartbeat()).isNotEmpty();
      assertThat(station.waitingCalls("GetLocalListVersion")).isZero();
      station.answer(call, ACCEPTED);
      assertThat(first.join().expect(200).path("status").asText()).isEqualTo("answered");
      assertThat(second.join().expect(200).path("status").asText()).isEqualTo("answered");
      assertThat(station.waitingCalls("GetLocalListVersion")).isOne();
    }
  }

  @Test
  @Proves({"FR.04", "B01.FR.10"})
  void beforeTheFirstBoot_everythingElseIsASecurityError() {
    try (Station201 station = Station201.make()) {
      station.connect();
      assertThat(station.call("Heartbeat", "{}").errorCode()).isEqualTo("SecurityError");
      assertThat(station.call("NoSuchThing", "{}").errorCode()).isEqualTo("SecurityError");
      station.bootAccepted();
      assertThat(station.heartbeat()).isNotEmpty();
    }
  }

  @Test
  @Proves({"P4.4.2.3", "P4.4.1.3"})
  void unreadableText_isAnswered_andTheConnectionStays() {
    try (Station201 station = Station201.online()) {
      station.send("{nonsense");
      assertThat(station.nextOther()).startsWith("[4,\"-1\",\"RpcFrameworkError\"");
      station.send("[9,\"x\",\"y\",{}]");
      assertThat(station.nextOther()).startsWith("[4,\"x\",\"MessageTypeNotSupported\"");
      assertThat(station.heartbeat()).isNotEmpty();
    }
  }

  @Test
  @Scenario("TC_P_02_CSMS")
  @Proves("P02.FR.06")
  void tcP02_dataTransferOfAStranger_isAnswered() {
    try (Station201 station = Station201.online()) {
      JsonNode answer =
          station.ok(
              "DataTransfer",
              "{\"vendorId\": \"com.example.nobody\", \"messageId\": \"m\", \"data\": [1, null]}");
      assertThat(answer.path("status").asText()).isEqualTo("UnknownVendorId");
    }
  }

  @Test
  @Scenario("TC_P_03_CSMS")
  @Proves("P4.9")
  void tcP03_customData_isTolerated() {
    try (Station201 station = Station201.online()) {
      JsonNode answer =
          station.ok(
              "Heartbeat",
              "{\"customData\": {\"vendorId\": \"com.example.nobody\", \"deep\": {\"a\": [1]}}}");
      assertThat(answer.path("currentTime").asText()).isNotEmpty();
    }
  }

  @Test
  @Scenario("TC_I_02_CSMS")
  @Proves("I03.FR.02")
  void tcI02_totalCost_isInTheAnswerToTheEnd() {
    String token = api.token();
    String transaction = Unique.transaction();
    try (Station201 station = Station201.online()) {
      station.started(transaction, 1, token, 1_000);
      station.meter(transaction, 3_000);
      JsonNode ended = station.end(transaction, token, 6_000);
      assertThat(ended.path("totalCost").decimalValue())
          .isEqualByComparingTo(new BigDecimal("5.50"));
      JsonNode session =
          api.awaitSession(
              station, transaction, s -> s.path("settlement_state").asText().equals("settled"));
      assertThat(session.path("total").path("minor").asLong()).isEqualTo(550);
    }
  }

  @Test
  @Scenario("TC_G_20_CSMS")
  @Proves({"G05.FR.03", "N07.FR.03"})
  void tcG20_lockFailure_isConfirmed() {
    String body =
        """
        {"generatedAt": "%1$s", "seqNo": 0, "eventData": [{"eventId": 1, "timestamp": "%1$s",
          "trigger": "Delta", "actualValue": "true", "eventNotificationType":
          "HardWiredNotification", "component": {"name": "ConnectorPlugRetentionLock",
          "evse": {"id": 1, "connectorId": 1}}, "variable": {"name": "Problem"}}]}
        """;
    try (Station201 station = Station201.online()) {
      JsonNode answer = station.ok("NotifyEvent", body.formatted(ScenarioStation.now()));
      assertThat(answer).isEmpty();
      List<JsonNode> sessions = api.sessions(station);
      assertThat(sessions).isEmpty();
    }
  }
}
