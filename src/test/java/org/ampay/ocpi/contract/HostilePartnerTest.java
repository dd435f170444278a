package org.ampay.ocpi.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.ampay.app.partner.PartnerAnswer;
import org.ampay.app.partner.PartnerJson;
import org.ampay.app.partner.PartnerSystem;
import org.ampay.conformance.Station16;
import org.ampay.conformance.Unique;
import org.ampay.ocpi.OcpiVersion;
import org.ampay.ocpi.PartyRef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a partner says must not reach what is another's. */
class HostilePartnerTest {

  private static ObjectNode grouped(World world, String group) {
    ObjectNode token =
        world
            .partner()
            .tokens()
            .issue(Unique.token(), "RFID", "ALWAYS", true)
            .put("group_id", group);
    world.partner().push(token).done();
    return token;
  }

  private static JsonNode shown(Station16 station, ObjectNode token) {
    return station.ok("Authorize", Map.of("idTag", token.path("uid").asText())).path("idTagInfo");
  }

  @ParameterizedTest
  @EnumSource(OcpiVersion.class)
  void aGroupOfAPartner_isNoGroupOfOursOrOfAnother(OcpiVersion version) {
    String group = "FLEET-" + Unique.token();
    try (World one = World.open(version);
        World other = World.open(version);
        Station16 station = Station16.online(World.at(World.site()))) {
      World.api().put("/token-groups/" + group, Map.of("master_pass", true)).expect(200);
      JsonNode info = shown(station, grouped(one, group));
      assertThat(info.path("status").asText()).isEqualTo("Accepted");
      String parent = info.path("parentIdTag").asText();
      assertThat(parent).hasSizeBetween(1, 20).isNotEqualToIgnoringCase(group);
      assertThat(shown(station, grouped(one, group)).path("parentIdTag").asText())
          .isEqualTo(parent);
      assertThat(shown(station, grouped(other, group)).path("parentIdTag").asText())
          .isNotEqualTo(parent);
      // a master pass starts nothing
      String uid = grouped(one, group).path("uid").asText();
      int transaction = World.charge(station, uid);
      assertThat(transaction).isPositive();
    }
  }

  @Test
  void aPartnerThatIsInvitedAsAParty_isThatPartyAlone() {
    try (World victim = World.open(OcpiVersion.V2_3_0);
        World thief = World.open(OcpiVersion.V2_3_0)) {
      ObjectNode body = credentials(thief.partner(), thief.partner().ownToken());
      role(body, victim.partner().party());
      PartnerAnswer answer =
          thief.partner().caller().call("PUT", "credentials", "SENDER", List.of(), body);
      assertThat(answer.isDone()).isFalse();
      assertThat(answer.status()).isEqualTo(2001);
      PartnerAnswer token =
          thief
              .partner()
              .push(victim.partner().tokens().issue(Unique.token(), "RFID", "ALWAYS", true));
      assertThat(token.isDone()).isFalse();
    }
  }

  private static ObjectNode credentials(PartnerSystem partner, String token) {
    ObjectNode body =
        PartnerJson.object().put("token", token).put("url", partner.versionsUrl().toString());
    body.putArray("roles");
    role(body, partner.party());
    return body;
  }

  private static void role(ObjectNode credentials, PartyRef party) {
    ObjectNode role = credentials.withArray("roles").addObject().put("role", "EMSP");
    role.putObject("business_details").put("name", "Somebody");
    role.put("party_id", party.partyId()).put("country_code", party.countryCode());
  }

  @ParameterizedTest
  @EnumSource(OcpiVersion.class)
  void ofRegistrationsAtOnce_oneIsTaken_andItsTokenIsGood(OcpiVersion version) throws Exception {
    try (PartnerSystem partner = World.stranger(version)) {
      String tokenA = World.invite(partner).path("token_a").asText();
      ObjectNode body = credentials(partner, partner.invite());
      List<PartnerAnswer> answers =
          atOnce(8, () -> send(partner, "POST", version, tokenA, body.toString()));
      List<PartnerAnswer> taken = answers.stream().filter(PartnerAnswer::isDone).toList();
      assertThat(taken).hasSize(1);
      assertThat(answers)
          .filteredOn(answer -> !answer.isDone())
          .extracting(PartnerAnswer::http)
          .allMatch(http -> http == 401 || http == 405);
      String token = taken.getFirst().data().path("token").asText();
      assertThat(send(partner, "GET", version, token, "").http()).isEqualTo(200);
    }
  }

  @Test
  void ofUpdatesAtOnce_oneIsTaken_andItsTokenIsGood() throws Exception {
    OcpiVersion version = OcpiVersion.V2_2_1;
    try (World world = World.open(version)) {
      PartnerSystem partner = world.partner();
      String old = partner.callToken();
      ObjectNode body = credentials(partner, partner.ownToken());
      List<PartnerAnswer> taken =
          atOnce(8, () -> send(partner, "PUT", version, old, body.toString())).stream()
              .filter(PartnerAnswer::isDone)
              .toList();
      assertThat(taken).hasSize(1);
      String token = taken.getFirst().data().path("token").asText();
      assertThat(send(partner, "GET", version, token, "").http()).isEqualTo(200);
    }
  }

