package org.ampay.ocpi.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.ampay.app.partner.PartnerAnswer;
import org.ampay.app.partner.PartnerSystem;
import org.ampay.app.simulator.Eventually;
import org.ampay.conformance.Station16;
import org.ampay.conformance.Station201;
import org.ampay.conformance.Unique;
import org.ampay.ocpi.OcpiVersion;
import org.ampay.ocpi.PartyRef;
import org.ampay.ocpi.facts.Facts;
import org.ampay.ocpi.facts.Strictness;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Where systems that speak OCPI fall, one test a trap, in both versions. Further ones: {@link
 * HandshakeTest} (our token in base64 without a newline), {@link BadInputTest} (times in every
 * form, ids that must be encoded), {@link CdrMoneyTest} (credit CDRs), {@link TokenContractTest}
 * (sessions of others), {@link PushContractTest} (slow partners).
 */
class TrapsTest {

  private static final Map<OcpiVersion, Charged> WORLDS = new EnumMap<>(OcpiVersion.class);
  private static final Pattern TIME =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{3})?Z");

  private static Charged charged(OcpiVersion version) {
    return WORLDS.computeIfAbsent(version, Charged::in);
  }

  @AfterAll
  static void close() {
    WORLDS.values().forEach(Charged::close);
  }

  private static List<ObjectNode> cdrs(Charged charged) {
    return charged.world().pull("cdrs", Map.of(), 2);
  }

  @ParameterizedTest
  @EnumSource(OcpiVersion.class)
  void trap_tokensAreReadInBase64AndAsTheyAre_alsoWithTheNewlineOfTheSpecsExample(
      OcpiVersion version) {
    Charged charged = charged(version);
    String token = charged.world().partner().callToken();
    var encoder = Base64.getEncoder();
    for (String form :
        List.of(
            token,
            encoder.encodeToString(token.getBytes(StandardCharsets.UTF_8)),
            encoder.encodeToString((token + "\n").getBytes(StandardCharsets.UTF_8)))) {
      PartnerAnswer answer =
          Raw.of(charged.world())
              .with("authorization", "Token " + form)
              .call("GET", "cdrs", "SENDER", "", "");
      assertThat(answer.http()).as(form).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @EnumSource(OcpiVersion.class)
  void trap_anUnknownToken_is401(OcpiVersion version) {
    Raw wrong = Raw.of(charged(version).world()).with("authorization", "Token d3Jvbmc=");
    assertThat(wrong.call("GET", "cdrs", "SENDER", "", "").http()).isEqualTo(401);
    assertThat(wrong.call("GET", World.versionsUrl(), "versions", "").http()).isEqualTo(401);
  }

  @ParameterizedTest
  @EnumSource(OcpiVersion.class)
  void trap_postWhenRegistered_andPutOrDeleteWhenNot_are405(OcpiVersion version) {
    URI at =
        URI.create(
            World.versionsUrl()
                .toString()
                .replace("/versions", "/" + version.wire() + "/credentials"));
    Raw registered = Raw.of(charged(version).world());
    assertThat(registered.call("POST", at, "credentials", "{}").http()).isEqualTo(405);
    try (PartnerSystem stranger = World.stranger(version)) {
      String tokenA = World.invite(stranger).path("token_a").asText();
      Raw invited = new Raw(stranger, Map.of("authorization", "Token " + tokenA));
      assertThat(invited.call("PUT", at, "credentials", "{}").http()).isEqualTo(405);
      assertThat(invited.call("DELETE", at, "credentials", "").http()).isEqualTo(405);
    }
  }

  @ParameterizedTest
  @EnumSource(OcpiVersion.class)
  void trap_theOtherSidesVersions_areFetchedBeforeItsPostIsAnswered(OcpiVersion version) {
    try (PartnerSystem partner = World.stranger(version)) {
      partner.register(World.versionsUrl(), World.invite(partner).path("token_a").asText());
      // Nothing waits here: what is not fetched by now was not fetched before the answer.
      assertThat(partner.books().calls("GET", "ocpi/versions")).hasSize(1);
      assertThat(partner.books().calls("GET", "ocpi/" + version.wire())).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource(OcpiVersion.class)
  void trap_linksHaveNextOnly_thePublicAddress_andTheFilters(OcpiVersion version) {
    Charged charged = charged(version);
    cdrs(charged);
    String query = "?date_from=2020-01-01T00:00:00Z&date_to=2090-01-01T00:00:00Z&limit=1";
    PartnerAnswer answer =
        Raw.of(charged.world())
            .with("x-forwarded-host", "evil.example")
            .call("GET", "cdrs", "SENDER", query, "");
    String link = answer.header("link").orElseThrow();
    assertThat(link).startsWith("<" + charged.world().partner().caller().address("cdrs", "SENDER"));
    assertThat(link).endsWith(">; rel=\"next\"").doesNotContain("evil", "prev", "last");
    assertThat(link).contains("date_from=", "date_to=", "limit=1", "offset=1");
  }

  @ParameterizedTest
  @EnumSource(OcpiVersion.class)
  void trap_limitAndTotal_areAlwaysThere_andTheLastPageHasNoNext(OcpiVersion version) {
    Charged charged = charged(version);
    int total = cdrs(charged).size();
    for (String module : List.of("cdrs", "sessions", "locations", "tariffs")) {
      PartnerAnswer all =
          Raw.of(charged.world())
              .call("GET", module, "SENDER", "?date_from=2020-01-01T00:00:00Z", "");
      assertThat(all.header("x-total-count")).as(module).isPresent();
      assertThat(all.header("x-limit")).as(module).isPresent();
    }
    PartnerAnswer exact =
        Raw.of(charged.world())
            .call("GET", "cdrs", "SENDER", "?offset=" + (total - 1) + "&limit=1", "");
    assertThat(exact.done()).hasSize(1);
    assertThat(exact.header("x-total-count")).hasValue(Integer.toString(total));
    assertThat(exact.header("link")).isEmpty();
    PartnerAnswer whole =
        Raw.of(charged.world()).call("GET", "cdrs", "SENDER", "?limit=" + total, "");
    assertThat(whole.header("link")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(OcpiVersion.class)
  void trap_listsAreOldestFirstAndStable(OcpiVersion version) {
    Charged charged = charged(version);
    List<ObjectNode> once = cdrs(charged);
    List<ObjectNode> again = charged.world().partner().pull("cdrs", Map.of("limit", "1"));
    assertThat(again).isEqualTo(once);
    assertThat(once.stream().map(cdr -> cdr.path("last_updated").asText()).toList()).isSorted();
  }

  @ParameterizedTest
  @EnumSource(OcpiVersion.class)
  void trap_dateFromIsInclusive_dateToExclusive(OcpiVersion version) {
    Charged charged = charged(version);
    ObjectNode first = cdrs(charged).getFirst();
    String at = first.path("last_updated").asText();
    PartnerAnswer from =
        Raw.of(charged.world()).call("GET", "cdrs", "SENDER", "?date_from=" + at, "");
    assertThat(from.done()).contains(first);
    PartnerAnswer to = Raw.of(charged.world()).call("GET", "cdrs", "SENDER", "?date_to=" + at, "");
    assertThat(to.done()).doesNotContain(first);
  }

  @ParameterizedTest
  @EnumSource(OcpiVersion.class)
  void trap_trailingSlashes_areNoRedirect(OcpiVersion version) {
    Charged charged = charged(version);
    for (String module : List.of("cdrs", "sessions", "locations", "tariffs")) {
      PartnerAnswer answer =
          Raw.of(charged.world())
              .call("GET", module, "SENDER", "/?date_from=2020-01-01T00:00:00Z", "");
      assertThat(answer.http()).as(module).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @EnumSource(OcpiVersion.class)
  void trap_errorsOfOcpi_areHttp200(OcpiVersion version) {
    World world = charged(version).world();
    PartyRef party = world.partner().party();
    String uid = "/" + party.countryCode() + "/" + party.partyId() + "/ERR1";
    PartnerAnswer answer =
        Raw.of(world).call("PUT", "tokens", "RECEIVER", uid, "{\"uid\": \"ERR1\", \"valid\": 1}");
    assertThat(answer.http()).isEqualTo(200);
    assertThat(answer.status()).isEqualTo(2001);
  }

  @ParameterizedTest
  @EnumSource(OcpiVersion.class)
  void trap_pushedPeriods_makeTheWholeOnlyIfPatchesAppend(OcpiVersion version) {
    try (World world = World.open(version);
        Station201 station = Station201.online(World.at(World.site()))) {
      String uid = world.token("ALWAYS").path("uid").asText();
      String transaction = World.charge(station, uid);
      JsonNode ours = World.api().awaitSession(station, transaction, Charged::isBilled);
      String id = ours.path("session_id").asText();
      Eventually.await(
          "the end",
          () -> world.pushed("sessions", id).path("status").asText().equals("COMPLETED"));
      ObjectNode pulled =
          world.partner().pull("sessions", Map.of("date_from", "2020-01-01T00:00:00Z")).stream()
              .filter(one -> one.path("id").asText().equals(id))
              .findFirst()
              .orElseThrow();
      Eventually.await("equal", () -> world.pushed("sessions", id).equals(pulled));
      assertThat(world.complaints()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(OcpiVersion.class)
  void trap_allTimesEndInZ(OcpiVersion version) {
    Charged charged = charged(version);
    Set<String> times = new LinkedHashSet<>();
    for (String module : List.of("cdrs", "sessions", "locations", "tariffs")) {
      for (ObjectNode one :
          charged.world().partner().pull(module, Map.of("date_from", "2020-01-01T00:00:00Z"))) {
        times.addAll(one.findValuesAsText("last_updated"));
        times.addAll(one.findValuesAsText("start_date_time"));
        times.addAll(one.findValuesAsText("end_date_time"));
      }
    }
    assertThat(times).isNotEmpty().allMatch(time -> TIME.matcher(time).matches());
  }

  @ParameterizedTest
  @EnumSource(OcpiVersion.class)
  void trap_pricesHaveTheShapeOfTheirVersion(OcpiVersion version) {
    for (ObjectNode cdr : cdrs(charged(version))) {
      JsonNode price = cdr.path("total_cost");
      assertThat(Facts.of(version).check("Price", price, Strictness.SENT)).isEmpty();
      OcpiVersion other = version == OcpiVersion.V2_2_1 ? OcpiVersion.V2_3_0 : OcpiVersion.V2_2_1;
      assertThat(Facts.of(other).check("Price", price, Strictness.SENT)).isNotEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(OcpiVersion.class)
  void trap_theAddressOfACdr_isCutTo45(OcpiVersion version) {
    for (ObjectNode cdr : cdrs(charged(version))) {
      assertThat(cdr.at("/cdr_location/address").asText()).hasSizeBetween(40, 45);
    }
  }

  @ParameterizedTest
  @EnumSource(OcpiVersion.class)
  void trap_energyIsInKilowattHours_andTimeInHours(OcpiVersion version) {
    for (ObjectNode cdr : cdrs(charged(version))) {
      assertThat(cdr.path("total_energy").decimalValue()).isEqualByComparingTo("4");
      assertThat(cdr.path("total_time").decimalValue()).isBetween(BigDecimal.ZERO, BigDecimal.ONE);
    }
  }

  @ParameterizedTest
  @EnumSource(OcpiVersion.class)
  void trap_ids_areOursAndNotTheStations(OcpiVersion version) {
    Charged charged = charged(version);
    List<String> ids = cdrs(charged).stream().map(cdr -> cdr.path("session_id").asText()).toList();
    assertThat(ids).containsExactlyInAnyOrder(charged.id16(), charged.id201());
    assertThat(ids).doesNotContain(charged.session201().path("transaction_id").asText());
  }

  @ParameterizedTest
  @EnumSource(OcpiVersion.class)
  void trap_a16ConnectorIsAnEvseOfItsOwn(OcpiVersion version) {
    String site = World.site();
    try (Station16 station = Station16.online(World.at(site).withEvses(3))) {
      ObjectNode location = charged(version).world().location(site, 3);
      for (JsonNode evse : location.path("evses")) {
        assertThat(evse.path("connectors")).hasSize(1);
      }
      assertThat(station.isConnected()).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource(OcpiVersion.class)
  void trap_signedData_isCarriedByteForByte(OcpiVersion version) {
    String plain = "OCMF|{\"FV\":\"1.0\",\"GI\":\"a \\u00e9 b\",\"RD\":[]}|{\"SD\":\"3045\"}";
    // OCPP 2.0.1 sends it in base64, and so does OCPI; others write it as it is.
    String base64 = Base64.getEncoder().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
    for (String sent : List.of(base64, plain)) {
      JsonNode data = signed(version, sent);
      assertThat(data.path("encoding_method").asText()).isEqualTo("OCMF");
      assertThat(data.path("public_key").asText()).isEqualTo("key/+");
      assertThat(data.path("signed_values").findValuesAsText("signed_data"))
          .containsExactly(base64);
      assertThat(data.path("signed_values").findValuesAsText("plain_data")).containsExactly(plain);
      assertThat(data.path("signed_values").findValuesAsText("nature")).containsExactly("End");
    }
  }

  /** The signed_data of the CDR of a session whose last reading is signed. */
  private static JsonNode signed(OcpiVersion version, String signed) {
    try (World world = World.open(version);
        Station201 station = Station201.online(World.at(World.site()))) {
      String uid = world.token("ALWAYS").path("uid").asText();
      String transaction = Unique.transaction();
      station.started(transaction, 1, uid, 1_000);
      station.event(SignedEnd.of(station, transaction, uid, 5_000, signed));
      JsonNode ours = World.api().awaitSession(station, transaction, Charged::isBilled);
      assertThat(ours).isNotNull();
      JsonNode cdr = world.pull("cdrs", Map.of(), 1).getFirst();
      assertThat(world.complaints()).isEmpty();
      return cdr.path("signed_data");
    }
  }

  @ParameterizedTest
  @EnumSource(OcpiVersion.class)
  void trap_aBadCdr_isHeldBack_andSpoilsNoPage(OcpiVersion version) {
    String bad = "NOWHERE-" + Unique.token(); // a site without coordinates
    String body =
        """
        {"code": "%s", "name": "N", "address": "A", "city": "C", "country": "CHN",
         "time_zone": "Asia/Shanghai", "published": true}
        """;
    World.api().post("/sites", body.formatted(bad)).expect(201);
    try (World world = World.open(version);
        Station16 lost = Station16.online(World.at(bad));
        Station16 station = Station16.online(World.at(World.site()))) {
      String uid = world.token("ALWAYS").path("uid").asText();
      int first = World.charge(lost, uid);
      JsonNode held = World.api().awaitSession(lost, first, Charged::isBilled);
      int second = World.charge(station, uid);
      JsonNode fine = World.api().awaitSession(station, second, Charged::isBilled);
      List<ObjectNode> all = world.pull("cdrs", Map.of(), 1);
      assertThat(all)
          .extracting(cdr -> cdr.path("session_id").asText())
          .containsExactly(fine.path("session_id").asText());
      assertThat(held.path("bills")).hasSize(1);
      all.forEach(
          cdr ->
              assertThat(Facts.of(version).check("CDR", cdr, Strictness.SENT))
                  .as("%s", cdr)
                  .isEmpty());
      assertThat(world.complaints()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(OcpiVersion.class)
  void trap_aPartnerSeesOnlyWhatIsHis(OcpiVersion version) {
    Charged charged = charged(version);
    cdrs(charged);
    try (World other = World.open(version)) {
      other.token("ALWAYS");
      Map<String, String> ever = Map.of("date_from", "2020-01-01T00:00:00Z");
      assertThat(other.partner().pull("cdrs", ever)).isEmpty();
      assertThat(other.partner().pull("sessions", ever)).isEmpty();
      PartnerAnswer wish =
          Raw.of(other)
              .call(
                  "PUT",
                  "sessions",
                  "SENDER",
                  "/" + charged.id16() + "/charging_preferences",
                  "{\"profile_type\": \"REGULAR\"}");
      assertThat(wish.http()).isEqualTo(404);
      PartyRef party = charged.world().partner().party();
      PartnerAnswer token =
          Raw.of(other)
              .call(
                  "GET",
                  "tokens",
                  "RECEIVER",
                  "/"
                      + party.countryCode()
                      + "/"
                      + party.partyId()
                      + "/"
                      + charged.token().path("uid").asText(),
                  "");
      assertThat(token.http()).isEqualTo(404);
    }
  }

  @ParameterizedTest
  @EnumSource(OcpiVersion.class)
  void trap_idsArePercentEncoded_andTimesReadInEveryForm(OcpiVersion version) {
    try (World world = World.open(version)) {
      for (String time :
          List.of(
              "2026-03-02T08:00:00",
              "2026-03-02T08:00:00Z",
              "2026-03-02T08:00:00.123Z",
              "2026-03-02T08:00:00.123456",
              "2026-03-02T08:00:00+00:00")) {
        ObjectNode token =
            world.partner().tokens().issue("A#*/%" + Unique.token(), "OTHER", "ALWAYS", true);
        token.put("last_updated", time);
        assertThat(world.partner().push(token).http()).as(time).isEqualTo(201);
        assertThat(world.partner().push(token).http()).as(time).isEqualTo(200);
      }
      for (String time :
          List.of("2020-01-01T00:00:00", "2020-01-01T00:00:00.5Z", "2020-01-01T00:00:00%2B00:00")) {
        assertThat(
                Raw.of(world).call("GET", "sessions", "SENDER", "?date_from=" + time, "").isDone())
            .as(time)
            .isTrue();
      }
    }
  }
}
