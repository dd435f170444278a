package org.ampay.tariff;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Writes tariffs as JSON: fields in one fixed order, no blanks, absent where null. */
final class TariffWriter {

  /** Keeps the digits of a number as they are. */
  static final JsonNodeFactory NODES = JsonNodeFactory.withExactBigDecimals(true);

  private TariffWriter() {}

  static String text(JsonNode node) {
    try {
      return TariffJson.MAPPER.writeValueAsString(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree is always JSON", e);
    }
  }

  static ObjectNode tariff(Tariff tariff) {
    ObjectNode node = NODES.objectNode();
    info(node, tariff.info(), tariff.currency());
    TaxIncluded tax = tariff.taxIncluded();
    string(node, "tax_included", tax == null ? null : tax.wire());
    limit(node, "min_price", tariff.limits().min(), tax != null);
    limit(node, "max_price", tariff.limits().max(), tax != null);
    ArrayNode elements = node.putArray("elements");
    tariff.elements().forEach(element -> element(elements.addObject(), element));
    string(node, "start_date_time", tariff.validity().start());
    string(node, "end_date_time", tariff.validity().end());
    ExtrasJson.write(node, tariff.extras());
    return node;
  }

  private static void info(ObjectNode node, TariffInfo info, String currency) {
    string(node, "id", info.id());
    node.put("currency", currency);
    string(node, "type", info.type());
    if (!info.altTexts().isEmpty()) {
      ArrayNode texts = node.putArray("tariff_alt_text");
      info.altTexts()
          .forEach(t -> texts.addObject().put("language", t.language()).put("text", t.text()));
    }
    string(node, "tariff_alt_url", info.altUrl());
    String mix = info.energyMix();
    if (mix != null) {
      node.set("energy_mix", TariffJson.readTree(mix));
    }
    number(node, "preauthorize_amount", info.preauthorizeAmount());
  }

  private static void limit(
      ObjectNode node, String name, @Nullable PriceLimit limit, boolean v230) {
    if (limit != null) {
      ObjectNode figures = node.putObject(name);
      number(figures, v230 ? "before_taxes" : "excl_vat", limit.excl());
      number(figures, v230 ? "after_taxes" : "incl_vat", limit.incl());
    }
  }

  private static void element(ObjectNode node, TariffElement element) {
    ArrayNode components = node.putArray("price_components");
    for (PriceComponent component : element.components()) {
      ObjectNode price = components.addObject();
      price.put("type", component.type().name());
      number(price, "price", component.price());
      number(price, "vat", component.vat());
      price.put("step_size", component.stepSize());
    }
    if (!element.restrictions().equals(Restrictions.NONE)) {
      restrictions(node.putObject("restrictions"), element.restrictions());
    }
  }

  private static void restrictions(ObjectNode node, Restrictions r) {
    LocalWindow window = r.window();
    times(node, window);
    bounds(node, "kwh", r.kwh());
    bounds(node, "current", r.current());
    bounds(node, "power", r.power());
    bounds(node, "duration", r.duration());
    days(node, window.days());
    string(node, "reservation", r.reservation());
    if (!r.calendarTiers().isEmpty()) {
      ArrayNode tiers = node.putArray("calendar_tiers");
      r.calendarTiers().forEach(tier -> tiers.add(tier.name()));
    }
  }

  static void window(ObjectNode node, LocalWindow window) {
    times(node, window);
    days(node, window.days());
  }

  private static void times(ObjectNode node, LocalWindow window) {
    string(node, "start_time", window.startTime());
    string(node, "end_time", window.endTime());
    string(node, "start_date", window.startDate());
    string(node, "end_date", window.endDate());
  }

  static void days(ObjectNode node, Set<DayOfWeek> days) {
    if (!days.isEmpty()) {
      ArrayNode list = node.putArray("day_of_week");
      for (DayOfWeek day : new TreeSet<>(days)) {
        list.add(day.name());
      }
    }
  }

  private static void bounds(ObjectNode node, String name, Restrictions.Bounds bounds) {
    number(node, "min_" + name, bounds.min());
    number(node, "max_" + name, bounds.max());
  }

  private static void string(ObjectNode node, String name, @Nullable Object value) {
    if (value != null) {
      node.put(name, value.toString());
    }
  }

  static void number(ObjectNode node, String name, @Nullable BigDecimal value) {
    if (value != null) {
      node.put(name, value);
    }
  }
}
