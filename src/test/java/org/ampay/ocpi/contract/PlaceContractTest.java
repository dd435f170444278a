package org.ampay.ocpi.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ampay.app.partner.PartnerAnswer;
import org.ampay.app.simulator.Eventually;
import org.ampay.conformance.Setup;
import org.ampay.conformance.Station16;
import org.ampay.conformance.Station201;
import org.ampay.ocpi.OcpiVersion;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Places and prices, as partners pull them: a site with a 1.6 and a 2.0.1 station. */
class PlaceContractTest {

  private record Place(World world, String site, Station16 station16, Station201 station201) {

    static Place in(OcpiVersion version) {
      String site = World.site();
      return new Place(
          World.open(version),
          site,
          Station16.online(World.at(site)),
          Station201.online(World.at(site).withEvses(2)));
    }
  }

  private static final Map<OcpiVersion, Place> PLACES = new EnumMap<>(OcpiVersion.class);

  private static Place place(OcpiVersion version) {
    Place place = PLACES.computeIfAbsent(version, Place::in);
    place.world().partner().complaints().clear();
    return place;
  }

  @AfterAll
  static void close() {
    PLACES
        .values()
        .forEach(
            place -> {
              place.station16().close();
              place.station201().close();
              place.world().close();
            });
  }

  private static ObjectNode location(Place place) {
    return place.world().location(place.site(), 3);
  }

  @ParameterizedTest
  @EnumSource(OcpiVersion.class)
  void locations_arePulledWithEvsesAndConnectors(OcpiVersion version) {
    Place place = place(version);
    ObjectNode location = location(place);
    Wanted.has(version, "Location", location, "name", "postal_code", "evses", "operator");
    assertThat(location.path("party_id").asText()).isEqualTo("AMP");
    assertThat(location.path("time_zone").asText()).isEqualTo("Asia/Shanghai");
    assertThat(location.path("country").asText()).isEqualTo("CHN");
    assertThat(location.at("/coordinates/latitude").asText()).matches("31\\.2304\\d{1,3}");
    assertThat(location.path("evses")).hasSize(3);
    for (JsonNode evse : location.path("evses")) {
      Wanted.has(version, "EVSE", evse, "evse_id", "capabilities");
      for (JsonNode connector : evse.path("connectors")) {
        Wanted.has(version, "Connector", connector, "tariff_ids");
      }
    }
    assertThat(place.world().complaints()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(OcpiVersion.class)
  void aLocationItsEvsesAndConnectors_areReadOneByOne(OcpiVersion version) {
    Place place = place(version);
    ObjectNode location = location(place);
    assertThat(place.world().one("locations", place.site()).done()).isEqualTo(location);
    JsonNode evse = location.at("/evses/0");
    String uid = evse.path("uid").asText();
    assertThat(place.world().one("locations", place.site(), uid).done()).isEqualTo(evse);
    JsonNode connector = evse.at("/connectors/0");
    assertThat(
            place.world().one("locations", place.site(), uid, connector.path("id").asText()).done())
        .isEqualTo(connector);
    assertThat(place.world().complaints()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(OcpiVersion.class)
  void tariffs_arePulledAndAreThoseOfConnectors(OcpiVersion version) {
    Place place = place(version);
    List<ObjectNode> tariffs = place.world().pull("tariffs", Map.of(), 1);
    ObjectNode location = location(place);
    JsonNode ids = location.at("/evses/0/connectors/0/tariff_ids");
    assertThat(ids).isNotEmpty();
    ObjectNode tariff = Wanted.find(tariffs, "id", ids.path(0).asText());
    Wanted.has(version, "Tariff", tariff);
    assertThat(tariff.path("currency").asText()).isEqualTo("CNY");
    assertThat(tariff.at("/elements").findValuesAsText("type"))
        .containsExactlyInAnyOrder("ENERGY", "FLAT");
    if (version == OcpiVersion.V2_3_0) {
      assertThat(tariff.path("tax_included").asText()).isIn("YES", "NO", "N/A");
    }
    assertThat(place.world().complaints()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(OcpiVersion.class)
  void aStatusOfAStation_makesItsEvseItsLocationAndNothingElseNewer(OcpiVersion version) {
    Place place = place(version);
    // Connections and boots are changes, too: those come first.
    Eventually.await(
        "the places at rest",
        () ->
            location(place).findValuesAsText("status").stream()
                .noneMatch(Set.of("PLANNED", "INOPERATIVE")::contains));
    ObjectNode before = location(place);
    place.station201().status(2, 1, "Unavailable");
    Eventually.await("the status", () -> !location(place).equals(before));
    ObjectNode after = location(place);
    Instant then = Instant.parse(before.path("last_updated").asText());
    assertThat(Instant.parse(after.path("last_updated").asText())).isAfterOrEqualTo(then);
    int changed = 0;
    for (int i = 0; i < after.path("evses").size(); i++) {
      changed += after.path("evses").get(i).equals(before.path("evses").get(i)) ? 0 : 1;
    }
    assertThat(changed).isEqualTo(1);
    assertThat(after.path("evses").findValuesAsText("status")).contains("INOPERATIVE");
    assertThat(place.world().complaints()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(OcpiVersion.class)
  void whatIsNotPublished_isNotSeen(OcpiVersion version) {
    Place place = place(version);
    try (Station16 hidden = Station16.online(Setup.on(World.server()))) {
      String site = World.api().station(hidden).path("site").asText();
      assertThat(place.world().pull("locations", Map.of(), 1))
          .noneMatch(location -> location.toString().contains(hidden.identity()));
      assertThat(place.world().one("locations", "default").http()).isEqualTo(404);
      assertThat(site).isNotEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(OcpiVersion.class)
  void pagesOfPlacesAndPrices_areWalkedOneByOne(OcpiVersion version) {
    Place place = place(version);
    for (String module : List.of("locations", "tariffs")) {
      List<ObjectNode> single = place.world().partner().pull(module, Map.of("limit", "1"));
      assertThat(single).as(module).isEqualTo(place.world().partner().pull(module, Map.of()));
      assertThat(single).as(module).isNotEmpty();
      PartnerAnswer later =
          Raw.of(place.world())
              .call("GET", module, "SENDER", "?date_from=2090-01-01T00:00:00Z", "");
      assertThat(later.done()).as(module).isEmpty();
    }
    assertThat(place.world().complaints()).isEmpty();
  }
}
