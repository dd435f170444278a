package org.ampay.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.security.KeyPair;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.ampay.app.simulator.Eventually;
import org.ampay.station.certs.Pem;
import org.ampay.station.certs.TestAuthority;
import org.ampay.station.certs.TestPki;
import org.junit.jupiter.api.Test;

/** A station's certificate from the factory's to its own, and to its revocation, over real TLS. */
class CertificateLifeTest {

  private final ScenarioApi api = SecureServer.shared().api();

  private JsonNode own(Station201 station, String state) {
    JsonNode shown =
        api.awaitGet(
            "/stations/" + station.identity() + "/certificates",
            all -> all.path("own").findValuesAsText("state").contains(state));
    for (JsonNode one : shown.path("own")) {
      if (one.path("state").asText().equals(state)) {
        return one;
      }
    }
    throw new AssertionError("none is " + state);
  }

  @Test
  @Proves({"A00.FR.407", "A00.FR.704", "A00.FR.705"})
  void stationSignedByUs_connectsWithIt_untilItIsRevoked() {
    try (Station201 station = Station201.make(SecureServer.withCertificate())) {
      station.connect(SecureServer.secure(station, SecureServer.certificate(station)));
      station.bootAccepted();
      assertThat(own(station, "current").path("source").asText()).isEqualTo("seen");
      station.answers("CertificateSigned", "{\"status\": \"Accepted\"}");
      KeyPair pair = TestPki.ec();
      String csr = TestPki.csr(pair, pair.getPrivate(), "CN=" + station.identity() + ",O=Ampay");
      station.ok(
          "SignCertificate", Map.of("csr", csr, "certificateType", "ChargingStationCertificate"));
      String chain =
          station.awaitCall("CertificateSigned").payload().path("certificateChain").asText();
      assertThat(own(station, "replaced").path("source").asText()).isEqualTo("seen");
      JsonNode mine = own(station, "current");
      assertThat(mine.path("source").asText()).isEqualTo("signed");
      station.close();
      // The whole chain, and the station's certificate alone: the server knows its own CA.
      for (TestAuthority.Issued shown :
          List.of(
              new TestAuthority.Issued(Pem.certificates(chain), pair.getPrivate()),
              new TestAuthority.Issued(
                  List.of(Pem.certificates(chain).getFirst()), pair.getPrivate()))) {
        Eventually.await(
            "let in with the new certificate",
            Duration.ofSeconds(20),
            () -> station.handshake(SecureServer.secure(station, shown)) == 101);
        station.close();
      }
      TestAuthority.Issued whole =
          new TestAuthority.Issued(Pem.certificates(chain), pair.getPrivate());
      api.post(
              "/certificates/stations/" + mine.path("id").asLong() + "/revoke",
              Map.of("reason", "stolen"))
          .expect(204);
      Eventually.await(
          "refused with the revoked certificate",
          Duration.ofSeconds(20),
          () -> {
            int status = station.handshake(SecureServer.secure(station, whole));
            station.close();
            return status != 101;
          });
      assertThat(own(station, "revoked").path("revocation_reason").asText()).isEqualTo("stolen");
    }
  }
}
