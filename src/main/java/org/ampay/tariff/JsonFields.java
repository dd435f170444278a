package org.ampay.tariff;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one JSON object, read by name. Every error names its path; after the last field
 * {@link #end} refuses what nobody asked for.
 */
final class JsonFields {

  /** Numbers beyond this are refused before they cost memory. */
  private static final int MAX_EXPONENT = 30;

  private final JsonNode node;
  private final String path;
  private final Set<String> known = new HashSet<>();

  private JsonFields(JsonNode node, String path) {
    this.node = node;
    this.path = path;
  }

  static JsonFields of(JsonNode node, String path) {
    Checks.require(node.isObject(), path, "must be an object");
    return new JsonFields(node, path);
  }

  /** Fields that may be there and are not read. */
  JsonFields ignoring(String... names) {
    known.addAll(List.of(names));
    return this;
  }

  /** Refuses the fields that were neither read nor ignored. */
  void end() {
    node.fieldNames()
        .forEachRemaining(
            name -> Checks.require(known.contains(name), at(shorten(name)), "unknown field"));
  }

  /** Makes a record of fields read before; its own complaints get this object's path. */
  <T> T build(Supplier<T> constructor) {
    try {
      return constructor.get();
    } catch (InvalidInputException e) {
      throw e.under(path);
    }
  }

  String at(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  boolean has(String name) {
    return find(name) != null;
  }

  /** The value, null when it is absent or JSON null. */
  @Nullable JsonNode find(String name) {
    known.add(name);
    JsonNode value = node.get(name);
    return value == null || value.isNull() ? null : value;
  }

  JsonNode required(String name) {
    JsonNode value = find(name);
    if (value == null) {
      throw new InvalidInputException(at(name), "is required");
    }
    return value;
  }

  @Nullable JsonFields object(String name) {
    JsonNode value = find(name);
    return value == null ? null : of(value, at(name));
  }

  @Nullable String text(String name) {
    JsonNode value = find(name);
    if (value == null) {
      return null;
    }
    Checks.require(value.isTextual(), at(name), "must be a text");
    return value.textValue();
  }

  String requiredText(String name) {
    required(name);
    String value = text(name);
    return value == null ? "" : value;
  }

  @Nullable BigDecimal decimal(String name) {
    JsonNode value = find(name);
    if (value == null) {
      return null;
    }
    Checks.require(value.isNumber(), at(name), "must be a number");
    return decimal(value, at(name));
  }

  BigDecimal requiredDecimal(String name) {
    return decimal(required(name), at(name));
  }

  int requiredInt(String name) {
    JsonNode value = required(name);
    Checks.require(
        value.isIntegralNumber() && value.canConvertToInt(), at(name), "must be an integer");
    return value.intValue();
  }

  long requiredLong(String name) {
    return longOf(required(name), at(name));
  }

  @Nullable Long optionalLong(String name) {
    JsonNode value = find(name);
    return value == null ? null : longOf(value, at(name));
  }

  private static long longOf(JsonNode value, String path) {
    Checks.require(
        value.isIntegralNumber() && value.canConvertToLong(), path, "must be an integer");
    return value.longValue();
  }

  /** True or false; false when absent. */
  boolean flag(String name) {
    JsonNode value = find(name);
    Checks.require(value == null || value.isBoolean(), at(name), "must be true or false");
    return value != null && value.booleanValue();
  }

  <E extends Enum<E>> @Nullable E choice(String name, E[] values, Function<E, String> wire) {
    String text = text(name);
    return text == null ? null : choose(text, values, wire, at(name));
  }

  <T> List<T> list(String name, Element<T> reader) {
    return list(name, MAX_LIST, reader);
  }

  /** The items of a list, none when it is absent; more than {@code most} are refused unread. */
  <T> List<T> list(String name, int most, Element<T> reader) {
    JsonNode value = find(name);
    if (value == null) {
      return List.of();
    }
    Checks.require(value.isArray(), at(name), "must be a list");
    Checks.require(value.size() <= most, at(name), "must have at most " + most);
    List<T> items = new ArrayList<>(value.size());
    for (int i = 0; i < value.size(); i++) {
      items.add(reader.read(value.get(i), at(name) + "[" + i + "]"));
    }
    return items;
  }

  /** Reads an item of a list. */
  interface Element<T> {
    T read(JsonNode node, String path);
  }

  /** Items of any list; above what a session of a week in minutes needs. */
  static final int MAX_LIST = 20_000;

  @Nullable LocalTime clock(String name) {
    return parse(name, "must be a time like 17:30", JsonFields::clockOf);
  }

  @Nullable LocalDate date(String name) {
    return parse(name, "must be a date like 2025-12-31", LocalDate::parse);
  }

  @Nullable MonthDay monthDay(String name) {
    return parse(name, "must be a day of the year like 12-31", text -> MonthDay.parse("--" + text));
  }

  /** RFC 3339; without a zone it is UTC, as OCPI wants it read. */
  @Nullable Instant instant(String name) {
    return parse(name, "must be a time like 2025-12-31T12:00:00Z", JsonFields::instantOf);
  }

  static <E extends Enum<E>> E choose(
      String text, E[] values, Function<E, String> wire, String path) {
    for (E value : values) {
      if (wire.apply(value).equals(text)) {
        return value;
      }
    }
    throw new InvalidInputException(
        path, "must be one of " + List.of(values).stream().map(wire).toList());
  }

  static BigDecimal decimal(JsonNode node, String path) {
    Checks.require(node.isNumber(), path, "must be a number");
    BigDecimal value;
    try {
      value = node.decimalValue();
    } catch (NumberFormatException e) {
      throw new InvalidInputException(path, "must be a finite number");
    }
    int scale = value.scale();
    Checks.require(Math.abs((long) scale) <= MAX_EXPONENT, path, "is out of range");
    return scale < 0 ? value.setScale(0, RoundingMode.UNNECESSARY) : value;
  }

  private <T> @Nullable T parse(String name, String reason, Function<String, T> parser) {
    String text = text(name);
    if (text == null) {
      return null;
    }
    try {
      return parser.apply(text);
    } catch (DateTimeException e) {
      throw new InvalidInputException(at(name), reason);
    }
  }

  private static LocalTime clockOf(String text) {
    if (!text.matches("\\d\\d:\\d\\d")) {
      throw new DateTimeException("HH:MM only");
    }
    return LocalTime.parse(text);
  }

  private static Instant instantOf(String text) {
    boolean zoned = text.matches(".*(Z|z|[+-]\\d\\d:\\d\\d)");
    return zoned
        ? OffsetDateTime.parse(text).toInstant()
        : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
  }

  private static String shorten(String name) {
    return name.length() <= 50 ? name : name.substring(0, 50) + "…";
  }
}
