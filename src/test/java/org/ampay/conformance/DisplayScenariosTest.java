package org.ampay.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** O: messages on the display. */
class DisplayScenariosTest {

  private final ScenarioApi api = ScenarioServer.shared().api();

  private static String path(Station201 station) {
    return "/stations/" + station.identity() + "/display-messages";
  }

  private static Map<String, Object> message(int id, Map<String, Object> further) {
    Map<String, Object> message = new HashMap<>(Map.of("id", id, "content", "Welcome"));
    message.putAll(further);
    return message;
  }

  /** Sets a message; what the station was sent. */
  private JsonNode set(Station201 station, int id, String answer, Map<String, Object> further) {
    station.answers("SetDisplayMessage", "{\"status\": \"" + answer + "\"}");
    JsonNode told = api.post(path(station), message(id, further)).expect(200);
    assertThat(told.path("answer").asText()).isEqualTo(answer);
    return station.awaitCall("SetDisplayMessage").payload().path("message");
  }

  /** The message as the server shows it. */
  private JsonNode shown(Station201 station, int id) {
    for (JsonNode message : api.get(path(station)).expect(200).path("items")) {
      if (message.path("id").asInt() == id) {
        return message;
      }
    }
    throw new AssertionError("no message " + id);
  }

  private String state(Station201 station, int id) {
    return shown(station, id).path("shown").asText();
  }

  @Test
  @Scenario("TC_O_01_CSMS")
  @Proves({"O01.FR.04", "O01.FR.17"})
  void tcO01_messageIsSet_withoutTransaction() {
    try (Station201 station = Station201.online()) {
      JsonNode sent = set(station, 1, "Accepted", Map.of("language", "zh-CN"));
      assertThat(sent.has("transactionId")).isFalse();
      assertThat(sent.path("message").path("language").asText()).isEqualTo("zh-CN");
      assertThat(sent.path("priority").asText()).isEqualTo("NormalCycle");
      assertThat(shown(station, 1).path("content").asText()).isEqualTo("Welcome");
      assertThat(state(station, 1)).isEqualTo("set");
    }
  }

  @Test
  @Proves("O01.FR.17")
  void languageThatIsNoTag_isRefusedByName() {
    try (Station201 station = Station201.online()) {
      ScenarioApi.Reply refused = api.post(path(station), message(1, Map.of("language", "zh_CN!")));
      assertThat(refused.status()).isEqualTo(400);
      assertThat(refused.field()).isEqualTo("language");
      assertThat(station.waitingCalls("SetDisplayMessage")).isZero();
    }
  }

  /** Has the station report its messages; what it was sent. */
  private JsonNode read(Station201 station, String answer, Map<String, Object> which) {
    station.answers("GetDisplayMessages", "{\"status\": \"" + answer + "\"}");
    assertThat(api.post(path(station) + "/read", which).expect(200).path("answer").asText())
        .isEqualTo(answer);
    return station.awaitCall("GetDisplayMessages").payload();
  }

  private static void report(Station201 station, int requestId, boolean more, int... ids) {
    StringBuilder infos = new StringBuilder();
    for (int id : ids) {
      infos
          .append(infos.isEmpty() ? "" : ",")
          .append(
              """
              {"id": %d, "priority": "InFront", "state": "Idle",
               "message": {"format": "UTF8", "content": "Message %d"}}
              """
                  .formatted(id, id));
    }
    JsonNode answer =
        station.ok(
            "NotifyDisplayMessages",
            "{\"requestId\": "
                + requestId
                + ", \"tbc\": "
                + more
                + ", \"messageInfo\": ["
                + infos
                + "]}");
    assertThat(answer.isEmpty()).isTrue();
  }

  @Test
  @Scenario("TC_O_02_CSMS")
  void tcO02_allMessagesAreRead_inParts() {
    try (Station201 station = Station201.online()) {
      set(station, 9, "Accepted", Map.of());
      JsonNode request = read(station, "Accepted", Map.of());
      assertThat(request.has("id")).isFalse();
      int requestId = request.path("requestId").asInt();
      report(station, requestId, true, 1, 2);
      report(station, requestId, false, 3);
      assertThat(shown(station, 3).path("content").asText()).isEqualTo("Message 3");
      assertThat(state(station, 1)).isEqualTo("set");
      assertThat(state(station, 9)).as("no longer on the display").isEqualTo("gone");
    }
  }

