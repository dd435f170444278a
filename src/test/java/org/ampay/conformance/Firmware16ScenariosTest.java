package org.ampay.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Firmware and logs of OCPP 1.6, with and without the security extension. */
class Firmware16ScenariosTest {

  private static final String STATUS = "FirmwareStatusNotification";
  private static final String SIGNED_STATUS = "SignedFirmwareStatusNotification";

  private final ScenarioApi api = ScenarioServer.shared().api();

  /** An update with an unsigned image of ours; the location that the station was given. */
  private String update(Station16 station, String version) {
    station.answers("UpdateFirmware", "{}");
    long image = SignedFirmware.uploadUnsigned(api, version);
    api.post(
            "/stations/" + station.identity() + "/firmware-updates",
            Map.of("firmware", image, "unsigned", true))
        .expect(201);
    JsonNode request = station.awaitCall("UpdateFirmware").payload();
    assertThat(request.path("retrieveDate").asText()).isNotEmpty();
    return request.path("location").asText();
  }

  @Test
  @Scenario("TC_044_1_CSMS")
  @Proves({"1.6/UpdateFirmware/1", "1.6/FirmwareStatusNotification/1"})
  void tc044_1_updateToInstalled_isFollowedAndConfirmedByTheBoot() {
    try (Station16 station = Station16.online()) {
      String location = update(station, "1.0");
      assertThat(SignedFirmware.get(location).body()).isEqualTo(SignedFirmware.BYTES);
      Reported.tell(station, STATUS, null, "Downloading", "Downloaded", "Installing");
      assertThat(Reported.update(station).path("state").asText()).isEqualTo("running");
      Reported.tell(station, STATUS, null, "Installed");
      station.bootAccepted();
      JsonNode update =
          api.awaitGet(
              "/firmware-updates/" + Reported.update(station).path("id").asLong(),
              u -> u.path("confirmed_at").isTextual());
      assertThat(update.path("state").asText()).isEqualTo("done");
      assertThat(update.path("version_after").asText()).isEqualTo("1.0");
      assertThat(update.path("events").path(0).path("status").asText()).isEqualTo("sent");
      assertThat(update.path("events").path(1).path("status").asText()).isEqualTo("answered");
      assertThat(Reported.words(update))
          .containsExactly("Downloading", "Downloaded", "Installing", "Installed", "booted");
    }
  }

  @Test
  @Scenario("TC_044_2_CSMS")
  void tc044_2_downloadFails_isShownAndCanBeRetried() {
    try (Station16 station = Station16.online()) {
      update(station, "2.0");
      Reported.tell(station, STATUS, null, "Downloading", "DownloadFailed");
      JsonNode failed = Reported.update(station);
      assertThat(failed.path("state").asText()).isEqualTo("failed");
      assertThat(failed.path("status").asText()).isEqualTo("DownloadFailed");
      assertThat(failed.path("may_retry").asBoolean()).isTrue();
      api.post("/firmware-updates/" + failed.path("id").asLong() + "/retry", null).expect(201);
      assertThat(station.awaitCall("UpdateFirmware").payload().path("location").asText())
          .contains("/station-files/down/");
      assertThat(Reported.update(station).path("id").asLong())
          .isNotEqualTo(failed.path("id").asLong());
    }
  }

  @Test
  @Scenario("TC_044_3_CSMS")
  void tc044_3_installFails_isShown() {
    try (Station16 station = Station16.online()) {
      update(station, "2.0");
      Reported.tell(
          station, STATUS, null, "Downloading", "Downloaded", "Installing", "InstallationFailed");
      JsonNode failed = Reported.update(station);
      assertThat(failed.path("state").asText()).isEqualTo("failed");
      assertThat(Reported.words(failed)).endsWith("InstallationFailed");
    }
  }

