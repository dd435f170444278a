package org.ampay.ocpi.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.ampay.conformance.Event201;
import org.ampay.conformance.Station16;
import org.ampay.conformance.Station201;
import org.ampay.conformance.Unique;
import org.ampay.ocpi.OcpiVersion;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What a partner reads of the money of a session is what the bill says, what the ledger says that
 * it owes, and what it gets when it prices the CDR itself.
 */
class CdrMoneyTest {

  /** Different by night, beyond 7.5 kWh, for time and for parking, with steps and tax. */
  private static final String TARIFF =
      """
      {"currency": "CNY", "elements": [
        {"restrictions": {"start_time": "02:00", "end_time": "03:00"}, "price_components": [
          {"type": "ENERGY", "price": 0.6127, "vat": 10, "step_size": 1},
          {"type": "TIME", "price": 1.20, "vat": 10, "step_size": 60}]},
        {"restrictions": {"min_kwh": 7.5}, "price_components": [
          {"type": "ENERGY", "price": 0.4301, "vat": 10, "step_size": 100}]},
        {"price_components": [
          {"type": "ENERGY", "price": 0.8913, "vat": 10, "step_size": 250},
          {"type": "PARKING_TIME", "price": 2.40, "vat": 10, "step_size": 300},
          {"type": "FLAT", "price": 0.75, "vat": 10, "step_size": 1}]}]}
      """;

  private static String site(String country, String zone) {
    String site = World.site(country, zone);
    long tariff = World.api().post("/tariffs", TARIFF).expect(201).path("id").asLong();
    World.api().assign(tariff, "site", site);
    return site;
  }

  /** What bills say, credits taken off: without and with tax. */
  private static PartnerPrice.Total bills(JsonNode session) {
    long net = 0;
    long gross = 0;
    for (JsonNode bill : session.path("bills")) {
      net += bill.at("/excl/minor").asLong();
      gross += bill.at("/total/minor").asLong();
    }
    return new PartnerPrice.Total(BigDecimal.valueOf(net, 2), BigDecimal.valueOf(gross, 2));
  }

  /** All CDRs together are what bills say, and what the ledger says that the partner owes. */
  private static void agrees(World world, List<ObjectNode> cdrs, JsonNode... sessions) {
    BigDecimal net = new BigDecimal("0.00");
    BigDecimal gross = new BigDecimal("0.00");
    for (ObjectNode cdr : cdrs) {
      PartnerPrice.Total told = PartnerPrice.told(cdr);
      net = net.add(told.net());
      gross = gross.add(told.gross());
    }
    BigDecimal billedNet = BigDecimal.ZERO;
    BigDecimal billed = BigDecimal.ZERO;
    for (JsonNode session : sessions) {
      billedNet = billedNet.add(bills(session).net());
      billed = billed.add(bills(session).gross());
    }
    assertThat(net).isEqualByComparingTo(billedNet);
    assertThat(gross).isEqualByComparingTo(billed);
    assertThat(Books.balance("roaming:" + world.partnerId())).isEqualByComparingTo(gross);
    assertThat(Books.balance("receivable:" + world.partnerId())).isEqualByComparingTo("0");
  }

  /** From nothing but what the partner pulls: the CDR, and its location's zone. */
  private static ZoneId zone(World world, ObjectNode cdr) {
    ObjectNode location = world.location(cdr.at("/cdr_location/id").asText());
    return ZoneId.of(location.path("time_zone").asText());
  }

  private static void isPricedByThePartner(World world, ObjectNode cdr) {
    PartnerPrice.Total priced = PartnerPrice.of(cdr, zone(world, cdr));
    PartnerPrice.Total told = PartnerPrice.told(cdr);
    assertThat(told.net()).as("%s", cdr).isEqualByComparingTo(priced.net());
    assertThat(told.gross()).as("%s", cdr).isEqualByComparingTo(priced.gross());
  }

  @ParameterizedTest
  @EnumSource(OcpiVersion.class)
  void aNightWithTwoHoursOfTwo_costsTheSameForAll(OcpiVersion version) {
    String site = site("DEU", "Europe/Berlin");
    try (World world = World.open(version);
        Station201 station = Station201.online(World.at(site))) {
      String uid = world.token("ALWAYS").path("uid").asText();
      String transaction = Unique.transaction();
      night(station, transaction, uid, "2026-10-24T23:10:00Z");
      JsonNode session = World.api().awaitSession(station, transaction, Charged::isBilled);
      List<ObjectNode> cdrs = world.pull("cdrs", Map.of(), 1);
      ObjectNode cdr = cdrs.getFirst();
      assertThat(cdrs).hasSize(1);
      assertThat(zone(world, cdr)).isEqualTo(ZoneId.of("Europe/Berlin"));
      assertThat(PartnerPrice.used(cdr, zone(world, cdr)))
          .containsExactly(
              "ENERGY 0.4301",
              "ENERGY 0.6127",
              "ENERGY 0.8913",
              "FLAT 0.75",
              "PARKING_TIME 2.40",
              "TIME 1.20");
      isPricedByThePartner(world, cdr);
      agrees(world, cdrs, session);
      assertThat(cdr.path("total_parking_time").decimalValue()).isEqualByComparingTo("1.05");
      assertThat(world.complaints()).isEmpty();
    }
  }

