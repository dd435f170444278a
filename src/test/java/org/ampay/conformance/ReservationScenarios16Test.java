package org.ampay.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Reservations of OCPP 1.6. */
class ReservationScenarios16Test {

  private final ScenarioApi api = ScenarioServer.shared().api();
  private final Places places = new Places();

  @Test
  @Scenario("TC_046_CSMS")
  @Proves("1.6/StartTransaction/6")
  void tc046_aReservation_isUsedByItsToken() {
    try (Station16 station = Station16.online()) {
      String uid = places.member("");
      JsonNode made = places.reserved(station, 1, uid);
      JsonNode sent = station.awaitCall("ReserveNow").payload();
      assertThat(sent.path("connectorId").asInt()).isEqualTo(1);
      assertThat(sent.path("idTag").asText()).isEqualTo(uid);
      assertThat(sent.path("reservationId").asInt()).isEqualTo(made.path("reservation_id").asInt());
      assertThat(Instant.parse(sent.path("expiryDate").asText())).isAfter(Instant.now());
      station.status(1, "Reserved");
      assertThat(start(station, 1, uid, made).at("/idTagInfo/status").asText())
          .isEqualTo("Accepted");
      JsonNode used = places.reservation(made);
      assertThat(used.path("state").asText()).isEqualTo("used");
      assertThat(api.session(station, used.path("transaction_id").asText()).path("state").asText())
          .isEqualTo("active");
    }
  }

  @Test
  @Scenario("TC_047_CSMS")
  void tc047_aReservationThatNobodyUses_expires() {
    try (Station16 station = Station16.online()) {
      String uid = places.member("");
      station.answers("ReserveNow", "{\"status\": \"Accepted\"}");
      JsonNode made =
          places
              .reserve(
                  station,
                  Map.of("evse", 1, "token", uid, "until", Instant.now().plusSeconds(2).toString()))
              .expect(201);
      assertThat(made.path("state").asText()).isEqualTo("accepted");
      JsonNode over = places.awaitReservation(made, "expired");
      assertThat(over.path("ended_at").asText()).isNotEmpty();
      assertThat(station.started(1, places.member(""), 0)).isPositive();
    }
  }

  @Test
  @Scenario("TC_048_1_CSMS")
  void tc048_1_aFaultedConnector_isRefused() {
    assertRefused("Faulted");
  }

  @Test
  @Scenario("TC_048_2_CSMS")
  @Proves("1.6/ReserveNow/1")
  void tc048_2_anOccupiedConnector_isRefused() {
    assertRefused("Occupied");
  }

  @Test
  @Scenario("TC_048_3_CSMS")
  void tc048_3_anUnavailableConnector_isRefused() {
    assertRefused("Unavailable");
  }

  @Test
  @Scenario("TC_048_4_CSMS")
  void tc048_4_aStationThatRejects_isShown() {
    assertRefused("Rejected");
  }

  private void assertRefused(String word) {
    try (Station16 station = Station16.online()) {
      station.answers("ReserveNow", "{\"status\": \"" + word + "\"}");
      JsonNode made = places.reserve(station, 1, places.member("")).expect(201);
      assertThat(made.path("state").asText()).isEqualTo("refused");
      assertThat(made.path("reason").asText()).isEqualTo(word);
      // It keeps nobody away.
      assertThat(station.started(1, places.member(""), 0)).isPositive();
    }
  }

  @Test
  @Scenario("TC_049_CSMS")
  void tc049_connectorZero_isReservedWhereTheStationCan_andUsed() {
    try (Station16 station = Station16.online(Setup.plain().withEvses(2))) {
      String uid = places.member("");
      station.answers("GetConfiguration", zero("false"));
      station.answers("ReserveNow", "{\"status\": \"Accepted\"}");
      assertThat(places.reserve(station, 0, uid).status()).isEqualTo(409);
      assertThat(station.waitingCalls("ReserveNow")).isZero();
      station.answers("GetConfiguration", zero("true"));
      JsonNode made = places.reserved(station, 0, uid);
      assertThat(station.awaitCall("ReserveNow").payload().path("connectorId").asInt()).isZero();
      assertThat(start(station, 2, uid, made).at("/idTagInfo/status").asText())
          .isEqualTo("Accepted");
      assertThat(places.reservation(made).path("state").asText()).isEqualTo("used");
    }
  }

  private static String zero(String value) {
    return """
    {"configurationKey": [
      {"key": "ReserveConnectorZeroSupported", "readonly": true, "value": "%s"}]}
    """
        .formatted(value);
  }

  @Test
  @Scenario("TC_051_CSMS")
  void tc051_aReservation_isCalledOff() {
    try (Station16 station = Station16.online()) {
      JsonNode made = places.reserved(station, 1, places.member(""));
      station.answers("CancelReservation", "{\"status\": \"Accepted\"}");
      assertThat(places.cancel(made).path("state").asText()).isEqualTo("cancelled");
      assertThat(station.awaitCall("CancelReservation").payload().path("reservationId").asInt())
          .isEqualTo(made.path("reservation_id").asInt());
      assertThat(station.started(1, places.member(""), 0)).isPositive();
    }
  }