  @Test
  @Scenario("TC_045_1_CSMS")
  @Proves({"1.6/GetDiagnostics/1", "1.6/DiagnosticsStatusNotification/1"})
  void tc045_1_diagnosticsUpload_isStoredAndCanBeRead() {
    try (Station16 station = Station16.online()) {
      station.answers("GetDiagnostics", "{\"fileName\": \"diag.tgz\"}");
      api.post("/stations/" + station.identity() + "/logs", Map.of("log", "diagnostics"))
          .expect(201);
      String location = station.awaitCall("GetDiagnostics").payload().path("location").asText();
      assertThat(location).endsWith("/");
      Reported.tell(station, "DiagnosticsStatusNotification", null, "Uploading");
      byte[] bytes = {31, -117, 0, -1, 10, 13};
      assertThat(SignedFirmware.put(location + "diag.tgz", bytes)).isEqualTo(201);
      Reported.tell(station, "DiagnosticsStatusNotification", null, "Uploaded");
      JsonNode log = Reported.log(station);
      assertThat(log.path("state").asText()).isEqualTo("done");
      assertThat(log.path("detail").asText()).isEqualTo("diag.tgz");
      assertThat(Reported.words(log)).containsExactly("Uploading", "file_received", "Uploaded");
      JsonNode link = api.post("/files/" + log.path("file").asLong() + "/link", null).expect(200);
      assertThat(SignedFirmware.get(link.path("url").asText()).body()).isEqualTo(bytes);
      assertThat(SignedFirmware.put(location + "diag.tgz", bytes)).isEqualTo(409);
    }
  }

  @Test
  @Proves("1.6/GetDiagnostics/1")
  void getDiagnostics_withoutFileName_hasNothingToUpload() {
    try (Station16 station = Station16.online()) {
      station.answers("GetDiagnostics", "{}");
      api.post("/stations/" + station.identity() + "/logs", Map.of("log", "diagnostics"))
          .expect(201);
      assertThat(Reported.log(station).path("state").asText()).isEqualTo("nothing");
    }
  }

  @Test
  @Scenario("TC_045_2_CSMS")
  void tc045_2_diagnosticsUploadFails_isShown() {
    try (Station16 station = Station16.online()) {
      station.answers("GetDiagnostics", "{\"fileName\": \"diag.tgz\"}");
      api.answered(
          station,
          "GetDiagnostics",
          Map.of("location", "ftp://logger:s3cret-pw@logs.example.org/in/"));
      Reported.tell(station, "DiagnosticsStatusNotification", null, "Uploading", "UploadFailed");
      JsonNode log = Reported.log(station);
      assertThat(log.path("state").asText()).isEqualTo("failed");
      assertThat(log.path("location").asText()).isEqualTo("ftp://***@logs.example.org/in/");
      assertThat(api.get("/stations/" + station.identity() + "/messages").expect(200).toString())
          .doesNotContain("s3cret-pw");
    }
  }

  @Test
  @Scenario("TC_079_CSMS")
  @Proves({"1.6/GetLog/1", "1.6/LogStatusNotification/1"})
  void tc079_securityLogUpload_isTiedByItsRequestId() {
    try (Station16 station = Station16.online()) {
      station.answers("GetLog", "{\"status\": \"Accepted\", \"filename\": \"security.log\"}");
      api.post("/stations/" + station.identity() + "/logs", Map.of("log", "security")).expect(201);
      JsonNode first = station.awaitCall("GetLog").payload();
      assertThat(first.path("logType").asText()).isEqualTo("SecurityLog");
      JsonNode older = Reported.log(station);
      station.answers("GetLog", "{\"status\": \"AcceptedCanceled\"}");
      api.post("/stations/" + station.identity() + "/logs", Map.of("log", "security")).expect(201);
      JsonNode second = station.awaitCall("GetLog").payload();
      int requestId = second.path("requestId").asInt();
      String location = second.path("log").path("remoteLocation").asText();
      assertThat(SignedFirmware.put(location + "security.log", new byte[] {1})).isEqualTo(201);
      Reported.tell(station, "LogStatusNotification", requestId, "Uploading", "Uploaded");
      assertThat(Reported.log(station).path("state").asText()).isEqualTo("done");
      assertThat(Reported.log(station).path("request_id").asInt()).isEqualTo(requestId);
      assertThat(api.get("/logs/" + older.path("id").asLong()).expect(200).path("state").asText())
          .isEqualTo("canceled");
    }
  }

