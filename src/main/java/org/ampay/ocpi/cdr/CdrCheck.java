package org.ampay.ocpi.cdr;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Whether a CDR's figures and texts make sense, whatever the version: one that does not would spoil
 * the partner's page. The shape of each object is checked against the facts beside this.
 */
public final class CdrCheck {

  private static final Pattern LATITUDE = Pattern.compile("-?[0-9]{1,2}\\.[0-9]{5,7}");
  private static final Pattern LONGITUDE = Pattern.compile("-?[0-9]{1,3}\\.[0-9]{5,7}");
  private static final Pattern PRINTABLE = Pattern.compile("[ -~]+");
  private static final BigDecimal SECONDS_PER_HOUR = BigDecimal.valueOf(3_600);
  private static final int DIGITS = 4;

  private final JsonNode cdr;
  private final List<String> problems = new ArrayList<>();

  private CdrCheck(JsonNode cdr) {
    this.cdr = cdr;
  }

  /** What is wrong; empty: nothing. */
  public static List<String> problems(JsonNode cdr) {
    CdrCheck check = new CdrCheck(cdr);
    check.texts();
    check.place();
    check.periods();
    check.costs();
    return List.copyOf(check.problems);
  }

  private void texts() {
    ascii("/country_code", 2);
    ascii("/party_id", 3);
    ascii("/id", cdr.path("credit").asBoolean() ? 39 : 36);
    ascii("/session_id", 36);
    ascii("/cdr_token/country_code", 2);
    ascii("/cdr_token/party_id", 3);
    ascii("/cdr_token/uid", 36);
    ascii("/cdr_token/contract_id", 36);
    required("/cdr_token/type", 20);
    required("/auth_method", 20);
    required("/currency", 3);
    optional("/authorization_reference", 36);
    optional("/remark", 255);
    optional("/meter_id", 255);
    optional("/credit_reference_id", 39);
  }

  private void place() {
    String at = "/cdr_location";
    ascii(at + "/id", 36);
    required(at + "/address", 45);
    required(at + "/city", 45);
    optional(at + "/state", 20);
    optional(at + "/postal_code", 10);
    required(at + "/country", 3);
    ascii(at + "/evse_uid", 36);
    ascii(at + "/evse_id", 48);
    ascii(at + "/connector_id", 36);
    required(at + "/connector_standard", 40);
    required(at + "/connector_format", 10);
    required(at + "/connector_power_type", 20);
    matches(at + "/coordinates/latitude", LATITUDE);
    matches(at + "/coordinates/longitude", LONGITUDE);
  }

  private void periods() {
    Instant start = time(cdr, "start_date_time");
    Instant end = time(cdr, "end_date_time");
    JsonNode periods = cdr.path("charging_periods");
    if (start.isAfter(end)) {
      problems.add("end_date_time: is before start_date_time");
    }
    if (periods.isEmpty()) {
      problems.add("charging_periods: is empty");
    }
    BigDecimal kwh = BigDecimal.ZERO;
    Instant last = start;
    for (JsonNode period : periods) {
      Instant from = time(period, "start_date_time");
      if (from.isBefore(last) || from.isAfter(end)) {
        problems.add("charging_periods: one begins at " + from + ", out of order");
      }
      last = from;
      for (JsonNode dimension : period.path("dimensions")) {
        BigDecimal volume = dimension.path("volume").decimalValue();
        if (volume.signum() < 0 || volume.stripTrailingZeros().scale() > DIGITS) {
          problems.add("charging_periods: a volume of " + volume);
        }
        if (dimension.path("type").asText().equals("ENERGY")) {
          kwh = kwh.add(volume);
        }
      }
    }
    if (kwh.compareTo(number("total_energy")) != 0) {
      problems.add("total_energy: is not the sum of the periods, " + kwh);
    }
    BigDecimal seconds = BigDecimal.valueOf(Duration.between(start, end).toMillis(), 3);
    if (number("total_time").multiply(SECONDS_PER_HOUR).compareTo(seconds.add(BigDecimal.ONE))
        > 0) {
      problems.add("total_time: is longer than the session");
    }
  }

  private void costs() {
    if (cdr.path("credit").asBoolean()) {
      return; // its buckets are those of the CDR that it takes back
    }
    JsonNode total = cdr.path("total_cost");
    String excl = total.has("excl_vat") ? "excl_vat" : "before_taxes";
    BigDecimal net = total.path(excl).decimalValue();
    BigDecimal gross = gross(total);
    for (Bucket bucket : Bucket.values()) {
      JsonNode cost = cdr.path(bucket.wire());
      net = net.subtract(cost.path(excl).decimalValue());
      gross = gross.subtract(gross(cost));
    }
    if (net.signum() != 0 || gross.signum() != 0) {
      problems.add("total_cost: is not the sum of its parts, off by " + net + " and " + gross);
    }
  }

  private static BigDecimal gross(JsonNode cost) {
    if (cost.has("incl_vat")) {
      return cost.path("incl_vat").decimalValue();
    }
    BigDecimal gross = cost.path("before_taxes").decimalValue();
    for (JsonNode tax : cost.path("taxes")) {
      gross = gross.add(tax.path("amount").decimalValue());
    }
    return gross;
  }

  private BigDecimal number(String field) {
    if (!cdr.path(field).isNumber()) {
      problems.add(field + ": is missing");
    }
    return cdr.path(field).decimalValue();
  }

  private static Instant time(JsonNode node, String field) {
    return Instant.parse(node.path(field).asText());
  }

  private void ascii(String path, int most) {
    required(path, most);
    String text = cdr.at(path).asText();
    if (!text.isEmpty() && !PRINTABLE.matcher(text).matches()) {
      problems.add(path.substring(1) + ": is not printable ASCII");
    }
  }

  private void required(String path, int most) {
    if (cdr.at(path).asText().isEmpty()) {
      problems.add(path.substring(1) + ": is missing");
    }
    optional(path, most);
  }

  private void optional(String path, int most) {
    if (cdr.at(path).asText().length() > most) {
      problems.add(path.substring(1) + ": is longer than " + most);
    }
  }

  private void matches(String path, Pattern pattern) {
    if (!pattern.matcher(cdr.at(path).asText()).matches()) {
      problems.add(path.substring(1) + ": is missing or no coordinate");
    }
  }
}
