package org.ampay.ocpi.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.ampay.app.partner.PartnerAnswer;
import org.ampay.app.partner.PartnerFaults.Fault;
import org.ampay.app.partner.PartnerJson;
import org.ampay.app.partner.PartnerTokens;
import org.ampay.app.simulator.Eventually;
import org.ampay.conformance.Station16;
import org.ampay.conformance.Station201;
import org.ampay.conformance.Unique;
import org.ampay.ocpi.OcpiVersion;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tokens of a partner at our stations: told of, changed, asked about in real time. */
class TokenContractTest {

  private static PartnerAnswer at(World world, String method, String uid, JsonNode... body) {
    return world
        .partner()
        .caller()
        .call(
            method,
            "tokens",
            "RECEIVER",
            List.of(world.partner().party().countryCode(), world.partner().party().partyId(), uid),
            body.length == 0 ? null : body[0]);
  }

  @ParameterizedTest
  @EnumSource(OcpiVersion.class)
  void aToken_isKeptAsItWasPut_andPatched(OcpiVersion version) {
    try (World world = World.open(version);
        Station16 station = Station16.online(World.at(World.site()))) {
      ObjectNode token = world.token("ALWAYS");
      String uid = token.path("uid").asText();
      assertThat(at(world, "GET", uid).done()).isEqualTo(token);
      assertThat(station.authorize(uid)).isEqualTo("Accepted");
      ObjectNode patch =
          PartnerJson.object().put("valid", false).put("last_updated", "2030-01-01T00:00:00Z");
      assertThat(at(world, "PATCH", uid, patch).done()).isNotNull();
      assertThat(at(world, "GET", uid).done().path("valid").asBoolean(true)).isFalse();
      assertThat(station.authorize(uid)).isNotEqualTo("Accepted");
      assertThat(world.complaints()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(OcpiVersion.class)
  void aTokenOnNoWhitelist_isAskedAboutEachTime(OcpiVersion version) {
    try (World world = World.open(version);
        Station201 station = Station201.online(World.at(World.site()))) {
      ObjectNode token = world.token("NEVER");
      String uid = token.path("uid").asText();
      world.partner().tokens().verdict(uid, new PartnerTokens.Verdict("ALLOWED", "REF-1", false));
      String transaction = World.charge(station, uid);
      JsonNode session = World.api().awaitSession(station, transaction, Charged::isBilled);
      String id = session.path("session_id").asText();
      ObjectNode told = world.pushed("sessions", id);
      assertThat(told.path("auth_method").asText()).isEqualTo("AUTH_REQUEST");
      assertThat(told.path("authorization_reference").asText()).isEqualTo("REF-1");
      assertThat(world.partner().books().calls("POST", "tokens/" + uid + "/authorize"))
          .isNotEmpty();
      world.partner().tokens().verdict(uid, new PartnerTokens.Verdict("BLOCKED", "", false));
      assertThat(station.authorize(uid)).isEqualTo("Blocked");
      world.partner().tokens().verdict(uid, new PartnerTokens.Verdict("NO_CREDIT", "", false));
      assertThat(station.authorize(uid)).isEqualTo("NoCredit");
      assertThat(world.complaints()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(OcpiVersion.class)
  void aPartnerThatFails_refusesNeverAndAllowsOffline(OcpiVersion version) {
    try (World world = World.open(version);
        Station16 station = Station16.online(World.at(World.site()))) {
      String never = world.token("NEVER").path("uid").asText();
      String offline = world.token("ALLOWED_OFFLINE").path("uid").asText();
      for (Fault fault : List.of(Fault.ERROR_500, Fault.CALL_LOST, Fault.NONSENSE)) {
        world.partner().faults().next(fault, "tokens", -1);
        assertThat(station.authorize(never)).as(fault.name()).isNotEqualTo("Accepted");
        assertThat(station.authorize(offline)).as(fault.name()).isEqualTo("Accepted");
        world.partner().faults().clear();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(OcpiVersion.class)
  void aForeignParty_isNotFound(OcpiVersion version) {
    try (World world = World.open(version)) {
      ObjectNode token =
          world
              .partner()
              .tokens()
              .issue(Unique.token(), "RFID", "ALWAYS", true)
              .put("party_id", "ZZZ");
      PartnerAnswer answer = world.partner().push(token);
      assertThat(answer.isDone()).isFalse();
      assertThat(answer.http()).isIn(200, 404);
    }
  }

  @ParameterizedTest
  @EnumSource(OcpiVersion.class)
  void tokensThatThePartnerHas_arePulledByRefresh(OcpiVersion version) {
    try (World world = World.open(version);
        Station16 station = Station16.online(World.at(World.site()))) {
      for (int i = 0; i < 60; i++) {
        world.partner().tokens().issue(Unique.token(), "RFID", "ALWAYS", true);
      }
      String last = Unique.token();
      world.partner().tokens().issue(last, "RFID", "ALWAYS", true);
      World.api().post("/ocpi/parties/" + world.partnerId() + "/refresh", "{}").expect(200);
      Eventually.await("the pulled token", () -> station.authorize(last).equals("Accepted"));
      assertThat(world.partner().books().calls("GET", "tokens")).hasSizeGreaterThanOrEqualTo(3);
      assertThat(world.complaints()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(OcpiVersion.class)
  void anAllowedToken_isAskedAbout_andGoodWithoutAnAnswer(OcpiVersion version) {
    try (World world = World.open(version);
        Station201 station = Station201.online(World.at(World.site()))) {
      String uid = world.token("ALLOWED").path("uid").asText();
      world.partner().tokens().verdict(uid, new PartnerTokens.Verdict("NO_CREDIT", "", false));
      assertThat(station.authorize(uid)).isEqualTo("NoCredit");
      world.partner().faults().next(Fault.ERROR_500, "tokens", -1);
      assertThat(station.authorize(uid)).isEqualTo("Accepted");
      world.partner().faults().clear();
      String always = world.token("ALWAYS").path("uid").asText();
      world.partner().tokens().verdict(always, new PartnerTokens.Verdict("BLOCKED", "", false));
      assertThat(station.authorize(always)).isEqualTo("Accepted");
      assertThat(world.partner().books().calls("POST", "tokens/" + always + "/authorize"))
          .isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(OcpiVersion.class)
  void aTokenOnNoWhitelist_isInNoListOfAStation(OcpiVersion version) {
    try (World world = World.open(version);
        Station16 station = Station16.online(World.at(World.site()))) {
      String never = world.token("NEVER").path("uid").asText();
      String always = world.token("ALWAYS").path("uid").asText();
      station.answers("GetLocalListVersion", "{\"listVersion\": 0}");
      station.answers("SendLocalList", "{\"status\": \"Accepted\"}");
      World.api()
          .put(
              "/stations/" + station.identity() + "/local-list/policy",
              Map.of("mode", "chosen", "tokens", List.of(never, always)))
          .expect(200);
      JsonNode list = station.awaitCall("SendLocalList").payload().path("localAuthorizationList");
      assertThat(list).hasSize(1);
      assertThat(list.at("/0/idTag").asText()).isEqualToIgnoringCase(always);
      JsonNode cached = station.ok("Authorize", Map.of("idTag", never)).path("idTagInfo");
      assertThat(cached.path("status").asText()).isEqualTo("Accepted");
      assertThat(Instant.parse(cached.path("expiryDate").asText()))
          .as("soon forgotten by the station's cache")
          .isBefore(Instant.now().plus(Duration.ofMinutes(10)));
    }
  }

  @ParameterizedTest
  @EnumSource(OcpiVersion.class)
  void aListThatCannotBeRead_isShownWithItsReason(OcpiVersion version) {
    try (World world = World.open(version)) {
      String party = "/ocpi/parties/" + world.partnerId();
      for (int i = 0; i < 30; i++) {
        world.partner().tokens().issue(Unique.token(), "RFID", "ALWAYS", true);
      }
      world.partner().faults().next(Fault.SAME_PAGE_AGAIN, "tokens", -1);
      World.api().post(party + "/refresh", "{}").expect(200);
      assertThat(problem(party)).contains("circle");
      world.partner().faults().clear();
      world.partner().faults().next(Fault.NONSENSE, "tokens", -1);
      World.api().post(party + "/refresh", "{}").expect(200);
      assertThat(problem(party)).contains("not JSON");
      world.partner().faults().clear();
      World.api().post(party + "/refresh", "{}").expect(200);
      JsonNode shown = World.api().awaitGet(party, one -> one.at("/tokens/at").isTextual());
      assertThat(shown.at("/tokens/seen").asInt()).isEqualTo(30);
      world.partner().faults().next(Fault.ERROR_500, "versions", -1);
      World.api().post(party + "/refresh", "{}").expect(502);
    }
  }

  private static String problem(String party) {
    return World.api()
        .awaitGet(party, one -> one.at("/tokens/problem").isTextual())
        .at("/tokens/problem")
        .asText();
  }

  @ParameterizedTest
  @EnumSource(OcpiVersion.class)
  void sessionsOfOthers_areNotSeen(OcpiVersion version) {
    try (World one = World.open(version);
        World other = World.open(version);
        Station16 station = Station16.online(World.at(World.site()))) {
      String uid = one.token("ALWAYS").path("uid").asText();
      other.token("ALWAYS");
      World.charge(station, uid);
      World.charge(station, World.api().token());
      one.pull("cdrs", Map.of(), 1);
      assertThat(one.partner().pull("cdrs", Map.of())).hasSize(1);
      Map<String, String> query = Map.of("date_from", "2020-01-01T00:00:00Z");
      assertThat(one.partner().pull("sessions", query)).hasSize(1);
      assertThat(other.partner().pull("cdrs", Map.of())).isEmpty();
      assertThat(other.partner().pull("sessions", query)).isEmpty();
      assertThat(other.partner().books().calls("PUT", "sessions")).isEmpty();
      assertThat(other.partner().books().calls("POST", "cdrs")).isEmpty();
      assertThat(one.complaints()).isEmpty();
    }
  }
}
