package org.ampay.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.ampay.station.certs.Pem;
import org.ampay.station.certs.TestPki;
import org.junit.jupiter.api.Test;

/** Certificates of stations and roots in them, OCPP 2.0.1. */
class CertificateScenarios201Test {

  private static final String ACCEPTED = "{\"status\": \"Accepted\"}";

  private final ScenarioApi api = ScenarioServer.shared().api();
  private final TestPki pki = new TestPki(Instant.now());

  // ---- signing

  private JsonNode overview(ScenarioStation station) {
    return api.get("/stations/" + station.identity() + "/certificates").expect(200);
  }

  private JsonNode newestRequest(ScenarioStation station, String state) {
    return api.awaitGet(
            "/stations/" + station.identity() + "/certificates",
            shown -> shown.path("requests").path(0).path("state").asText().equals(state))
        .path("requests")
        .path(0);
  }

  private static String sign(ScenarioStation station, String csr, String type) {
    Map<String, ?> body =
        type.isEmpty() ? Map.of("csr", csr) : Map.of("csr", csr, "certificateType", type);
    return station.ok("SignCertificate", body).path("status").asText();
  }

  private void renewal(String use, String trigger, String type) throws Exception {
    try (Station201 station = Station201.online()) {
      station.answers("TriggerMessage", ACCEPTED);
      station.answers("CertificateSigned", ACCEPTED);
      JsonNode told =
          api.post("/stations/" + station.identity() + "/certificates/renew", Map.of("use", use))
              .expect(200);
      assertThat(told.path("status").asText()).isEqualTo("Accepted");
      assertThat(station.awaitCall("TriggerMessage").payload().path("requestedMessage").asText())
          .isEqualTo(trigger);
      assertThat(sign(station, TestPki.csr("O=Ampay,CN=" + station.identity()), type))
          .isEqualTo("Accepted");
      JsonNode signed = station.awaitCall("CertificateSigned").payload();
      assertThat(signed.path("certificateType").asText()).isEqualTo(type);
      assertThat(signed.path("certificateChain").asText()).hasSizeLessThanOrEqualTo(10_000);
      List<X509Certificate> chain = Pem.certificates(signed.path("certificateChain").asText());
      chain.get(0).verify(chain.get(1).getPublicKey());
      assertThat(chain.getFirst().getSubjectX500Principal().getName())
          .isEqualTo("CN=" + station.identity() + ",O=Ampay");
      newestRequest(station, "installed");
      assertThat(overview(station).path("own").path(0).path("state").asText()).isEqualTo("current");
    }
  }

  @Test
  @Scenario("TC_A_11_CSMS")
  @Proves({"A02.FR.11", "A02.FR.14"})
  void tcA11_renewalOfTheStationsCertificate() throws Exception {
    renewal("station", "SignChargingStationCertificate", "ChargingStationCertificate");
  }

  @Test
  @Scenario("TC_A_12_CSMS")
  @Proves({"A02.FR.11", "A02.FR.14"})
  void tcA12_renewalOfTheV2gCertificate() throws Exception {
    renewal("v2g", "SignV2GCertificate", "V2GCertificate");
  }

  @Test
  @Scenario("TC_A_13_CSMS")
  @Proves("A02.FR.14")
  void tcA13_renewalOfOneForBoth() throws Exception {
    renewal("combined", "SignCombinedCertificate", "");
  }

  @Test
  @Scenario("TC_A_14_CSMS")
  @Proves({"A03.FR.11", "A04.FR.03"})
  void tcA14_stationRejectsTheChain_keepsItsOldOne_andIsShown() {
    try (Station201 station = Station201.online()) {
      station.answers("CertificateSigned", "{\"status\": \"Rejected\"}");
      String csr = TestPki.csr("O=Ampay,CN=" + station.identity());
      assertThat(sign(station, csr, "ChargingStationCertificate")).isEqualTo("Accepted");
      station.awaitCall("CertificateSigned");
      station.ok(
          "SecurityEventNotification",
          Map.of("type", "InvalidChargingStationCertificate", "timestamp", ScenarioStation.now()));
      assertThat(newestRequest(station, "rejected").path("reason").asText()).contains("Rejected");
      assertThat(overview(station).path("own").path(0).path("state").asText())
          .isEqualTo("rejected");
      assertThat(station.heartbeat()).isNotEmpty();
    }
  }

