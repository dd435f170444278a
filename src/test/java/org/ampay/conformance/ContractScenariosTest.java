package org.ampay.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.ampay.station.certs.CertificateHash;
import org.ampay.station.certs.TestPki;
import org.ampay.station.certs.TestResponder;
import org.bouncycastle.cert.ocsp.BasicOCSPResp;
import org.bouncycastle.cert.ocsp.OCSPResp;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** ISO 15118: contract certificates, OCSP answers for stations, certificates for vehicles. */
class ContractScenariosTest {

  private static final TestPki PKI = new TestPki(Instant.now());
  private static final TestPki.Holder ROOT = PKI.root("MO Root");
  private static final TestPki.Holder SUB = PKI.sub(ROOT, "MO Sub 1");
  private static final BlockingQueue<JsonNode> BACKEND = new LinkedBlockingQueue<>();

  private static TestResponder responder;
  private static HttpServer backend;
  private static ScenarioServer server;
  private static ScenarioApi api;
  private static volatile int backendStatus = 200;

  @BeforeAll
  static void start() throws IOException {
    responder = new TestResponder(SUB, Instant::now);
    responder.along = List.of(SUB);
    backend = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    backend.createContext(
        "/",
        exchange -> {
          ObjectNode asked =
              (ObjectNode)
                  ScenarioApi.tree(
                      new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          asked.put("authorization", exchange.getRequestHeaders().getFirst("authorization"));
          BACKEND.add(asked);
          byte[] answer =
              ("{\"exi_response\": \"ZXhp" + asked.path("exi_request").asText() + "\"}")
                  .getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(backendStatus, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    backend.start();
    server =
        ScenarioServer.start(
            Map.of(
                "ocsp.private_addresses",
                "true",
                "contracts.url",
                "http://127.0.0.1:" + backend.getAddress().getPort() + "/contracts",
                "contracts.token",
                "pnc-secret"));
    api = server.api();
    api.post("/certificates", Map.of("kind", "mo", "certificate", ROOT.pem())).expect(201);
  }

  @AfterAll
  static void stop() {
    server.close();
    backend.stop(0);
    responder.close();
  }

  private static Station201 online() {
    return Station201.online(Setup.on(server));
  }

  private static Map<String, String> hashData(TestPki.Holder certificate, TestPki.Holder issuer) {
    CertificateHash hash = certificate.hash(issuer, "SHA256");
    return Map.of(
        "hashAlgorithm",
        hash.algorithm(),
        "issuerNameHash",
        hash.issuerNameHash(),
        "issuerKeyHash",
        hash.issuerKeyHash(),
        "serialNumber",
        hash.serialNumber(),
        "responderURL",
        responder.url());
  }

  private static JsonNode authorize(Station201 station, String emaid, String field, Object value) {
    return station.ok(
        "Authorize", Map.of("idToken", Map.of("idToken", emaid, "type", "eMAID"), field, value));
  }

  private static void judged(JsonNode answer, String certificate, String token) {
    assertThat(answer.path("certificateStatus").asText()).isEqualTo(certificate);
    assertThat(answer.path("idTokenInfo").path("status").asText()).isEqualTo(token);
  }

  private static String emaid(boolean blocked) {
    String uid = Unique.token();
    long driver = api.post("/drivers", Map.of("name", uid)).expect(201).path("id").asLong();
    api.post("/drivers/" + driver + "/wallet/top-ups", Map.of("amount", Map.of("minor", 100_000)))
        .expect(201);
    api.token(Map.of("uid", uid, "type", "eMAID", "driver", driver));
    if (blocked) {
      api.patch("/tokens/" + uid, Map.of("blocked", true)).expect(200);
    }
    return uid;
  }

  @Test
  @Scenario("TC_C_50_CSMS")
  @Proves({"C07.FR.04", "C07.FR.05", "C07.FR.14"})
  void tcC50_goodContractByHashes_isAccepted() {
    String emaid = emaid(false);
    TestPki.Holder contract = PKI.leaf(SUB, emaid, responder.url());
    try (Station201 station = online()) {
      judged(
          authorize(
              station, emaid, "iso15118CertificateHashData", List.of(hashData(contract, SUB))),
          "Accepted",
          "Accepted");
      assertThat(responder.requests).isNotEmpty();
    }
  }

  @Test
  @Scenario("TC_C_51_CSMS")
  @Proves("C07.FR.16")
  void tcC51_revokedContract_isInvalid() {
    String emaid = emaid(false);
    TestPki.Holder contract = PKI.leaf(SUB, emaid, responder.url());
    responder.revoke(contract);
    try (Station201 station = online()) {
      judged(
          authorize(
              station, emaid, "iso15118CertificateHashData", List.of(hashData(contract, SUB))),
          "CertificateRevoked",
          "Invalid");
      judged(
          authorize(station, emaid, "certificate", contract.pem() + SUB.pem()),
          "CertificateRevoked",
          "Invalid");
    }
  }

  @Test
  @Scenario("TC_C_52_CSMS")
  @Proves({"C07.FR.04", "C07.FR.05", "C07.FR.14"})
  void tcC52_wholeChain_isVerifiedByUs() {
    String emaid = emaid(false);
    TestPki.Holder contract = PKI.leaf(SUB, emaid, responder.url());
    try (Station201 station = online()) {
      judged(
          authorize(station, emaid, "certificate", contract.pem() + SUB.pem()),
          "Accepted",
          "Accepted");
    }
  }

  @Test
  @Proves("C07.FR.13")
  void blockedToken_withAGoodContract_isCancelled() {
    String emaid = emaid(true);
    TestPki.Holder contract = PKI.leaf(SUB, emaid, responder.url());
    try (Station201 station = online()) {
      judged(
          authorize(station, emaid, "certificate", contract.pem() + SUB.pem()),
          "ContractCancelled",
          "Blocked");
    }
  }

  @Test
  @Proves("C07.FR.15")
  void endedContract_isExpired() {
    String emaid = emaid(false);
    TestPki.Holder contract = PKI.ended(SUB, emaid, responder.url());
    try (Station201 station = online()) {
      judged(
          authorize(station, emaid, "certificate", contract.pem() + SUB.pem()),
          "CertificateExpired",
          "Expired");
    }
  }

  @Test
  @Proves("C07.FR.17")
  void chainThatCannotBeVerified_isAChainError() {
    String emaid = emaid(false);
    TestPki.Holder stranger = PKI.root("MO Root");
    TestPki.Holder contract = PKI.leaf(SUB, emaid, responder.url());
    try (Station201 station = online()) {
      String chainError = "CertChainError";
      // of a root that nobody uploaded, without its sub CA, for another token, of no sense at all
      for (String chain :
          List.of(
              PKI.leaf(stranger, emaid, responder.url()).pem(),
              contract.pem(),
              PKI.leaf(SUB, "DE-OTHER-1", responder.url()).pem() + SUB.pem(),
              PKI.leaf(SUB, emaid, null).pem() + SUB.pem(),
              "no certificate")) {
        judged(authorize(station, emaid, "certificate", chain), chainError, "Invalid");
      }
      responder.forget(contract);
      judged(
          authorize(station, emaid, "certificate", contract.pem() + SUB.pem()),
          chainError,
          "Invalid");
    }
  }

  @Test
  @Scenario("TC_M_24_CSMS")
  @Proves({"M06.FR.01", "M06.FR.02", "M06.FR.03"})
  void tcM24_ocspAnswer_isFetchedForTheStation() throws Exception {
    OCSPResp response = ocspResult(PKI.leaf(SUB, "DE*ABC*E1", responder.url()));
    assertThat(response.getStatus()).isEqualTo(OCSPResp.SUCCESSFUL);
  }

  @Test
  @Proves({"M06.FR.08", "M06.FR.09"})
  void ocspResult_isTheDerOfTheRespondersOwnAnswer() throws Exception {
    TestPki.Holder certificate = PKI.leaf(SUB, "DE*ABC*E2", responder.url());
    BasicOCSPResp basic = (BasicOCSPResp) ocspResult(certificate).getResponseObject();
    assertThat(basic.getResponses()[0].getCertID().getSerialNumber())
        .isEqualTo(certificate.certificate().getSerialNumber());
  }

  private static OCSPResp ocspResult(TestPki.Holder certificate) throws IOException {
    try (Station201 station = online()) {
      JsonNode answer =
          station.ok("GetCertificateStatus", Map.of("ocspRequestData", hashData(certificate, SUB)));
      assertThat(answer.path("status").asText()).isEqualTo("Accepted");
      return new OCSPResp(Base64.getDecoder().decode(answer.path("ocspResult").asText()));
    }
  }

  @Test
  @Proves("M06.FR.04")
  void silentResponder_isFailed() {
    try (Station201 station = online();
        TestResponder silent = new TestResponder(SUB, Instant::now)) {
      silent.silent = true;
      Map<String, String> data =
          new java.util.HashMap<>(hashData(PKI.leaf(SUB, "DE*ABC*E3", null), SUB));
      data.put("responderURL", silent.url());
      Instant start = Instant.now();
      JsonNode answer = station.ok("GetCertificateStatus", Map.of("ocspRequestData", data));
      assertThat(answer.path("status").asText()).isEqualTo("Failed");
      assertThat(answer.has("ocspResult")).isFalse();
      assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(15));
    }
  }

  private static void exchange(String action, String told) throws InterruptedException {
    try (Station201 station = online()) {
      JsonNode answer =
          station.ok(
              "Get15118EVCertificate",
              Map.of(
                  "iso15118SchemaVersion",
                  "urn:iso:15118:2:2013:MsgDef",
                  "action",
                  action,
                  "exiRequest",
                  "gJgCMBEB"));
      assertThat(answer.path("status").asText()).isEqualTo("Accepted");
      assertThat(answer.path("exiResponse").asText()).isEqualTo("ZXhpgJgCMBEB");
      JsonNode asked = BACKEND.take();
      assertThat(asked.path("action").asText()).isEqualTo(told);
      assertThat(asked.path("schema_version").asText()).isEqualTo("urn:iso:15118:2:2013:MsgDef");
      assertThat(asked.path("station").asText()).isEqualTo(station.identity());
      assertThat(asked.path("authorization").asText()).isEqualTo("Bearer pnc-secret");
    }
  }

  @Test
  @Scenario("TC_M_26_CSMS")
  void tcM26_installationForAVehicle_isPassedThrough() throws InterruptedException {
    exchange("Install", "install");
  }

  @Test
  @Scenario("TC_M_28_CSMS")
  void tcM28_updateForAVehicle_isPassedThrough() throws InterruptedException {
    exchange("Update", "update");
  }

  @Test
  void backendThatRefuses_isFailed() throws InterruptedException {
    backendStatus = 503;
    try (Station201 station = online()) {
      JsonNode answer =
          station.ok(
              "Get15118EVCertificate",
              Map.of("iso15118SchemaVersion", "urn:x", "action", "Install", "exiRequest", "AA=="));
      assertThat(answer.path("status").asText()).isEqualTo("Failed");
      assertThat(answer.path("exiResponse").asText()).isEmpty();
      assertThat(answer.path("statusInfo").path("additionalInfo").asText()).contains("503");
      BACKEND.take();
    } finally {
      backendStatus = 200;
    }
  }
}
