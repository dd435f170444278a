package org.ampay.web.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ampay.tariff.Tariff;
import org.ampay.tariff.TariffJson;

/**
 * Fills the form from a tariff. Whatever the form has no field for goes into its expert field as
 * JSON. A form counts only when reading it gives the same tariff again; else it cannot show the
 * tariff, whose JSON has to be edited.
 */
final class TariffFormWriter {

  private static final int MOST_ROWS = 60;

  private final Ui ui;
  private final TypedForm form = new TypedForm();

  /** What is not shown yet. */
  private final ObjectNode rest;

  private TariffFormWriter(Ui ui, ObjectNode tariff) {
    this.ui = ui;
    this.rest = tariff.deepCopy();
  }

  /** The form that means this tariff; empty when it says more than a form can. */
  static Optional<TypedForm> of(Ui ui, Tariff tariff) {
    ObjectNode json = json(tariff);
    for (boolean sorted : new boolean[] {true, false}) {
      TariffFormWriter writer = new TariffFormWriter(ui, json);
      writer.tariff(sorted);
      TypedForm form = writer.form;
      JsonNode again = TariffFormReader.read(form, ui).json();
      if (!form.isWrong() && TariffFields.normal(again).equals(TariffFields.normal(json))) {
        return Optional.of(form);
      }
    }
    return Optional.empty();
  }

  /** The JSON of a tariff without the id that the catalog gives it. */
  static ObjectNode json(Tariff tariff) {
    ObjectNode json = (ObjectNode) TariffJson.readTree(TariffJson.write(tariff));
    json.remove("id");
    return json;
  }

  private void tariff(boolean sorted) {
    take("currency", "currency");
    take("type", "type");
    take("tariff_alt_url", "alt_url");
    take("tax_included", "tax_included");
    altTexts();
    limit("min_price", "min");
    limit("max_price", "max");
    instant("start_date_time", "valid_from");
    instant("end_date_time", "valid_to");
    take("calendar_id", "calendar");
    occupancy();
    minimum();
    ceilings();
    if (rest.path("negative_prices").asBoolean()) {
      rest.remove("negative_prices");
      form.set("negative_prices", "on");
    }
    JsonNode elements = rest.remove("elements");
    elements(elements, sorted);
    if (!rest.isEmpty()) {
      form.set("expert", rest.toPrettyString());
    }
  }

  private void take(String name, String field) {
    JsonNode value = rest.remove(name);
    if (value != null) {
      form.set(field, TariffFields.text(value));
    }
  }

  private void altTexts() {
    JsonNode texts = rest.remove("tariff_alt_text");
    if (texts != null) {
      for (JsonNode text : texts) {
        String row = form.addRow("text");
        form.set(row + ".language", text.path("language").asText());
        form.set(row + ".text", text.path("text").asText());
      }
    }
  }

  private void limit(String name, String prefix) {
    JsonNode limit = rest.remove(name);
    if (limit != null) {
      number(limit, "before_taxes", prefix + ".excl");
      number(limit, "after_taxes", prefix + ".incl");
      number(limit, "excl_vat", prefix + ".excl");
      number(limit, "incl_vat", prefix + ".incl");
    }
  }

  private void number(JsonNode node, String name, String field) {
    if (node.has(name)) {
      form.set(field, TariffFields.text(node.get(name)));
    }
  }

  private void instant(String name, String field) {
    JsonNode at = rest.remove(name);
    if (at == null) {
      return;
    }
    try {
      Instant instant = Instant.parse(at.asText());
      form.set(field, LocalDateTime.ofInstant(instant, ui.place().zone()).toString());
    } catch (DateTimeException e) {
      rest.set(name, at);
    }
  }

  private void occupancy() {
    JsonNode node = rest.remove("occupancy");
    if (node == null) {
      return;
    }
    number(node, "price", "occupancy.price");
    number(node, "vat", "occupancy.vat");
    number(node, "step_size", "occupancy.step");
    minutes(node, "grace_seconds", "occupancy.grace");
    number(node, "max_price", "occupancy.max");
    for (JsonNode window : node.path("exempt")) {
      window(window, form.addRow("exempt") + ".");
    }
  }

  private void minimum() {
    JsonNode node = rest.remove("minimum_session");
    if (node != null) {
      number(node, "kwh", "minimum.kwh");
      minutes(node, "seconds", "minimum.minutes");
    }
  }

  private void ceilings() {
    JsonNode list = rest.remove("ceilings");
    if (list != null) {
      for (JsonNode ceiling : list) {
        String row = form.addRow("ceiling");
        form.set(row + ".dimension", ceiling.path("dimension").asText());
        number(ceiling, "price", row + ".price");
      }
    }
  }

