package org.ampay.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** N09 and N10: what a station knows of a customer. */
class CustomerScenariosTest {

  private final ScenarioApi api = ScenarioServer.shared().api();

  private static String path(Station201 station) {
    return "/stations/" + station.identity() + "/customer-information";
  }

  /** Asks; the request that the station got. */
  private JsonNode ask(
      Station201 station, String answer, Map<String, Object> who, boolean report, boolean clear) {
    station.answers("CustomerInformation", "{\"status\": \"" + answer + "\"}");
    Map<String, Object> body = new HashMap<>(who);
    body.put("report", report);
    body.put("clear", clear);
    api.post(path(station), body).expect(201);
    JsonNode request = station.awaitCall("CustomerInformation").payload();
    assertThat(request.path("report").asBoolean()).isEqualTo(report);
    assertThat(request.path("clear").asBoolean()).isEqualTo(clear);
    return request;
  }

  private static void tell(
      Station201 station, int requestId, int seqNo, boolean more, String data) {
    JsonNode answer =
        station.ok(
            "NotifyCustomerInformation",
            Map.of(
                "requestId",
                requestId,
                "seqNo",
                seqNo,
                "tbc",
                more,
                "generatedAt",
                ScenarioStation.now(),
                "data",
                data));
    assertThat(answer.isEmpty()).isTrue();
  }

  /** The newest request of the station, with its data. */
  private JsonNode shown(Station201 station) {
    JsonNode newest = api.get(path(station) + "?limit=1").expect(200).path("items").path(0);
    return api.get("/customer-information/" + newest.path("id").asLong()).expect(200);
  }

  private static Map<String, Object> token() {
    return Map.of("id_token", "DEADBEEF");
  }

  @Test
  @Scenario("TC_N_27_CSMS")
  @Proves({"N09.FR.01", "N09.FR.04"})
  void tcN27_customerData_isPutTogether() {
    try (Station201 station = Station201.online()) {
      JsonNode request = ask(station, "Accepted", token(), true, false);
      assertThat(request.path("idToken").path("idToken").asText()).isEqualTo("DEADBEEF");
      assertThat(request.has("customerIdentifier")).isFalse();
      assertThat(request.has("customerCertificate")).isFalse();
      int requestId = request.path("requestId").asInt();
      tell(station, requestId, 0, true, "charged 3 times, ");
      assertThat(shown(station).path("state").asText()).isEqualTo("running");
      tell(station, requestId, 1, false, "likes AC");
      JsonNode shown = shown(station);
      assertThat(shown.path("state").asText()).isEqualTo("done");
      assertThat(shown.path("data").asText()).isEqualTo("charged 3 times, likes AC");
      assertThat(shown.path("expires_at").asText()).isNotEmpty();
      String one = "/customer-information/" + shown.path("id").asLong();
      assertThat(api.delete(one).status()).isEqualTo(204);
      assertThat(api.get(one).status()).isEqualTo(404);
    }
  }

  @Test
  @Scenario("TC_N_28_CSMS")
  void tcN28_noCustomerData_isNoData() {
    try (Station201 station = Station201.online()) {
      int requestId = ask(station, "Accepted", token(), true, false).path("requestId").asInt();
      tell(station, requestId, 0, false, "");
      assertThat(shown(station).path("state").asText()).isEqualTo("done");
      assertThat(shown(station).path("data").asText()).isEmpty();
    }
  }

  @Test
  @Scenario("TC_N_29_CSMS")
  void tcN29_refusedRequest_isShown() {
    try (Station201 station = Station201.online()) {
      ask(station, "Rejected", token(), true, false);
      assertThat(shown(station).path("state").asText()).isEqualTo("rejected");
    }
  }

  @Test
  @Scenario("TC_N_30_CSMS")
  @Proves("N10.FR.08")
  void tcN30_clearAndReport_tellsWhatWasErased() {
    try (Station201 station = Station201.online()) {
      int requestId = ask(station, "Accepted", token(), true, true).path("requestId").asInt();
      tell(station, requestId, 0, false, "erased: 1 token");
      assertThat(shown(station).path("data").asText()).isEqualTo("erased: 1 token");
      assertThat(shown(station).path("clear").asBoolean()).isTrue();
    }
  }

  @Test
  @Scenario("TC_N_31_CSMS")
  void tcN31_clearAndReportOfNothing() {
    try (Station201 station = Station201.online()) {
      int requestId = ask(station, "Accepted", token(), true, true).path("requestId").asInt();
      tell(station, requestId, 0, false, "");
      assertThat(shown(station).path("state").asText()).isEqualTo("done");
    }
  }

