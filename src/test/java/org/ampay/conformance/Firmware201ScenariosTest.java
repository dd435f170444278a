package org.ampay.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** L: secure firmware update, publication on a local controller. */
class Firmware201ScenariosTest {

  private static final String STATUS = "FirmwareStatusNotification";

  private final ScenarioApi api = ScenarioServer.shared().api();

  /** Sends an update with a signed image of ours; what the station was sent. */
  private JsonNode update(Station201 station, String answer, Map<String, Object> further) {
    SignedFirmware signed = SignedFirmware.make();
    station.answers("UpdateFirmware", "{\"status\": \"" + answer + "\"}");
    Map<String, Object> body = new HashMap<>(further);
    body.put("firmware", signed.upload(api, "1.0"));
    api.post("/stations/" + station.identity() + "/firmware-updates", body).expect(201);
    JsonNode request = station.awaitCall("UpdateFirmware").payload();
    assertThat(request.path("firmware").path("signingCertificate").asText())
        .isEqualTo(signed.certificate);
    assertThat(request.path("firmware").path("signature").asText()).isEqualTo(signed.signature);
    return request;
  }

  private int accepted(Station201 station) {
    return update(station, "Accepted", Map.of()).path("requestId").asInt();
  }

  private static void follow(Station201 station, int requestId, String state, String... words) {
    Reported.tell(station, STATUS, requestId, words);
    JsonNode update = Reported.update(station);
    assertThat(update.path("state").asText()).isEqualTo(state);
    assertThat(update.path("request_id").asInt()).isEqualTo(requestId);
    assertThat(Reported.words(update)).endsWith(words);
  }

  @Test
  @Scenario("TC_L_01_CSMS")
  @Proves({"L01.FR.11", "A00.FR.707", "A04.FR.03"})
  void tcL01_secureUpdate_endsInstalledAndConfirmed() {
    try (Station201 station = Station201.online()) {
      JsonNode request = update(station, "Accepted", Map.of());
      String location = request.path("firmware").path("location").asText();
      assertThat(SignedFirmware.get(location).body()).isEqualTo(SignedFirmware.BYTES);
      int requestId = request.path("requestId").asInt();
      follow(
          station,
          requestId,
          "running",
          "Downloading",
          "Downloaded",
          "SignatureVerified",
          "Installing",
          "InstallRebooting");
      station.bootAccepted();
      follow(station, requestId, "done", "Installed");
      Reported.securityEvent(station, "FirmwareUpdated");
      JsonNode update =
          api.awaitGet(
              "/firmware-updates/" + Reported.update(station).path("id").asLong(),
              u -> u.path("confirmed_at").isTextual());
      assertThat(update.path("target_version").asText()).isEqualTo("1.0");
      assertThat(Reported.securityEvents(station)).containsExactly("FirmwareUpdated*");
    }
  }

  @Test
  @Scenario("TC_L_02_CSMS")
  void tcL02_installAtAGivenTime_isScheduled() {
    try (Station201 station = Station201.online()) {
      JsonNode request =
          update(
              station,
              "Accepted",
              Map.of("retrieve_at", "2030-01-01T00:00:00Z", "install_at", "2030-01-02T03:04:05Z"));
      assertThat(request.path("firmware").path("installDateTime").asText())
          .startsWith("2030-01-02T03:04:05");
      follow(
          station,
          request.path("requestId").asInt(),
          "done",
          "Downloading",
          "Downloaded",
          "SignatureVerified",
          "InstallScheduled",
          "Installing",
          "Installed");
    }
  }

  @Test
  @Scenario("TC_L_03_CSMS")
  void tcL03_downloadAtAGivenTime_isScheduled() {
    try (Station201 station = Station201.online()) {
      JsonNode request = update(station, "Accepted", Map.of("retrieve_at", "2030-01-01T00:00:00Z"));
      assertThat(request.path("firmware").path("retrieveDateTime").asText())
          .startsWith("2030-01-01T00:00:00");
      follow(
          station,
          request.path("requestId").asInt(),
          "done",
          "DownloadScheduled",
          "Downloading",
          "Downloaded",
          "SignatureVerified",
          "Installing",
          "Installed");
    }
  }

  @Test
  @Scenario("TC_L_04_CSMS")
  void tcL04_revokedCertificate_isARejection() {
    try (Station201 station = Station201.online()) {
      update(station, "RevokedCertificate", Map.of());
      rejected(station, "RevokedCertificate");
    }
  }

  @Test
  @Scenario("TC_L_05_CSMS")
  void tcL05_invalidCertificate_isARejection() {
    try (Station201 station = Station201.online()) {
      update(station, "InvalidCertificate", Map.of());
      rejected(station, "InvalidCertificate");
      Reported.securityEvent(station, "InvalidFirmwareSigningCertificate");
      assertThat(Reported.securityEvents(station))
          .containsExactly("InvalidFirmwareSigningCertificate*");
    }
  }

