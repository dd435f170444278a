package org.ampay.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The security extension of OCPP 1.6 against the running server: the connection. */
class SecurityScenarios16Test {

  private static final String OLD = "old-password-16";
  private static final String NEW = "new-password-16";

  private final ScenarioApi api = SecureServer.shared().api();

  @Test
  @Scenario("TC_073_CSMS")
  @Proves({"1.6/A01/1"})
  void tc073_aNewPassword_holdsOnceItIsAccepted() {
    try (Station16 station = Station16.online(SecureServer.withPassword(1, OLD))) {
      station.answers("ChangeConfiguration", "{\"status\":\"Rejected\"}");
      assertThat(password(station, NEW).status()).isEqualTo(409);
      station.answers("ChangeConfiguration", "{\"status\":\"Accepted\"}");
      station.awaitCall("ChangeConfiguration");
      password(station, NEW).expect(200);
      JsonNode set = station.awaitCall("ChangeConfiguration").payload();
      assertThat(set.path("key").asText()).isEqualTo("AuthorizationKey");
      String hex = HexFormat.of().formatHex(NEW.getBytes(UTF_8));
      assertThat(set.path("value").asText()).isEqualTo(hex);
      station.disconnect();
      assertThat(station.handshake(station.dial())).isEqualTo(401);
      assertThat(station.handshake(station.dial().withBasic(station.identity(), NEW)))
          .isEqualTo(101);
      station.bootAccepted();
      // Other firmware shows the key as it was written: as text.
      assertThat(station.handshake(station.dial().withBasic(station.identity(), hex)))
          .isEqualTo(101);
      station.bootAccepted();
    }
  }

  @Test
  @Scenario("TC_083_CSMS")
  @Proves({"1.6/A05/1"})
  void tc083_aHigherProfile_isPinnedByItsFirstConnection() {
    try (Station16 station = Station16.online(SecureServer.withPassword(1, OLD))) {
      station.answers("ChangeConfiguration", "{\"status\":\"Accepted\"}");
      JsonNode answer =
          api.answered(
              station, "ChangeConfiguration", Map.of("key", "SecurityProfile", "value", "2"));
      assertThat(answer.path("status").asText()).isEqualTo("Accepted");
      station.disconnect();
      assertThat(station.handshake(SecureServer.secure(station, null))).isEqualTo(101);
      station.bootAccepted();
      assertThat(api.station(station).path("security_profile").asInt()).isEqualTo(2);
      station.disconnect();
      assertThat(station.handshake(station.dial())).isEqualTo(401);
    }
  }

  @Test
  @Scenario("TC_085_CSMS")
  @Proves({"1.6/A00/2"})
  void tc085_basicCredentials_areChecked() {
    try (Station16 station = Station16.make(SecureServer.withPassword(1, OLD))) {
      assertThat(station.handshake(station.dial().withoutCredentials())).isEqualTo(401);
      assertThat(station.handshake(station.dial().withBasic(station.identity(), "wrong-wrong")))
          .isEqualTo(401);
      assertThat(station.handshake(station.dial())).isEqualTo(101);
      station.bootAccepted();
    }
  }

  @Test
  @Scenario("TC_086_CSMS")
  @Proves({"1.6/connection/1", "1.6/A00/3"})
  void tc086_tlsWithAServerCertificate_isOffered() {
    try (Station16 station = Station16.make(SecureServer.withPassword(2, OLD))) {
      assertThat(station.handshake(station.dial())).isEqualTo(401);
      assertThat(station.handshake(SecureServer.secure(station, null).withoutCredentials()))
          .isEqualTo(401);
      assertThat(station.handshake(SecureServer.secure(station, null))).isEqualTo(101);
      station.bootAccepted();
    }
  }

  @Test
  @Scenario("TC_087_CSMS")
  @Proves({"1.6/A00/4"})
  void tc087_tlsWithAClientCertificate_isOffered() {
    try (Station16 station = Station16.make(SecureServer.withCertificate())) {
      assertThat(station.handshake(SecureServer.secure(station, null))).isEqualTo(401);
      assertThat(
              station.handshake(
                  SecureServer.secure(station, SecureServer.STATIONS.issue("CN=nobody,O=Ampay"))))
          .isEqualTo(401);
      assertThat(station.handshake(SecureServer.secure(station, SecureServer.certificate(station))))
          .isEqualTo(101);
      station.bootAccepted();
    }
  }

  @Test
  @Scenario("TC_088_CSMS")
  @Proves({"1.6/connection/3", "1.6/connection/4"})
  void tc088_theSubprotocol_isAgreed() {
    try (Station16 station = Station16.make(SecureServer.withPassword(1, OLD))) {
      station.connect(station.dial().offering("ocpp1.5", "ocpp1.6"));
      assertThat(station.agreedSubprotocol()).isEqualTo("ocpp1.6");
      station.bootAccepted();
      assertThat(station.handshake(station.dial().offering("ocpp1.5"))).isEqualTo(101);
      assertThat(station.agreedSubprotocol()).isEmpty();
      assertThat(station.awaitClosed()).isEqualTo(1002);
    }
  }

  private ScenarioApi.Reply password(Station16 station, String password) {
    return api.post("/stations/" + station.identity() + "/password", Map.of("password", password));
  }
}