  @Test
  @Proves({"A02.FR.12", "A03.FR.12"})
  void requestForAnotherName_isRejected() {
    try (Station201 station = Station201.online()) {
      assertThat(sign(station, TestPki.csr("O=Ampay,CN=other"), "ChargingStationCertificate"))
          .isEqualTo("Rejected");
      assertThat(sign(station, "no request", "ChargingStationCertificate")).isEqualTo("Rejected");
      assertThat(newestRequest(station, "refused").path("reason").asText()).contains("no block");
    }
  }

  // ---- roots

  private String upload(String kind) {
    JsonNode root =
        api.post(
                "/certificates",
                Map.of(
                    "kind",
                    kind,
                    "name",
                    Unique.token(),
                    "certificate",
                    pki.root("Root " + kind).pem()))
            .expect(201);
    return "root:" + root.path("id").asLong();
  }

  private void install(String kind, String type, String answer) {
    try (Station201 station = Station201.online()) {
      station.answers("InstallCertificate", "{\"status\": \"" + answer + "\"}");
      JsonNode told =
          api.post(
                  "/certificates/install",
                  Map.of("certificate", upload(kind), "stations", List.of(station.identity())))
              .expect(200);
      JsonNode sent = station.awaitCall("InstallCertificate").payload();
      assertThat(sent.path("certificateType").asText()).isEqualTo(type);
      assertThat(Pem.certificate(sent.path("certificate").asText()).getBasicConstraints())
          .isNotNegative();
      assertThat(told.path("items").path(0).path("status").asText()).isEqualTo(answer);
      JsonNode change = overview(station).path("changes").path(0);
      assertThat(change.path("outcome").asText()).isEqualTo(answer);
      assertThat(change.path("actor").asText()).startsWith("key:");
    }
  }

  @Test
  @Scenario("TC_M_01_CSMS")
  void tcM01_centralRoot_isInstalled() {
    install("central", "CSMSRootCertificate", "Accepted");
  }

  @Test
  @Scenario("TC_M_02_CSMS")
  void tcM02_manufacturerRoot_isInstalled() {
    install("manufacturer", "ManufacturerRootCertificate", "Accepted");
  }

  @Test
  @Scenario("TC_M_03_CSMS")
  void tcM03_v2gRoot_isInstalled() {
    install("v2g", "V2GRootCertificate", "Accepted");
  }

  @Test
  @Scenario("TC_M_04_CSMS")
  void tcM04_moRoot_isInstalled() {
    install("mo", "MORootCertificate", "Accepted");
  }

  @Test
  @Scenario("TC_M_05_CSMS")
  void tcM05_failedInstallation_isShown() {
    install("manufacturer", "ManufacturerRootCertificate", "Failed");
  }

  private static String chain(String type, String serial, String... children) {
    StringBuilder more = new StringBuilder();
    for (String child : children) {
      more.append(more.isEmpty() ? "" : ",").append(hash(child));
    }
    return "{\"certificateType\": \""
        + type
        + "\", \"certificateHashData\": "
        + hash(serial)
        + (children.length == 0 ? "" : ", \"childCertificateHashData\": [" + more + "]")
        + "}";
  }

  private static String hash(String serial) {
    return "{\"hashAlgorithm\": \"SHA384\", \"issuerNameHash\": \"AB01\", \"issuerKeyHash\":"
        + " \"cd02\", \"serialNumber\": \""
        + serial
        + "\"}";
  }

  private JsonNode refresh(Station201 station, List<String> kinds, String... chains) {
    station.answers(
        "GetInstalledCertificateIds",
        chains.length == 0
            ? "{\"status\": \"NotFound\"}"
            : "{\"status\": \"Accepted\", \"certificateHashDataChain\": ["
                + String.join(",", chains)
                + "]}");
    Object body = kinds.isEmpty() ? Map.of() : Map.of("kinds", kinds);
    return api.post("/stations/" + station.identity() + "/certificates/refresh", body).expect(200);
  }

  private void list(String kind, String type, String... children) {
    try (Station201 station = Station201.online()) {
      JsonNode told = refresh(station, List.of(kind), chain(type, "0A1", children));
      JsonNode asked = station.awaitCall("GetInstalledCertificateIds").payload();
      assertThat(asked.path("certificateType")).hasSize(1);
      assertThat(asked.path("certificateType").path(0).asText()).isEqualTo(type);
      assertThat(told.path("status").asText()).isEqualTo("Accepted");
      JsonNode shown = overview(station).path("installed");
      assertThat(shown).hasSize(1 + children.length);
      assertThat(shown.path(0).path("kind").asText()).isEqualTo(kind);
      assertThat(shown.path(0).path("hash_algorithm").asText()).isEqualTo("SHA384");
      assertThat(shown.path(0).path("serial_number").asText()).isEqualTo("0A1");
      for (int i = 0; i < children.length; i++) {
        assertThat(shown.path(1 + i).path("parent").asLong())
            .isEqualTo(shown.path(0).path("id").asLong());
      }
    }
  }

