package org.ampay.ocpi.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.ampay.app.partner.PartnerJson;
import org.ampay.app.partner.PartnerSystem.Sent;
import org.ampay.app.simulator.Eventually;
import org.ampay.conformance.Event201;
import org.ampay.conformance.Station16;
import org.ampay.conformance.Station201;
import org.ampay.conformance.Unique;
import org.ampay.ocpi.OcpiVersion;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Commands of a partner at our stations, with their results; charging profiles. */
class CommandContractTest {

  private static String result(World world, Sent sent) {
    assertThat(sent.answer().done().path("result").asText()).isEqualTo("ACCEPTED");
    Eventually.await(
        "the result of " + sent.number(), () -> world.partner().result(sent).isPresent());
    return world.partner().result(sent).orElseThrow().path("result").asText();
  }

  private static ObjectNode start(World world, String site, JsonNode evse, JsonNode token) {
    ObjectNode body = PartnerJson.object();
    body.set("token", token);
    return body.put("location_id", site)
        .put("evse_uid", evse.path("uid").asText())
        .put("connector_id", evse.at("/connectors/0/id").asText())
        .put("authorization_reference", "AR-" + world.partnerId());
  }

  private static JsonNode evse(World world, String site) {
    return world.location(site, 1).at("/evses/0");
  }

