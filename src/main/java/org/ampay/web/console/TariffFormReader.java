package org.ampay.web.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ampay.tariff.InvalidInputException;
import org.ampay.tariff.TariffJson;

/**
 * Makes the JSON of a tariff out of what was typed, and remembers from which field each value came:
 * so every complaint about the tariff finds its field. What is no number is complained about at
 * once and left out.
 */
final class TariffFormReader {

  private static final String NUMBER = "-?[0-9]{1,12}([.,][0-9]{1,9})?";

  private final TypedForm form;
  private final Ui ui;
  private final ZoneId zone;
  private final ObjectNode tariff = TariffFields.NODES.objectNode();

  /** Names of fields by the path of what they became. */
  private final Map<String, String> fields = new HashMap<>();

  private TariffFormReader(TypedForm form, Ui ui) {
    this.form = form;
    this.ui = ui;
    this.zone = ui.place().zone();
  }

  /** A tariff as it was typed. */
  record Typed(ObjectNode json, Map<String, String> fields) {

    /** The field that a complaint about {@code path} belongs to, empty when to none. */
    String field(String path) {
      String rest = path;
      while (!rest.isEmpty()) {
        String found = fields.get(rest);
        if (found != null) {
          return found;
        }
        int cut = Math.max(rest.lastIndexOf('.'), rest.lastIndexOf('['));
        rest = cut < 0 ? "" : rest.substring(0, cut);
      }
      return "";
    }
  }

  /** The tariff; complaints about texts that are no numbers or times are put into the form. */
  static Typed read(TypedForm form, Ui ui) {
    TariffFormReader reader = new TariffFormReader(form, ui);
    reader.tariff();
    return new Typed(reader.tariff, reader.fields);
  }

  private void tariff() {
    fields.put("name", "name");
    fields.put("valid_from", "version_from");
    put(tariff, "", "currency", "currency");
    put(tariff, "", "type", "type");
    altTexts();
    put(tariff, "", "tariff_alt_url", "alt_url");
    put(tariff, "", "tax_included", "tax_included");
    limit("min_price", "min");
    limit("max_price", "max");
    elements();
    instant("start_date_time", "valid_from");
    instant("end_date_time", "valid_to");
    if (form.get("calendar").matches("[0-9]{1,18}")) {
      tariff.put("calendar_id", Long.parseLong(form.get("calendar")));
    }
    fields.put("calendar_id", "calendar");
    occupancy();
    minimum();
    ceilings();
    if (form.has("negative_prices", "on")) {
      tariff.put("negative_prices", true);
    }
    fields.put("negative_prices", "negative_prices");
    expert();
  }

  private void altTexts() {
    ArrayNode texts = TariffFields.NODES.arrayNode();
    for (String row : form.rows("text")) {
      if (form.anyBelow(row + ".text")) {
        String path = "tariff_alt_text[" + texts.size() + "]";
        ObjectNode text = texts.addObject();
        put(text, path, "language", row + ".language");
        put(text, path, "text", row + ".text");
      }
    }
    setIfAny("tariff_alt_text", texts);
  }

  private void limit(String name, String prefix) {
    ObjectNode limit = TariffFields.NODES.objectNode();
    boolean newShape = !form.get("tax_included").isEmpty();
    number(limit, name, newShape ? "before_taxes" : "excl_vat", prefix + ".excl");
    number(limit, name, newShape ? "after_taxes" : "incl_vat", prefix + ".incl");
    fields.put(name, prefix + ".excl");
    if (!limit.isEmpty()) {
      tariff.set(name, limit);
    }
  }

  private void elements() {
    ArrayNode elements = tariff.putArray("elements");
    fields.put("elements", "elements");
    for (String row : form.rows("row")) {
      element(elements, row + ".", row + ".ENERGY");
    }
    for (String tier : TariffFields.TIERS) {
      element(elements, "tier." + tier + ".", "tier." + tier + ".ENERGY");
    }
    element(elements, "base.", "base.ENERGY");
    element(elements, "expires.", "expires.TIME");
    element(elements, "reserved.", "reserved.TIME");
  }