  @Test
  @Scenario("TC_052_CSMS")
  @Proves("1.6/CancelReservation/1")
  void tc052_aReservationThatTheStationDoesNotKnow_isGone() {
    try (Station16 station = Station16.online()) {
      JsonNode made = places.reserved(station, 1, places.member(""));
      station.answers("CancelReservation", "{\"status\": \"Rejected\"}");
      JsonNode over = places.cancel(made);
      assertThat(over.path("state").asText()).isEqualTo("removed");
      assertThat(over.path("reason").asText()).isEqualTo("unknown to the station");
    }
  }

  @Test
  @Scenario("TC_053_CSMS")
  void tc053_aReservation_isUsedByATokenOfTheSameParent() {
    try (Station16 station = Station16.online()) {
      String owner = places.member("P053");
      String relative = places.member("P053");
      JsonNode made = places.reserved(station, 1, owner);
      assertThat(station.awaitCall("ReserveNow").payload().path("parentIdTag").asText())
          .isEqualTo("P053");
      assertThat(station.authorize(relative)).isEqualTo("Accepted");
      assertThat(start(station, 1, relative, made).at("/idTagInfo/status").asText())
          .isEqualTo("Accepted");
      assertThat(places.reservation(made).path("state").asText()).isEqualTo("used");
    }
  }

  @Test
  void aReservedEvse_isRefusedToOthers_andEndsWithoutBeingNamed() {
    try (Station16 station = Station16.online(Setup.plain().withEvses(2))) {
      String owner = places.member("");
      JsonNode made = places.reserved(station, 1, owner);
      String other = places.member("");
      assertThat(station.start(1, other, 0).at("/idTagInfo/status").asText()).isEqualTo("Blocked");
      assertThat(station.start(2, other, 0).at("/idTagInfo/status").asText()).isEqualTo("Accepted");
      assertThat(places.reserve(station, 1, other).status()).isEqualTo(409);
      assertThat(places.reserve(station, 2, owner).status()).isEqualTo(409);
      station.started(1, owner, 0);
      assertThat(places.reservation(made).path("state").asText()).isEqualTo("used");
    }
  }

  @Test
  void theSameId_replacesTheReservation() {
    try (Station16 station = Station16.online()) {
      JsonNode first = places.reserved(station, 1, places.member(""));
      String later = places.member("");
      JsonNode second =
          places
              .reserve(
                  station,
                  Map.of("evse", 1, "token", later, "reservation_id", first.path("reservation_id")))
              .expect(201);
      assertThat(second.path("state").asText()).isEqualTo("accepted");
      assertThat(second.path("reservation_id")).isEqualTo(first.path("reservation_id"));
      assertThat(places.reservation(first).path("state").asText()).isEqualTo("replaced");
      assertThat(start(station, 1, later, second).at("/idTagInfo/status").asText())
          .isEqualTo("Accepted");
    }
  }

  @Test
  void whatIsWrong_isNamed() {
    try (Station16 station = Station16.online()) {
      String uid = places.member("");
      assertThat(places.reserve(station, 1, "NOT-A-TOKEN").field()).isEqualTo("token");
      assertThat(places.reserve(station, 9, uid).field()).isEqualTo("evse");
      assertThat(
              places
                  .reserve(station, Map.of("evse", 1, "token", uid, "connector_type", "cType2"))
                  .field())
          .isEqualTo("connector_type");
      assertThat(
              places
                  .reserve(
                      station, Map.of("evse", 1, "token", uid, "until", "2020-01-01T00:00:00Z"))
                  .field())
          .isEqualTo("until");
      station.disconnect();
      assertThat(places.reserve(station, 1, uid).status()).isEqualTo(409);
    }
  }

  @Test
  void aStationThatDoesNotAnswer_mayHoldIt() {
    try (Station16 station = Station16.online()) {
      station.ignores("ReserveNow");
      JsonNode made = places.reserve(station, 1, places.member("")).expect(201);
      assertThat(made.path("state").asText()).isEqualTo("requested");
      assertThat(made.path("reason").asText()).isEqualTo("no answer");
      assertThat(places.reserve(station, 1, places.member("")).status()).isEqualTo(409);
    }
  }

  private static JsonNode start(
      Station16 station, int connector, String uid, JsonNode reservation) {
    return station.ok(
        "StartTransaction",
        Map.of(
            "connectorId",
            connector,
            "idTag",
            uid,
            "meterStart",
            0,
            "timestamp",
            ScenarioStation.now(),
            "reservationId",
            reservation.path("reservation_id").asInt()));
  }
}