  @ParameterizedTest
  @EnumSource(OcpiVersion.class)
  void startAndStop_areDoneAtA16Station(OcpiVersion version) {
    String site = World.site();
    try (World world = World.open(version);
        Station16 station = Station16.online(World.at(site))) {
      station.plug(1);
      ObjectNode token = world.partner().tokens().issue(Unique.token(), "APP_USER", "NEVER", true);
      station.answers("RemoteStartTransaction", "{\"status\": \"Accepted\"}");
      Sent sent =
          world.partner().command("START_SESSION", start(world, site, evse(world, site), token));
      String idTag = station.awaitCall("RemoteStartTransaction").payload().path("idTag").asText();
      assertThat(result(world, sent)).isEqualTo("ACCEPTED");
      int transaction = station.started(1, idTag, 1_000);
      String id = World.api().session(station, transaction).path("session_id").asText();
      ObjectNode session = world.pushed("sessions", id);
      assertThat(session.path("auth_method").asText()).isEqualTo("COMMAND");
      assertThat(session.path("authorization_reference").asText())
          .isEqualTo("AR-" + world.partnerId());
      assertThat(session.at("/cdr_token/uid")).isEqualTo(token.path("uid"));
      station.answers("RemoteStopTransaction", "{\"status\": \"Accepted\"}");
      Sent stop =
          world.partner().command("STOP_SESSION", PartnerJson.object().put("session_id", id));
      station.awaitCall("RemoteStopTransaction");
      assertThat(result(world, stop)).isEqualTo("ACCEPTED");
      station.stop(transaction, idTag, 5_000, "Remote");
      Eventually.await(
          "the end",
          () -> world.pushed("sessions", id).path("status").asText().equals("COMPLETED"));
      assertThat(world.complaints()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(OcpiVersion.class)
  void startAndStop_areDoneAtA201Station(OcpiVersion version) {
    String site = World.site();
    try (World world = World.open(version);
        Station201 station = Station201.online(World.at(site))) {
      station.plug(1);
      ObjectNode token = world.token("ALWAYS");
      station.answers("RequestStartTransaction", "{\"status\": \"Accepted\"}");
      Sent sent =
          world.partner().command("START_SESSION", start(world, site, evse(world, site), token));
      JsonNode asked = station.awaitCall("RequestStartTransaction").payload();
      assertThat(result(world, sent)).isEqualTo("ACCEPTED");
      String transaction = Unique.transaction();
      station.event(
          Event201.started(transaction, "RemoteStart")
              .evse(1)
              .with("idToken", asked.path("idToken"))
              .info("remoteStartId", asked.path("remoteStartId").asInt())
              .state("Charging")
              .meter(1_000));
      String id = World.api().session(station, transaction).path("session_id").asText();
      assertThat(world.pushed("sessions", id).path("auth_method").asText()).isEqualTo("COMMAND");
      station.answers("RequestStopTransaction", "{\"status\": \"Accepted\"}");
      Sent stop =
          world.partner().command("STOP_SESSION", PartnerJson.object().put("session_id", id));
      station.awaitCall("RequestStopTransaction");
      assertThat(result(world, stop)).isEqualTo("ACCEPTED");
      station.event(Event201.ended(transaction, "RemoteStop", "Remote").meter(5_000));
      Eventually.await(
          "the end",
          () -> world.pushed("sessions", id).path("status").asText().equals("COMPLETED"));
      assertThat(world.complaints()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(OcpiVersion.class)
  void aTokenTooLongForA16Station_isBilledAllTheSame(OcpiVersion version) {
    String site = World.site();
    try (World world = World.open(version);
        Station16 station = Station16.online(World.at(site))) {
      station.plug(1);
      String uid = UUID.randomUUID().toString();
      ObjectNode token = world.partner().tokens().issue(uid, "APP_USER", "NEVER", true);
      station.answers("RemoteStartTransaction", "{\"status\": \"Accepted\"}");
      Sent sent =
          world.partner().command("START_SESSION", start(world, site, evse(world, site), token));
      String idTag = station.awaitCall("RemoteStartTransaction").payload().path("idTag").asText();
      assertThat(result(world, sent)).isEqualTo("ACCEPTED");
      assertThat(idTag).hasSize(20);
      int transaction = station.started(1, idTag, 1_000);
      station.stop(transaction, idTag, 5_000, "Remote");
      String id = World.api().session(station, transaction).path("session_id").asText();
      Eventually.await(
          "the end",
          () -> world.pushed("sessions", id).path("status").asText().equals("COMPLETED"));
      assertThat(world.pushed("sessions", id).at("/cdr_token/uid").asText()).isEqualTo(uid);
      assertThat(world.pull("cdrs", Map.of(), 1).getFirst().at("/cdr_token/uid").asText())
          .isEqualTo(uid);
      token.put("valid", false).put("last_updated", PartnerJson.time(Instant.now()));
      world.partner().push(token).done();
      assertThat(station.authorize(idTag)).isEqualTo("Blocked");
      assertThat(world.complaints()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(OcpiVersion.class)
  void aStationThatRefuses_isToldOfInTheResult(OcpiVersion version) {
    String site = World.site();
    try (World world = World.open(version);
        Station16 station = Station16.online(World.at(site))) {
      station.plug(1);
      station.answers("RemoteStartTransaction", "{\"status\": \"Rejected\"}");
      Sent sent =
          world
              .partner()
              .command(
                  "START_SESSION", start(world, site, evse(world, site), world.token("ALWAYS")));
      assertThat(result(world, sent)).isEqualTo("REJECTED");
      station.answers("UnlockConnector", "{\"status\": \"UnlockFailed\"}");
      Sent unlock = world.partner().command("UNLOCK_CONNECTOR", place(world, site));
      assertThat(result(world, unlock)).isIn("FAILED", "REJECTED");
      station.answers("UnlockConnector", "{\"status\": \"Unlocked\"}");
      assertThat(result(world, world.partner().command("UNLOCK_CONNECTOR", place(world, site))))
          .isEqualTo("ACCEPTED");
      assertThat(world.complaints()).isEmpty();
    }
  }

  private static ObjectNode place(World world, String site) {
    JsonNode evse = evse(world, site);
    return PartnerJson.object()
        .put("location_id", site)
        .put("evse_uid", evse.path("uid").asText())
        .put("connector_id", evse.at("/connectors/0/id").asText());
  }

  @ParameterizedTest
  @EnumSource(OcpiVersion.class)
  void aReservation_isMadeAndCancelled(OcpiVersion version) {
    String site = World.site();
    try (World world = World.open(version);
        Station16 station = Station16.online(World.at(site))) {
      station.status(1, "Available");
      station.answers("ReserveNow", "{\"status\": \"Accepted\"}");
      ObjectNode reserve = PartnerJson.object();
      reserve.set("token", world.token("ALWAYS"));
      reserve
          .put("expiry_date", PartnerJson.time(Instant.now().plus(Duration.ofHours(1))))
          .put("reservation_id", "RES-1")
          .put("location_id", site)
          .put("evse_uid", evse(world, site).path("uid").asText());
      Sent sent = world.partner().command("RESERVE_NOW", reserve);
      station.awaitCall("ReserveNow");
      assertThat(result(world, sent)).isEqualTo("ACCEPTED");
      station.answers("CancelReservation", "{\"status\": \"Accepted\"}");
      Sent cancel =
          world
              .partner()
              .command("CANCEL_RESERVATION", PartnerJson.object().put("reservation_id", "RES-1"));
      station.awaitCall("CancelReservation");
      assertThat(result(world, cancel)).isEqualTo("ACCEPTED");
      Sent unknown =
          world
              .partner()
              .command("CANCEL_RESERVATION", PartnerJson.object().put("reservation_id", "RES-9"));
      if (unknown.answer().data().path("result").asText().equals("ACCEPTED")) {
        assertThat(result(world, unknown)).isEqualTo("UNKNOWN_RESERVATION");
      } else {
        assertThat(unknown.answer().data().path("result").asText()).isEqualTo("REJECTED");
      }
      assertThat(world.complaints()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(OcpiVersion.class)
  void unknownThings_areRefusedAtOnce(OcpiVersion version) {
    try (World world = World.open(version)) {
      Sent stop =
          world.partner().command("STOP_SESSION", PartnerJson.object().put("session_id", "none"));
      assertThat(stop.answer().data().path("result").asText()).isEqualTo("UNKNOWN_SESSION");
      ObjectNode start = PartnerJson.object();
      start.set("token", world.token("ALWAYS"));
      Sent nowhere = world.partner().command("START_SESSION", start.put("location_id", "nowhere"));
      assertThat(
              nowhere.answer().status() == 2003
                  || nowhere.answer().data().path("result").asText().equals("REJECTED"))
          .as(nowhere.answer().toString())
          .isTrue();
      assertThat(world.complaints()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(OcpiVersion.class)
  void aSessionOfAnotherPartner_cannotBeStopped(OcpiVersion version) {
    try (World one = World.open(version);
        World other = World.open(version);
        Station16 station = Station16.online(World.at(World.site()))) {
      String uid = one.token("ALWAYS").path("uid").asText();
      station.plug(1);
      int transaction = station.started(1, uid, 1_000);
      String id = World.api().session(station, transaction).path("session_id").asText();
      Sent stop =
          other.partner().command("STOP_SESSION", PartnerJson.object().put("session_id", id));
      assertThat(stop.answer().data().path("result").asText()).isEqualTo("UNKNOWN_SESSION");
    }
  }

  @ParameterizedTest
  @EnumSource(OcpiVersion.class)
  void aChargingProfile_isSetAskedForAndCleared(OcpiVersion version) {
    try (World world = World.open(version);
        Station16 station = Station16.online(World.at(World.site()))) {
      String uid = world.token("ALWAYS").path("uid").asText();
      station.plug(1);
      int transaction = station.started(1, uid, 1_000);
      String id = World.api().session(station, transaction).path("session_id").asText();
      station.answers("SetChargingProfile", "{\"status\": \"Accepted\"}");
      station.answers("ClearChargingProfile", "{\"status\": \"Accepted\"}");
      station.answers("GetCompositeSchedule", "{\"status\": \"Rejected\"}");
      ObjectNode profile = PartnerJson.object().put("charging_rate_unit", "A");
      profile
          .putArray("charging_profile_period")
          .addObject()
          .put("start_period", 0)
          .put("limit", 10);
      Sent set =
          world.partner().profile("PUT", id, "ChargingProfileResult", Optional.of(profile), "");
      station.awaitCall("SetChargingProfile");
      assertThat(result(world, set)).isEqualTo("ACCEPTED");
      Sent get =
          world
              .partner()
              .profile("GET", id, "ActiveChargingProfileResult", Optional.empty(), "600");
      assertThat(result(world, get)).isIn("REJECTED", "UNKNOWN");
      Sent clear =
          world.partner().profile("DELETE", id, "ClearProfileResult", Optional.empty(), "");
      assertThat(result(world, clear)).isEqualTo("ACCEPTED");
      Sent unknown =
          world.partner().profile("PUT", "none", "ChargingProfileResult", Optional.of(profile), "");
      assertThat(unknown.answer().data().path("result").asText()).isEqualTo("UNKNOWN_SESSION");
      assertThat(world.complaints()).isEmpty();
    }
  }
}
