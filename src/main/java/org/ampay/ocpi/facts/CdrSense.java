package org.ampay.ocpi.facts;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A CDR: its totals are those of its periods, its buckets make its total. */
final class CdrSense {

  private static final Set<String> SESSION_ONLY =
      Set.of("CURRENT", "ENERGY_EXPORT", "ENERGY_IMPORT", "POWER", "STATE_OF_CHARGE");

  private static final List<String> BUCKETS =
      List.of(
          "total_fixed_cost",
          "total_energy_cost",
          "total_time_cost",
          "total_parking_cost",
          "total_reservation_cost");

  private static final int MAX_ID = 36;

  /** Of total_time: its rounding, and that of two times to seconds. */
  private static final BigDecimal HOURS_OFF = new BigDecimal("0.0012");

  private final Sense sense;
  private final JsonNode cdr;
  private final PeriodSense periods;

  CdrSense(Sense sense, JsonNode cdr) {
    this.sense = sense;
    this.cdr = cdr;
    this.periods = new PeriodSense(sense, "CDR.charging_periods", cdr.path("charging_periods"));
  }

  void check() {
    sense.party("CDR", cdr);
    sense.party("CDR.cdr_token", cdr.path("cdr_token"));
    sense.currency("CDR.currency", cdr.path("currency"));
    sense.country("CDR.cdr_location.country", cdr.path("cdr_location").path("country"));
    sense.evseId("CDR.cdr_location.evse_id", cdr.path("cdr_location").path("evse_id"));
    Instant start = Sense.time(cdr.path("start_date_time"));
    Instant end = Sense.time(cdr.path("end_date_time"));
    sense.that(!end.isBefore(start), "CDR.end_date_time", "after the start wanted", end);
    periods.check(start, end);
    totals(start, end);
    dimensions();
    credit();
    buckets();
    tariffs();
  }

  private void totals(Instant start, Instant end) {
    BigDecimal energy = cdr.path("total_energy").decimalValue();
    BigDecimal hours = cdr.path("total_time").decimalValue();
    BigDecimal lasted = PeriodSense.hours(start, end);
    near("CDR.total_energy", energy, periods.sum("ENERGY"), periods.off());
    near("CDR.total_time", hours, lasted.subtract(periods.sum("RESERVATION_TIME")), HOURS_OFF);
    near(
        "CDR.total_parking_time",
        cdr.path("total_parking_time").decimalValue(),
        periods.sum("PARKING_TIME"),
        periods.off());
    BigDecimal most = SessionSense.MAX_KW.multiply(lasted).max(BigDecimal.TEN);
    sense.that(energy.compareTo(most) <= 0, "CDR.total_energy", "kWh wanted, not Wh", energy);
  }

  private void near(String path, BigDecimal found, BigDecimal wanted, BigDecimal off) {
    sense.that(
        found.subtract(wanted).abs().compareTo(off) <= 0,
        path,
        wanted.stripTrailingZeros().toPlainString() + " wanted",
        found);
  }

  private void dimensions() {
    for (JsonNode period : cdr.path("charging_periods")) {
      for (JsonNode dimension : period.path("dimensions")) {
        String type = dimension.path("type").asText();
        sense.that(
            !SESSION_ONLY.contains(type), "CDR.charging_periods", "none of sessions wanted", type);
      }
    }
  }

  private void credit() {
    boolean credit = cdr.path("credit").asBoolean(false);
    BigDecimal total = sense.net(cdr.path("total_cost")).decimalValue();
    String id = cdr.path("id").asText();
    if (credit) {
      sense.that(
          cdr.hasNonNull("credit_reference_id")
              && !cdr.path("credit_reference_id").asText().equals(id),
          "CDR.credit_reference_id",
          "the CDR that is taken back wanted",
          cdr.path("credit_reference_id"));
    } else {
      sense.that(id.length() <= MAX_ID, "CDR.id", "at most " + MAX_ID + " characters wanted", id);
    }
    sense.that(
        credit ? total.signum() <= 0 : total.signum() >= 0,
        "CDR.total_cost",
        credit ? "negative wanted" : "not negative wanted",
        total);
  }

  /** Those of a credit CDR stay as they were; only its total is negative. */
  private void buckets() {
    BigDecimal sum = BigDecimal.ZERO;
    boolean any = false;
    for (String bucket : BUCKETS) {
      if (cdr.hasNonNull(bucket)) {
        any = true;
        BigDecimal part = sense.net(cdr.path(bucket)).decimalValue();
        sense.that(part.signum() >= 0, "CDR." + bucket, "not negative wanted", part);
        sum = sum.add(part);
      }
    }
    BigDecimal total = sense.net(cdr.path("total_cost")).decimalValue().abs();
    sense.that(
        !any || sum.compareTo(total) == 0,
        "CDR.total_cost",
        "the sum of its parts wanted: " + sum,
        total);
  }

  private void tariffs() {
    Set<String> ids = new HashSet<>();
    for (JsonNode tariff : cdr.path("tariffs")) {
      ids.add(tariff.path("id").asText());
      sense.tariff("CDR.tariffs", tariff);
      sense.that(
          tariff.path("currency").equals(cdr.path("currency")),
          "CDR.tariffs.currency",
          "the CDR's wanted",
          tariff.path("currency"));
    }
    for (JsonNode period : cdr.path("charging_periods")) {
      if (period.hasNonNull("tariff_id")) {
        sense.that(
            ids.contains(period.path("tariff_id").asText()),
            "CDR.charging_periods.tariff_id",
            "one of the CDR's tariffs wanted",
            period.path("tariff_id"));
      }
    }
  }
}