  @Test
  @Scenario("TC_N_32_CSMS")
  void tcN32_clearWithoutReport_isDoneAtOnce() {
    try (Station201 station = Station201.online()) {
      ask(station, "Accepted", token(), false, true);
      assertThat(shown(station).path("state").asText()).isEqualTo("done");
    }
  }

  @Test
  @Scenario("TC_N_62_CSMS")
  void tcN62_clearByIdentifier() {
    try (Station201 station = Station201.online()) {
      JsonNode request =
          ask(station, "Accepted", Map.of("customer_identifier", "OPENCHARGE"), false, true);
      assertThat(request.path("customerIdentifier").asText()).isEqualTo("OPENCHARGE");
      assertThat(request.has("idToken")).isFalse();
      assertThat(shown(station).path("named_by").asText()).isEqualTo("identifier");
    }
  }

  @Test
  @Scenario("TC_N_63_CSMS")
  @Proves({"N09.FR.08", "N10.FR.09"})
  void tcN63_clearByCertificate() {
    try (Station201 station = Station201.online()) {
      Map<String, Object> hash =
          Map.of(
              "hash_algorithm", "SHA256",
              "issuer_name_hash", "a1b2",
              "issuer_key_hash", "c3d4",
              "serial_number", "05");
      JsonNode request = ask(station, "Accepted", Map.of("customer_certificate", hash), true, true);
      JsonNode sent = request.path("customerCertificate");
      assertThat(sent.path("hashAlgorithm").asText()).isEqualTo("SHA256");
      assertThat(sent.path("issuerNameHash").asText()).isEqualTo("a1b2");
      assertThat(sent.path("issuerKeyHash").asText()).isEqualTo("c3d4");
      assertThat(sent.path("serialNumber").asText()).isEqualTo("05");
      tell(station, request.path("requestId").asInt(), 0, false, "erased");
      assertThat(shown(station).path("named_by").asText()).isEqualTo("certificate");
    }
  }

  @Test
  @Proves({"N09.FR.04", "N10.FR.08"})
  void customerWithTwoNamesOrNone_isRefused() {
    try (Station201 station = Station201.online()) {
      Map<String, Object> two = Map.of("id_token", "A", "customer_identifier", "B", "report", true);
      assertThat(api.post(path(station), two).field()).isEqualTo("id_token");
      assertThat(api.post(path(station), Map.of("report", true)).field()).isEqualTo("id_token");
      assertThat(station.waitingCalls("CustomerInformation")).isZero();
    }
  }

  @Test
  void dataThatNobodyAskedFor_isConfirmedAndNotKept() {
    try (Station201 station = Station201.online()) {
      tell(station, 4711, 0, false, "unasked");
      assertThat(api.get(path(station)).expect(200).path("items")).isEmpty();
    }
  }

  @Test
  @Scenario("TC_N_46_CSMS")
  @Proves("N10.FR.02")
  void tcN46_clearedCustomer_leavesTheLocalListToo() {
    try (Station201 station = Station201.online()) {
      AtomicInteger version = new AtomicInteger();
      station.answersError("GetVariables", "NotSupported");
      station.answers(
          "GetLocalListVersion", request -> "{\"versionNumber\": " + version.get() + "}");
      station.answers(
          "SendLocalList",
          request -> {
            version.set(request.path("versionNumber").asInt());
            return "{\"status\": \"Accepted\"}";
          });
      String stays = api.token();
      String goes = api.token();
      api.put(
              "/stations/" + station.identity() + "/local-list/policy",
              Map.of("mode", "chosen", "tokens", List.of(stays, goes)))
          .expect(200);
      assertThat(tokens(station.awaitCall("SendLocalList"))).contains(stays, goes);
      api.awaitGet(
          "/stations/" + station.identity() + "/local-list",
          list -> list.path("state").asText().equals("current"));

      ask(station, "Accepted", Map.of("id_token", goes), false, true);

      JsonNode update = station.awaitCall("SendLocalList").payload();
      assertThat(update.path("updateType").asText()).isEqualTo("Differential");
      JsonNode removed = update.path("localAuthorizationList");
      assertThat(removed).hasSize(1);
      assertThat(removed.path(0).path("idToken").path("idToken").asText()).isEqualTo(goes);
      assertThat(removed.path(0).has("idTokenInfo")).as("removed").isFalse();
    }
  }

  private static List<String> tokens(ReceivedCall call) {
    List<String> tokens = new ArrayList<>();
    call.payload()
        .path("localAuthorizationList")
        .forEach(entry -> tokens.add(entry.path("idToken").path("idToken").asText()));
    return tokens;
  }
}
