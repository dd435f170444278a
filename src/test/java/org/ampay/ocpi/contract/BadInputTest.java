package org.ampay.ocpi.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.ampay.app.partner.PartnerAnswer;
import org.ampay.app.partner.PartnerFaults.Fault;
import org.ampay.app.partner.PartnerJson;
import org.ampay.app.partner.PartnerSystem;
import org.ampay.conformance.Station16;
import org.ampay.conformance.Unique;
import org.ampay.ocpi.OcpiVersion;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What partners get wrong, one after the other; after each our server still serves. */
class BadInputTest {

  /** Of a race that one in a hundred lost. */
  private static final int TIMES = 50;

  private static final Map<OcpiVersion, World> WORLDS = new EnumMap<>(OcpiVersion.class);

  private static World world(OcpiVersion version) {
    return WORLDS.computeIfAbsent(version, World::open);
  }

  @AfterAll
  static void close() {
    WORLDS.values().forEach(World::close);
  }

  private static String tokenPath(World world, String uid) {
    return "/"
        + world.partner().party().countryCode()
        + "/"
        + world.partner().party().partyId()
        + "/"
        + uid;
  }

  private static ObjectNode fresh(World world) {
    return world.partner().tokens().issue(Unique.token(), "RFID", "ALWAYS", true);
  }

  private static PartnerAnswer put(World world, ObjectNode token, String uid) {
    return Raw.of(world).call("PUT", "tokens", "RECEIVER", tokenPath(world, uid), token.toString());
  }

  @ParameterizedTest
  @EnumSource(OcpiVersion.class)
  void wrongTokens_are401WithAnEnvelope(OcpiVersion version) {
    World world = world(version);
    for (String header :
        List.of("Token wrong", "Bearer x", "Token", "Token \t", "", "Basic eDp5", "Token ====")) {
      PartnerAnswer answer =
          Raw.of(world)
              .with("authorization", header.isEmpty() ? "Token" : header)
              .call("GET", "cdrs", "SENDER", "", "");
      assertThat(answer.http()).as(header).isEqualTo(401);
      assertThat(answer.status()).as(header).isBetween(2000, 2999);
    }
  }

