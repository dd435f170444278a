package org.ampay.billing;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.ampay.access.IdToken;
import org.ampay.base.Energy;
import org.ampay.charging.BillableSession;
import org.ampay.tariff.Amount;
import org.ampay.tariff.Exact;
import org.ampay.tariff.Price;
import org.ampay.tariff.PricePeriod;
import org.ampay.tariff.StepApplied;
import org.ampay.tariff.TariffSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * The JSON of our CDR: everything that a partner's version of it is made from, frozen.
 *
 * <pre>{"v":1,"session":{…},"token":{…},"location":{…},"tariff":{…},"currency":"CNY",
 * "total":{"excl_minor":500,"tax_minor":50,"incl_minor":550},"unrounded":{…},"costs":{…},
 * "volumes":{…},"steps":[…],"lines":[…],"periods":[…]}</pre>
 *
 * Unrounded numbers are decimal strings of 12 digits behind the point, half up.
 */
final class CdrBody {

  private static final JsonFactory JSON = new JsonFactory();
  private static final int DIGITS = 12;

  private final BillableSession session;
  private final Bill bill;
  private final Price price;
  private final TariffSnapshot snapshot;
  private final @Nullable CdrPlace place;

  CdrBody(
      BillableSession session,
      Bill bill,
      Price price,
      TariffSnapshot snapshot,
      @Nullable CdrPlace place) {
    this.session = session;
    this.bill = bill;
    this.price = price;
    this.snapshot = snapshot;
    this.place = place;
  }

  String json() {
    StringWriter text = new StringWriter(1024);
    try (JsonGenerator g = JSON.createGenerator(text)) {
      g.writeStartObject();
      g.writeNumberField("v", 1);
      g.writeNumberField("bill_id", bill.id());
      writeSession(g);
      writeToken(g);
      writeLocation(g);
      writeTariff(g);
      writeTotals(g);
      writeSteps(g);
      writeLines(g);
      writePeriods(g);
      g.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("a string cannot fail", e);
    }
    return text.toString();
  }

  private void writeSession(JsonGenerator g) throws IOException {
    g.writeObjectFieldStart("session");
    g.writeNumberField("id", session.id());
    g.writeStringField("transaction_id", session.transactionId());
    g.writeNumberField("evse", session.evse().evseNo());
    g.writeNumberField("connector", session.evse().connectorNo());
    g.writeStringField("started_at", session.startedAt().toString());
    g.writeStringField("stopped_at", session.stoppedAt().toString());
    energy(g, "meter_start_wh", session.meterStart());
    energy(g, "meter_stop_wh", session.meterStop());
    energy(g, "energy_wh", session.energy());
    g.writeEndObject();
  }

  private void writeToken(JsonGenerator g) throws IOException {
    IdToken token = session.token();
    if (token != null) {
      g.writeObjectFieldStart("token");
      g.writeStringField("uid", token.uid());
      g.writeStringField("type", token.type());
      g.writeEndObject();
    }
  }

  private void writeLocation(JsonGenerator g) throws IOException {
    if (place == null) {
      return;
    }
    g.writeObjectFieldStart("location");
    g.writeStringField("country_code", place.party().countryCode());
    g.writeStringField("party_id", place.party().partyId());
    g.writeStringField("site", place.siteCode());
    g.writeStringField("name", place.siteName());
    g.writeStringField("address", place.address());
    g.writeStringField("city", place.city());
    g.writeStringField("postal_code", place.postalCode());
    g.writeStringField("country", place.country());
    decimal(g, "latitude", place.latitude());
    decimal(g, "longitude", place.longitude());
    g.writeStringField("time_zone", place.timeZone());
    g.writeStringField("station", place.station());
    text(g, "connector_standard", place.standard());
    text(g, "current_type", place.currentType());
    g.writeEndObject();
  }