  private void element(ArrayNode elements, String prefix, String first) {
    String path = "elements[" + elements.size() + "]";
    ObjectNode element = TariffFields.NODES.objectNode();
    ArrayNode components = element.putArray("price_components");
    for (String dimension : TariffFields.DIMENSIONS) {
      if (!form.get(prefix + dimension).isEmpty()) {
        component(components, path, prefix + dimension, dimension);
      }
    }
    ObjectNode restrictions = TariffFields.NODES.objectNode();
    restrictions(restrictions, path + ".restrictions", prefix);
    boolean row = prefix.startsWith("row");
    if (components.isEmpty()) {
      if (row && !restrictions.isEmpty()) {
        form.wrong(first, ui.t("tariff.row_empty"));
      }
      return;
    }
    if (prefix.startsWith("tier.")) {
      restrictions.putArray("calendar_tiers").add(prefix.substring(5, prefix.length() - 1));
    } else if (prefix.equals("reserved.")) {
      restrictions.put("reservation", "RESERVATION");
    } else if (prefix.equals("expires.")) {
      restrictions.put("reservation", "RESERVATION_EXPIRES");
    }
    if (!restrictions.isEmpty()) {
      element.set("restrictions", restrictions);
    }
    fields.put(path, first);
    elements.add(element);
  }

  private void component(ArrayNode components, String element, String field, String dimension) {
    String path = element + ".price_components[" + components.size() + "]";
    ObjectNode component = components.addObject();
    component.put("type", dimension);
    number(component, path, "price", field);
    String vat = form.get(field + ".vat").isEmpty() ? "vat." + dimension : field + ".vat";
    if (!form.get(vat).matches("[-–—]")) {
      number(component, path, "vat", vat);
    }
    String step = form.get(field + ".step").isEmpty() ? "step." + dimension : field + ".step";
    fields.put(path + ".step_size", step);
    if (form.get(step).isEmpty()) {
      component.put("step_size", 1);
    } else {
      number(component, path, "step_size", step);
    }
    fields.put(path, field);
  }

  private void restrictions(ObjectNode node, String path, String prefix) {
    window(node, path, prefix);
    for (String bound : TariffFields.BOUNDS) {
      for (String end : List.of("min_", "max_")) {
        if (bound.equals("duration")) {
          minutes(node, path, end + bound, prefix + end + bound);
        } else {
          number(node, path, end + bound, prefix + end + bound);
        }
      }
    }
    put(node, path, "reservation", prefix + "reservation");
    ArrayNode tiers = TariffFields.NODES.arrayNode();
    form.all(prefix + "tier").forEach(tiers::add);
    if (!tiers.isEmpty()) {
      node.set("calendar_tiers", tiers);
    }
    fields.put(path + ".calendar_tiers", prefix + "tier");
    fields.put(path, prefix + "start_time");
  }

  private void window(ObjectNode node, String path, String prefix) {
    clock(node, path, "start_time", prefix);
    clock(node, path, "end_time", prefix);
    put(node, path, "start_date", prefix + "start_date");
    put(node, path, "end_date", prefix + "end_date");
    ArrayNode days = TariffFields.NODES.arrayNode();
    form.all(prefix + "day").forEach(days::add);
    if (!days.isEmpty()) {
      node.set("day_of_week", days);
    }
    fields.put(path + ".day_of_week", prefix + "day");
  }

  /** {@code 8:00} is 08:00, and the end of the day may be written as 24:00. */
  private void clock(ObjectNode node, String path, String name, String prefix) {
    String text = form.get(prefix + name).replace('：', ':');
    fields.put(path + "." + name, prefix + name);
    if (!text.isEmpty()) {
      String full = text.matches("[0-9]:.*") ? "0" + text : text;
      node.put(name, full.equals("24:00") && name.startsWith("end") ? "00:00" : full);
    }
  }

  private void occupancy() {
    ObjectNode node = TariffFields.NODES.objectNode();
    fields.put("occupancy", "occupancy.price");
    number(node, "occupancy", "price", "occupancy.price");
    number(node, "occupancy", "vat", "occupancy.vat");
    minutes(node, "occupancy", "grace_seconds", "occupancy.grace");
    number(node, "occupancy", "max_price", "occupancy.max");
    ArrayNode exempt = TariffFields.NODES.arrayNode();
    for (String row : form.rows("exempt")) {
      ObjectNode window = TariffFields.NODES.objectNode();
      window(window, "occupancy.exempt[" + exempt.size() + "]", row + ".");
      if (!window.isEmpty()) {
        fields.put("occupancy.exempt[" + exempt.size() + "]", row + ".start_time");
        exempt.add(window);
      }
    }
    if (!exempt.isEmpty()) {
      node.set("exempt", exempt);
    }
    fields.put("occupancy.step_size", "occupancy.step");
    if (!node.isEmpty()) {
      if (form.get("occupancy.step").isEmpty()) {
        node.put("step_size", 60);
      } else {
        number(node, "occupancy", "step_size", "occupancy.step");
      }
      tariff.set("occupancy", node);
    }
  }

