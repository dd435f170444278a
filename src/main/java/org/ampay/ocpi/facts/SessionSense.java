package org.ampay.ocpi.facts;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Instant;

/** A session: its energy in kWh, its end when it has ended. */
final class SessionSense {

  /** No outlet gives more in an hour. */
  static final BigDecimal MAX_KW = new BigDecimal("4000");

  private final Sense sense;
  private final JsonNode session;

  SessionSense(Sense sense, JsonNode session) {
    this.sense = sense;
    this.session = session;
  }

  void check() {
    sense.party("Session", session);
    sense.currency("Session.currency", session.path("currency"));
    BigDecimal kwh = session.path("kwh").decimalValue();
    sense.that(kwh.signum() >= 0, "Session.kwh", "not negative wanted", kwh);
    boolean completed = session.path("status").asText().equals("COMPLETED");
    sense.that(
        !completed || session.hasNonNull("end_date_time"),
        "Session.end_date_time",
        "the end of a completed session wanted",
        session.path("end_date_time"));
    Instant start = Sense.time(session.path("start_date_time"));
    Instant updated = Sense.time(session.path("last_updated"));
    Instant end =
        session.hasNonNull("end_date_time") ? Sense.time(session.path("end_date_time")) : updated;
    if (end.isBefore(start)) {
      end = start;
    }
    PeriodSense periods =
        new PeriodSense(sense, "Session.charging_periods", session.path("charging_periods"));
    periods.check(start, end);
    sense.that(
        periods.sum("ENERGY").compareTo(kwh.add(periods.off())) <= 0,
        "Session.kwh",
        "at least the energy of the periods wanted: " + periods.sum("ENERGY"),
        kwh);
    BigDecimal most = MAX_KW.multiply(PeriodSense.hours(start, end)).max(BigDecimal.TEN);
    if (completed) {
      sense.that(kwh.compareTo(most) <= 0, "Session.kwh", "kWh wanted, not Wh", kwh);
    }
  }
}