  private static void rejected(Station201 station, String word) {
    JsonNode update = Reported.update(station);
    assertThat(update.path("state").asText()).isEqualTo("rejected");
    assertThat(update.path("status").asText()).isEqualTo(word);
    assertThat(update.path("may_retry").asBoolean()).isTrue();
  }

  @Test
  @Scenario("TC_L_06_CSMS")
  void tcL06_invalidSignature_fails() {
    try (Station201 station = Station201.online()) {
      follow(station, accepted(station), "failed", "Downloading", "Downloaded", "InvalidSignature");
      Reported.securityEvent(station, "InvalidFirmwareSignature");
      assertThat(Reported.securityEvents(station)).containsExactly("InvalidFirmwareSignature*");
    }
  }

  @Test
  @Scenario("TC_L_07_CSMS")
  void tcL07_downloadFails_isShown() {
    try (Station201 station = Station201.online()) {
      follow(station, accepted(station), "failed", "Downloading", "DownloadFailed");
    }
  }

  @Test
  @Scenario("TC_L_08_CSMS")
  void tcL08_verificationAfterInstallFails_isShown() {
    try (Station201 station = Station201.online()) {
      follow(
          station,
          accepted(station),
          "failed",
          "Downloading",
          "Downloaded",
          "SignatureVerified",
          "Installing",
          "InstallVerificationFailed");
    }
  }

  @Test
  @Scenario("TC_L_09_CSMS")
  void tcL09_installFails_isShown() {
    try (Station201 station = Station201.online()) {
      follow(
          station,
          accepted(station),
          "failed",
          "Downloading",
          "Downloaded",
          "SignatureVerified",
          "Installing",
          "InstallationFailed");
    }
  }

  @Test
  @Scenario("TC_L_10_CSMS")
  void tcL10_secondRequest_cancelsTheFirst() {
    try (Station201 station = Station201.online()) {
      int first = accepted(station);
      follow(station, first, "running", "Downloading");
      long firstId = Reported.update(station).path("id").asLong();
      int second = update(station, "AcceptedCanceled", Map.of()).path("requestId").asInt();
      assertThat(second).isNotEqualTo(first);
      assertThat(api.get("/firmware-updates/" + firstId).expect(200).path("state").asText())
          .isEqualTo("canceled");
      follow(
          station,
          second,
          "done",
          "Downloading",
          "Downloaded",
          "SignatureVerified",
          "Installing",
          "Installed");
    }
  }

  @Test
  @Scenario("TC_L_11_CSMS")
  void tcL11_cancelImpossible_leavesTheFirstRunning() {
    try (Station201 station = Station201.online()) {
      int first = accepted(station);
      follow(station, first, "running", "Downloading", "Downloaded", "Installing");
      long firstId = Reported.update(station).path("id").asLong();
      update(station, "Rejected", Map.of());
      rejected(station, "Rejected");
      Reported.tell(station, STATUS, first, "Installed");
      assertThat(api.get("/firmware-updates/" + firstId).expect(200).path("state").asText())
          .isEqualTo("done");
    }
  }

  @Test
  @Scenario("TC_L_13_CSMS")
  void tcL13_runningTransactions_areWaitedFor() {
    try (Station201 station = Station201.online()) {
      String token = api.token();
      String transaction = Unique.transaction();
      station.started(transaction, 1, token, 0);
      int requestId = accepted(station);
      follow(
          station,
          requestId,
          "running",
          "Downloading",
          "Downloaded",
          "SignatureVerified",
          "InstallScheduled");
      station.end(transaction, token, 1_000);
      follow(station, requestId, "done", "Installing", "Installed");
    }
  }

  // ---- publication

  private int publish(Station201 station, String answer) {
    station.answers("PublishFirmware", "{\"status\": \"" + answer + "\"}");
    long image = SignedFirmware.uploadUnsigned(api, "7");
    JsonNode firmware = api.get("/firmware/" + image).expect(200);
    api.post(
            "/stations/" + station.identity() + "/firmware-publications", Map.of("firmware", image))
        .expect(201);
    JsonNode request = station.awaitCall("PublishFirmware").payload();
    assertThat(request.path("checksum").asText()).isEqualTo(firmware.path("md5").asText());
    return request.path("requestId").asInt();
  }

  private static void published(Station201 station, int requestId, String state, String... words) {
    Reported.tell(station, "PublishFirmwareStatusNotification", requestId, words);
    JsonNode publication = Reported.publication(station);
    assertThat(publication.path("state").asText()).isEqualTo(state);
    assertThat(publication.path("status").asText()).isEqualTo(words[words.length - 1]);
  }