  @ParameterizedTest
  @EnumSource(OcpiVersion.class)
  void theTokenOfAnotherPartner_doesNotOpenHisData(OcpiVersion version) {
    World one = world(version);
    try (World other = World.open(version)) {
      ObjectNode token = one.token("ALWAYS");
      PartnerAnswer answer =
          Raw.of(other)
              .call("GET", "tokens", "RECEIVER", tokenPath(one, token.path("uid").asText()), "");
      assertThat(answer.isDone()).isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource(OcpiVersion.class)
  void aWrongParty_isRefused(OcpiVersion version) {
    World world = world(version);
    ObjectNode token = fresh(world);
    String path = "/DE/XYZ/" + token.path("uid").asText();
    PartnerAnswer answer =
        Raw.of(world)
            .call("PUT", "tokens", "RECEIVER", path, token.put("party_id", "XYZ").toString());
    assertThat(answer.isDone()).isFalse();
    PartnerAnswer routed =
        Raw.of(world).with("ocpi-to-party-id", "QQQ").call("GET", "locations", "SENDER", "", "");
    assertThat(routed.isDone()).isFalse();
  }

  @ParameterizedTest
  @EnumSource(OcpiVersion.class)
  void aWrongVersion_is404(OcpiVersion version) {
    World world = world(version);
    for (String other : List.of("2.1.1", "9.9", "2.2", "x")) {
      URI uri =
          URI.create(World.versionsUrl().toString().replace("/versions", "/" + other + "/cdrs"));
      assertThat(Raw.of(world).call("GET", uri, "cdrs", "").http()).as(other).isEqualTo(404);
    }
  }

  @ParameterizedTest
  @EnumSource(OcpiVersion.class)
  void unknownIds_are404WithAnOcpiStatus(OcpiVersion version) {
    World world = world(version);
    for (String path : List.of("/nowhere", "/nowhere/1", "/nowhere/1/1", "/a/b/c/d")) {
      PartnerAnswer answer = Raw.of(world).call("GET", "locations", "SENDER", path, "");
      assertThat(answer.http()).as(path).isEqualTo(404);
      assertThat(answer.status()).as(path).isBetween(2000, 2999);
    }
    PartnerAnswer token =
        Raw.of(world).call("GET", "tokens", "RECEIVER", tokenPath(world, "none"), "");
    assertThat(token.http()).isEqualTo(404);
    assertThat(token.status()).isIn(2000, 2004);
    assertThat(
            Raw.of(world)
                .call(
                    "PUT",
                    "sessions",
                    "SENDER",
                    "/none/charging_preferences",
                    "{\"profile_type\": \"FAST\"}")
                .isDone())
        .isFalse();
  }

  @ParameterizedTest
  @EnumSource(OcpiVersion.class)
  void malformedJson_is400(OcpiVersion version) {
    World world = world(version);
    for (String body : List.of("{", "{\"uid\": }", "nonsense", "{\"a\": 1} trailing", "\u0000")) {
      PartnerAnswer answer =
          Raw.of(world).call("PUT", "tokens", "RECEIVER", tokenPath(world, "A1"), body);
      assertThat(answer.http()).as(body).isEqualTo(400);
      assertThat(answer.status()).as(body).isBetween(2000, 2999);
    }
  }

  @ParameterizedTest
  @EnumSource(OcpiVersion.class)
  void wrongTypesAndMissingFields_are2001(OcpiVersion version) {
    World world = world(version);
    for (String field : List.of("uid", "type", "contract_id", "issuer", "valid", "whitelist")) {
      for (JsonNode value :
          List.of(
              PartnerJson.tree("7.5"),
              PartnerJson.tree("[]"),
              PartnerJson.tree("{}"),
              PartnerJson.tree("null"),
              PartnerJson.tree("\"" + "x".repeat(300) + "\""))) {
        ObjectNode token = fresh(world);
        String uid = token.path("uid").asText();
        token.set(field, value);
        PartnerAnswer answer = put(world, token, uid);
        assertThat(answer.http()).as(field + value).isEqualTo(200);
        assertThat(answer.status()).as(field + value).isEqualTo(2001);
        assertThat(answer.envelope().path("status_message").asText()).contains(field);
      }
    }
    for (String body : List.of("[]", "7", "\"text\"", "null", "true")) {
      PartnerAnswer answer =
          Raw.of(world).call("PUT", "tokens", "RECEIVER", tokenPath(world, "A1"), body);
      assertThat(answer.status()).as(body).isEqualTo(2001);
    }
  }

  @ParameterizedTest
  @EnumSource(OcpiVersion.class)
  void anIdThatDiffersFromTheUrl_is2001(OcpiVersion version) {
    World world = world(version);
    ObjectNode token = fresh(world);
    assertThat(put(world, token, "OTHER1").status()).isEqualTo(2001);
  }

  @ParameterizedTest
  @EnumSource(OcpiVersion.class)
  void pagesBeyondTheEnd_areEmpty(OcpiVersion version) {
    World world = world(version);
    for (String query : List.of("?offset=1000000", "?offset=2147483647&limit=1000")) {
      PartnerAnswer answer = Raw.of(world).call("GET", "cdrs", "SENDER", query, "");
      assertThat(answer.http()).as(query).isEqualTo(200);
      assertThat(answer.done()).as(query).isEmpty();
      assertThat(answer.header("x-total-count")).isPresent();
      assertThat(answer.header("x-limit")).isPresent();
      assertThat(answer.header("link")).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(OcpiVersion.class)
  void pagesThatMakeNoSense_are2001(OcpiVersion version) {
    World world = world(version);
    for (String query :
        List.of(
            "?offset=-1",
            "?limit=-5",
            "?offset=x",
            "?limit=1e3",
            "?date_from=yesterday",
            "?date_to=2026-13-01T00:00:00Z",
            "?offset=99999999999999999999")) {
      PartnerAnswer answer = Raw.of(world).call("GET", "cdrs", "SENDER", query, "");
      assertThat(answer.http()).as(query).isEqualTo(200);
      assertThat(answer.status()).as(query).isEqualTo(2001);
    }
  }

  @ParameterizedTest
  @EnumSource(OcpiVersion.class)
  void datesInEveryForm_areRead(OcpiVersion version) {
    World world = world(version);
    for (String time :
        List.of(
            "2026-01-01T00:00:00",
            "2026-01-01T00:00:00Z",
            "2026-01-01T00:00:00.123Z",
            "2026-01-01T00:00:00.123456",
            "2026-01-01T00:00:00%2B00:00")) {
      PartnerAnswer answer =
          Raw.of(world).call("GET", "sessions", "SENDER", "?date_from=" + time, "");
      assertThat(answer.status()).as(time).isEqualTo(1000);
      if (!time.contains("%")) {
        ObjectNode token = fresh(world).put("last_updated", time);
        assertThat(put(world, token, token.path("uid").asText()).isDone()).as(time).isTrue();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(OcpiVersion.class)
  void aPatchWithoutLastUpdated_is2001(OcpiVersion version) {
    World world = world(version);
    String uid = world.token("ALWAYS").path("uid").asText();
    PartnerAnswer answer =
        Raw.of(world)
            .call("PATCH", "tokens", "RECEIVER", tokenPath(world, uid), "{\"valid\": false}");
    assertThat(answer.status()).isEqualTo(2001);
    assertThat(
            Raw.of(world)
                .call("GET", "tokens", "RECEIVER", tokenPath(world, uid), "")
                .done()
                .path("valid")
                .asBoolean())
        .isTrue();
  }

  @ParameterizedTest
  @EnumSource(OcpiVersion.class)
  void idsWithStrangeCharacters_areKept(OcpiVersion version) {
    World world = world(version);
    for (String id : List.of("A#B*1", "A/B", "A%B", "A%2FB", "A B", "A+B", "A?B=1&C", "~'()")) {
      String uid = id + Unique.token();
      ObjectNode token = world.partner().tokens().issue(uid, "RFID", "ALWAYS", true);
      assertThat(world.partner().push(token).done()).as(id).isNotNull();
      PartnerAnswer back =
          world
              .partner()
              .caller()
              .call(
                  "GET",
                  "tokens",
                  "RECEIVER",
                  List.of(
                      world.partner().party().countryCode(),
                      world.partner().party().partyId(),
                      uid),
                  null);
      assertThat(back.done().path("uid").asText()).as(id).isEqualTo(uid);
    }
  }

  @ParameterizedTest
  @EnumSource(OcpiVersion.class)
  void trailingSlashes_areAcceptedWithoutRedirect(OcpiVersion version) {
    World world = world(version);
    String uid = world.token("ALWAYS").path("uid").asText();
    for (String path : List.of(tokenPath(world, uid) + "/", tokenPath(world, uid))) {
      assertThat(Raw.of(world).call("GET", "tokens", "RECEIVER", path, "").http()).isEqualTo(200);
    }
    assertThat(Raw.of(world).call("GET", "locations", "SENDER", "/?limit=1", "").http())
        .isEqualTo(200);
    assertThat(
            Raw.of(world).call("GET", URI.create(World.versionsUrl() + "/"), "versions", "").http())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @EnumSource(OcpiVersion.class)
  void aBodyOfTenMegabytes_isRefusedAndNothingBreaks(OcpiVersion version) {
    World world = world(version);
    ObjectNode token = fresh(world).put("issuer", "x".repeat(10_000_000));
    for (int i = 0; i < TIMES; i++) {
      PartnerAnswer answer = put(world, token, token.path("uid").asText());
      assertThat(answer.http()).isIn(413, 0);
    }
    assertThat(world.token("ALWAYS")).isNotNull();
  }

  @ParameterizedTest
  @EnumSource(OcpiVersion.class)
  void deepJson_isRefused(OcpiVersion version) {
    World world = world(version);
    String deep = "{\"uid\":" + "[".repeat(5_000) + "]".repeat(5_000) + "}";
    PartnerAnswer answer =
        Raw.of(world).call("PUT", "tokens", "RECEIVER", tokenPath(world, "A1"), deep);
    assertThat(answer.isDone()).isFalse();
    assertThat(answer.http()).isLessThan(500);
  }

  @ParameterizedTest
  @EnumSource(OcpiVersion.class)
  void methodsThatAModuleHasNot_are405(OcpiVersion version) {
    World world = world(version);
    assertThat(Raw.of(world).call("DELETE", "cdrs", "SENDER", "", "").http()).isEqualTo(405);
    assertThat(Raw.of(world).call("POST", "locations", "SENDER", "", "{}").http()).isEqualTo(405);
    assertThat(
            Raw.of(world).call("DELETE", "tokens", "RECEIVER", tokenPath(world, "A1"), "").http())
        .isEqualTo(405);
  }

  @ParameterizedTest
  @EnumSource(OcpiVersion.class)
  void aPartnerThatAnswersNonsense_doesNotStopOurStations(OcpiVersion version) {
    World world = world(version);
    try (Station16 station = Station16.online(World.at(World.site()))) {
      for (Fault fault : Fault.values()) {
        if (fault != Fault.SLOW) {
          world.partner().faults().next(fault, "", 3);
          String uid =
              world
                  .partner()
                  .tokens()
                  .issue(Unique.token(), "RFID", "NEVER", true)
                  .path("uid")
                  .asText();
          world.partner().push(world.partner().tokens().find(uid).orElseThrow()).done();
          station.authorize(uid);
          world.partner().faults().clear();
        }
      }
      String uid = world.token("ALWAYS").path("uid").asText();
      assertThat(station.authorize(uid)).isEqualTo("Accepted");
    }
  }

  @ParameterizedTest
  @EnumSource(OcpiVersion.class)
  void aPartnerWhoseListHasNoEnd_isReadForABoundedTime(OcpiVersion version) {
    World world = world(version);
    world.token("ALWAYS");
    world.partner().faults().next(Fault.SAME_PAGE_AGAIN, "tokens", -1);
    var reply = World.api().post("/ocpi/parties/" + world.partnerId() + "/refresh", "{}");
    assertThat(reply.status()).isLessThan(600);
    world.partner().faults().clear();
    assertThat(world.partner().pull("tariffs", Map.of())).isNotNull();
  }

  @ParameterizedTest
  @EnumSource(OcpiVersion.class)
  void anInvitedPartner_mayOnlyRegister(OcpiVersion version) {
    try (PartnerSystem invited = World.stranger(version)) {
      String tokenA = World.invite(invited).path("token_a").asText();
      for (String module : List.of("cdrs", "locations", "tokens/DE/EMP/1", "sessions")) {
        URI uri =
            URI.create(
                World.versionsUrl()
                    .toString()
                    .replace("/versions", "/" + version.wire() + "/" + module));
        PartnerAnswer answer =
            new Raw(invited, Map.of("authorization", "Token " + tokenA))
                .call("GET", uri, "versions", "");
        assertThat(answer.http()).as(module).isEqualTo(401);
      }
    }
  }
}