  /** Up to nine digits, so that 90 s are 1.5 min; others fail to come back and show as JSON. */
  private void minutes(JsonNode node, String name, String field) {
    if (node.has(name)) {
      BigDecimal minutes =
          node.get(name).decimalValue().divide(TariffFields.SIXTY, 9, RoundingMode.HALF_UP);
      form.set(field, TariffFields.plain(minutes).toPlainString());
    }
  }

  private void elements(JsonNode elements, boolean sorted) {
    List<JsonNode> left = new ArrayList<>();
    elements.forEach(left::add);
    List<JsonNode> placed = new ArrayList<>();
    List<String> prefixes = new ArrayList<>();
    if (sorted) {
      place(left, "reserved.", "{\"reservation\":\"RESERVATION\"}", placed, prefixes);
      place(left, "expires.", "{\"reservation\":\"RESERVATION_EXPIRES\"}", placed, prefixes);
      place(left, "base.", "{}", placed, prefixes);
      for (String tier : TariffFields.TIERS.reversed()) {
        String only = "{\"calendar_tiers\":[\"" + tier + "\"]}";
        place(left, "tier." + tier + ".", only, placed, prefixes);
      }
    }
    if (left.size() > MOST_ROWS) {
      rest.set("elements", elements); // the JSON is easier to read than a page of that length
      return;
    }
    List<JsonNode> all = new ArrayList<>(placed);
    all.addAll(left);
    defaults(all);
    for (int i = 0; i < placed.size(); i++) {
      components(placed.get(i), prefixes.get(i), false);
    }
    for (JsonNode element : left) {
      String row = form.addRow("row") + ".";
      components(element, row, true);
      restrictions(element.path("restrictions"), row);
    }
  }

  /** Takes the last element when it has just these restrictions. */
  private static void place(
      List<JsonNode> left,
      String prefix,
      String restrictions,
      List<JsonNode> placed,
      List<String> prefixes) {
    if (!left.isEmpty()) {
      JsonNode own = left.getLast().path("restrictions");
      JsonNode wanted = TariffJson.readTree(restrictions);
      if (own.equals(wanted) || (own.isMissingNode() && wanted.isEmpty())) {
        placed.add(left.removeLast());
        prefixes.add(prefix);
      }
    }
  }

  /** The tax and step that the first element with a dimension has hold for the whole tariff. */
  private void defaults(List<JsonNode> elements) {
    Map<String, JsonNode> first = new HashMap<>();
    for (JsonNode element : elements) {
      for (JsonNode component : element.path("price_components")) {
        first.putIfAbsent(component.path("type").asText(), component);
      }
    }
    first.forEach(
        (dimension, component) -> {
          number(component, "vat", "vat." + dimension);
          number(component, "step_size", "step." + dimension);
        });
  }

  private void components(JsonNode element, String prefix, boolean own) {
    for (JsonNode component : element.path("price_components")) {
      String dimension = component.path("type").asText();
      String field = prefix + dimension;
      number(component, "price", field);
      if (own) {
        String vat = component.has("vat") ? TariffFields.text(component.get("vat")) : "-";
        String usual = form.get("vat." + dimension);
        if (!vat.equals(usual.isEmpty() ? "-" : usual)) {
          form.set(field + ".vat", vat);
        }
        String step = TariffFields.text(component.path("step_size"));
        if (!step.equals(form.get("step." + dimension))) {
          form.set(field + ".step", step);
        }
      }
    }
  }

  private void restrictions(JsonNode node, String prefix) {
    window(node, prefix);
    for (String bound : TariffFields.BOUNDS) {
      for (String end : List.of("min_", "max_")) {
        if (bound.equals("duration")) {
          minutes(node, end + bound, prefix + end + bound);
        } else {
          number(node, end + bound, prefix + end + bound);
        }
      }
    }
    text(node, "reservation", prefix + "reservation");
    list(node, "calendar_tiers", prefix + "tier");
  }

  private void window(JsonNode node, String prefix) {
    text(node, "start_time", prefix + "start_time");
    text(node, "end_time", prefix + "end_time");
    text(node, "start_date", prefix + "start_date");
    text(node, "end_date", prefix + "end_date");
    list(node, "day_of_week", prefix + "day");
  }

  private void text(JsonNode node, String name, String field) {
    if (node.has(name)) {
      form.set(field, node.get(name).asText());
    }
  }

  private void list(JsonNode node, String name, String field) {
    List<String> all = new ArrayList<>();
    node.path(name).forEach(item -> all.add(item.asText()));
    if (!all.isEmpty()) {
      form.setAll(field, all);
    }
  }
}
