package org.ampay.web.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import org.ampay.tariff.Tariff;

/** What a tariff says, one fact by one, in the words of the page's language. */
final class TariffWords {

  private final Ui ui;
  private final ObjectNode json;
  private final Map<String, String> facts = new LinkedHashMap<>();

  private final LongFunction<String> calendars;

  private TariffWords(Ui ui, Tariff tariff, LongFunction<String> calendars) {
    this.ui = ui;
    this.calendars = calendars;
    this.json = TariffFormWriter.json(tariff);
  }

  /**
   * The facts by what they are about, in the order of the form.
   *
   * @param calendars the name of a stored calendar
   */
  static Map<String, String> of(Ui ui, Tariff tariff, LongFunction<String> calendars) {
    TariffWords words = new TariffWords(ui, tariff, calendars);
    words.all();
    return words.facts;
  }

  private void all() {
    String currency = json.path("currency").asText();
    text("currency", "tariff.currency");
    JsonNode tax = json.remove("tax_included");
    fact(ui.t("tariff.tax_included"), ui.word("tariff.tax", tax == null ? "old" : tax.asText()));
    JsonNode calendar = json.remove("calendar_id");
    if (calendar != null) {
      fact(ui.t("tariff.calendar"), calendars.apply(calendar.asLong()));
    }
    for (JsonNode element : json.withArray("elements")) {
      element(element, currency);
    }
    json.remove("elements");
    occupancy(currency);
    limit("min_price", "tariff.dimension.min_price", currency);
    limit("max_price", "tariff.dimension.max_price", currency);
    minimum();
    for (JsonNode ceiling : json.path("ceilings")) {
      fact(
          ui.t("tariff.ceilings")
              + " · "
              + ui.word("tariff.dimension", ceiling.path("dimension").asText()),
          TariffFields.text(ceiling.path("price")) + " " + currency);
    }
    json.remove("ceilings");
    for (JsonNode text : json.path("tariff_alt_text")) {
      fact(ui.t("tariff.text") + " " + text.path("language").asText(), text.path("text").asText());
    }
    json.remove("tariff_alt_text");
    text("start_date_time", "tariff.valid_from");
    text("end_date_time", "tariff.valid_to");
    if (json.remove("negative_prices") != null) {
      fact(ui.t("tariff.negative"), "✓");
    }
    json.properties().forEach(e -> fact(e.getKey(), e.getValue().toString()));
  }

  private void text(String name, String key) {
    JsonNode value = json.remove(name);
    if (value != null) {
      fact(ui.t(key), value.asText());
    }
  }

  /** Two facts of one name are told apart by a number. */
  private void fact(String name, String value) {
    String unique = name;
    for (int i = 2; facts.containsKey(unique); i++) {
      unique = name + " (" + i + ")";
    }
    facts.put(unique, value);
  }

  private void element(JsonNode element, String currency) {
    String when = when(ui, element.path("restrictions"));
    for (JsonNode component : element.path("price_components")) {
      String dimension = component.path("type").asText();
      StringBuilder price = new StringBuilder(TariffFields.text(component.path("price")));
      price.append(' ').append(currency).append(TariffFields.per(dimension));
      if (component.has("vat")) {
        price.append(" + ").append(TariffFields.text(component.path("vat"))).append(" %");
      }
      if (component.path("step_size").asInt() != 1 && !dimension.equals("FLAT")) {
        price.append(" · ").append(ui.t("tariff.step")).append(' ');
        price.append(component.path("step_size").asText()).append(' ');
        price.append(TariffFields.stepUnit(dimension));
      }
      boolean reserved =
          dimension.equals("TIME") && element.at("/restrictions/reservation").isTextual();
      String name = ui.word("tariff.dimension", reserved ? "RESERVATION_TIME" : dimension);
      fact(when.isEmpty() ? name : name + " · " + when, price.toString());
    }
  }