  private void writeTariff(JsonGenerator g) throws IOException {
    g.writeObjectFieldStart("tariff");
    g.writeNumberField("snapshot_id", bill.snapshotId());
    g.writeNumberField("tariff_id", snapshot.tariffId());
    g.writeNumberField("version", snapshot.version());
    g.writeEndObject();
  }

  private void writeTotals(JsonGenerator g) throws IOException {
    g.writeStringField("currency", bill.excl().currency());
    g.writeObjectFieldStart("total");
    g.writeNumberField("excl_minor", bill.excl().minor());
    g.writeNumberField("tax_minor", bill.tax().minor());
    g.writeNumberField("incl_minor", bill.total().minor());
    g.writeEndObject();
    amount(g, "unrounded", price.total());
    g.writeObjectFieldStart("costs");
    for (var cost : price.costs().entrySet()) {
      amount(g, cost.getKey().wire(), cost.getValue());
    }
    g.writeEndObject();
    g.writeObjectFieldStart("volumes");
    exact(g, "kwh", price.totalKwh());
    exact(g, "hours", price.totalHours());
    exact(g, "parking_hours", price.totalParkingHours());
    g.writeEndObject();
  }

  private void writeSteps(JsonGenerator g) throws IOException {
    g.writeArrayFieldStart("steps");
    for (StepApplied step : price.steps()) {
      g.writeStartObject();
      g.writeStringField("dimension", step.dimension().name());
      exact(g, "surplus", step.surplus());
      g.writeEndObject();
    }
    g.writeEndArray();
  }

  private void writeLines(JsonGenerator g) throws IOException {
    g.writeArrayFieldStart("lines");
    for (Bill.Line line : bill.lines()) {
      g.writeStartObject();
      g.writeStringField("dimension", line.dimension());
      if (line.element() != null) {
        g.writeNumberField("element", line.element());
      }
      g.writeStringField("from", line.from().toString());
      g.writeStringField("to", line.to().toString());
      g.writeStringField("volume", line.volume().toPlainString());
      g.writeStringField("unit_price", line.unitPrice().toPlainString());
      decimal(g, "vat", line.vatPercent());
      g.writeNumberField("excl_minor", line.excl().minor());
      g.writeNumberField("tax_minor", line.tax().minor());
      text(g, "label", line.label());
      text(g, "funder", line.funder() == null ? null : line.funder().wire());
      g.writeEndObject();
    }
    g.writeEndArray();
  }

  private void writePeriods(JsonGenerator g) throws IOException {
    g.writeArrayFieldStart("periods");
    for (PricePeriod period : price.periods()) {
      g.writeStartObject();
      g.writeStringField("from", period.from().toString());
      g.writeStringField("to", period.to().toString());
      g.writeStringField("state", period.state().name());
      exact(g, "kwh", period.kwh());
      exact(g, "hours", period.hours());
      g.writeStringField("tariff", period.tariffId());
      g.writeEndObject();
    }
    g.writeEndArray();
  }

  private static void amount(JsonGenerator g, String name, Amount amount) throws IOException {
    g.writeObjectFieldStart(name);
    if (amount.excl() != null) {
      exact(g, "excl", amount.excl());
    }
    exact(g, "incl", amount.incl());
    g.writeEndObject();
  }

  private static void exact(JsonGenerator g, String name, Exact value) throws IOException {
    BigDecimal rounded = value.round(DIGITS, RoundingMode.HALF_UP).stripTrailingZeros();
    g.writeStringField(name, rounded.toPlainString());
  }

  private static void decimal(JsonGenerator g, String name, @Nullable BigDecimal value)
      throws IOException {
    if (value != null) {
      g.writeStringField(name, value.stripTrailingZeros().toPlainString());
    }
  }

  private static void energy(JsonGenerator g, String name, @Nullable Energy energy)
      throws IOException {
    if (energy != null) {
      g.writeStringField(name, energy.toWh().toPlainString());
    }
  }

  private static void text(JsonGenerator g, String name, @Nullable Object value)
      throws IOException {
    if (value != null) {
      g.writeStringField(name, value.toString());
    }
  }
}
