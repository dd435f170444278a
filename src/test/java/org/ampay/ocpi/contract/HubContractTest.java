package org.ampay.ocpi.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.ampay.app.partner.PartnerAnswer;
import org.ampay.app.partner.PartnerJson;
import org.ampay.app.partner.PartnerSettings;
import org.ampay.app.partner.PartnerSystem;
import org.ampay.app.simulator.Eventually;
import org.ampay.conformance.Station16;
import org.ampay.conformance.Unique;
import org.ampay.ocpi.OcpiVersion;
import org.ampay.ocpi.PartyRef;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A hub tells who else is connected to it. */
class HubContractTest {

  private static PartnerAnswer call(PartnerSystem hub, String method, String party, JsonNode body) {
    return hub.caller().call(method, "hubclientinfo", "RECEIVER", List.of("NL", party), body);
  }

  private static ObjectNode info(String status) {
    return PartnerJson.object()
        .put("party_id", "ABC")
        .put("country_code", "NL")
        .put("role", "EMSP")
        .put("status", status)
        .put("last_updated", "2026-03-02T08:00:00Z");
  }

  @ParameterizedTest
  @EnumSource(OcpiVersion.class)
  void whatAHubTells_isKept(OcpiVersion version) {
    try (PartnerSystem hub =
        PartnerSystem.start(PartnerSettings.emsp(World.freshParty(), version).as("HUB"))) {
      hub.register(World.versionsUrl(), World.invite(hub, "HUB").path("token_a").asText());
      assertThat(call(hub, "GET", "ABC", null).http()).isEqualTo(404);
      assertThat(call(hub, "PUT", "ABC", info("CONNECTED")).isDone()).isTrue();
      assertThat(call(hub, "GET", "ABC", null).done()).isEqualTo(info("CONNECTED"));
      assertThat(call(hub, "PUT", "ABC", info("OFFLINE")).isDone()).isTrue();
      assertThat(call(hub, "GET", "ABC", null).done()).isEqualTo(info("OFFLINE"));
      assertThat(call(hub, "PUT", "XYZ", info("OFFLINE")).status()).isEqualTo(2001);
      assertThat(call(hub, "PUT", "ABC", info("ASLEEP")).status()).isEqualTo(2001);
      assertThat(call(hub, "DELETE", "ABC", null).http()).isEqualTo(405);
      try (World other = World.open(version)) {
        assertThat(call(other.partner(), "GET", "ABC", null).http())
            .as("each hub for itself")
            .isEqualTo(404);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(OcpiVersion.class)
  void sessionsAndCdrsOfAPartyBehindAHub_areRoutedToThatParty(OcpiVersion version) {
    try (World hub = World.open(version, "HUB");
        Station16 station = Station16.online(World.at(World.site()))) {
      PartyRef behind = new PartyRef("NL", "ABC");
      ObjectNode token =
          hub.partner().tokens().issue(behind, Unique.token(), "RFID", "ALWAYS", true);
      assertThat(hub.partner().push(token).isDone()).isTrue();
      World.charge(station, token.path("uid").asText());
      Eventually.await("its CDR", () -> !hub.partner().books().all("cdrs").isEmpty());
      ObjectNode cdr = hub.partner().books().all("cdrs").getFirst();
      assertThat(cdr.at("/cdr_token/party_id").asText()).isEqualTo("ABC");
      assertThat(hub.partner().books().calls("PUT", "sessions")).isNotEmpty();
      // The hub complains when a session or a CDR is not routed to the party of its token.
      assertThat(hub.complaints()).isEmpty();
    }
  }
}
