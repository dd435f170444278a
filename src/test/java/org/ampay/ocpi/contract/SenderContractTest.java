package org.ampay.ocpi.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ampay.app.partner.PartnerAnswer;
import org.ampay.app.partner.PartnerJson;
import org.ampay.ocpi.OcpiVersion;
import org.ampay.ocpi.facts.Facts;
import org.ampay.ocpi.facts.FieldFacts;
import org.ampay.ocpi.facts.Sense;
import org.ampay.ocpi.facts.Strictness;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What a partner pulls, of sessions that stations ran over OCPP 1.6 and 2.0.1. Form and sense of
 * each object are checked by the partner itself: it must have no complaint.
 */
class SenderContractTest {

  private static final Map<OcpiVersion, Charged> WORLDS = new EnumMap<>(OcpiVersion.class);

  private static Charged charged(OcpiVersion version) {
    Charged charged = WORLDS.computeIfAbsent(version, Charged::in);
    charged.world().partner().complaints().clear();
    return charged;
  }

  @AfterAll
  static void close() {
    WORLDS.values().forEach(Charged::close);
  }

  private static ObjectNode find(List<ObjectNode> all, String field, String value) {
    return all.stream()
        .filter(one -> one.path(field).asText().equals(value))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + field + " " + value + " in " + all));
  }

  private static BigDecimal net(OcpiVersion version, JsonNode price) {
    return price.path(version == OcpiVersion.V2_2_1 ? "excl_vat" : "before_taxes").decimalValue();
  }

  /** Mandatory fields are checked by the facts; of the others those must be there. */
  private static void has(OcpiVersion version, String object, JsonNode value, String... optional) {
    assertThat(Facts.of(version).check(object, value, Strictness.SENT)).isEmpty();
    assertThat(Sense.check(version, object, value)).isEmpty();
    for (String field : optional) {
      FieldFacts facts = Facts.of(version).fields(object).get(field);
      assertThat(facts).as(object + "." + field).isNotNull();
      assertThat(value.has(field)).as(object + "." + field + " of " + value).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource(OcpiVersion.class)
  void locations_arePulledWithEvsesAndConnectors(OcpiVersion version) {
    Charged charged = charged(version);
    List<ObjectNode> all = charged.world().pull("locations", Map.of(), 1);
    ObjectNode location = find(all, "id", charged.site());
    has(version, "Location", location, "name", "postal_code", "evses", "operator");
    assertThat(location.path("party_id").asText()).isEqualTo("AMP");
    assertThat(location.path("time_zone").asText()).isEqualTo("Asia/Shanghai");
    assertThat(location.path("country").asText()).isEqualTo("CHN");
    assertThat(location.at("/coordinates/latitude").asText()).matches("31\\.2304\\d{1,3}");
    assertThat(location.path("evses")).hasSize(3);
    for (JsonNode evse : location.path("evses")) {
      has(version, "EVSE", evse, "evse_id", "capabilities");
      for (JsonNode connector : evse.path("connectors")) {
        has(version, "Connector", connector, "tariff_ids");
      }
    }
    assertThat(charged.world().complaints()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(OcpiVersion.class)
  void aLocationItsEvsesAndConnectors_areReadOneByOne(OcpiVersion version) {
    Charged charged = charged(version);
    ObjectNode location =
        find(charged.world().pull("locations", Map.of(), 1), "id", charged.site());
    assertThat(one(charged, "locations", charged.site()).done()).isEqualTo(location);
    JsonNode evse = location.at("/evses/0");
    String uid = evse.path("uid").asText();
    assertThat(one(charged, "locations", charged.site(), uid).done()).isEqualTo(evse);
    JsonNode connector = evse.at("/connectors/0");
    assertThat(one(charged, "locations", charged.site(), uid, connector.path("id").asText()).done())
        .isEqualTo(connector);
    assertThat(charged.world().complaints()).isEmpty();
  }

  private static PartnerAnswer one(Charged charged, String module, String... path) {
    return charged.world().partner().caller().call("GET", module, "SENDER", List.of(path), null);
  }

  @ParameterizedTest
  @EnumSource(OcpiVersion.class)
  void tariffs_arePulledAndAreThoseOfConnectors(OcpiVersion version) {
    Charged charged = charged(version);
    List<ObjectNode> tariffs = charged.world().pull("tariffs", Map.of(), 1);
    ObjectNode location =
        find(charged.world().pull("locations", Map.of(), 1), "id", charged.site());
    JsonNode ids = location.at("/evses/0/connectors/0/tariff_ids");
    assertThat(ids).isNotEmpty();
    ObjectNode tariff = find(tariffs, "id", ids.path(0).asText());
    has(version, "Tariff", tariff);
    assertThat(tariff.path("currency").asText()).isEqualTo("CNY");
    assertThat(tariff.at("/elements").findValuesAsText("type"))
        .containsExactlyInAnyOrder("ENERGY", "FLAT");
    if (version == OcpiVersion.V2_3_0) {
      assertThat(tariff.path("tax_included").asText()).isIn("YES", "NO", "N/A");
    }
    assertThat(charged.world().complaints()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(OcpiVersion.class)
  void sessions_arePulledAsTheyEnded(OcpiVersion version) {
    Charged charged = charged(version);
    List<ObjectNode> all =
        charged.world().pull("sessions", Map.of("date_from", "2020-01-01T00:00:00Z"), 2);
    for (JsonNode ours : List.of(charged.session16(), charged.session201())) {
      ObjectNode session = find(all, "id", ours.path("session_id").asText());
      has(version, "Session", session, "end_date_time", "charging_periods", "total_cost");
      assertThat(session.path("status").asText()).isEqualTo("COMPLETED");
      assertThat(session.path("kwh").decimalValue()).isEqualByComparingTo("4");
      assertThat(session.path("location_id").asText()).isEqualTo(charged.site());
      assertThat(session.path("auth_method").asText()).isEqualTo("WHITELIST");
      assertThat(Instant.parse(session.path("start_date_time").asText()))
          .isEqualTo(Instant.parse(ours.path("started_at").asText()));
      assertThat(net(version, session.path("total_cost"))).isEqualByComparingTo("4.50");
    }
    assertThat(charged.world().complaints()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(OcpiVersion.class)
  void cdrs_sayWhatTheBillAndTheLedgerSay(OcpiVersion version) {
    Charged charged = charged(version);
    List<ObjectNode> all = charged.world().pull("cdrs", Map.of(), 2);
    for (JsonNode ours : List.of(charged.session16(), charged.session201())) {
      ObjectNode cdr = find(all, "session_id", ours.path("session_id").asText());
      has(version, "CDR", cdr, "session_id", "tariffs", "total_fixed_cost", "total_energy_cost");
      JsonNode bill = ours.at("/bills/0");
      assertThat(net(version, cdr.path("total_cost")))
          .isEqualByComparingTo(BigDecimal.valueOf(bill.at("/excl/minor").asLong(), 2));
      assertThat(cdr.path("total_energy").decimalValue()).isEqualByComparingTo("4");
      assertThat(net(version, cdr.path("total_fixed_cost"))).isEqualByComparingTo("0.50");
      assertThat(net(version, cdr.path("total_energy_cost"))).isEqualByComparingTo("4.00");
      assertThat(cdr.path("cdr_token").path("uid")).isEqualTo(charged.token().path("uid"));
      assertThat(cdr.at("/cdr_location/id").asText()).isEqualTo(charged.site());
    }
    assertThat(charged.world().complaints()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(OcpiVersion.class)
  void cdrs_nameLocationEvseConnectorAndTariffAsLocationsDo(OcpiVersion version) {
    Charged charged = charged(version);
    ObjectNode location =
        find(charged.world().pull("locations", Map.of(), 1), "id", charged.site());
    for (ObjectNode cdr : charged.world().pull("cdrs", Map.of(), 2)) {
      JsonNode at = cdr.path("cdr_location");
      JsonNode evse =
          one(charged, "locations", charged.site(), at.path("evse_uid").asText()).done();
      assertThat(evse.path("evse_id")).isEqualTo(at.path("evse_id"));
      JsonNode connector = evse.at("/connectors/0");
      assertThat(connector.path("id")).isEqualTo(at.path("connector_id"));
      assertThat(connector.path("standard")).isEqualTo(at.path("connector_standard"));
      assertThat(connector.path("format")).isEqualTo(at.path("connector_format"));
      assertThat(connector.path("power_type")).isEqualTo(at.path("connector_power_type"));
      assertThat(location.path("coordinates")).isEqualTo(at.path("coordinates"));
      assertThat(location.path("address").asText()).startsWith(at.path("address").asText());
    }
  }

  @ParameterizedTest
  @EnumSource(OcpiVersion.class)
  void pagesOfEveryList_areWalkedOneByOne(OcpiVersion version) {
    Charged charged = charged(version);
    charged.world().pull("cdrs", Map.of(), 2);
    for (String module : List.of("locations", "tariffs", "sessions", "cdrs")) {
      Map<String, String> query = Map.of("limit", "1", "date_from", "2020-01-01T00:00:00Z");
      List<ObjectNode> single = charged.world().partner().pull(module, query);
      List<ObjectNode> whole =
          charged.world().partner().pull(module, Map.of("date_from", "2020-01-01T00:00:00Z"));
      assertThat(Set.copyOf(single)).as(module).isEqualTo(Set.copyOf(whole));
      assertThat(single).as(module).hasSameSizeAs(whole);
    }
    assertThat(charged.world().complaints()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(OcpiVersion.class)
  void chargingPreferences_areAnsweredByCode(OcpiVersion version) {
    Charged charged = charged(version);
    ObjectNode wish = PartnerJson.object().put("profile_type", "FAST");
    PartnerAnswer answer =
        charged
            .world()
            .partner()
            .caller()
            .call(
                "PUT", "sessions", "SENDER", List.of(charged.id16(), "charging_preferences"), wish);
    assertThat(answer.http()).isEqualTo(200);
    assertThat(Facts.of(version).enumFacts("ChargingPreferencesResponse").values())
        .contains(answer.done().asText());
    assertThat(charged.world().complaints()).isEmpty();
  }
}
