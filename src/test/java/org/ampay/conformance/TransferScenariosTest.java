package org.ampay.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** DataTransfer and customData. */
class TransferScenariosTest {

  private final ScenarioApi api = ScenarioServer.shared().api();

  private JsonNode newest(ScenarioStation station) {
    return api.get("/data-transfers?limit=1&station=" + station.identity())
        .expect(200)
        .path("items")
        .path(0);
  }

  private static String status(ScenarioStation station, String vendor, String message) {
    Map<String, Object> payload =
        message == null
            ? Map.of("vendorId", vendor, "data", "x")
            : Map.of("vendorId", vendor, "messageId", message, "data", "x");
    return station.ok("DataTransfer", payload).path("status").asText();
  }

  @Test
  @Scenario("TC_064_CSMS")
  @Proves("1.6/DataTransfer/1")
  void tc064_dataTransfer_isAnsweredAndStored() {
    try (Station16 station = Station16.online()) {
      assertThat(status(station, "com.example.foreign", "m")).isEqualTo("UnknownVendorId");
      assertThat(newest(station).path("status").asText()).isEqualTo("UnknownVendorId");
      String vendor = "com.example." + station.identity();
      api.put("/data-transfer-vendors/" + vendor, Map.of("message_ids", List.of("Hello")))
          .expect(200);
      assertThat(status(station, vendor, "Other")).isEqualTo("UnknownMessageId");
      assertThat(status(station, vendor, "Hello")).isEqualTo("Accepted");
      JsonNode stored = newest(station);
      assertThat(stored.path("data").asText()).isEqualTo("x");
      assertThat(stored.path("vendor").asText()).isEqualTo(vendor);
      api.delete("/data-transfer-vendors/" + vendor).expect(204);
      assertThat(status(station, vendor, "Hello")).isEqualTo("UnknownVendorId");
    }
  }

  @Test
  @Scenario("TC_P_02_CSMS")
  @Proves({"P02.FR.06", "P02.FR.07"})
  void tcP02_foreignVendorAndMessage_areAnsweredProperly() {
    try (Station201 station = Station201.online()) {
      assertThat(status(station, "com.example.foreign", "m")).isEqualTo("UnknownVendorId");
      assertThat(status(station, "org.openchargealliance.costmsg", "m"))
          .isEqualTo("UnknownMessageId");
      String vendor = "com.example." + station.identity();
      api.put("/data-transfer-vendors/" + vendor, Map.of()).expect(200);
      JsonNode answer =
          station.ok(
              "DataTransfer", "{\"vendorId\": \"" + vendor + "\", \"data\": {\"b\" : [1, 2.50]}}");
      assertThat(answer.path("status").asText()).isEqualTo("Accepted");
      assertThat(newest(station).path("data").asText())
          .as("byte for byte")
          .isEqualTo("{\"b\" : [1, 2.50]}");
    }
  }

  @Test
  void transferToAStation_isStoredWithItsAnswer() {
    try (Station201 station = Station201.online()) {
      station.answers("DataTransfer", "{\"status\": \"Accepted\", \"data\": {\"ok\": true}}");
      api.answered(station, "DataTransfer", Map.of("vendorId", "com.example", "data", 5));
      JsonNode stored = newest(station);
      assertThat(stored.path("direction").asText()).isEqualTo("out");
      assertThat(stored.path("status").asText()).isEqualTo("Accepted");
      assertThat(stored.path("answer_data").asText()).isEqualTo("{\"ok\": true}");
    }
  }

  @Test
  @Scenario("TC_P_03_CSMS")
  void tcP03_customData_isTolerated() {
    try (Station201 station = Station201.online()) {
      JsonNode answer =
          station.ok(
              "SecurityEventNotification",
              """
              {"type": "MyOwnEvent", "timestamp": "2026-01-01T00:00:00Z", "techInfo": "box 3",
               "customData": {"vendorId": "com.example", "anything": {"at": "all"}}}
              """);
      assertThat(answer.isEmpty()).isTrue();
      assertThat(Reported.securityEvents(station)).containsExactly("MyOwnEvent");
    }
  }

  @Test
  @Proves("A04.FR.03")
  void repeatedSecurityEvent_isConfirmedAndStoredOnce() {
    try (Station201 station = Station201.online()) {
      Map<String, Object> event =
          Map.of("type", "TamperDetectionActivated", "timestamp", "2026-01-01T00:00:00Z");
      assertThat(station.ok("SecurityEventNotification", event).isEmpty()).isTrue();
      assertThat(station.ok("SecurityEventNotification", event).isEmpty()).isTrue();
      assertThat(Reported.securityEvents(station)).containsExactly("TamperDetectionActivated*");
      JsonNode none =
          api.get("/security-events?critical=true&type=Other&station=" + station.identity())
              .expect(200);
      assertThat(none.path("items")).isEmpty();
    }
  }
}