  private static PartnerAnswer patch(World world, String uid, JsonNode change) {
    List<String> path =
        List.of(world.partner().party().countryCode(), world.partner().party().partyId(), uid);
    return world.partner().caller().call("PATCH", "tokens", "RECEIVER", path, change);
  }

  @Test
  void ofChangesOfATokenAtOnce_noneIsLost() throws Exception {
    try (World world = World.open(OcpiVersion.V2_2_1)) {
      String uid = world.token("ALWAYS").path("uid").asText();
      Map<String, String> wanted =
          Map.of(
              "visual_number", "V-1",
              "issuer", "Issuer 1",
              "group_id", "G-1",
              "contract_id", "DE-ABC-C1",
              "language", "fr",
              "default_profile_type", "GREEN",
              "whitelist", "ALLOWED");
      List<Callable<PartnerAnswer>> calls = new ArrayList<>();
      wanted.forEach(
          (field, value) ->
              calls.add(
                  () ->
                      patch(
                          world,
                          uid,
                          PartnerJson.object()
                              .put(field, value)
                              .put("last_updated", "2030-01-01T00:00:00Z"))));
      assertThat(atOnce(calls)).allMatch(PartnerAnswer::isDone);
      List<String> path =
          List.of(world.partner().party().countryCode(), world.partner().party().partyId(), uid);
      JsonNode kept = world.partner().caller().call("GET", "tokens", "RECEIVER", path, null).done();
      wanted.forEach((field, value) -> assertThat(kept.path(field).asText()).isEqualTo(value));
    }
  }

  @Test
  void ofTokensWithOneUid_aBadOneDoesNotCloseTheCard_norTakeItsContract() {
    try (World world = World.open(OcpiVersion.V2_3_0);
        Station16 station = Station16.online(World.at(World.site()))) {
      ObjectNode card = world.token("ALWAYS");
      String uid = card.path("uid").asText();
      ObjectNode app =
          card.deepCopy()
              .put("type", "APP_USER")
              .put("contract_id", "DE-OTHER-C2")
              .put("valid", false);
      world.partner().push(app).done();
      assertThat(station.authorize(uid)).isEqualTo("Accepted");
      world.partner().push(app.put("valid", true)).done();
      World.charge(station, uid);
      JsonNode token = world.pull("cdrs", Map.of(), 1).getFirst().path("cdr_token");
      assertThat(token.path("contract_id")).isEqualTo(card.path("contract_id"));
      assertThat(token.path("type").asText()).isEqualTo("RFID");
      world.partner().push(card.deepCopy().put("valid", false)).done();
      world.partner().push(app.put("valid", false)).done();
      assertThat(station.authorize(uid)).isNotEqualTo("Accepted");
    }
  }

  @Test
  void cardsOfAPartnerThatIsStoppedOrGone_startNothing() {
    try (World world = World.open(OcpiVersion.V2_2_1);
        Station16 station = Station16.online(World.at(World.site()))) {
      String uid = world.token("ALWAYS").path("uid").asText();
      String at = "/ocpi/parties/" + world.partnerId();
      assertThat(station.authorize(uid)).isEqualTo("Accepted");
      World.api().patch(at, Map.of("suspended", true)).expect(200);
      assertThat(station.authorize(uid)).isEqualTo("Invalid");
      assertThat(station.start(1, uid, 1_000).path("idTagInfo").path("status").asText())
          .isEqualTo("Invalid");
      World.api().patch(at, Map.of("suspended", false)).expect(200);
      assertThat(station.authorize(uid)).isEqualTo("Accepted");
      world.partner().unregister();
      assertThat(station.authorize(uid)).isEqualTo("Invalid");
    }
  }

  @Test
  void nobodyOfOurs_getsATokenThatAPartnerPays() {
    try (World world = World.open(OcpiVersion.V2_3_0)) {
      String theirs = world.token("ALWAYS").path("uid").asText();
      Map<String, Object> wanted = Map.of("uid", Unique.token(), "driver", world.partnerId());
      assertThat(World.api().post("/tokens", wanted).status()).isEqualTo(400);
      String uid = World.api().token();
      Map<String, Object> change = Map.of("driver", world.partnerId());
      assertThat(World.api().patch("/tokens/" + uid, change).status()).isEqualTo(400);
      World.api().patch("/tokens/" + theirs, change).expect(200);
    }
  }

  private static PartnerAnswer send(
      PartnerSystem partner, String method, OcpiVersion version, String token, String body) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("authorization", "Token " + token);
    headers.put("content-type", "application/json");
    headers.put("x-request-id", "r-1");
    headers.put("x-correlation-id", "c-1");
    URI at =
        URI.create(
            World.versionsUrl()
                .toString()
                .replace("/versions", "/" + version.wire() + "/credentials"));
    return partner.caller().raw(method, at, headers, body.getBytes(StandardCharsets.UTF_8));
  }

  private static List<PartnerAnswer> atOnce(int times, Callable<PartnerAnswer> call)
      throws InterruptedException, ExecutionException {
    return atOnce(Collections.nCopies(times, call));
  }

  private static List<PartnerAnswer> atOnce(List<Callable<PartnerAnswer>> calls)
      throws InterruptedException, ExecutionException {
    List<PartnerAnswer> answers = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<PartnerAnswer> one : threads.invokeAll(calls)) {
        answers.add(one.get());
      }
    }
    return answers;
  }
}
