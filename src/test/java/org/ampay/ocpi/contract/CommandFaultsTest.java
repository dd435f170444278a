package org.ampay.ocpi.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.ampay.app.partner.PartnerFaults;
import org.ampay.app.partner.PartnerFaults.Fault;
import org.ampay.app.partner.PartnerJson;
import org.ampay.app.partner.PartnerSystem.Sent;
import org.ampay.app.partner.PartnerTokens;
import org.ampay.app.simulator.Eventually;
import org.ampay.conformance.Station16;
import org.ampay.conformance.Station201;
import org.ampay.conformance.Unique;
import org.ampay.ocpi.OcpiVersion;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Commands of partners that are not well, and of stations that are away. */
class CommandFaultsTest {

  private static ObjectNode place(World world, String site) {
    JsonNode evse = world.location(site, 1).at("/evses/0");
    return PartnerJson.object()
        .put("location_id", site)
        .put("evse_uid", evse.path("uid").asText())
        .put("connector_id", evse.at("/connectors/0/id").asText());
  }

  private static String result(World world, Sent sent) {
    assertThat(sent.answer().done().path("result").asText()).isEqualTo("ACCEPTED");
    Eventually.await(
        "the result of " + sent.number(),
        Duration.ofSeconds(40),
        () -> world.partner().result(sent).isPresent());
    return world.partner().result(sent).orElseThrow().path("result").asText();
  }