  /** When prices hold: {@code Sat Sun, 22:00–06:00, Energy so far < 10 kWh}; empty: always. */
  static String when(Ui ui, JsonNode restrictions) {
    List<String> parts = new ArrayList<>();
    List<String> tiers = new ArrayList<>();
    restrictions.path("calendar_tiers").forEach(t -> tiers.add(ui.word("tou", t.asText())));
    add(parts, String.join(" ", tiers));
    window(ui, restrictions, parts);
    for (String bound : TariffFields.BOUNDS) {
      bound(ui, restrictions, bound, parts);
    }
    if (restrictions.has("reservation")) {
      boolean expires = restrictions.path("reservation").asText().endsWith("EXPIRES");
      parts.add(ui.t(expires ? "tariff.reservation_expires" : "tariff.reservation_yes"));
    }
    return String.join(", ", parts);
  }

  private static void window(Ui ui, JsonNode node, List<String> parts) {
    List<String> days = new ArrayList<>();
    node.path("day_of_week").forEach(d -> days.add(ui.word("tariff.day", d.asText())));
    add(parts, String.join(" ", days));
    range(node, "start_time", "end_time", "00:00", "24:00", parts);
    range(node, "start_date", "end_date", "…", "…", parts);
  }

  private static void range(
      JsonNode node, String from, String to, String first, String last, List<String> parts) {
    if (node.has(from) || node.has(to)) {
      String end = node.path(to).asText(last);
      String shown = end.equals("00:00") ? "24:00" : end;
      parts.add(node.path(from).asText(first) + "–" + shown);
    }
  }

  private static void bound(Ui ui, JsonNode node, String bound, List<String> parts) {
    String name = ui.word("tariff.bound", bound);
    if (node.has("min_" + bound)) {
      parts.add(name + " ≥ " + volume(ui, bound, node.path("min_" + bound)));
    }
    if (node.has("max_" + bound)) {
      parts.add(name + " < " + volume(ui, bound, node.path("max_" + bound)));
    }
  }

  private static String volume(Ui ui, String bound, JsonNode figure) {
    return bound.equals("duration")
        ? seconds(ui, figure)
        : TariffFields.text(figure) + " " + ui.word("tariff.bound_unit", bound);
  }

  /** Whole minutes as such. */
  private static String seconds(Ui ui, JsonNode seconds) {
    long count = seconds.asLong();
    return count % 60 == 0 && seconds.isIntegralNumber()
        ? count / 60 + " " + ui.word("tariff.bound_unit", "duration")
        : TariffFields.text(seconds) + " s";
  }

  private static void add(List<String> parts, String part) {
    if (!part.isEmpty()) {
      parts.add(part);
    }
  }

  private void occupancy(String currency) {
    JsonNode node = json.remove("occupancy");
    if (node == null) {
      return;
    }
    String name = ui.t("tariff.occupancy");
    fact(
        name,
        TariffFields.text(node.path("price"))
            + " "
            + currency
            + "/h"
            + (node.has("vat") ? " + " + TariffFields.text(node.path("vat")) + " %" : "")
            + " · "
            + ui.t("tariff.step")
            + " "
            + node.path("step_size").asText()
            + " s");
    if (node.has("grace_seconds")) {
      fact(name + " · " + ui.t("tariff.grace"), seconds(ui, node.path("grace_seconds")));
    }
    if (node.has("max_price")) {
      fact(
          name + " · " + ui.t("tariff.occupancy_max"),
          TariffFields.text(node.path("max_price")) + " " + currency);
    }
    for (JsonNode window : node.path("exempt")) {
      fact(name + " · " + ui.t("tariff.exempt"), when(ui, window));
    }
  }

  private void limit(String name, String key, String currency) {
    JsonNode limit = json.remove(name);
    if (limit == null) {
      return;
    }
    JsonNode excl = limit.has("excl_vat") ? limit.path("excl_vat") : limit.path("before_taxes");
    JsonNode incl = limit.has("incl_vat") ? limit.path("incl_vat") : limit.path("after_taxes");
    String text = TariffFields.text(excl) + " " + currency;
    fact(
        ui.t(key),
        incl.isNumber() ? text + " / " + TariffFields.text(incl) + " " + currency : text);
  }

  private void minimum() {
    JsonNode node = json.remove("minimum_session");
    if (node != null) {
      List<String> parts = new ArrayList<>();
      if (node.has("kwh")) {
        parts.add(TariffFields.text(node.path("kwh")) + " kWh");
      }
      if (node.has("seconds")) {
        parts.add(seconds(ui, node.path("seconds")));
      }
      fact(ui.t("tariff.minimum"), String.join(", ", parts));
    }
  }
}