  /** From 01:10 on: two hours and a half of charging, in steps of half an hour, then parking. */
  private static void night(Station201 station, String transaction, String uid, String begin) {
    Instant at = Instant.parse(begin);
    station.event(
        Event201.started(transaction, "Authorized")
            .at(at.toString())
            .evse(1)
            .token(uid)
            .state("Charging")
            .meter(1_000));
    int register = 1_000;
    for (int i = 1; i <= 7; i++) {
      register += 1_111 + 37 * i;
      station.event(
          Event201.updated(transaction, "MeterValuePeriodic")
              .at(at.plusSeconds(1_800L * i).toString())
              .state("Charging")
              .meter(register));
    }
    Instant full = at.plusSeconds(1_800 * 7 + 125);
    register += 77;
    station.event(
        Event201.updated(transaction, "ChargingStateChanged")
            .at(full.toString())
            .state("SuspendedEV")
            .meter(register));
    station.event(
        Event201.ended(transaction, "StopAuthorized", "Local")
            .at(full.plusSeconds(63 * 60).toString())
            .token(uid)
            .meter(register));
  }

  @ParameterizedTest
  @EnumSource(OcpiVersion.class)
  void sessionsOfBothProtocols_costWhatBillLedgerAndPartnerSay(OcpiVersion version) {
    String site = site("CHN", "Asia/Shanghai");
    try (World world = World.open(version);
        Station16 station16 = Station16.online(World.at(site));
        Station201 station201 = Station201.online(World.at(site))) {
      String uid = world.token("ALWAYS").path("uid").asText();
      int first = World.charge(station16, uid);
      String second = World.charge(station201, uid);
      JsonNode one = World.api().awaitSession(station16, first, Charged::isBilled);
      JsonNode two = World.api().awaitSession(station201, second, Charged::isBilled);
      List<ObjectNode> cdrs = world.pull("cdrs", Map.of(), 2);
      for (ObjectNode cdr : cdrs) {
        isPricedByThePartner(world, cdr);
        assertThat(PartnerPrice.told(cdr).gross()).isGreaterThan(PartnerPrice.told(cdr).net());
      }
      for (JsonNode session : List.of(one, two)) {
        ObjectNode cdr = Wanted.find(cdrs, "session_id", session.path("session_id").asText());
        assertThat(PartnerPrice.told(cdr).net()).isEqualByComparingTo(bills(session).net());
        assertThat(PartnerPrice.told(cdr).gross()).isEqualByComparingTo(bills(session).gross());
      }
      agrees(world, cdrs, one, two);
      assertThat(world.complaints()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(OcpiVersion.class)
  void trap_aCdrIsNeverChanged_aCreditTakesItBackAndANewOneFollows(OcpiVersion version) {
    String site = site("CHN", "Asia/Shanghai");
    try (World world = World.open(version);
        Station16 station = Station16.online(World.at(site))) {
      String uid = world.token("ALWAYS").path("uid").asText();
      int transaction = World.charge(station, uid);
      JsonNode before = World.api().awaitSession(station, transaction, Charged::isBilled);
      ObjectNode first = world.pull("cdrs", Map.of(), 1).getFirst();
      String id = first.path("id").asText();
      long settlement = before.at("/settlements/0/id").asLong();
      World.api()
          .post(
              "/settlements/" + settlement + "/refunds",
              Map.of("amount", Map.of("minor", 123), "reason", "a price that was wrong"))
          .expect(201);
      List<ObjectNode> cdrs = world.pull("cdrs", Map.of(), 3);
      assertThat(cdrs).hasSize(3);
      assertThat(cdrs.getFirst()).isEqualTo(first);
      ObjectNode credit = cdrs.get(1);
      assertThat(credit.path("credit").asBoolean()).isTrue();
      assertThat(credit.path("credit_reference_id").asText()).isEqualTo(id);
      assertThat(credit.path("id").asText()).isNotEqualTo(id);
      ObjectNode same = credit.deepCopy();
      for (String other :
          List.of("id", "credit", "credit_reference_id", "total_cost", "last_updated")) {
        same.set(other, first.path(other).isMissingNode() ? null : first.get(other));
        if (!first.has(other)) {
          same.remove(other);
        }
      }
      assertThat(same).isEqualTo(first); // full data, only the total is negative
      assertThat(PartnerPrice.told(credit).net())
          .isEqualTo(PartnerPrice.told(first).net().negate());
      assertThat(PartnerPrice.told(credit).gross())
          .isEqualTo(PartnerPrice.told(first).gross().negate());
      ObjectNode left = cdrs.get(2);
      assertThat(left.path("credit").asBoolean()).isFalse();
      assertThat(left.path("id").asText()).isNotIn(id, credit.path("id").asText());
      assertThat(PartnerPrice.told(left).gross())
          .isEqualByComparingTo(PartnerPrice.told(first).gross().subtract(new BigDecimal("1.23")));
      agrees(world, cdrs, World.api().session(station, transaction));
      assertThat(world.complaints()).isEmpty();
    }
  }
}