  @Test
  @Scenario("TC_M_12_CSMS")
  void tcM12_centralRoots_areListed() {
    list("central", "CSMSRootCertificate");
  }

  @Test
  @Scenario("TC_M_13_CSMS")
  void tcM13_manufacturerRoots_areListed() {
    list("manufacturer", "ManufacturerRootCertificate");
  }

  @Test
  @Scenario("TC_M_14_CSMS")
  void tcM14_v2gRoots_areListed() {
    list("v2g", "V2GRootCertificate");
  }

  @Test
  @Scenario("TC_M_15_CSMS")
  void tcM15_v2gChain_isListedWithItsChildren() {
    list("v2g_chain", "V2GCertificateChain", "0B2", "0C3");
  }

  @Test
  @Scenario("TC_M_16_CSMS")
  void tcM16_moRoots_areListed() {
    list("mo", "MORootCertificate");
  }

  @Test
  @Scenario("TC_M_17_CSMS")
  void tcM17_twoKinds_areAskedForAtOnce() {
    try (Station201 station = Station201.online()) {
      refresh(
          station,
          List.of("central", "manufacturer"),
          chain("CSMSRootCertificate", "1"),
          chain("ManufacturerRootCertificate", "2"));
      assertThat(station.awaitCall("GetInstalledCertificateIds").payload().path("certificateType"))
          .hasSize(2);
      assertThat(overview(station).path("installed")).hasSize(2);
    }
  }

  @Test
  @Scenario("TC_M_18_CSMS")
  void tcM18_allKinds_areAskedForWithoutNamingThem() {
    try (Station201 station = Station201.online()) {
      refresh(
          station, List.of(), chain("MORootCertificate", "1"), chain("V2GRootCertificate", "2"));
      assertThat(station.awaitCall("GetInstalledCertificateIds").payload().has("certificateType"))
          .isFalse();
      assertThat(overview(station).path("installed")).hasSize(2);
    }
  }

  @Test
  @Scenario("TC_M_19_CSMS")
  void tcM19_notFound_isANormalAnswer() {
    try (Station201 station = Station201.online()) {
      refresh(station, List.of(), chain("MORootCertificate", "1"));
      assertThat(refresh(station, List.of()).path("status").asText()).isEqualTo("NotFound");
      assertThat(overview(station).path("installed")).isEmpty();
    }
  }

  private void delete(String answer, int left) {
    try (Station201 station = Station201.online()) {
      station.answers("DeleteCertificate", "{\"status\": \"" + answer + "\"}");
      long id =
          refresh(station, List.of(), chain("MORootCertificate", "0F"))
              .path("installed")
              .path(0)
              .path("id")
              .asLong();
      JsonNode told =
          api.delete("/stations/" + station.identity() + "/certificates/" + id).expect(200);
      assertThat(told.path("status").asText()).isEqualTo(answer);
      JsonNode sent = station.awaitCall("DeleteCertificate").payload().path("certificateHashData");
      assertThat(sent).isEqualTo(ScenarioApi.tree(hash("0F")));
      assertThat(overview(station).path("installed")).hasSize(left);
    }
  }

  @Test
  @Scenario("TC_M_20_CSMS")
  @Proves("M04.FR.07")
  void tcM20_deletion_usesTheReportedHash() {
    delete("Accepted", 0);
  }

  @Test
  @Scenario("TC_M_21_CSMS")
  void tcM21_failedDeletion_leavesItListed() {
    delete("Failed", 1);
  }

  @Test
  void offlineStations_areToldApart() {
    try (Station201 station = Station201.online();
        Station201 away = Station201.make()) {
      station.answers("InstallCertificate", ACCEPTED);
      JsonNode items =
          api.post(
                  "/certificates/install",
                  Map.of(
                      "certificate",
                      upload("mo"),
                      "stations",
                      List.of(away.identity(), station.identity())))
              .expect(200)
              .path("items");
      assertThat(items.path(0).path("status").asText()).isEqualTo("not_connected");
      assertThat(items.path(1).path("status").asText()).isEqualTo("Accepted");
    }
    assertThat(api.post("/certificates", Map.of("kind", "mo", "certificate", "x")).field())
        .isEqualTo("certificate");
    assertThat(api.post("/certificates", Map.of("kind", "x", "certificate", "x")).field())
        .isEqualTo("kind");
  }
}
