package org.ampay.ocpi.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.ampay.app.partner.PartnerSystem;
import org.ampay.app.partner.PartnerTokens.Verdict;
import org.ampay.app.simulator.Eventually;
import org.ampay.conformance.ScenarioServer;
import org.ampay.conformance.Setup;
import org.ampay.conformance.Station16;
import org.ampay.conformance.Unique;
import org.ampay.ocpi.OcpiVersion;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Cards that nobody told us of, at a server that asks its partners about them. */
class UnknownTokenTest {

  private static ScenarioServer server;

  @BeforeAll
  static void start() {
    server = ScenarioServer.start(Map.of("ocpi.ask_unknown_tokens", "true"));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static PartnerSystem partner(OcpiVersion version) {
    PartnerSystem partner = World.stranger(version);
    String tokenA =
        server
            .api()
            .post(
                "/ocpi/parties",
                Map.of(
                    "role", "EMSP",
                    "country_code", partner.party().countryCode(),
                    "party_id", partner.party().partyId(),
                    "name", partner.name()))
            .expect(201)
            .path("token_a")
            .asText();
    partner.register(server.api().base().resolve("/ocpi/versions"), tokenA);
    return partner;
  }

  @ParameterizedTest
  @EnumSource(OcpiVersion.class)
  void aCardThatAPartnerKnows_chargesForThatPartner(OcpiVersion version) {
    try (PartnerSystem one = partner(version);
        PartnerSystem other = partner(version);
        Station16 station =
            Station16.online(Setup.on(server).with("site", World.site(server.api())))) {
      String uid = Unique.token();
      one.tokens().issue(uid, "RFID", "NEVER", true);
      one.tokens().verdict(uid, new Verdict("ALLOWED", "REF-7", false));
      assertThat(station.authorize(uid)).isEqualTo("Accepted");
      assertThat(one.books().calls("POST", "tokens/" + uid + "/authorize"))
          .as("asked once for one use")
          .hasSize(1);
      World.charge(station, uid);
      Eventually.await("its CDR", () -> one.books().all("cdrs").size() == 1);
      var cdr = one.books().all("cdrs").getFirst();
      assertThat(cdr.at("/cdr_token/uid").asText()).isEqualTo(uid);
      assertThat(cdr.path("auth_method").asText()).isEqualTo("AUTH_REQUEST");
      assertThat(cdr.path("authorization_reference").asText()).isEqualTo("REF-7");
      assertThat(other.books().all("cdrs")).isEmpty();
      assertThat(one.complaints().all()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(OcpiVersion.class)
  void aCardThatNobodyKnows_isAskedAboutOnce(OcpiVersion version) {
    try (PartnerSystem one = partner(version);
        Station16 station = Station16.online(Setup.on(server))) {
      String uid = Unique.token();
      assertThat(station.authorize(uid)).isEqualTo("Invalid");
      assertThat(station.authorize(uid)).isEqualTo("Invalid");
      assertThat(one.books().calls("POST", "tokens/" + uid + "/authorize")).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource(OcpiVersion.class)
  void aCardThatItsPartnerBlocks_isRefused(OcpiVersion version) {
    try (PartnerSystem one = partner(version);
        Station16 station = Station16.online(Setup.on(server))) {
      String uid = Unique.token();
      one.tokens().issue(uid, "RFID", "NEVER", true);
      one.tokens().verdict(uid, new Verdict("BLOCKED", "", false));
      assertThat(station.authorize(uid)).isEqualTo("Blocked");
      one.tokens().verdict(uid, new Verdict("ALLOWED", "", false));
      assertThat(station.authorize(uid)).isEqualTo("Accepted");
    }
  }
}
