package org.ampay.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.ampay.gateway.tls.RawHello;
import org.ampay.gateway.tls.RawHello.Reply;
import org.ampay.station.certs.TestAuthority;
import org.junit.jupiter.api.Test;

/** Block A of OCPP 2.0.1 against the running server: who is let in, and how that changes. */
class SecurityScenarios201Test {

  private static final String OLD = "old-password-of-the-station";
  private static final String NEW = "new-password-of-the-station";
  private static final int ALERT_PROTOCOL_VERSION = 70;

  private final ScenarioApi api = SecureServer.shared().api();

  @Test
  @Scenario("TC_A_01_CSMS")
  @Proves({"A00.FR.204"})
  void tcA01_rightCredentials_areLetIn() {
    try (Station201 station = Station201.make(SecureServer.withPassword(1, OLD))) {
      assertThat(station.handshake(station.dial())).isEqualTo(101);
      assertThat(station.agreedSubprotocol()).isEqualTo("ocpp2.0.1");
      assertThat(station.boot("PowerUp").path("status").asText()).isEqualTo("Accepted");
    }
  }

  @Test
  @Scenario("TC_A_02_CSMS")
  void tcA02_anotherUserName_isRefused() {
    try (Station201 station = Station201.make(SecureServer.withPassword(1, OLD))) {
      assertThat(station.handshake(station.dial().withBasic("someone", OLD))).isEqualTo(401);
      assertThat(station.handshake(station.dial().withoutCredentials())).isEqualTo(401);
    }
  }

  @Test
  @Scenario("TC_A_03_CSMS")
  void tcA03_aWrongPassword_isRefused() {
    try (Station201 station = Station201.make(SecureServer.withPassword(1, OLD))) {
      assertThat(station.handshake(station.dial().withBasic(station.identity(), NEW)))
          .isEqualTo(401);
      assertThat(api.station(station).path("connected").asBoolean()).isFalse();
    }
  }

  @Test
  @Scenario("TC_A_06_CSMS")
  @Proves({"A00.FR.416", "A00.FR.417"})
  void tcA06_olderTls_isTurnedAway() throws IOException {
    List<Integer> suites = List.of(0xC02B, 0xC009, 0x009C, 0x002F);
    assertThat(RawHello.say(SecureServer.address(), RawHello.TLS11, suites, 0))
        .isEqualTo(new Reply.Alert(ALERT_PROTOCOL_VERSION));
    assertThat(RawHello.say(SecureServer.address(), RawHello.TLS10, suites, 0))
        .isEqualTo(new Reply.Alert(ALERT_PROTOCOL_VERSION));
    assertThat(RawHello.say(SecureServer.address(), RawHello.TLS12, suites, 0))
        .isInstanceOf(Reply.Hello.class);
  }

  @Test
  @Scenario("TC_A_07_CSMS")
  void tcA07_aGoodClientCertificate_isLetInAndShown() {
    try (Station201 station = Station201.make(SecureServer.withCertificate())) {
      station.connect(SecureServer.secure(station, SecureServer.certificate(station)));
      station.bootAccepted();
      JsonNode security =
          api.awaitGet(
              "/stations/" + station.identity() + "/security", s -> s.path("tls").isObject());
      assertThat(security.path("profile").asInt()).isEqualTo(3);
      assertThat(security.at("/tls/version").asText()).isEqualTo("TLSv1.3");
      assertThat(security.at("/tls/certificate/subject").asText())
          .contains("CN=" + station.identity());
    }
  }

  @Test
  @Proves({"B01.FR.11", "B01.FR.12"})
  void anotherSerialNumberThanTheCertificates_endsTheConnection() {
    try (Station201 station = Station201.make(SecureServer.withCertificate())) {
      String serial = Unique.transaction();
      station.connect(SecureServer.secure(station, SecureServer.certificate(station)));
      assertThat(boot(station, serial).path("status").asText()).isEqualTo("Accepted");
      api.awaitStation(station, s -> s.path("serial_number").asText().equals(serial));
      station.disconnect();

      TestAuthority.Issued own = SecureServer.STATIONS.issue("CN=" + serial + ",O=Ampay");
      station.connect(SecureServer.secure(station, own));
      assertThat(boot(station, serial).path("status").asText()).isEqualTo("Accepted");
      station.callLater("BootNotification", bootOf(serial + "-OTHER"));
      station.awaitClosed();
      // The connection is cut while the refusal is on its way into the database.
      api.awaitStation(station, s -> s.path("registration").asText().equals("rejected"));
    }
  }

  private static JsonNode boot(Station201 station, String serial) {
    return station.ok("BootNotification", bootOf(serial));
  }