  @Test
  @Scenario("TC_O_03_CSMS")
  void tcO03_noneSet_leavesNone() {
    try (Station201 station = Station201.online()) {
      set(station, 9, "Accepted", Map.of());
      read(station, "Unknown", Map.of());
      assertThat(state(station, 9)).isEqualTo("gone");
    }
  }

  @Test
  @Scenario("TC_O_04_CSMS")
  void tcO04_messageIsCleared() {
    try (Station201 station = Station201.online()) {
      set(station, 4, "Accepted", Map.of());
      station.answers("ClearDisplayMessage", "{\"status\": \"Accepted\"}");
      assertThat(api.delete(path(station) + "/4").expect(200).path("answer").asText())
          .isEqualTo("Accepted");
      assertThat(station.awaitCall("ClearDisplayMessage").payload().path("id").asInt())
          .isEqualTo(4);
      assertThat(state(station, 4)).isEqualTo("cleared");
    }
  }

  @Test
  @Scenario("TC_O_05_CSMS")
  void tcO05_unknownMessage_cannotBeCleared() {
    try (Station201 station = Station201.online()) {
      station.answers("ClearDisplayMessage", "{\"status\": \"Unknown\"}");
      assertThat(api.delete(path(station) + "/5").expect(200).path("answer").asText())
          .isEqualTo("Unknown");
      assertThat(api.get(path(station)).expect(200).path("items")).isEmpty();
    }
  }

  @Test
  @Scenario("TC_O_06_CSMS")
  void tcO06_messageForATransaction_namesIt() {
    try (Station201 station = Station201.online()) {
      JsonNode sent = set(station, 6, "Accepted", Map.of("transaction_id", "tx-6"));
      assertThat(sent.path("transactionId").asText()).isEqualTo("tx-6");
      assertThat(shown(station, 6).path("transaction_id").asText()).isEqualTo("tx-6");
    }
  }

  @Test
  @Scenario("TC_O_07_CSMS")
  void tcO07_messageIsReadById() {
    try (Station201 station = Station201.online()) {
      set(station, 1, "Accepted", Map.of());
      JsonNode request = read(station, "Accepted", Map.of("id", 7));
      assertThat(request.path("id").path(0).asInt()).isEqualTo(7);
      report(station, request.path("requestId").asInt(), false, 7);
      assertThat(state(station, 7)).isEqualTo("set");
      assertThat(state(station, 1)).as("was not asked for").isEqualTo("set");
    }
  }

  @Test
  @Scenario("TC_O_08_CSMS")
  void tcO08_messagesAreReadByPriority() {
    try (Station201 station = Station201.online()) {
      JsonNode request = read(station, "Accepted", Map.of("priority", "InFront"));
      assertThat(request.path("priority").asText()).isEqualTo("InFront");
      report(station, request.path("requestId").asInt(), false, 8);
      assertThat(shown(station, 8).path("priority").asText()).isEqualTo("InFront");
    }
  }

  @Test
  @Scenario("TC_O_09_CSMS")
  void tcO09_messagesAreReadByState() {
    try (Station201 station = Station201.online()) {
      JsonNode request = read(station, "Accepted", Map.of("state", "Idle"));
      assertThat(request.path("state").asText()).isEqualTo("Idle");
      report(station, request.path("requestId").asInt(), false, 9);
      assertThat(shown(station, 9).path("state").asText()).isEqualTo("Idle");
    }
  }

  @Test
  @Scenario("TC_O_10_CSMS")
  void tcO10_unknownTransaction_isRefused() {
    try (Station201 station = Station201.online()) {
      set(station, 10, "UnknownTransaction", Map.of("transaction_id", "tx-x"));
      assertThat(state(station, 10)).isEqualTo("refused");
      assertThat(shown(station, 10).path("answer").asText()).isEqualTo("UnknownTransaction");
    }
  }

  @Test
  @Scenario("TC_O_11_CSMS")
  void tcO11_nothingFits_changesNothing() {
    try (Station201 station = Station201.online()) {
      set(station, 1, "Accepted", Map.of());
      read(station, "Unknown", Map.of("priority", "AlwaysFront"));
      assertThat(state(station, 1)).isEqualTo("set");
    }
  }

  @Test
  @Scenario("TC_O_12_CSMS")
  void tcO12_messageIsReplaced() {
    try (Station201 station = Station201.online()) {
      set(station, 12, "Accepted", Map.of());
      set(station, 12, "Accepted", Map.of("content", "Another"));
      assertThat(shown(station, 12).path("content").asText()).isEqualTo("Another");
      assertThat(api.get(path(station)).expect(200).path("items")).hasSize(1);
    }
  }

