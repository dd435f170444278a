package org.ampay.tariff;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Writes tariffs as JSON: fields in one fixed order, no blanks, absent where null. */
final class TariffWriter {

  private TariffWriter() {}

  /** Writes one JSON value. */
  interface Body {
    void write(JsonGenerator generator) throws IOException;
  }

  static String text(Body body) {
    StringWriter text = new StringWriter();
    try (JsonGenerator generator = TariffJson.MAPPER.getFactory().createGenerator(text)) {
      generator.enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN);
      body.write(generator);
    } catch (IOException e) {
      throw new UncheckedIOException("a string cannot fail", e);
    }
    return text.toString();
  }

  static void tariff(JsonGenerator g, Tariff tariff) throws IOException {
    g.writeStartObject();
    info(g, tariff.info(), tariff.currency());
    TaxIncluded tax = tariff.taxIncluded();
    string(g, "tax_included", tax == null ? null : tax.wire());
    limit(g, "min_price", tariff.limits().min(), tax != null);
    limit(g, "max_price", tariff.limits().max(), tax != null);
    g.writeArrayFieldStart("elements");
    for (TariffElement element : tariff.elements()) {
      element(g, element);
    }
    g.writeEndArray();
    string(g, "start_date_time", tariff.validity().start());
    string(g, "end_date_time", tariff.validity().end());
    g.writeEndObject();
  }

  private static void info(JsonGenerator g, TariffInfo info, String currency) throws IOException {
    string(g, "id", info.id());
    g.writeStringField("currency", currency);
    string(g, "type", info.type());
    if (!info.altTexts().isEmpty()) {
      g.writeArrayFieldStart("tariff_alt_text");
      for (DisplayText text : info.altTexts()) {
        g.writeStartObject();
        g.writeStringField("language", text.language());
        g.writeStringField("text", text.text());
        g.writeEndObject();
      }
      g.writeEndArray();
    }
    string(g, "tariff_alt_url", info.altUrl());
    String mix = info.energyMix();
    if (mix != null) {
      g.writeFieldName("energy_mix");
      g.writeRawValue(mix);
    }
    number(g, "preauthorize_amount", info.preauthorizeAmount());
  }

  private static void limit(JsonGenerator g, String name, @Nullable PriceLimit limit, boolean v230)
      throws IOException {
    if (limit != null) {
      g.writeObjectFieldStart(name);
      number(g, v230 ? "before_taxes" : "excl_vat", limit.excl());
      number(g, v230 ? "after_taxes" : "incl_vat", limit.incl());
      g.writeEndObject();
    }
  }

  private static void element(JsonGenerator g, TariffElement element) throws IOException {
    g.writeStartObject();
    g.writeArrayFieldStart("price_components");
    for (PriceComponent component : element.components()) {
      g.writeStartObject();
      g.writeStringField("type", component.type().name());
      number(g, "price", component.price());
      number(g, "vat", component.vat());
      g.writeNumberField("step_size", component.stepSize());
      g.writeEndObject();
    }
    g.writeEndArray();
    if (!element.restrictions().equals(Restrictions.NONE)) {
      restrictions(g, element.restrictions());
    }
    g.writeEndObject();
  }

  private static void restrictions(JsonGenerator g, Restrictions r) throws IOException {
    g.writeObjectFieldStart("restrictions");
    LocalWindow window = r.window();
    string(g, "start_time", window.startTime());
    string(g, "end_time", window.endTime());
    string(g, "start_date", window.startDate());
    string(g, "end_date", window.endDate());
    bounds(g, "kwh", r.kwh());
    bounds(g, "current", r.current());
    bounds(g, "power", r.power());
    bounds(g, "duration", r.duration());
    if (!window.days().isEmpty()) {
      g.writeArrayFieldStart("day_of_week");
      for (DayOfWeek day : new TreeSet<>(window.days())) {
        g.writeString(day.name());
      }
      g.writeEndArray();
    }
    string(g, "reservation", r.reservation());
    g.writeEndObject();
  }

  private static void bounds(JsonGenerator g, String name, Restrictions.Bounds bounds)
      throws IOException {
    number(g, "min_" + name, bounds.min());
    number(g, "max_" + name, bounds.max());
  }

  private static void string(JsonGenerator g, String name, @Nullable Object value)
      throws IOException {
    if (value != null) {
      g.writeStringField(name, value.toString());
    }
  }

  static void number(JsonGenerator g, String name, @Nullable BigDecimal value) throws IOException {
    if (value != null) {
      g.writeNumberField(name, value);
    }
  }
}
