package org.ampay.ocpi.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.ampay.app.partner.PartnerFaults;
import org.ampay.app.partner.PartnerFaults.Fault;
import org.ampay.app.simulator.Eventually;
import org.ampay.conformance.Station16;
import org.ampay.conformance.Station201;
import org.ampay.conformance.Unique;
import org.ampay.ocpi.OcpiVersion;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a partner is told by itself, while stations charge; also when it is slow or fails. */
class PushContractTest {

  private static ObjectNode cdrOf(World world, String session) {
    Eventually.await("the CDR of session " + session, () -> cdrs(world, session).size() == 1);
    return cdrs(world, session).getFirst();
  }

  private static List<ObjectNode> cdrs(World world, String session) {
    return world.partner().books().all("cdrs").stream()
        .filter(cdr -> cdr.path("session_id").asText().equals(session))
        .toList();
  }

  @ParameterizedTest
  @EnumSource(OcpiVersion.class)
  void aSession_isPushedWhileItRunsAndWhenItEnds_andThenItsCdr(OcpiVersion version) {
    String site = World.site();
    try (World world = World.open(version);
        Station201 station = Station201.online(World.at(site))) {
      String uid = world.token("ALWAYS").path("uid").asText();
      String transaction = Unique.transaction();
      station.plug(1);
      station.started(transaction, 1, uid, 1_000);
      String id = World.api().session(station, transaction).path("session_id").asText();
      ObjectNode running = world.pushed("sessions", id);
      assertThat(running.path("status").asText()).isEqualTo("ACTIVE");
      assertThat(running.path("location_id").asText()).isEqualTo(site);
      station.meter(transaction, 3_000);
      Eventually.await("2 kWh", () -> kwh(world, id).equals("2"));
      station.end(transaction, uid, 5_000);
      Eventually.await(
          "the end",
          () -> world.pushed("sessions", id).path("status").asText().equals("COMPLETED"));
      ObjectNode ended = world.pushed("sessions", id);
      ObjectNode cdr = cdrOf(world, id);
      assertThat(ended.path("total_cost")).isEqualTo(cdr.path("total_cost"));
      assertThat(world.complaints()).isEmpty();
      assertThat(world.partner().pull("sessions", Map.of("date_from", "2020-01-01T00:00:00Z")))
          .anySatisfy(pulled -> assertThat(pulled.path("id").asText()).isEqualTo(id));
    }
  }

  private static String kwh(World world, String id) {
    JsonNode kwh = world.pushed("sessions", id).path("kwh");
    return kwh.decimalValue().stripTrailingZeros().toPlainString();
  }

  @ParameterizedTest
  @EnumSource(OcpiVersion.class)
  void anEvsesStatus_isPushed(OcpiVersion version) {
    String site = World.site();
    try (World world = World.open(version);
        Station16 station = Station16.online(World.at(site))) {
      station.status(1, "Available");
      Eventually.await("the location", () -> status(world, site).equals("AVAILABLE"));
      station.status(1, "Faulted", "GroundFailure");
      Eventually.await("the fault", () -> status(world, site).equals("OUTOFORDER"));
      station.status(1, "Charging");
      Eventually.await("charging", () -> status(world, site).equals("CHARGING"));
      station.status(1, "Unavailable");
      Eventually.await("inoperative", () -> status(world, site).equals("INOPERATIVE"));
      assertThat(world.complaints()).isEmpty();
    }
  }

  private static String status(World world, String site) {
    return world
        .partner()
        .books()
        .find("locations", site)
        .map(location -> location.at("/evses/0/status").asText())
        .orElse("");
  }