  @Test
  @Scenario("TC_O_13_CSMS")
  @Proves("O01.FR.05")
  void tcO13_messageFromAStartTime() {
    try (Station201 station = Station201.online()) {
      JsonNode sent = set(station, 13, "Accepted", Map.of("start_at", "2030-01-01T00:00:00Z"));
      assertThat(sent.path("startDateTime").asText()).startsWith("2030-01-01T00:00:00");
      assertThat(shown(station, 13).path("start_at").asText()).startsWith("2030-01-01T00:00");
    }
  }

  @Test
  @Scenario("TC_O_14_CSMS")
  @Proves("O01.FR.05")
  void tcO14_messageUntilAnEndTime() {
    try (Station201 station = Station201.online()) {
      JsonNode sent = set(station, 14, "Accepted", Map.of("end_at", "2030-01-01T00:00:00Z"));
      assertThat(sent.path("endDateTime").asText()).startsWith("2030-01-01T00:00:00");
      assertThat(shown(station, 14).path("end_at").asText()).startsWith("2030-01-01T00:00");
    }
  }

  @Test
  @Scenario("TC_O_17_CSMS")
  void tcO17_priorityNotSupported_isShown() {
    refused("NotSupportedPriority", Map.of("priority", "AlwaysFront"));
  }

  @Test
  @Scenario("TC_O_18_CSMS")
  void tcO18_stateNotSupported_isShown() {
    refused("NotSupportedState", Map.of("state", "Faulted"));
  }

  @Test
  @Scenario("TC_O_19_CSMS")
  void tcO19_formatNotSupported_isShown() {
    refused("NotSupportedMessageFormat", Map.of("format", "HTML"));
  }

  @Test
  @Scenario("TC_O_26_CSMS")
  void tcO26_messageRejected_isShown() {
    refused("Rejected", Map.of());
  }

  private void refused(String answer, Map<String, Object> further) {
    try (Station201 station = Station201.online()) {
      set(station, 17, answer, further);
      assertThat(state(station, 17)).isEqualTo("refused");
      assertThat(shown(station, 17).path("answer").asText()).isEqualTo(answer);
      set(station, 17, "Accepted", Map.of());
      set(station, 17, answer, further);
      assertThat(state(station, 17)).as("the old one is still shown").isEqualTo("set");
    }
  }

  @Test
  @Scenario("TC_O_25_CSMS")
  void tcO25_messageWithAState() {
    try (Station201 station = Station201.online()) {
      JsonNode sent = set(station, 25, "Accepted", Map.of("state", "Charging"));
      assertThat(sent.path("state").asText()).isEqualTo("Charging");
      assertThat(shown(station, 25).path("state").asText()).isEqualTo("Charging");
    }
  }

  @Test
  @Scenario("TC_O_27_CSMS")
  void tcO27_transactionMessageFromAStartTime() {
    try (Station201 station = Station201.online()) {
      JsonNode sent =
          set(
              station,
              27,
              "Accepted",
              Map.of("transaction_id", "tx-27", "start_at", "2030-01-01T00:00:00Z"));
      assertThat(sent.path("transactionId").asText()).isEqualTo("tx-27");
      assertThat(sent.path("startDateTime").asText()).startsWith("2030-01-01");
      assertThat(state(station, 27)).isEqualTo("set");
    }
  }

  @Test
  @Scenario("TC_O_28_CSMS")
  void tcO28_transactionMessageUntilAnEndTime() {
    try (Station201 station = Station201.online()) {
      JsonNode sent =
          set(
              station,
              28,
              "Accepted",
              Map.of("transaction_id", "tx-28", "end_at", "2030-01-01T00:00:00Z"));
      assertThat(sent.path("transactionId").asText()).isEqualTo("tx-28");
      assertThat(sent.path("endDateTime").asText()).startsWith("2030-01-01");
      assertThat(state(station, 28)).isEqualTo("set");
    }
  }

  @ParameterizedTest
  @CsvSource({"priority,High", "state,Sleeping", "format,PDF", "end_at,2020-01-01T00:00:00Z"})
  void wrongField_isNamed(String field, String value) {
    try (Station201 station = Station201.online()) {
      Map<String, Object> further = new HashMap<>(Map.of("start_at", "2025-01-01T00:00:00Z"));
      further.put(field, value);
      assertThat(api.post(path(station), message(1, further)).field()).isEqualTo(field);
    }
  }
}
