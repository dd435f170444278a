package org.ampay.ocpi.profile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.ampay.ocpi.json.OcpiJson;
import org.ampay.ocpi.json.OcpiTime;
import org.ampay.power.Profile;
import org.ampay.power.Schedule;

/** A ChargingProfile of OCPI, read and written (2.2.1 §14.4). */
final class PartnerProfile {

  private PartnerProfile() {}

  /**
   * A profile for a transaction. Limits are cut to what OCPP 1.6 can say: one digit, never more
   * than was allowed.
   *
   * @param body was checked against the facts
   */
  static Profile read(JsonNode body, int id, int stackLevel, String transactionId) {
    List<Schedule.Period> periods = new ArrayList<>();
    for (JsonNode period : body.path("charging_profile_period")) {
      BigDecimal limit =
          period.path("limit").decimalValue().setScale(1, RoundingMode.DOWN).stripTrailingZeros();
      periods.add(
          new Schedule.Period(period.path("start_period").asInt(), plain(limit), null, null));
    }
    Instant start = OcpiTime.read(body.path("start_date_time").asText()).orElse(null);
    Schedule schedule =
        new Schedule(
            1,
            start,
            body.path("duration").isNumber() ? body.path("duration").asInt() : null,
            Schedule.Unit.valueOf(body.path("charging_rate_unit").asText()),
            periods,
            body.path("min_charging_rate").isNumber()
                ? body.path("min_charging_rate").decimalValue()
                : null);
    return new Profile(
        id,
        stackLevel,
        Profile.Purpose.TX,
        start == null ? Profile.Kind.RELATIVE : Profile.Kind.ABSOLUTE,
        null,
        null,
        null,
        transactionId,
        List.of(schedule));
  }

  private static BigDecimal plain(BigDecimal number) {
    return number.scale() < 0 ? number.setScale(0, RoundingMode.UNNECESSARY) : number;
  }

  /**
   * An ActiveChargingProfile.
   *
   * @param otherwise when it begins if the station did not say
   */
  static ObjectNode active(Schedule schedule, Instant otherwise) {
    String start = OcpiTime.write(Objects.requireNonNullElse(schedule.start(), otherwise));
    ObjectNode body = OcpiJson.object().put("start_date_time", start);
    ObjectNode profile = body.putObject("charging_profile").put("start_date_time", start);
    if (schedule.durationSeconds() != null) {
      profile.put("duration", schedule.durationSeconds());
    }
    profile.put("charging_rate_unit", schedule.unit().name());
    if (schedule.minRate() != null) {
      profile.put("min_charging_rate", plain(schedule.minRate()));
    }
    ArrayNode periods = profile.putArray("charging_profile_period");
    for (Schedule.Period period : schedule.periods()) {
      periods
          .addObject()
          .put("start_period", period.startSeconds())
          .put("limit", plain(period.limit().stripTrailingZeros()));
    }
    return body;
  }
}
