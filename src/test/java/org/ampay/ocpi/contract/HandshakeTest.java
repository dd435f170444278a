package org.ampay.ocpi.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ampay.app.partner.PartnerAnswer;
import org.ampay.app.partner.PartnerException;
import org.ampay.app.partner.PartnerFaults.Fault;
import org.ampay.app.partner.PartnerSettings;
import org.ampay.app.partner.PartnerSystem;
import org.ampay.ocpi.OcpiVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Versions and credentials, begun by either side. */
class HandshakeTest {

  private static PartnerAnswer call(
      PartnerSystem partner, String method, URI uri, String token, String body) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("authorization", "Token " + token);
    headers.put("content-type", "application/json");
    headers.put("x-request-id", "r-1");
    headers.put("x-correlation-id", "c-1");
    return partner.caller().raw(method, uri, headers, body.getBytes(StandardCharsets.UTF_8));
  }

  /** Whether the partner's token opens our credentials. */
  private static boolean own(PartnerSystem partner) {
    return partner.caller().call("GET", "credentials", "SENDER", List.of(), null).isDone();
  }

  private static URI credentials(OcpiVersion version) {
    return URI.create(
        World.versionsUrl().toString().replace("/versions", "/" + version.wire() + "/credentials"));
  }

  @ParameterizedTest
  @EnumSource(OcpiVersion.class)
  void aPartnerRegisters(OcpiVersion version) {
    try (World world = World.open(version)) {
      assertThat(world.partner().version()).isEqualTo(version);
      assertThat(world.partner().otherParty().toString()).isEqualTo("CN*AMP");
      assertThat(world.complaints()).isEmpty();
      JsonNode shown = World.api().get("/ocpi/parties/" + world.partnerId()).expect(200);
      assertThat(shown.path("state").asText()).isEqualToIgnoringCase("registered");
      assertThat(shown.path("version").asText()).isEqualTo(version.wire());
    }
  }

  @ParameterizedTest
  @EnumSource(OcpiVersion.class)
  void aPartner_findsAllModulesOfItsVersion(OcpiVersion version) {
    try (World world = World.open(version)) {
      assertThat(world.partner().endpoints().keySet())
          .contains(
              "locations SENDER",
              "sessions SENDER",
              "cdrs SENDER",
              "tariffs SENDER",
              "tokens RECEIVER",
              "commands RECEIVER",
              "chargingprofiles RECEIVER",
              "hubclientinfo RECEIVER");
      Set<String> names = world.partner().endpoints().keySet();
      assertThat(names).anyMatch(name -> name.startsWith("credentials "));
      if (version == OcpiVersion.V2_3_0) {
        assertThat(names).contains("payments RECEIVER");
      } else {
        assertThat(names).noneMatch(name -> name.startsWith("payments"));
      }
    }
  }

  @Test
  void aPartnerWithBothVersions_getsTheHighest() {
    try (PartnerSystem both = World.stranger(OcpiVersion.values())) {
      both.register(World.versionsUrl(), World.invite(both).path("token_a").asText());
      assertThat(both.version()).isEqualTo(OcpiVersion.V2_3_0);
      assertThat(both.complaints().all()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(OcpiVersion.class)
  void weRegister_withTheTokenThatThePartnerGave(OcpiVersion version) {
    try (PartnerSystem partner = World.stranger(version)) {
      long id = World.invite(partner).path("id").asLong();
      World.api()
          .post(
              "/ocpi/parties/" + id + "/register",
              Map.of("token_a", partner.invite(), "versions_url", partner.versionsUrl().toString()))
          .expect(200);
      assertThat(partner.isConnected()).isTrue();
      assertThat(partner.version()).isEqualTo(version);
      assertThat(partner.complaints().all()).isEmpty();
      assertThat(own(partner)).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource(OcpiVersion.class)
  void credentialsAreUpdated_andTheOldTokenIsVoid(OcpiVersion version) {
    try (World world = World.open(version)) {
      String old = world.partner().callToken();
      URI at = credentials(version);
      assertThat(call(world.partner(), "GET", at, old, "").http()).isEqualTo(200);
      world.partner().update();
      assertThat(world.partner().callToken()).isNotEqualTo(old);
      assertThat(call(world.partner(), "GET", at, old, "").http()).isEqualTo(401);
      assertThat(own(world.partner())).isTrue();
      assertThat(world.complaints()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(OcpiVersion.class)
  void aPartnerThatUnregisters_isUnknownAfterwards(OcpiVersion version) {
    try (World world = World.open(version)) {
      String token = world.partner().callToken();
      world.partner().unregister();
      assertThat(call(world.partner(), "GET", World.versionsUrl(), token, "").http())
          .isEqualTo(401);
      assertThat(world.complaints()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(OcpiVersion.class)
  void bothFormsOfTheToken_areRead(OcpiVersion version) {
    try (PartnerSystem plain =
        PartnerSystem.start(PartnerSettings.emsp(World.freshParty(), version).withPlainTokens())) {
      plain.register(World.versionsUrl(), World.invite(plain).path("token_a").asText());
      assertThat(own(plain)).isTrue();
      assertThat(plain.complaints().all()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(OcpiVersion.class)
  void ourToken_isBase64WithoutANewline(OcpiVersion version) {
    try (World world = World.open(version)) {
      assertThat(world.partner().callToken()).matches("[\\x21-\\x7E]{1,64}");
      // A wrong form would have been 401 at the partner, which complains of it.
      World.api().post("/ocpi/parties/" + world.partnerId() + "/register", "{}").expect(200);
      assertThat(world.complaints()).isEmpty();
    }
  }

  @Test
  void aTokenA_isGoodForOneHandshakeOnly() {
    try (PartnerSystem partner = World.stranger(OcpiVersion.V2_3_0)) {
      String tokenA = World.invite(partner).path("token_a").asText();
      partner.register(World.versionsUrl(), tokenA);
      assertThat(call(partner, "GET", World.versionsUrl(), tokenA, "").http()).isEqualTo(401);
    }
  }

  @Test
  void theOtherSidesVersionsThatFail_are3001() {
    try (PartnerSystem partner = World.stranger(OcpiVersion.V2_2_1)) {
      String tokenA = World.invite(partner).path("token_a").asText();
      for (Fault fault : List.of(Fault.ERROR_500, Fault.NONSENSE, Fault.NO_ENVELOPE)) {
        partner.faults().next(fault, "versions", 1);
        assertThatThrownBy(() -> partner.register(World.versionsUrl(), tokenA))
            .as(fault.name())
            .isInstanceOf(PartnerException.class)
            .hasMessageContaining("3001");
        assertThat(partner.isConnected()).isFalse();
        partner.faults().clear();
      }
      partner.register(World.versionsUrl(), tokenA);
      assertThat(partner.isConnected()).isTrue();
    }
  }

  @Test
  void brokenCredentials_are2001AndChangeNothing() {
    try (PartnerSystem partner = World.stranger(OcpiVersion.V2_2_1)) {
      String tokenA = World.invite(partner).path("token_a").asText();
      URI at = credentials(OcpiVersion.V2_2_1);
      for (String body :
          List.of(
              "{}",
              "{\"token\": 7}",
              "{\"token\": \"x\", \"url\": \"no url\", \"roles\": []}",
              "{\"token\": \"" + "x".repeat(65) + "\", \"url\": \"https://a.example\"}")) {
        PartnerAnswer answer = call(partner, "POST", at, tokenA, body);
        assertThat(answer.http()).as(body).isEqualTo(200);
        assertThat(answer.status()).as(body).isEqualTo(2001);
      }
      partner.register(World.versionsUrl(), tokenA);
    }
  }

  @Test
  void ourCredentials_canBeReadAgain() {
    try (World world = World.open(OcpiVersion.V2_3_0)) {
      PartnerAnswer answer =
          call(
              world.partner(),
              "GET",
              credentials(OcpiVersion.V2_3_0),
              world.partner().callToken(),
              "");
      assertThat(answer.data().path("token").asText()).isEqualTo(world.partner().callToken());
      assertThat(answer.data().at("/roles/0/role").asText()).isEqualTo("CPO");
    }
  }
}
