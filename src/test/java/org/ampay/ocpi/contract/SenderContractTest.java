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

  private static BigDecimal net(OcpiVersion version, JsonNode price) {
    return price.path(version == OcpiVersion.V2_2_1 ? "excl_vat" : "before_taxes").decimalValue();
  }

  @ParameterizedTest
  @EnumSource(OcpiVersion.class)
  void sessions_arePulledAsTheyEnded(OcpiVersion version) {
    Charged charged = charged(version);
    List<ObjectNode> all = charged.world().completed(2);
    for (JsonNode ours : List.of(charged.session16(), charged.session201())) {
      ObjectNode session = Wanted.find(all, "id", ours.path("session_id").asText());
      Wanted.has(version, "Session", session, "end_date_time", "charging_periods", "total_cost");
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
      ObjectNode cdr = Wanted.find(all, "session_id", ours.path("session_id").asText());
      Wanted.has(
          version, "CDR", cdr, "session_id", "tariffs", "total_fixed_cost", "total_energy_cost");
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
    ObjectNode location = charged.world().location(charged.site(), 3);
    for (ObjectNode cdr : charged.world().pull("cdrs", Map.of(), 2)) {
      JsonNode at = cdr.path("cdr_location");
      JsonNode evse =
          charged.world().one("locations", charged.site(), at.path("evse_uid").asText()).done();
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
