package org.ampay.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** N01: logs of 2.0.1 stations, uploaded to links of ours. */
class Logs201ScenariosTest {

  private static final String STATUS = "LogStatusNotification";
  private static final byte[] BYTES = "line 1\nline 2\n".getBytes(StandardCharsets.UTF_8);

  private final ScenarioApi api = ScenarioServer.shared().api();

  /** Asks for a log; what the station was sent. */
  private JsonNode request(Station201 station, String log, String answer) {
    station.answers("GetLog", "{\"status\": \"" + answer + "\", \"filename\": \"box.log\"}");
    api.post("/stations/" + station.identity() + "/logs", Map.of("log", log)).expect(201);
    return station.awaitCall("GetLog").payload();
  }

  private void uploaded(Station201 station, JsonNode request) {
    int requestId = request.path("requestId").asInt();
    Reported.tell(station, STATUS, requestId, "Uploading");
    String location = request.path("log").path("remoteLocation").asText();
    assertThat(SignedFirmware.put(location + "box.log", BYTES)).isEqualTo(201);
    Reported.tell(station, STATUS, requestId, "Uploaded");
    JsonNode log = Reported.log(station);
    assertThat(log.path("state").asText()).isEqualTo("done");
    assertThat(log.path("detail").asText()).isEqualTo("box.log");
    assertThat(Reported.words(log)).containsExactly("Uploading", "file_received", "Uploaded");
    JsonNode link = api.post("/files/" + log.path("file").asLong() + "/link", null).expect(200);
    assertThat(SignedFirmware.get(link.path("url").asText()).body()).isEqualTo(BYTES);
  }

  @Test
  @Scenario("TC_N_25_CSMS")
  void tcN25_diagnosticsLog_isUploadedToUs() {
    try (Station201 station = Station201.online()) {
      JsonNode request = request(station, "diagnostics", "Accepted");
      assertThat(request.path("logType").asText()).isEqualTo("DiagnosticsLog");
      uploaded(station, request);
    }
  }

  @Test
  @Scenario("TC_N_35_CSMS")
  void tcN35_securityLog_isUploadedToUs() {
    try (Station201 station = Station201.online()) {
      JsonNode request = request(station, "security", "Accepted");
      assertThat(request.path("logType").asText()).isEqualTo("SecurityLog");
      uploaded(station, request);
    }
  }

  @Test
  @Scenario("TC_N_34_CSMS")
  void tcN34_refusedLog_isShownAsRejected() {
    try (Station201 station = Station201.online()) {
      request(station, "diagnostics", "Rejected");
      JsonNode log = Reported.log(station);
      assertThat(log.path("state").asText()).isEqualTo("rejected");
      assertThat(log.path("status").asText()).isEqualTo("Rejected");
    }
  }

  @Test
  @Scenario("TC_N_36_CSMS")
  void tcN36_secondRequest_replacesTheFirst() {
    try (Station201 station = Station201.online()) {
      int first = request(station, "diagnostics", "Accepted").path("requestId").asInt();
      Reported.tell(station, STATUS, first, "Uploading");
      long firstId = Reported.log(station).path("id").asLong();
      JsonNode second = request(station, "diagnostics", "AcceptedCanceled");
      Reported.tell(station, STATUS, first, "AcceptedCanceled");
      uploaded(station, second);
      assertThat(api.get("/logs/" + firstId).expect(200).path("state").asText())
          .isEqualTo("canceled");
    }
  }

  @Test
  @Proves("N01.FR.17")
  void locationWithTheStationsOcppPassword_isRefused() {
    try (Station201 station = Station201.online(Setup.plain().withPassword("the-ocpp-password"))) {
      ScenarioApi.Reply refused =
          api.post(
              "/stations/" + station.identity() + "/logs",
              Map.of(
                  "log",
                  "diagnostics",
                  "location",
                  "ftp://" + station.identity() + ":the-ocpp-password@logs.example.org/"));
      assertThat(refused.status()).isEqualTo(400);
      assertThat(refused.field()).isEqualTo("location");
      assertThat(station.waitingCalls("GetLog")).isZero();
    }
  }

  @Test
  void brokenLink_opensNothing() {
    try (Station201 station = Station201.online()) {
      String location =
          request(station, "diagnostics", "Accepted").path("log").path("remoteLocation").asText();
      String other = location.replaceAll(".(.{10})/$", "_$1/");
      assertThat(SignedFirmware.put(other + "box.log", BYTES)).isEqualTo(404);
      assertThat(SignedFirmware.get(location.replace("/up/", "/down/")).statusCode())
          .isEqualTo(404);
    }
  }

  @Test
  void rangeOfAFirmware_goesOnWithABrokenDownload() {
    try (Station201 station = Station201.online()) {
      station.answers("UpdateFirmware", "{\"status\": \"Accepted\"}");
      long image = SignedFirmware.uploadUnsigned(api, "3");
      api.post(
              "/stations/" + station.identity() + "/firmware-updates",
              Map.of("firmware", image, "unsigned", true))
          .expect(201);
      String location =
          station.awaitCall("UpdateFirmware").payload().path("firmware").path("location").asText();
      var part = SignedFirmware.get(location, "range", "bytes=9-11");
      assertThat(part.statusCode()).isEqualTo(206);
      assertThat(new String(part.body(), StandardCharsets.UTF_8)).isEqualTo("2.0");
    }
  }

  @Test
  void uploadAboveTheLimit_isRefusedAndLeavesNothing() {
    try (ScenarioServer small = ScenarioServer.start(Map.of("files.max_log_mb", "1"));
        Station201 station = Station201.online(Setup.on(small))) {
      station.answers("GetLog", "{\"status\": \"Accepted\"}");
      small
          .api()
          .post("/stations/" + station.identity() + "/logs", Map.of("log", "diagnostics"))
          .expect(201);
      String location =
          station.awaitCall("GetLog").payload().path("log").path("remoteLocation").asText();
      assertThat(SignedFirmware.put(location + "big.log", new byte[(1 << 20) + 1])).isEqualTo(413);
      assertThat(Reported.words(Reported.log(station))).isEmpty();
      assertThat(SignedFirmware.put(location + "fits.log", new byte[1 << 20])).isEqualTo(201);
    }
  }
}