  private static String bootOf(String serial) {
    return """
    {"reason":"PowerUp","chargingStation":{"vendorName":"Vendor","model":"Model",
     "serialNumber":"%s"}}
    """
        .formatted(serial);
  }

  @Test
  @Scenario("TC_A_08_CSMS")
  @Proves({"A00.FR.509"})
  void tcA08_aBadClientCertificate_isRefused() {
    try (Station201 station = Station201.make(SecureServer.withCertificate())) {
      String subject = "CN=" + station.identity() + ",O=Ampay";
      Instant now = Instant.now();
      Duration day = Duration.ofDays(1);
      // The connection ends in the handshake.
      List<TestAuthority.Issued> bad =
          List.of(
              new TestAuthority("Strangers", now).issue(subject),
              SecureServer.STATIONS.issue(
                  subject, TestAuthority.keys("EC", 256), now.minus(day), now.minusSeconds(60)),
              SecureServer.STATIONS.issue(
                  subject, TestAuthority.keys("EC", 256), now.plus(day), now.plus(day.plus(day))));
      bad.forEach(own -> assertThat(station.handshake(SecureServer.secure(station, own))).isZero());
      // The certificate is good, and another's.
      for (String other : List.of("CN=other,O=Ampay", "CN=" + station.identity() + ",O=Other")) {
        assertThat(
                station.handshake(SecureServer.secure(station, SecureServer.STATIONS.issue(other))))
            .isEqualTo(401);
      }
      assertThat(station.handshake(SecureServer.secure(station, null))).isEqualTo(401);
      assertThat(station.handshake(station.dial())).isEqualTo(401);
      assertThat(api.station(station).path("connected").asBoolean()).isFalse();
    }
  }

  @Test
  @Scenario("TC_A_09_CSMS")
  @Proves({"A01.FR.02", "A01.FR.03"})
  void tcA09_anAcceptedPassword_takesThePlaceOfTheOldOne() {
    try (Station201 station = Station201.online(SecureServer.withPassword(1, OLD))) {
      station.answers("SetVariables", setVariables("Accepted"));
      JsonNode told = password(station, NEW);
      assertThat(told.path("sent").asBoolean()).isTrue();
      JsonNode set = station.awaitCall("SetVariables").payload().at("/setVariableData/0");
      assertThat(set.at("/component/name").asText()).isEqualTo("SecurityCtrlr");
      assertThat(set.at("/variable/name").asText()).isEqualTo("BasicAuthPassword");
      assertThat(set.path("attributeValue").asText()).isEqualTo(NEW);
      station.disconnect();
      assertThat(station.handshake(station.dial())).isEqualTo(401);
      assertThat(station.handshake(station.dial().withBasic(station.identity(), NEW)))
          .isEqualTo(101);
      assertThat(station.boot("PowerUp").path("status").asText()).isEqualTo("Accepted");
    }
  }

  @Test
  @Scenario("TC_A_10_CSMS")
  @Proves({"A01.FR.04", "A01.FR.05"})
  void tcA10_aRejectedPassword_leavesTheOldOne() {
    try (Station201 station = Station201.online(SecureServer.withPassword(1, OLD))) {
      station.answers("SetVariables", setVariables("Rejected"));
      assertThat(post(station, NEW).status()).isEqualTo(409);
      station.disconnect();
      assertThat(station.handshake(station.dial().withBasic(station.identity(), NEW)))
          .isEqualTo(401);
      assertThat(station.handshake(station.dial())).isEqualTo(101);
      assertThat(station.boot("PowerUp").path("status").asText()).isEqualTo("Accepted");
    }
  }

  @Test
  @Scenario("TC_A_19_CSMS")
  @Proves({"A05.FR.07", "A00.FR.005"})
  void tcA19_aHigherProfile_isPinnedByItsFirstConnection() {
    try (Station201 station = Station201.online(SecureServer.withPassword(1, OLD))) {
      station.answers("SetNetworkProfile", "{\"status\":\"Accepted\"}");
      JsonNode asked =
          api.post(
                  "/stations/" + station.identity() + "/security/profile",
                  Map.of("profile", 2, "configuration_slot", 1))
              .expect(200);
      assertThat(asked.path("target_profile").asInt()).isEqualTo(2);
      JsonNode sent = station.awaitCall("SetNetworkProfile").payload();
      assertThat(sent.at("/connectionData/securityProfile").asInt()).isEqualTo(2);
      assertThat(sent.at("/connectionData/ocppCsmsUrl").asText()).startsWith("wss://");
      // Until it has come in under the new one, the old one is good.
      station.disconnect();
      assertThat(station.handshake(station.dial())).isEqualTo(101);
      assertThat(station.handshake(SecureServer.secure(station, null))).isEqualTo(101);
      station.bootAccepted();
      assertThat(api.station(station).path("security_profile").asInt()).isEqualTo(2);
      // Nor by a command of ours.
      String lower =
          """
          {"configurationSlot": 1, "connectionData": {"ocppVersion": "OCPP20",
            "ocppTransport": "JSON", "ocppCsmsUrl": "ws://x/", "messageTimeout": 30,
            "securityProfile": 1, "ocppInterface": "Wired0"}}
          """;
      assertThat(api.command(station, "SetNetworkProfile", lower).status()).isEqualTo(400);
      station.disconnect();
      assertThat(station.handshake(station.dial())).isEqualTo(401);
      assertThat(
              api.patch("/stations/" + station.identity(), Map.of("security_profile", 1)).status())
          .isBetween(400, 409);
    }
  }

