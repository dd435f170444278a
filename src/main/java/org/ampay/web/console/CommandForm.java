package org.ampay.web.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ampay.ocpp.dictionary.FieldSpec;
import org.ampay.ocpp.dictionary.FieldSpec.Kind;
import org.ampay.web.http.JsonCodec;

/**
 * What somebody typed into the form of a command: texts by the path of their field, and which
 * optional objects and rows of lists there are. Nothing typed is lost: what cannot be read as its
 * type goes into the payload as text, and is named as wrong there.
 */
final class CommandForm {

  /** Rows of one list in a form; the raw JSON takes more. */
  static final int MOST_ROWS = 50;

  private static final int MOST_NUMBER = 18;

  /** Required texts that may be sent empty, to clear a setting. */
  private static final Set<String> MAY_BE_EMPTY = Set.of("value", "attributeValue");

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  final Map<String, String> values = new HashMap<>();
  final Set<String> groups = new HashSet<>();
  final Map<String, Integer> rows = new HashMap<>();
  private final ZoneId zone;

  CommandForm(ZoneId zone) {
    this.zone = zone;
  }

  /** A form filled from a payload; what the dictionary does not know is left out. */
  static CommandForm of(List<FieldSpec> fields, JsonNode payload, ZoneId zone) {
    CommandForm form = new CommandForm(zone);
    form.fill("", fields, payload);
    return form;
  }

  /** The form as it was posted. */
  static CommandForm posted(PageCall call, ZoneId zone) {
    CommandForm form = new CommandForm(zone);
    for (String name : call.formNames()) {
      if (!name.startsWith("_")) {
        form.values.put(name, call.form(name));
      }
    }
    form.groups.addAll(call.formAll("_has"));
    for (String list : call.formAll("_row")) {
      form.rows.merge(list, 1, (a, b) -> Math.min(a + b, MOST_ROWS));
    }
    return form;
  }

  private void fill(String prefix, List<FieldSpec> fields, JsonNode node) {
    for (FieldSpec field : fields) {
      JsonNode value = node.get(field.name());
      String path = prefix + field.name();
      if (value == null) {
        values.putIfAbsent(path, ""); // it was left out: no default takes its place
      } else if (field.isList()) {
        int count = Math.min(value.size(), MOST_ROWS);
        rows.put(path, count);
        for (int i = 0; i < count; i++) {
          fillOne(path + "[" + i + "]", field.kind(), value.get(i));
        }
      } else {
        fillOne(path, field.kind(), value);
      }
    }
  }

  private void fillOne(String path, Kind kind, JsonNode value) {
    switch (kind) {
      case Kind.Group(List<FieldSpec> fields) -> {
        groups.add(path);
        fill(path + ".", fields, value);
      }
      case Kind.DateTime _ -> values.put(path, local(value.asText()));
      case Kind.Any _ -> values.put(path, value.toString());
      case Kind.Text _, Kind.Whole _, Kind.Decimal _, Kind.Bool _, Kind.Choice _ ->
          values.put(path, value.asText());
    }
  }

  private String local(String time) {
    try {
      return local(Instant.parse(time));
    } catch (DateTimeException e) {
      return time;
    }
  }

  /** A time as the browser's field for times takes it. */
  String local(Instant at) {
    return LocalDateTime.ofInstant(at.truncatedTo(ChronoUnit.SECONDS), zone).toString();
  }

  /** Adds an optional object, or a row. */
  void add(String path, boolean list) {
    if (list) {
      rows.merge(path, 1, (a, b) -> Math.min(a + b, MOST_ROWS));
    } else {
      groups.add(path);
    }
  }

  /** Takes an optional object away, or a row: the rows below it move up. */
  void remove(String path) {
    drop(path);
    if (!path.endsWith("]")) {
      return;
    }
    int bracket = path.lastIndexOf('[');
    String list = path.substring(0, bracket);
    int index = Integer.parseInt(path.substring(bracket + 1, path.length() - 1));
    int count = rows.getOrDefault(list, 0);
    for (int i = index + 1; i < count; i++) {
      move(list + "[" + i + "]", list + "[" + (i - 1) + "]");
    }
    rows.put(list, Math.max(0, count - 1));
  }