  @Test
  @Scenario("TC_080_CSMS")
  @Proves({"1.6/SignedUpdateFirmware/1", "1.6/SignedFirmwareStatusNotification/1"})
  void tc080_signedUpdate_carriesCertificateAndSignature() {
    try (Station16 station = Station16.online()) {
      SignedFirmware signed = SignedFirmware.make();
      int requestId = signedUpdate(station, signed);
      Reported.tell(
          station,
          SIGNED_STATUS,
          requestId,
          "Downloading",
          "Downloaded",
          "SignatureVerified",
          "Installing",
          "InstallRebooting");
      station.bootAccepted();
      Reported.tell(station, SIGNED_STATUS, requestId, "Installed");
      Reported.securityEvent(station, "FirmwareUpdated");
      JsonNode update = Reported.update(station);
      assertThat(update.path("state").asText()).isEqualTo("done");
      assertThat(update.path("request_id").asInt()).isEqualTo(requestId);
      assertThat(Reported.securityEvents(station)).containsExactly("FirmwareUpdated*");
    }
  }

  private int signedUpdate(Station16 station, SignedFirmware signed) {
    station.answers("SignedUpdateFirmware", "{\"status\": \"Accepted\"}");
    api.post(
            "/stations/" + station.identity() + "/firmware-updates",
            Map.of("firmware", signed.upload(api, "1.0")))
        .expect(201);
    JsonNode request = station.awaitCall("SignedUpdateFirmware").payload();
    assertThat(request.path("firmware").path("signature").asText()).isEqualTo(signed.signature);
    assertThat(request.path("firmware").path("signingCertificate").asText())
        .isEqualTo(signed.certificate);
    return request.path("requestId").asInt();
  }

  @Test
  @Scenario("TC_081_CSMS")
  void tc081_badSignature_failsWithASecurityEvent() {
    try (Station16 station = Station16.online()) {
      int requestId = signedUpdate(station, SignedFirmware.make());
      Reported.tell(
          station, SIGNED_STATUS, requestId, "Downloading", "Downloaded", "InvalidSignature");
      Reported.securityEvent(station, "InvalidFirmwareSignature");
      assertThat(Reported.update(station).path("state").asText()).isEqualTo("failed");
      assertThat(Reported.securityEvents(station)).containsExactly("InvalidFirmwareSignature*");
    }
  }

  @Test
  @Scenario("TC_077_CSMS")
  @Proves("1.6/SecurityEventNotification/1")
  void tc077_invalidStationCertificate_isASecurityEvent() {
    try (Station16 station = Station16.online()) {
      station.answers("CertificateSigned", "{\"status\": \"Rejected\"}");
      JsonNode answer =
          api.answered(
              station,
              "CertificateSigned",
              Map.of("certificateChain", SignedFirmware.make().certificate));
      assertThat(answer.path("status").asText()).isEqualTo("Rejected");
      Reported.securityEvent(station, "InvalidChargePointCertificate");
      assertThat(Reported.securityEvents(station))
          .containsExactly("InvalidChargePointCertificate*");
    }
  }

  @Test
  @Scenario("TC_078_CSMS")
  void tc078_invalidCentralCertificate_isASecurityEvent() {
    try (Station16 station = Station16.online()) {
      station.answers("InstallCertificate", "{\"status\": \"Rejected\"}");
      api.answered(
          station,
          "InstallCertificate",
          Map.of(
              "certificateType",
              "CentralSystemRootCertificate",
              "certificate",
              SignedFirmware.make().certificate));
      Reported.securityEvent(station, "InvalidCentralSystemCertificate");
      assertThat(Reported.securityEvents(station))
          .containsExactly("InvalidCentralSystemCertificate*");
    }
  }
}
