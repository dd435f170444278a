package org.ampay.ocpp.dictionary;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ampay.ocpp.dictionary.FieldSpec.Items;
import org.ampay.ocpp.dictionary.FieldSpec.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Reads the notation of {@code ocpp-schemas/}: {@code TYPE[(max|min..max|step
 * n)][[min..max]][=default][!]}, where ! marks what is required.
 */
final class Notation {

  private static final Pattern FIELD =
      Pattern.compile(
          "(?<type>[A-Za-z]\\w*(#\\d+)?)"
              + "(\\((?<bounds>[^)]*)\\))?"
              + "(\\[(?<min>\\d*)\\.\\.(?<max>\\d*)])?"
              + "(=(?<fallback>\"[^\"]*\"|[^!\"]+))?"
              + "(?<required>!)?");

  private final JsonNode types;
  private final JsonNode enums;
  private final Map<String, Kind.Group> groups = new HashMap<>();

  Notation(JsonNode types, JsonNode enums) {
    this.types = types;
    this.enums = enums;
  }

  /** The fields of an object of the dictionary, in its order. */
  List<FieldSpec> fields(JsonNode object) {
    List<FieldSpec> fields = new ArrayList<>();
    for (var entry : object.properties()) {
      fields.add(field(entry.getKey(), entry.getValue().asText()));
    }
    return List.copyOf(fields);
  }

  private FieldSpec field(String name, String text) {
    Matcher field = FIELD.matcher(text);
    if (!field.matches()) {
      throw new IllegalStateException(name + ": cannot read '" + text + "'");
    }
    boolean list = field.group("min") != null;
    return new FieldSpec(
        name,
        kind(field.group("type"), field.group("bounds")),
        list
            ? new Items(whole(field.group("min"), 0), whole(field.group("max"), Integer.MAX_VALUE))
            : null,
        field.group("required") != null,
        field.group("fallback"));
  }

  private Kind kind(String type, @Nullable String bounds) {
    if (types.has(type)) {
      return group(type);
    }
    if (enums.has(type)) {
      List<String> words = new ArrayList<>();
      enums.get(type).forEach(word -> words.add(word.asText()));
      return new Kind.Choice(List.copyOf(words));
    }
    String ends = bounds == null ? ".." : bounds;
    int dots = ends.indexOf("..");
    String min = dots < 0 ? "" : ends.substring(0, dots);
    String max = dots < 0 ? ends : ends.substring(dots + 2);
    return switch (type) {
      case "string", "uri" -> new Kind.Text(whole(min, 0), whole(max, Integer.MAX_VALUE));
      case "integer" ->
          new Kind.Whole(whole(min, Integer.MIN_VALUE), whole(max, Integer.MAX_VALUE));
      case "number" ->
          ends.startsWith("step ")
              ? new Kind.Decimal(null, null, new BigDecimal(ends.substring(5)))
              : new Kind.Decimal(decimal(min), decimal(max), null);
      case "boolean" -> new Kind.Bool();
      case "dateTime" -> new Kind.DateTime();
      case "any" -> new Kind.Any();
      default -> throw new IllegalStateException("unknown type '" + type + "'");
    };
  }

  private Kind.Group group(String type) {
    Kind.Group known = groups.get(type);
    if (known != null) {
      return known;
    }
    Kind.Group made = new Kind.Group(fields(types.get(type)));
    groups.put(type, made);
    return made;
  }

  private static int whole(String text, int absent) {
    return text.isEmpty() ? absent : Integer.parseInt(text);
  }

  private static @Nullable BigDecimal decimal(String text) {
    return text.isEmpty() ? null : new BigDecimal(text);
  }
}
