package org.ampay.ocpi.facts;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.ampay.ocpi.OcpiVersion;
import org.ampay.ocpi.facts.Complaint.Kind;

/**
 * What an object says, once its form is right: units, sums, order of times. Wh for kWh and seconds
 * for hours have the right form, too.
 */
public final class Sense {

  private static final Set<String> COUNTRIES_3 =
      Locale.getISOCountries(Locale.IsoCountryCode.PART1_ALPHA3);
  private static final Set<String> COUNTRIES_2 =
      new HashSet<>(Arrays.asList(Locale.getISOCountries()));
  private static final Pattern EVSE_ID = Pattern.compile("[A-Z]{2}\\*?[A-Z0-9]{3}\\*?E[A-Z0-9*]+");

  private final List<Complaint> complaints = new ArrayList<>();
  private final OcpiVersion version;

  private Sense(OcpiVersion version) {
    this.version = version;
  }

  /**
   * What cannot be.
   *
   * @param object its name; those without rules pass
   * @param value of the right form; else nothing may be found
   */
  public static List<Complaint> check(OcpiVersion version, String object, JsonNode value) {
    Sense sense = new Sense(version);
    switch (object) {
      case "CDR" -> new CdrSense(sense, value).check();
      case "Session" -> new SessionSense(sense, value).check();
      case "Location" -> sense.location(value);
      case "EVSE" -> sense.evse("EVSE", value);
      case "Tariff" -> sense.tariff("Tariff", value);
      case "ResponseEnvelope" ->
          sense.that(
              value.path("status_code").asInt() / 1000 >= 1
                  && value.path("status_code").asInt() / 1000 <= 4,
              "ResponseEnvelope.status_code",
              "1000 to 4999 wanted",
              value.path("status_code"));
      default -> {}
    }
    return List.copyOf(sense.complaints);
  }

  OcpiVersion version() {
    return version;
  }

  void that(boolean right, String path, String wanted, Object found) {
    if (!right) {
      complaints.add(Complaint.of(path, Kind.SENSE, wanted, found));
    }
  }

  /** The amount before taxes of a price. */
  JsonNode net(JsonNode price) {
    return price.path(version == OcpiVersion.V2_2_1 ? "excl_vat" : "before_taxes");
  }

  static Instant time(JsonNode value) {
    return TimeForm.read(value.asText("")).orElse(Instant.EPOCH);
  }

  void currency(String path, JsonNode code) {
    boolean known;
    try {
      known = Currency.getInstance(code.asText()).getCurrencyCode().equals(code.asText());
    } catch (IllegalArgumentException e) {
      known = false;
    }
    that(known, path, "a currency of ISO 4217 wanted", code);
  }

  void country(String path, JsonNode code) {
    that(COUNTRIES_3.contains(code.asText()), path, "three letters of ISO 3166 wanted", code);
  }

  void party(String path, JsonNode object) {
    that(
        COUNTRIES_2.contains(object.path("country_code").asText().toUpperCase(Locale.ROOT)),
        path + ".country_code",
        "two letters of ISO 3166 wanted",
        object.path("country_code"));
    that(
        object.path("party_id").asText().length() == 3,
        path + ".party_id",
        "three characters wanted",
        object.path("party_id"));
  }

  void evseId(String path, JsonNode id) {
    that(EVSE_ID.matcher(id.asText()).matches(), path, "an id by ISO 15118-2 wanted", id);
  }

  private void location(JsonNode location) {
    party("Location", location);
    country("Location.country", location.path("country"));
    that(
        isZone(location.path("time_zone").asText()),
        "Location.time_zone",
        "a zone of the tz database wanted",
        location.path("time_zone"));
    that(
        location.path("publish").asBoolean() || location.path("publish").isBoolean(),
        "Location.publish",
        "boolean wanted",
        location.path("publish"));
    coordinates("Location.coordinates", location.path("coordinates"));
    Instant updated = time(location.path("last_updated"));
    Set<String> uids = new HashSet<>();
    for (JsonNode evse : location.path("evses")) {
      String path = "Location.evses[" + uids.size() + "]";
      that(uids.add(evse.path("uid").asText()), path + ".uid", "unique wanted", evse.path("uid"));
      that(
          !time(evse.path("last_updated")).isAfter(updated),
          path + ".last_updated",
          "not after the location's wanted: " + location.path("last_updated"),
          evse.path("last_updated"));
      evse(path, evse);
    }
  }

  private void evse(String path, JsonNode evse) {
    if (evse.hasNonNull("evse_id")) {
      evseId(path + ".evse_id", evse.path("evse_id"));
    }
    Instant updated = time(evse.path("last_updated"));
    Set<String> ids = new HashSet<>();
    for (JsonNode connector : evse.path("connectors")) {
      String at = path + ".connectors[" + ids.size() + "]";
      that(ids.add(connector.path("id").asText()), at + ".id", "unique wanted", connector);
      that(
          !time(connector.path("last_updated")).isAfter(updated),
          at + ".last_updated",
          "not after the EVSE's wanted: " + evse.path("last_updated"),
          connector.path("last_updated"));
      that(
          connector.path("max_voltage").asInt() > 0
              && connector.path("max_voltage").asInt() <= 2000,
          at + ".max_voltage",
          "volts wanted",
          connector.path("max_voltage"));
      that(
          connector.path("max_amperage").asInt() > 0
              && connector.path("max_amperage").asInt() <= 3000,
          at + ".max_amperage",
          "amperes wanted",
          connector.path("max_amperage"));
      power(at + ".max_electric_power", connector);
    }
  }

  private void power(String path, JsonNode connector) {
    if (connector.hasNonNull("max_electric_power")) {
      int watts = connector.path("max_electric_power").asInt();
      that(watts >= 1000 && watts <= 4_000_000, path, "watts wanted, not kilowatts", watts);
    }
  }

  private void coordinates(String path, JsonNode point) {
    that(
        Math.abs(point.path("latitude").asDouble(999)) <= 90,
        path + ".latitude",
        "-90 to 90 wanted",
        point.path("latitude"));
    that(
        Math.abs(point.path("longitude").asDouble(999)) <= 180,
        path + ".longitude",
        "-180 to 180 wanted",
        point.path("longitude"));
  }

  private static boolean isZone(String name) {
    try {
      ZoneId.of(name);
      return name.contains("/") || name.equals("UTC");
    } catch (DateTimeException e) {
      return false;
    }
  }

  void tariff(String path, JsonNode tariff) {
    party(path, tariff);
    currency(path + ".currency", tariff.path("currency"));
    if (tariff.hasNonNull("start_date_time") && tariff.hasNonNull("end_date_time")) {
      that(
          time(tariff.path("start_date_time")).isBefore(time(tariff.path("end_date_time"))),
          path + ".end_date_time",
          "after the start wanted",
          tariff.path("end_date_time"));
    }
    int i = 0;
    for (JsonNode element : tariff.path("elements")) {
      Set<String> types = new HashSet<>();
      String at = path + ".elements[" + i++ + "]";
      for (JsonNode component : element.path("price_components")) {
        that(types.add(component.path("type").asText()), at, "a type once wanted", component);
        that(
            component.path("step_size").asInt() >= 0,
            at + ".step_size",
            "not negative wanted",
            component.path("step_size"));
      }
    }
  }
}