  private void minimum() {
    ObjectNode node = TariffFields.NODES.objectNode();
    fields.put("minimum_session", "minimum.kwh");
    number(node, "minimum_session", "kwh", "minimum.kwh");
    minutes(node, "minimum_session", "seconds", "minimum.minutes");
    if (!node.isEmpty()) {
      tariff.set("minimum_session", node);
    }
  }

  private void ceilings() {
    ArrayNode ceilings = TariffFields.NODES.arrayNode();
    for (String row : form.rows("ceiling")) {
      if (!form.get(row + ".price").isEmpty()) {
        String path = "ceilings[" + ceilings.size() + "]";
        ObjectNode ceiling = ceilings.addObject();
        put(ceiling, path, "dimension", row + ".dimension");
        number(ceiling, path, "price", row + ".price");
        fields.put(path, row + ".price");
      }
    }
    setIfAny("ceilings", ceilings);
  }

  /** The fields of the tariff that the form does not have. */
  private void expert() {
    String text = form.get("expert");
    if (text.isEmpty()) {
      return;
    }
    JsonNode more;
    try {
      more = TariffJson.readTree(text);
    } catch (InvalidInputException e) {
      form.wrong("expert", TariffComplaints.text(ui, e.reason()));
      return;
    }
    if (!(more instanceof ObjectNode object)) {
      form.wrong("expert", TariffComplaints.text(ui, "must be an object"));
      return;
    }
    object
        .properties()
        .forEach(
            e -> {
              if (tariff.has(e.getKey())) {
                form.wrong("expert", ui.t("tariff.expert_twice", e.getKey()));
              } else {
                tariff.set(e.getKey(), e.getValue());
                fields.put(e.getKey(), "expert");
              }
            });
  }

  private void setIfAny(String name, ArrayNode list) {
    if (!list.isEmpty()) {
      tariff.set(name, list);
    }
  }

  private void put(ObjectNode node, String path, String name, String field) {
    fields.put(path.isEmpty() ? name : path + "." + name, field);
    if (!form.get(field).isEmpty()) {
      node.put(name, form.get(field));
    }
  }

  private void number(ObjectNode node, String path, String name, String field) {
    fields.put(path + "." + name, field);
    if (!form.get(field).isEmpty()) {
      decimal(field).ifPresent(value -> put(node, name, value));
    }
  }

  /** Whole numbers are written as such: a step is no decimal. */
  private static void put(ObjectNode node, String name, BigDecimal value) {
    if (value.scale() <= 0) {
      node.put(name, value.toBigInteger());
    } else {
      node.put(name, value);
    }
  }

  private java.util.Optional<BigDecimal> decimal(String field) {
    String text = form.get(field).replace('，', '.');
    if (!text.matches(NUMBER)) {
      form.wrong(field, ui.t("tariff.no_number"));
      return java.util.Optional.empty();
    }
    return java.util.Optional.of(new BigDecimal(text.replace(',', '.')));
  }

  /** Minutes in the form, seconds in the tariff. */
  private void minutes(ObjectNode node, String path, String name, String field) {
    fields.put(path + "." + name, field);
    if (form.get(field).isEmpty()) {
      return;
    }
    decimal(field)
        .map(minutes -> TariffFields.plain(minutes.multiply(TariffFields.SIXTY)))
        .ifPresent(
            seconds -> {
              if (seconds.scale() > 0) {
                form.wrong(field, ui.t("tariff.no_seconds"));
              } else {
                put(node, name, seconds);
              }
            });
  }

  private void instant(String name, String field) {
    fields.put(name, field);
    String text = form.get(field);
    if (text.isEmpty()) {
      return;
    }
    try {
      tariff.put(name, LocalDateTime.parse(text).atZone(zone).toInstant().toString());
    } catch (DateTimeException e) {
      form.wrong(field, ui.t("tariff.no_time"));
    }
  }
}