  @ParameterizedTest
  @EnumSource(OcpiVersion.class)
  void aTariff_isPushedWhenItHolds(OcpiVersion version) {
    String site = World.site();
    try (World world = World.open(version);
        Station16 station = Station16.online(World.at(site))) {
      long tariff = World.api().tariff("1.23", "0.10");
      World.api().assign(tariff, "site", site);
      Eventually.await(
          "tariff " + tariff,
          () ->
              world.partner().books().all("tariffs").stream()
                  .anyMatch(one -> one.toString().contains("1.23")));
      assertThat(station.isConnected()).isTrue();
      assertThat(world.complaints()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(OcpiVersion.class)
  void faultsOfThePartner_loseNothingAndDoubleNothing(OcpiVersion version) {
    for (Fault fault :
        List.of(
            Fault.ERROR_500,
            Fault.STATUS_3000,
            Fault.ANSWER_LOST,
            Fault.CALL_LOST,
            Fault.NONSENSE,
            Fault.NO_ENVELOPE,
            Fault.TOO_MANY)) {
      try (World world = World.open(version);
          Station16 station = Station16.online(World.at(World.site()))) {
        String uid = world.token("ALWAYS").path("uid").asText();
        world.partner().faults().next(fault, "sessions", 1);
        world.partner().faults().next(fault, "cdrs", 1);
        int transaction = World.charge(station, uid);
        JsonNode session = World.api().awaitSession(station, transaction, Charged::isBilled);
        String id = session.path("session_id").asText();
        Eventually.await(
            fault + ": the CDR", Duration.ofSeconds(60), () -> !cdrs(world, id).isEmpty());
        Eventually.await(
            fault + ": the session",
            Duration.ofSeconds(60),
            () ->
                world
                    .partner()
                    .books()
                    .find("sessions", id)
                    .filter(one -> one.path("status").asText().equals("COMPLETED"))
                    .isPresent());
        assertThat(cdrs(world, id)).as(fault.name()).hasSize(1);
        assertThat(world.complaints()).as(fault.name()).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(OcpiVersion.class)
  void aSlowPartner_doesNotDelayAnother(OcpiVersion version) {
    try (World slow = World.open(version);
        World quick = World.open(version);
        Station16 station = Station16.online(World.at(World.site()))) {
      slow.partner()
          .faults()
          .add(new PartnerFaults.Rule(Fault.SLOW, "", "", -1, Duration.ofSeconds(30)));
      String slowUid = slow.token("ALWAYS").path("uid").asText();
      String quickUid = quick.token("ALWAYS").path("uid").asText();
      World.charge(station, slowUid);
      int transaction = World.charge(station, quickUid);
      String id = World.api().session(station, transaction).path("session_id").asText();
      assertThat(cdrOf(quick, id).path("session_id").asText()).isEqualTo(id);
      assertThat(quick.complaints()).isEmpty();
      slow.partner().faults().clear();
    }
  }

  @ParameterizedTest
  @EnumSource(OcpiVersion.class)
  void aRefund_isACreditCdrOfItsOwn(OcpiVersion version) {
    try (World world = World.open(version);
        Station16 station = Station16.online(World.at(World.site()))) {
      String uid = world.token("ALWAYS").path("uid").asText();
      int transaction = World.charge(station, uid);
      JsonNode session =
          World.api()
              .awaitSession(
                  station, transaction, s -> s.path("settlement_state").asText().equals("settled"));
      String id = session.path("session_id").asText();
      ObjectNode first = cdrOf(world, id);
      long settlement = session.at("/settlements/0/id").asLong();
      World.api()
          .post("/settlements/" + settlement + "/refunds", Map.of("reason", "wrong meter"))
          .expect(201);
      Eventually.await("the credit CDR", () -> cdrs(world, id).size() >= 2);
      ObjectNode credit =
          cdrs(world, id).stream()
              .filter(cdr -> cdr.path("credit").asBoolean())
              .findFirst()
              .orElseThrow();
      assertThat(credit.path("credit_reference_id")).isEqualTo(first.path("id"));
      assertThat(credit.path("id")).isNotEqualTo(first.path("id"));
      String net = version == OcpiVersion.V2_2_1 ? "excl_vat" : "before_taxes";
      assertThat(credit.path("total_cost").path(net).decimalValue())
          .isEqualByComparingTo(first.path("total_cost").path(net).decimalValue().negate());
      assertThat(credit.path("total_energy_cost")).isEqualTo(first.path("total_energy_cost"));
      assertThat(credit.path("charging_periods")).isEqualTo(first.path("charging_periods"));
      assertThat(world.complaints()).isEmpty();
      assertThat(world.partner().pull("cdrs", Map.of())).contains(first, credit);
    }
  }

  @ParameterizedTest
  @EnumSource(OcpiVersion.class)
  void whatAPartnerLost_isFoundByComparingAndSentAgain(OcpiVersion version) {
    String site = World.site();
    try (World world = World.open(version);
        Station16 station = Station16.online(World.at(site))) {
      String uid = world.token("ALWAYS").path("uid").asText();
      World.charge(station, uid);
      Eventually.await("the location", () -> !status(world, site).isEmpty());
      Eventually.await("the CDR", () -> !world.partner().books().all("cdrs").isEmpty());
      Eventually.await(
          "the end of the session",
          () ->
              world.partner().books().all("sessions").stream()
                  .anyMatch(one -> one.path("status").asText().equals("COMPLETED")));
      String cdr = world.partner().books().all("cdrs").getFirst().path("id").asText();
      String session = world.partner().books().all("sessions").getFirst().path("id").asText();
      world.partner().books().remove("cdrs", cdr);
      world.partner().books().remove("sessions", session);
      world.partner().books().remove("locations", site);
      World.api().post(sync(world, "compare"), Map.of()).expect(202);
      Eventually.await("the CDR", () -> world.partner().books().find("cdrs", cdr).isPresent());
      Eventually.await(
          "the session", () -> world.partner().books().find("sessions", session).isPresent());
      Eventually.await("the location", () -> !status(world, site).isEmpty());
      Eventually.await(
          "the outcome",
          () -> {
            JsonNode made = World.api().get(sync(world, "sync")).expect(200).path("comparison");
            return made.path("missing").asInt() >= 3 && !made.path("ended_at").isNull();
          });
      assertThat(world.complaints()).isEmpty();
    }
  }

  private static String sync(World world, String what) {
    return "/ocpi/parties/" + world.partnerId() + "/" + what;
  }

  @ParameterizedTest
  @EnumSource(OcpiVersion.class)
  void whatAPartnerRefuses_isGivenUpShownAndSentAgainByHand(OcpiVersion version) {
    try (World world = World.open(version);
        Station16 station = Station16.online(World.at(World.site()))) {
      String uid = world.token("ALWAYS").path("uid").asText();
      world.partner().faults().next(Fault.STATUS_2001, "cdrs", 1_000);
      World.charge(station, uid);
      Eventually.await(
          "the CDR is given up",
          Duration.ofSeconds(60),
          () ->
              World.api()
                  .get(sync(world, "sync/objects?state=given_up"))
                  .expect(200)
                  .at("/items/0/kind")
                  .asText()
                  .equals("cdr"));
      JsonNode given =
          World.api().get(sync(world, "sync/objects?state=given_up")).expect(200).at("/items/0");
      assertThat(given.path("error").asText()).contains("2001");
      assertThat(world.partner().books().all("cdrs")).isEmpty();
      world.partner().faults().clear();
      JsonNode again = World.api().post(sync(world, "retry"), Map.of("kind", "cdr")).expect(200);
      assertThat(again.path("objects").asInt()).isEqualTo(1);
      Eventually.await("the CDR", () -> !world.partner().books().all("cdrs").isEmpty());
      assertThat(world.complaints()).isEmpty();
    }
  }
}