  private void drop(String path) {
    values.keySet().removeIf(key -> isAt(key, path));
    groups.removeIf(key -> isAt(key, path));
    rows.keySet().removeIf(key -> isAt(key, path));
  }

  private void move(String from, String to) {
    for (String key : List.copyOf(values.keySet())) {
      if (isAt(key, from)) {
        values.put(to + key.substring(from.length()), values.getOrDefault(key, ""));
      }
    }
    for (String key : List.copyOf(groups)) {
      if (isAt(key, from)) {
        groups.add(to + key.substring(from.length()));
      }
    }
    for (String key : List.copyOf(rows.keySet())) {
      if (isAt(key, from)) {
        rows.put(to + key.substring(from.length()), rows.getOrDefault(key, 0));
      }
    }
    drop(from);
  }

  private static boolean isAt(String key, String path) {
    return key.equals(path) || key.startsWith(path + ".") || key.startsWith(path + "[");
  }

  /** How many rows a list of the form shows. */
  int rowsOf(String path, FieldSpec field) {
    FieldSpec.Items items = field.items();
    int least = items != null && field.required() ? Math.max(1, items.min()) : 0;
    return rows.getOrDefault(path, least);
  }

  /** Whether the form shows the inside of an object. */
  boolean shows(String path, FieldSpec field) {
    return field.required() || path.endsWith("]") || groups.contains(path);
  }

  /** The payload that was typed. */
  ObjectNode payload(List<FieldSpec> fields) {
    return object("", fields);
  }

  private ObjectNode object(String prefix, List<FieldSpec> fields) {
    ObjectNode object = NODES.objectNode();
    for (FieldSpec field : fields) {
      String path = prefix + field.name();
      if (field.isList()) {
        list(object, path, field);
      } else if (field.kind() instanceof Kind.Group(List<FieldSpec> children)) {
        if (shows(path, field)) {
          object.set(field.name(), object(path + ".", children));
        }
      } else {
        String text = values.getOrDefault(path, "");
        if (!text.isEmpty() || (field.required() && MAY_BE_EMPTY.contains(field.name()))) {
          object.set(field.name(), value(field.kind(), text));
        }
      }
    }
    return object;
  }

  private void list(ObjectNode object, String path, FieldSpec field) {
    int count = rowsOf(path, field);
    if (count == 0 && !field.required()) {
      return;
    }
    ArrayNode array = object.putArray(field.name());
    for (int i = 0; i < count; i++) {
      String row = path + "[" + i + "]";
      array.add(
          field.kind() instanceof Kind.Group(List<FieldSpec> children)
              ? object(row + ".", children)
              : value(field.kind(), values.getOrDefault(row, "")));
    }
  }

  private JsonNode value(Kind kind, String text) {
    return switch (kind) {
      case Kind.Whole _ ->
          text.matches("-?[0-9]{1," + MOST_NUMBER + "}")
              ? NODES.numberNode(Long.parseLong(text))
              : NODES.textNode(text);
      case Kind.Decimal _ ->
          text.matches("-?[0-9]{1,12}([.,][0-9]{1,9})?")
              ? NODES.numberNode(new BigDecimal(text.replace(',', '.')))
              : NODES.textNode(text);
      case Kind.Bool _ ->
          text.equals("true") || text.equals("false")
              ? NODES.booleanNode(text.equals("true"))
              : NODES.textNode(text);
      case Kind.DateTime _ -> NODES.textNode(instant(text));
      case Kind.Any _ -> any(text);
      case Kind.Text _, Kind.Choice _, Kind.Group _ -> NODES.textNode(text);
    };
  }

  private String instant(String text) {
    try {
      return LocalDateTime.parse(text).atZone(zone).toInstant().toString();
    } catch (DateTimeException e) {
      return text;
    }
  }

  private static JsonNode any(String text) {
    try {
      return JsonCodec.tree(text);
    } catch (org.ampay.web.http.ProblemException e) {
      return NODES.textNode(text); // plain text is a value, too
    }
  }
}