  @Test
  void aLostAnswer_leavesBothPasswords_untilOneIsUsed() {
    try (Station201 station = Station201.online(SecureServer.withPassword(1, OLD))) {
      station.ignores("SetVariables");
      assertThat(post(station, NEW).status()).isEqualTo(504);
      assertThat(passwordState(station)).isEqualTo("open");
      station.disconnect();
      assertThat(station.handshake(station.dial().withBasic(station.identity(), NEW)))
          .isEqualTo(101);
      assertThat(passwordState(station)).isEqualTo("settled");
      station.disconnect();
      assertThat(station.handshake(station.dial())).isEqualTo(401);
    }
  }

  @Test
  void anAbsentStation_isToldWhenItIsBack() {
    try (Station201 station = Station201.online(SecureServer.withPassword(1, OLD))) {
      station.disconnect();
      JsonNode told = password(station, NEW);
      assertThat(told.path("sent").asBoolean()).isFalse();
      assertThat(told.path("waiting").asBoolean()).isTrue();
      station.answers("SetVariables", setVariables("Accepted"));
      station.connect();
      JsonNode set = station.awaitCall("SetVariables").payload().at("/setVariableData/0");
      assertThat(set.path("attributeValue").asText()).isEqualTo(NEW);
      api.awaitGet(
          "/stations/" + station.identity() + "/security",
          s -> s.path("password_state").asText().equals("settled"));
      station.disconnect();
      assertThat(station.handshake(station.dial())).isEqualTo(401);
      assertThat(station.handshake(station.dial().withBasic(station.identity(), NEW)))
          .isEqualTo(101);
    }
  }

  @Test
  @Proves({"A01.FR.06", "A01.FR.07", "A01.FR.09"})
  void generatedPasswords_areRandom_andInNoLog() {
    try (Station201 station = Station201.online(SecureServer.withPassword(1, OLD))) {
      station.answers("SetVariables", setVariables("Accepted"));
      String first = generated(station);
      String second = generated(station);
      assertThat(first).hasSizeBetween(16, 40).isNotEqualTo(second);
      String path = "/stations/" + station.identity() + "/messages?limit=50";
      JsonNode log = api.awaitGet(path, m -> m.toString().contains("BasicAuthPassword"));
      assertThat(log.toString()).doesNotContain(first, second);
    }
  }

  @Test
  void aProfileRaisedByAPerson_endsTheConnectionThatIsBelowIt() {
    try (Station201 station = Station201.online(SecureServer.withPassword(1, OLD))) {
      api.patch("/stations/" + station.identity(), Map.of("security_profile", 2)).expect(200);
      assertThat(station.awaitClosed()).isEqualTo(1008);
      assertThat(station.handshake(station.dial())).isEqualTo(401);
      assertThat(station.handshake(SecureServer.secure(station, null))).isEqualTo(101);
    }
  }

  private String generated(Station201 station) {
    return post(station, null).expect(200).path("password").asText();
  }

  private String passwordState(Station201 station) {
    return api.get("/stations/" + station.identity() + "/security")
        .expect(200)
        .path("password_state")
        .asText();
  }

  private JsonNode password(Station201 station, String password) {
    return post(station, password).expect(200);
  }

  private ScenarioApi.Reply post(Station201 station, String password) {
    return api.post(
        "/stations/" + station.identity() + "/password",
        password == null ? "{}" : Map.of("password", password));
  }

  private static String setVariables(String status) {
    return """
    {"setVariableResult": [{"attributeStatus": "%s", "component": {"name": "SecurityCtrlr"},
      "variable": {"name": "BasicAuthPassword"}}]}
    """
        .formatted(status);
  }
}
