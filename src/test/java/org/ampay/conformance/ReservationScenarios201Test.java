package org.ampay.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Block H: reservations of OCPP 2.0.1. */
class ReservationScenarios201Test {

  private final Places places = new Places();

  @Test
  @Scenario("TC_H_01_CSMS")
  void tcH01_anEvse_isReservedForATokenAndUsed() {
    try (Station201 station = Station201.online()) {
      String uid = places.member("");
      JsonNode made = places.reserved(station, 1, uid);
      JsonNode sent = station.awaitCall("ReserveNow").payload();
      assertThat(sent.path("id").asInt()).isEqualTo(made.path("reservation_id").asInt());
      assertThat(sent.path("evseId").asInt()).isEqualTo(1);
      assertThat(sent.at("/idToken/idToken").asText()).isEqualTo(uid);
      assertThat(sent.at("/idToken/type").asText()).isEqualTo("ISO14443");
      station.status(1, 1, "Reserved");
      assertThat(begin(station, 1, uid, made)).isEqualTo("Accepted");
      assertThat(places.reservation(made).path("state").asText()).isEqualTo("used");
    }
  }

  @Test
  @Scenario("TC_H_07_CSMS")
  void tcH07_aReservationThatRunsOut_isExpired() {
    assertEndedByTheStation("Expired", "expired");
  }

  @Test
  @Scenario("TC_H_20_CSMS")
  void tcH20_aStationThatIsFaulted_dropsTheReservation() {
    assertEndedByTheStation("Removed", "removed");
  }

  private void assertEndedByTheStation(String word, String state) {
    try (Station201 station = Station201.online()) {
      JsonNode made = places.reserved(station, 1, places.member(""));
      station.status(1, 1, word.equals("Removed") ? "Faulted" : "Available");
      JsonNode answer =
          station.ok(
              "ReservationStatusUpdate",
              Map.of(
                  "reservationId",
                  made.path("reservation_id").asInt(),
                  "reservationUpdateStatus",
                  word));
      assertThat(answer.size()).isZero();
      assertThat(places.reservation(made).path("state").asText()).isEqualTo(state);
      // Of one that is over, or of nobody: confirmed, and nothing changes.
      station.ok(
          "ReservationStatusUpdate",
          Map.of(
              "reservationId",
              made.path("reservation_id").asInt(),
              "reservationUpdateStatus",
              "Removed"));
      assertThat(places.reservation(made).path("state").asText()).isEqualTo(state);
      station.started(Unique.transaction(), 1, places.member(""), 0);
    }
  }

  @Test
  @Scenario("TC_H_08_CSMS")
  void tcH08_anyEvse_isReservedAndUsed() {
    try (Station201 station = Station201.online(Setup.plain().withEvses(2))) {
      String uid = places.member("");
      JsonNode made = places.reserved(station, 0, uid);
      assertThat(station.awaitCall("ReserveNow").payload().has("evseId")).isFalse();
      assertThat(begin(station, 2, uid, made)).isEqualTo("Accepted");
      assertThat(places.reservation(made).path("state").asText()).isEqualTo("used");
    }
  }

  @Test
  @Scenario("TC_H_14_CSMS")
  void tcH14_asManyReservations_asThereAreEvses() {
    try (Station201 station = Station201.online(Setup.plain().withEvses(2))) {
      places.reserved(station, 0, places.member(""));
      places.reserved(station, 0, places.member(""));
      assertThat(places.reserve(station, 0, places.member("")).status()).isEqualTo(409);
    }
  }

  @Test
  @Scenario("TC_H_15_CSMS")
  void tcH15_aConnectorType_isReserved() {
    try (Station201 station = Station201.online()) {
      station.answers("ReserveNow", "{\"status\": \"Accepted\"}");
      String uid = places.member("");
      JsonNode made =
          places.reserve(station, Map.of("token", uid, "connector_type", "cType2")).expect(201);
      assertThat(made.path("state").asText()).isEqualTo("accepted");
      JsonNode sent = station.awaitCall("ReserveNow").payload();
      assertThat(sent.path("connectorType").asText()).isEqualTo("cType2");
      assertThat(sent.has("evseId")).isFalse();
    }
  }

  @Test
  @Scenario("TC_H_17_CSMS")
  void tcH17_aReservation_isCalledOff() {
    try (Station201 station = Station201.online()) {
      JsonNode made = places.reserved(station, 1, places.member(""));
      station.answers("CancelReservation", "{\"status\": \"Accepted\"}");
      assertThat(places.cancel(made).path("state").asText()).isEqualTo("cancelled");
      assertThat(station.awaitCall("CancelReservation").payload().path("reservationId").asInt())
          .isEqualTo(made.path("reservation_id").asInt());
    }
  }

  @Test
  @Scenario("TC_H_19_CSMS")
  void tcH19_aMemberOfTheGroup_usesTheReservation() {
    try (Station201 station = Station201.online()) {
      String owner = places.member("GH19");
      String relative = places.member("GH19");
      JsonNode made = places.reserved(station, 1, owner);
      assertThat(station.awaitCall("ReserveNow").payload().at("/groupIdToken/idToken").asText())
          .isEqualTo("GH19");
      assertThat(begin(station, 1, relative, made)).isEqualTo("Accepted");
      assertThat(places.reservation(made).path("state").asText()).isEqualTo("used");
    }
  }

  @Test
  @Scenario("TC_H_22_CSMS")
  void tcH22_aStationThatReservesNothing_isShown() {
    try (Station201 station = Station201.online()) {
      station.answers("ReserveNow", "{\"status\": \"Rejected\"}");
      JsonNode made = places.reserve(station, 1, places.member("")).expect(201);
      assertThat(made.path("state").asText()).isEqualTo("refused");
      assertThat(made.path("reason").asText()).isEqualTo("Rejected");
    }
  }

  @Test
  void aReservedEvse_isRefusedToOthers() {
    try (Station201 station = Station201.online()) {
      places.reserved(station, 1, places.member(""));
      JsonNode answer = station.start(Unique.transaction(), 1, places.member(""), 0);
      assertThat(answer.at("/idTokenInfo/status").asText()).isEqualTo("NotAtThisTime");
    }
  }

  private static String begin(Station201 station, int evse, String uid, JsonNode reservation) {
    return station
        .event(
            Event201.started(Unique.transaction(), "Authorized")
                .evse(evse)
                .token(uid)
                .with("reservationId", reservation.path("reservation_id").asInt()))
        .payload()
        .at("/idTokenInfo/status")
        .asText();
  }
}