  @Test
  @Scenario("TC_L_17_CSMS")
  void tcL17_publication_showsWhereItIs() {
    try (Station201 station = Station201.online()) {
      int requestId = publish(station, "Accepted");
      published(station, requestId, "running", "Downloading", "Downloaded", "ChecksumVerified");
      station.ok(
          "PublishFirmwareStatusNotification",
          Map.of(
              "status",
              "Published",
              "requestId",
              requestId,
              "location",
              java.util.List.of("http://10.0.0.1/fw", "ftp://10.0.0.1/fw")));
      JsonNode publication = Reported.publication(station);
      assertThat(publication.path("state").asText()).isEqualTo("done");
      assertThat(publication.path("detail").asText())
          .isEqualTo("http://10.0.0.1/fw ftp://10.0.0.1/fw");
    }
  }

  @Test
  @Scenario("TC_L_19_CSMS")
  void tcL19_wrongChecksum_fails() {
    try (Station201 station = Station201.online()) {
      published(
          station,
          publish(station, "Accepted"),
          "failed",
          "Downloading",
          "Downloaded",
          "InvalidChecksum");
    }
  }

  @Test
  @Scenario("TC_L_20_CSMS")
  void tcL20_publicationFails() {
    try (Station201 station = Station201.online()) {
      published(
          station,
          publish(station, "Accepted"),
          "failed",
          "Downloading",
          "Downloaded",
          "ChecksumVerified",
          "PublishFailed");
    }
  }

  @Test
  @Scenario("TC_L_24_CSMS")
  void tcL24_downloadForPublicationFails() {
    try (Station201 station = Station201.online()) {
      published(station, publish(station, "Accepted"), "failed", "Downloading", "DownloadFailed");
    }
  }

  private JsonNode unpublish(Station201 station, String answer) {
    station.answers("UnpublishFirmware", "{\"status\": \"" + answer + "\"}");
    String md5 = "0123456789abcdef0123456789abcdef";
    JsonNode operation =
        api.delete("/stations/" + station.identity() + "/firmware-publications/" + md5).expect(200);
    assertThat(station.awaitCall("UnpublishFirmware").payload().path("checksum").asText())
        .isEqualTo(md5);
    return operation;
  }

  @Test
  @Scenario("TC_L_21_CSMS")
  void tcL21_unpublish_isDone() {
    try (Station201 station = Station201.online()) {
      assertThat(unpublish(station, "Unpublished").path("state").asText()).isEqualTo("done");
    }
  }

  @Test
  @Scenario("TC_L_22_CSMS")
  void tcL22_unpublishOfNothing_fails() {
    try (Station201 station = Station201.online()) {
      JsonNode operation = unpublish(station, "NoFirmware");
      assertThat(operation.path("state").asText()).isEqualTo("failed");
      assertThat(operation.path("status").asText()).isEqualTo("NoFirmware");
    }
  }

  @Test
  @Scenario("TC_L_23_CSMS")
  void tcL23_unpublishWhileLoading_fails() {
    try (Station201 station = Station201.online()) {
      JsonNode operation = unpublish(station, "DownloadOngoing");
      assertThat(operation.path("state").asText()).isEqualTo("failed");
      assertThat(operation.path("status").asText()).isEqualTo("DownloadOngoing");
    }
  }

  // ---- what is never sent

  @Test
  @Proves("L01.FR.11")
  void updateWithoutSignature_isRefusedUnlessMeant() {
    try (Station201 station = Station201.online()) {
      long image = SignedFirmware.uploadUnsigned(api, "7");
      String path = "/stations/" + station.identity() + "/firmware-updates";
      ScenarioApi.Reply refused = api.post(path, Map.of("firmware", image));
      assertThat(refused.status()).isEqualTo(400);
      assertThat(refused.field()).isEqualTo("signing_certificate");
      assertThat(station.waitingCalls("UpdateFirmware")).isZero();
    }
  }

  @Test
  @Proves("A00.FR.707")
  void imageWithAWrongSignature_isNeverOffered() {
    try (Station201 station = Station201.online()) {
      long image = SignedFirmware.make().upload(api, "7", new byte[] {1, 2, 3});
      assertThat(api.get("/firmware/" + image).expect(200).path("verdict").asText())
          .isEqualTo("bad_signature");
      String path = "/stations/" + station.identity() + "/firmware-updates";
      assertThat(api.post(path, Map.of("firmware", image)).status()).isEqualTo(409);
      assertThat(station.waitingCalls("UpdateFirmware")).isZero();
    }
  }
}