  @ParameterizedTest
  @EnumSource(OcpiVersion.class)
  void aPartnerThatFailsForAWhile_hearsTheResultLater(OcpiVersion version) {
    String site = World.site();
    try (World world = World.open(version);
        Station16 station = Station16.online(World.at(site))) {
      station.answers("UnlockConnector", "{\"status\": \"Unlocked\"}");
      ObjectNode place = place(world, site);
      world.partner().faults().next(Fault.ERROR_500, "commands", 1);
      world.partner().faults().next(Fault.CALL_LOST, "commands", 1);
      Sent unlock = world.partner().command("UNLOCK_CONNECTOR", place);
      assertThat(result(world, unlock)).isEqualTo("ACCEPTED");
      assertThat(world.partner().faults().left()).isEmpty();
      assertThat(station.awaitCall("UnlockConnector")).isNotNull();
      assertThat(station.waitingCalls("UnlockConnector")).as("unlocked once").isZero();
      assertThat(world.complaints()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(OcpiVersion.class)
  void anAnswerThatIsLost_makesTheSameResultComeAgain(OcpiVersion version) {
    String site = World.site();
    try (World world = World.open(version);
        Station16 station = Station16.online(World.at(site))) {
      station.answers("UnlockConnector", "{\"status\": \"NotSupported\"}");
      ObjectNode place = place(world, site);
      world.partner().faults().next(Fault.ANSWER_LOST, "commands", 1);
      Sent unlock = world.partner().command("UNLOCK_CONNECTOR", place);
      assertThat(result(world, unlock)).isEqualTo("NOT_SUPPORTED");
      Eventually.await(
          "the result again",
          () ->
              world
                      .partner()
                      .books()
                      .calls("POST", "commands/results/CommandResult/" + unlock.number())
                      .size()
                  == 2);
      assertThat(world.complaints()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(OcpiVersion.class)
  void aSlowPartner_delaysNobody(OcpiVersion version) {
    String site = World.site();
    try (World slow = World.open(version);
        World other = World.open(version);
        Station16 station = Station16.online(World.at(site))) {
      station.answers("UnlockConnector", "{\"status\": \"Unlocked\"}");
      ObjectNode place = place(slow, site);
      slow.partner()
          .faults()
          .add(new PartnerFaults.Rule(Fault.SLOW, "commands", "POST", -1, Duration.ofSeconds(600)));
      for (int i = 0; i < 20; i++) {
        slow.partner().command("UNLOCK_CONNECTOR", place).answer().done();
      }
      assertThat(result(other, other.partner().command("UNLOCK_CONNECTOR", place)))
          .isEqualTo("ACCEPTED");
      slow.partner().faults().clear();
    }
  }

  @ParameterizedTest
  @EnumSource(OcpiVersion.class)
  void aStationThatIsAwayOrSilent_isToldOfInTheResult(OcpiVersion version) {
    String site = World.site();
    try (World world = World.open(version);
        Station201 station = Station201.online(World.at(site))) {
      ObjectNode place = place(world, site);
      ObjectNode start = place.deepCopy();
      start.set("token", world.token("ALWAYS"));
      station.ignores("RequestStartTransaction");
      assertThat(result(world, world.partner().command("START_SESSION", start)))
          .isEqualTo("TIMEOUT");
      station.disconnect();
      station.awaitShown(false);
      assertThat(result(world, world.partner().command("UNLOCK_CONNECTOR", place)))
          .isEqualTo("EVSE_INOPERATIVE");
      assertThat(world.complaints()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(OcpiVersion.class)
  void anInvalidTokenOrAnother_startsNothing(OcpiVersion version) {
    String site = World.site();
    try (World world = World.open(version);
        Station16 station = Station16.online(World.at(site))) {
      ObjectNode start = place(world, site);
      start.set("token", world.partner().tokens().issue(Unique.token(), "RFID", "ALWAYS", false));
      assertThat(
              world
                  .partner()
                  .command("START_SESSION", start)
                  .answer()
                  .done()
                  .path("result")
                  .asText())
          .isEqualTo("REJECTED");
      // A card of our own is nobody else's, whoever says so.
      start.set(
          "token", world.partner().tokens().issue(World.api().token(), "RFID", "ALWAYS", true));
      assertThat(
              world
                  .partner()
                  .command("START_SESSION", start)
                  .answer()
                  .done()
                  .path("result")
                  .asText())
          .isEqualTo("REJECTED");
      ObjectNode foreign = start.deepCopy();
      ((ObjectNode) foreign.path("token")).put("party_id", "ZZZ");
      assertThat(
              world
                  .partner()
                  .command("START_SESSION", foreign)
                  .answer()
                  .done()
                  .path("result")
                  .asText())
          .isEqualTo("REJECTED");
      assertThat(station.waitingCalls("RemoteStartTransaction")).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource(OcpiVersion.class)
  void whoReserved_chargesWithoutMore_untilThatIsCalledOff(OcpiVersion version) {
    String site = World.site();
    try (World world = World.open(version);
        Station16 station = Station16.online(World.at(site))) {
      station.status(1, "Available");
      station.answers("ReserveNow", "{\"status\": \"Accepted\"}");
      station.answers("CancelReservation", "{\"status\": \"Accepted\"}");
      ObjectNode token = world.token("NEVER");
      String uid = token.path("uid").asText();
      world.partner().tokens().verdict(uid, new PartnerTokens.Verdict("BLOCKED", "", false));
      ObjectNode reserve = place(world, site);
      reserve.set("token", token);
      reserve
          .put("expiry_date", PartnerJson.time(Instant.now().plus(Duration.ofHours(3))))
          .put("reservation_id", "RES-1")
          .put("authorization_reference", "AR-1");
      assertThat(result(world, world.partner().command("RESERVE_NOW", reserve)))
          .isEqualTo("ACCEPTED");
      assertThat(station.authorize(uid)).isEqualTo("Accepted");
      ObjectNode cancel = PartnerJson.object().put("reservation_id", "res-1");
      assertThat(result(world, world.partner().command("CANCEL_RESERVATION", cancel)))
          .isEqualTo("ACCEPTED");
      assertThat(station.authorize(uid)).isEqualTo("Blocked");
      assertThat(result(world, world.partner().command("RESERVE_NOW", reserve)))
          .isEqualTo("ACCEPTED");
      int transaction = station.started(1, uid, 1_000);
      String id = World.api().session(station, transaction).path("session_id").asText();
      ObjectNode session = world.pushed("sessions", id);
      assertThat(session.path("auth_method").asText()).isEqualTo("COMMAND");
      assertThat(session.path("authorization_reference").asText()).isEqualTo("AR-1");
      assertThat(station.authorize(uid)).as("for one session").isEqualTo("Blocked");
    }
  }

  @ParameterizedTest
  @EnumSource(OcpiVersion.class)
  void whatA201StationExpectsToDo_isTold(OcpiVersion version) {
    try (World world = World.open(version);
        Station201 station = Station201.online(World.at(World.site()))) {
      String uid = world.token("ALWAYS").path("uid").asText();
      String transaction = Unique.transaction();
      station.plug(1);
      station.started(transaction, 1, uid, 1_000);
      String id = World.api().session(station, transaction).path("session_id").asText();
      station.answers("SetChargingProfile", "{\"status\": \"Accepted\"}");
      station.answers(
          "GetCompositeSchedule",
          """
          {"status": "Accepted", "schedule": {"evseId": 1, "duration": 600,
           "scheduleStart": "2026-03-02T08:00:00Z", "chargingRateUnit": "W",
           "chargingSchedulePeriod": [{"startPeriod": 0, "limit": 11000.5},
                                      {"startPeriod": 300, "limit": 7000}]}}\
          """);
      ObjectNode wanted = PartnerJson.object().put("charging_rate_unit", "W").put("duration", 600);
      wanted.putArray("charging_profile_period").addObject().put("start_period", 0).put("limit", 9);
      for (int i = 0; i < 2; i++) {
        Sent set =
            world.partner().profile("PUT", id, "ChargingProfileResult", Optional.of(wanted), "");
        assertThat(result(world, set)).isEqualTo("ACCEPTED");
      }
      JsonNode first = station.awaitCall("SetChargingProfile").payload().path("chargingProfile");
      JsonNode second = station.awaitCall("SetChargingProfile").payload().path("chargingProfile");
      assertThat(first.path("transactionId").asText()).isEqualTo(transaction);
      assertThat(second.path("id")).as("takes the first one's place").isEqualTo(first.path("id"));
      Sent get =
          world
              .partner()
              .profile("GET", id, "ActiveChargingProfileResult", Optional.empty(), "600");
      assertThat(result(world, get)).isEqualTo("ACCEPTED");
      JsonNode profile = world.partner().result(get).orElseThrow().path("profile");
      assertThat(profile.path("start_date_time").asText()).isEqualTo("2026-03-02T08:00:00Z");
      assertThat(profile.at("/charging_profile/charging_rate_unit").asText()).isEqualTo("W");
      assertThat(profile.at("/charging_profile/charging_profile_period/0/limit").asText())
          .isEqualTo("11000.5");
      assertThat(profile.at("/charging_profile/charging_profile_period/1/start_period").asInt())
          .isEqualTo(300);
      assertThat(world.complaints()).isEmpty();
    }
  }
}
