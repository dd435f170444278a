package org.ampay.app.partner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.ampay.app.partner.PartnerFaults.Fault;
import org.ampay.ocpi.OcpiVersion;
import org.ampay.ocpi.PartyRef;
import org.ampay.ocpi.facts.Examples;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The simulator against itself: one plays the CPO, the other must complain of what it does. */
class PartnerSystemTest {

  private final PartyRef cpoParty = new PartyRef("DE", "CPO");
  private final PartyRef ownParty = new PartyRef("DE", "EMP");
  private PartnerSystem cpo =
      PartnerSystem.start(PartnerSettings.emsp(cpoParty, OcpiVersion.values()).as("CPO"));
  private PartnerSystem emsp =
      PartnerSystem.start(PartnerSettings.emsp(ownParty, OcpiVersion.V2_2_1));

  @BeforeEach
  void register() {
    emsp.register(cpo.versionsUrl(), cpo.invite());
  }

  @AfterEach
  void close() {
    emsp.close();
    cpo.close();
  }

  @Test
  void handshake_choosesTheHighestCommonVersionAndChangesTokens() {
    assertThat(emsp.version()).isEqualTo(OcpiVersion.V2_2_1);
    assertThat(emsp.otherParty()).isEqualTo(cpoParty);
    String before = emsp.callToken();
    emsp.update();
    assertThat(emsp.callToken()).isNotEqualTo(before).isEqualTo(cpo.ownToken());
    assertThat(cpo.callToken()).isEqualTo(emsp.ownToken());
    emsp.unregister();
    assertThat(cpo.isConnected()).isFalse();
    assertThat(emsp.complaints().all()).isEmpty();
    assertThat(cpo.complaints().all()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(OcpiVersion.class)
  void eachVersion_canBeAgreed(OcpiVersion version) {
    emsp.unregister();
    try (PartnerSystem other =
        PartnerSystem.start(PartnerSettings.emsp(ownParty, version).withPlainTokens())) {
      other.register(cpo.versionsUrl(), cpo.invite());
      assertThat(other.version()).isEqualTo(version);
      assertThat(other.complaints().all()).isEmpty();
    }
  }

  private static ObjectNode session(PartnerSystem of, String uid) {
    ObjectNode token = of.tokens().issue(uid, "RFID", "ALWAYS", true);
    ObjectNode session =
        Examples.least(OcpiVersion.V2_2_1, "Session")
            .put("country_code", "DE")
            .put("party_id", "CPO")
            .put("id", "S1")
            .put("currency", "EUR")
            .put("status", "ACTIVE");
    ObjectNode cdrToken = session.putObject("cdr_token");
    for (String name : List.of("country_code", "party_id", "uid", "type", "contract_id")) {
      cdrToken.set(name, token.path(name));
    }
    return session;
  }

  private PartnerAnswer push(String method, ObjectNode body, String id) {
    return cpo.caller().call(method, "sessions", "RECEIVER", List.of("DE", "CPO", id), body);
  }

  @Test
  void pushedSessions_areReplacedByPutAndAppendedToByPatch() {
    ObjectNode session = session(emsp, "T1");
    assertThat(push("PUT", session, "S1").http()).isEqualTo(201);
    ObjectNode patch = PartnerJson.object().put("last_updated", "2026-01-31T10:10:00Z");
    ObjectNode period =
        patch
            .putArray("charging_periods")
            .addObject()
            .put("start_date_time", "2026-01-31T10:00:00Z");
    period.putArray("dimensions").addObject().put("type", "TIME").put("volume", 0.1);
    assertThat(push("PATCH", patch, "S1").status()).isEqualTo(1000);
    period.put("start_date_time", "2026-01-31T10:06:00Z");
    patch.put("last_updated", "2026-01-31T10:20:00Z");
    assertThat(push("PATCH", patch, "S1").status()).isEqualTo(1000);
    assertThat(emsp.books().find("sessions", "s1").orElseThrow().path("charging_periods"))
        .hasSize(2);
    assertThat(emsp.complaints().all()).isEmpty();
    push("PUT", session, "S1");
    assertThat(emsp.books().find("sessions", "S1").orElseThrow().path("charging_periods"))
        .isEmpty();
    assertThat(emsp.complaints().all()).singleElement().asString().contains("older than");
  }

  @Test
  void whatIsWrong_isRefusedAndComplainedOf() {
    ObjectNode session = session(emsp, "T1");
    assertThat(push("PUT", session.deepCopy().put("kwh", "1"), "S1").status()).isEqualTo(2001);
    assertThat(push("PUT", session, "S2").status()).isEqualTo(2001);
    ObjectNode foreign = session(cpo, "X9").put("id", "S1");
    assertThat(push("PUT", foreign, "S1").status()).isEqualTo(2001);
    assertThat(push("PATCH", PartnerJson.object().put("kwh", 1), "S1").status()).isEqualTo(2001);
    assertThat(emsp.books().all("sessions")).isEmpty();
    assertThat(emsp.complaints().all())
        .hasSize(4)
        .anyMatch(one -> one.contains("WRONG_TYPE"))
        .anyMatch(one -> one.contains("id in the body"))
        .anyMatch(one -> one.contains("foreign token"))
        .anyMatch(one -> one.contains("last_updated: MISSING"));
  }

  @Test
  void headers_areChecked() {
    Map<String, String> headers = cpo.caller().headers("sessions");
    headers.remove("ocpi-to-party-id");
    URI at = URI.create(cpo.caller().address("sessions", "RECEIVER") + "/DE/CPO/S1");
    cpo.caller().raw("GET", at, headers, new byte[0]);
    assertThat(emsp.complaints().all())
        .anyMatch(one -> one.contains("X-Request-ID"))
        .anyMatch(one -> one.contains("routed to"));
    headers.put("authorization", "Token nobody");
    assertThat(cpo.caller().raw("GET", at, headers, new byte[0]).http()).isEqualTo(401);
  }

  @Test
  void faults_comeAsOrdered() {
    ObjectNode session = session(emsp, "T1");
    emsp.faults().next(Fault.ERROR_500, "sessions", 1);
    emsp.faults().next(Fault.ANSWER_LOST, "sessions", 1);
    emsp.faults().next(Fault.NONSENSE, "sessions", 1);
    emsp.faults().next(Fault.STATUS_3000, "sessions", 1);
    assertThat(push("PUT", session, "S1").http()).isEqualTo(500);
    assertThat(emsp.books().all("sessions")).isEmpty();
    assertThat(push("PUT", session, "S1").http()).isZero();
    assertThat(emsp.books().all("sessions")).hasSize(1);
    assertThat(push("PUT", session, "S1").envelope().isMissingNode()).isTrue();
    assertThat(push("PUT", session, "S1").status()).isEqualTo(3000);
    assertThat(push("PUT", session, "S1").http()).isEqualTo(200);
    assertThat(emsp.faults().left()).isEmpty();
  }

  @Test
  void aCdr_keepsItsAddressAndNeverChanges() {
    ObjectNode cdr = Cdrs.right(emsp, "C1");
    PartnerAnswer first = cpo.caller().call("POST", "cdrs", "RECEIVER", List.of(), cdr);
    assertThat(first.http()).isEqualTo(201);
    String kept = first.header("location").orElseThrow();
    assertThat(cpo.caller().call("GET", "cdrs", kept, null).done()).isEqualTo(cdr);
    PartnerAnswer again = cpo.caller().call("POST", "cdrs", "RECEIVER", List.of(), cdr);
    assertThat(again.header("location")).hasValue(kept);
    assertThat(emsp.complaints().all()).isEmpty();
    cdr.put("remark", "other");
    assertThat(cpo.caller().call("POST", "cdrs", "RECEIVER", List.of(), cdr).status())
        .isEqualTo(2001);
    assertThat(emsp.complaints().all()).singleElement().asString().contains("not what it was");
  }

  @Test
  void tokens_areGivenPageByPageAndAuthorized() {
    for (int i = 0; i < 60; i++) {
      emsp.tokens().issue("T" + i, "RFID", "NEVER", i != 7);
    }
    String address = cpo.caller().address("tokens", "SENDER");
    PartnerAnswer page = cpo.caller().call("GET", "tokens", address + "?limit=20", null);
    assertThat(page.done()).hasSize(20);
    assertThat(page.header("x-total-count")).hasValue("60");
    assertThat(page.header("link").orElseThrow()).contains("offset=20", "limit=20");
    assertThat(authorize("T1").done().path("allowed").asText()).isEqualTo("ALLOWED");
    assertThat(authorize("T7").done().path("allowed").asText()).isEqualTo("BLOCKED");
    assertThat(authorize("nobody").http()).isEqualTo(404);
    assertThat(authorize("nobody").status()).isEqualTo(2004);
    emsp.tokens().verdict("T1", new PartnerTokens.Verdict("ALLOWED", "", true));
    assertThat(authorize("T1").status()).isEqualTo(2002);
  }

  private PartnerAnswer authorize(String uid) {
    return cpo.caller().call("POST", "tokens", "SENDER", List.of(uid, "authorize"), null);
  }

  @Test
  void thePage_showsTheBooks() {
    push("PUT", session(emsp, "T1"), "S1");
    PartnerAnswer page = cpo.caller().raw("GET", emsp.address(), Map.of(), new byte[0]);
    assertThat(page.http()).isEqualTo(200);
    assertThat(page.header("content-type").orElse("")).startsWith("text/html");
  }

  @Test
  void brokenJson_isHttp400() {
    URI at = URI.create(cpo.caller().address("sessions", "RECEIVER") + "/DE/CPO/S1");
    byte[] broken = "{\"id\":".getBytes(StandardCharsets.UTF_8);
    Map<String, String> headers = cpo.caller().headers("sessions");
    headers.put("content-type", "application/json");
    assertThat(cpo.caller().raw("PUT", at, headers, broken).http()).isEqualTo(400);
  }

  @Test
  void aWrongInvitation_isRefused() {
    try (PartnerSystem other =
        PartnerSystem.start(PartnerSettings.emsp(ownParty, OcpiVersion.V2_3_0))) {
      assertThatThrownBy(() -> other.register(cpo.versionsUrl(), "guessed"))
          .isInstanceOf(PartnerException.class)
          .hasMessageContaining("401");
      assertThat(other.isConnected()).isFalse();
    }
  }
}
