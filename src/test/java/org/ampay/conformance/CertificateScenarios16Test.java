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

/** Certificates of stations and roots in them, OCPP 1.6 with the security extension. */
class CertificateScenarios16Test {

  private static final String ACCEPTED = "{\"status\": \"Accepted\"}";

  private final ScenarioApi api = ScenarioServer.shared().api();
  private final TestPki pki = new TestPki(Instant.now());

  private static String path(ScenarioStation station) {
    return "/stations/" + station.identity() + "/certificates";
  }

  @Test
  @Scenario("TC_074_CSMS")
  @Proves({"1.6/ExtendedTriggerMessage/1", "1.6/SignCertificate/1", "1.6/CertificateSigned/1"})
  void tc074_renewalByTheCentralSystem() throws Exception {
    try (Station16 station = Station16.online()) {
      station.answers("ExtendedTriggerMessage", ACCEPTED);
      station.answers("CertificateSigned", ACCEPTED);
      api.post(path(station) + "/renew", Map.of("use", "station")).expect(200);
      assertThat(
              station
                  .awaitCall("ExtendedTriggerMessage")
                  .payload()
                  .path("requestedMessage")
                  .asText())
          .isEqualTo("SignChargePointCertificate");
      String csr = TestPki.csr("O=Ampay,CN=S16"); // the serial number of its boot
      assertThat(station.ok("SignCertificate", Map.of("csr", csr)).path("status").asText())
          .isEqualTo("Accepted");
      JsonNode signed = station.awaitCall("CertificateSigned").payload();
      List<X509Certificate> chain = Pem.certificates(signed.path("certificateChain").asText());
      chain.get(0).verify(chain.get(1).getPublicKey());
      api.awaitGet(
          path(station),
          shown -> shown.path("own").path(0).path("state").asText().equals("current"));
      // Rejected: the station keeps its old one, which stays current.
      station.answers("CertificateSigned", "{\"status\": \"Rejected\"}");
      String second = TestPki.csr("O=Ampay,CN=S16");
      station.ok("SignCertificate", Map.of("csr", second));
      JsonNode shown =
          api.awaitGet(
              path(station),
              now ->
                  now.path("requests").path(0).path("state").asText().equals("rejected")
                      && now.path("own").findValuesAsText("state").contains("rejected"));
      assertThat(shown.path("own").findValuesAsText("state"))
          .containsExactlyInAnyOrder("current", "rejected");
      assertThat(station.ok("SignCertificate", Map.of("csr", "not one")).path("status").asText())
          .isEqualTo("Rejected");
    }
  }

  private void install(String kind, String type) {
    try (Station16 station = Station16.online()) {
      station.answers("InstallCertificate", ACCEPTED);
      long root =
          api.post(
                  "/certificates",
                  Map.of("kind", kind, "certificate", pki.root(Unique.token()).pem()))
              .expect(201)
              .path("id")
              .asLong();
      JsonNode told =
          api.post(
                  "/certificates/install",
                  Map.of("certificate", "root:" + root, "stations", List.of(station.identity())))
              .expect(200);
      assertThat(told.path("items").path(0).path("status").asText()).isEqualTo("Accepted");
      JsonNode sent = station.awaitCall("InstallCertificate").payload();
      assertThat(sent.path("certificateType").asText()).isEqualTo(type);
      assertThat(sent.path("certificate").asText()).hasSizeLessThanOrEqualTo(5_500);
    }
  }

  @Test
  @Scenario("TC_075_1_CSMS")
  void tc075_1_manufacturerRoot_isInstalled() {
    install("manufacturer", "ManufacturerRootCertificate");
  }

  @Test
  @Scenario("TC_075_2_CSMS")
  void tc075_2_centralRoot_isInstalled() {
    install("central", "CentralSystemRootCertificate");
  }

  @Test
  @Scenario("TC_076_CSMS")
  @Proves({"1.6/DeleteCertificate/1", "1.6/GetInstalledCertificateIds/1"})
  void tc076_certificate_isListedAndDeletedByItsHash() {
    String hash =
        "{\"hashAlgorithm\": \"SHA512\", \"issuerNameHash\": \"aa\", \"issuerKeyHash\": \"BB\","
            + " \"serialNumber\": \"00C\"}";
    try (Station16 station = Station16.online()) {
      station.answers(
          "GetInstalledCertificateIds",
          asked ->
              asked.path("certificateType").asText().startsWith("Central")
                  ? "{\"status\": \"Accepted\", \"certificateHashData\": [" + hash + "]}"
                  : "{\"status\": \"NotFound\"}");
      station.answers("DeleteCertificate", ACCEPTED);
      JsonNode held = api.post(path(station) + "/refresh", Map.of()).expect(200).path("installed");
      assertThat(held).hasSize(1);
      assertThat(held.path(0).path("kind").asText()).isEqualTo("central");
      long id = held.path(0).path("id").asLong();
      api.delete(path(station) + "/" + id).expect(200);
      assertThat(station.awaitCall("DeleteCertificate").payload().path("certificateHashData"))
          .isEqualTo(ScenarioApi.tree(hash));
      assertThat(api.get(path(station)).expect(200).path("installed")).isEmpty();
    }
  }
}
