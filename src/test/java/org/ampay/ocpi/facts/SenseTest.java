package org.ampay.ocpi.facts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import org.ampay.ocpi.OcpiVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Objects of the right form that cannot be true. */
class SenseTest {

  private static ObjectNode cdr(OcpiVersion version) {
    String price = version == OcpiVersion.V2_2_1 ? "excl_vat" : "before_taxes";
    return json(
        """
        {"country_code": "DE", "party_id": "AMP", "id": "1", "currency": "EUR",
         "start_date_time": "2026-01-31T10:00:00Z", "end_date_time": "2026-01-31T11:30:00Z",
         "cdr_token": {"country_code": "DE", "party_id": "EMP", "uid": "T1"},
         "cdr_location": {"country": "DEU", "evse_id": "DE*AMP*ES1*1"},
         "total_cost": {"PRICE": 5.50}, "total_fixed_cost": {"PRICE": 0.50},
         "total_energy_cost": {"PRICE": 5.00}, "total_energy": 10, "total_time": 1.5,
         "total_parking_time": 0.5, "last_updated": "2026-01-31T11:31:00Z",
         "charging_periods": [
           {"start_date_time": "2026-01-31T10:00:00Z", "dimensions": [
             {"type": "ENERGY", "volume": 10}, {"type": "TIME", "volume": 1}]},
           {"start_date_time": "2026-01-31T11:00:00Z", "dimensions": [
             {"type": "PARKING_TIME", "volume": 0.5}]}]}
        """
            .replace("PRICE", price));
  }

  private static ObjectNode json(String text) {
    try {
      return (ObjectNode) Facts.JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void wrong(OcpiVersion version, ObjectNode cdr, String path) {
    assertThat(Sense.check(version, "CDR", cdr)).extracting(Complaint::path).contains(path);
  }

  @ParameterizedTest
  @EnumSource(OcpiVersion.class)
  void aTrueCdr_passes(OcpiVersion version) {
    assertThat(Sense.check(version, "CDR", cdr(version))).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(OcpiVersion.class)
  void wattHoursForKilowattHours_areFound(OcpiVersion version) {
    ObjectNode whole = cdr(version).put("total_energy", 10_000);
    ((ObjectNode) whole.at("/charging_periods/0/dimensions/0")).put("volume", 10_000);
    wrong(version, whole, "CDR.total_energy");
    wrong(version, cdr(version).put("total_energy", 10_000), "CDR.total_energy");
  }

  @ParameterizedTest
  @EnumSource(OcpiVersion.class)
  void secondsForHours_areFound(OcpiVersion version) {
    wrong(version, cdr(version).put("total_time", 5_400), "CDR.total_time");
    ObjectNode period = cdr(version);
    ((ObjectNode) period.at("/charging_periods/0/dimensions/1")).put("volume", 3_600);
    wrong(version, period, "CDR.charging_periods[0].dimensions");
  }

  @ParameterizedTest
  @EnumSource(OcpiVersion.class)
  void bucketsThatDoNotMakeTheTotal_areFound(OcpiVersion version) {
    ObjectNode cdr = cdr(version);
    String price = version == OcpiVersion.V2_2_1 ? "excl_vat" : "before_taxes";
    ((ObjectNode) cdr.path("total_energy_cost")).put(price, new BigDecimal("5.01"));
    wrong(version, cdr, "CDR.total_cost");
  }

  @ParameterizedTest
  @EnumSource(OcpiVersion.class)
  void aCreditCdr_isNegativeInItsTotalOnlyAndNamesTheOther(OcpiVersion version) {
    String price = version == OcpiVersion.V2_2_1 ? "excl_vat" : "before_taxes";
    ObjectNode credit = cdr(version).put("credit", true);
    wrong(version, credit, "CDR.total_cost");
    wrong(version, credit, "CDR.credit_reference_id");
    ((ObjectNode) credit.path("total_cost")).put(price, new BigDecimal("-5.50"));
    credit.put("id", "1-C").put("credit_reference_id", "1");
    assertThat(Sense.check(version, "CDR", credit)).isEmpty();
    ((ObjectNode) credit.path("total_energy_cost")).put(price, new BigDecimal("-5.00"));
    wrong(version, credit, "CDR.total_energy_cost");
  }

  @Test
  void periodsOutOfOrderAndDimensionsOfSessions_areFound() {
    ObjectNode cdr = cdr(OcpiVersion.V2_2_1);
    ((ObjectNode) cdr.at("/charging_periods/1")).put("start_date_time", "2026-01-31T09:00:00Z");
    wrong(OcpiVersion.V2_2_1, cdr, "CDR.charging_periods[1].start_date_time");
    ObjectNode power = cdr(OcpiVersion.V2_2_1);
    ((ObjectNode) power.at("/charging_periods/0/dimensions/1")).put("type", "POWER");
    wrong(OcpiVersion.V2_2_1, power, "CDR.charging_periods");
  }

  @Test
  void aChildThatIsNewerThanItsParent_isFound() {
    ObjectNode location =
        json(
            """
            {"country_code": "DE", "party_id": "AMP", "country": "DE", "time_zone": "CEST",
             "publish": true, "coordinates": {"latitude": "95.00000", "longitude": "8.00000"},
             "last_updated": "2026-01-31T10:00:00Z", "evses": [
               {"uid": "1", "evse_id": "one", "last_updated": "2026-01-31T10:00:01Z",
                "connectors": [{"id": "1", "max_voltage": 230, "max_amperage": 16,
                  "max_electric_power": 11, "last_updated": "2026-01-31T10:00:02Z"}]}]}
            """);
    assertThat(Sense.check(OcpiVersion.V2_3_0, "Location", location))
        .extracting(Complaint::path)
        .containsExactlyInAnyOrder(
            "Location.country",
            "Location.time_zone",
            "Location.coordinates.latitude",
            "Location.evses[0].last_updated",
            "Location.evses[0].evse_id",
            "Location.evses[0].connectors[0].last_updated",
            "Location.evses[0].connectors[0].max_electric_power");
  }

  @Test
  void aSessionThatHasEnded_needsItsEndAndKilowattHours() {
    ObjectNode session =
        json(
            """
            {"country_code": "DE", "party_id": "AMP", "currency": "EUR", "status": "COMPLETED",
             "start_date_time": "2026-01-31T10:00:00Z", "last_updated": "2026-01-31T10:30:00Z",
             "kwh": 12345}
            """);
    assertThat(Sense.check(OcpiVersion.V2_2_1, "Session", session))
        .extracting(Complaint::path)
        .containsExactly("Session.end_date_time", "Session.kwh");
  }
}
