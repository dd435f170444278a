package org.ampay.build.wire;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ampay.build.wire.Field.Items;
import org.ampay.build.wire.Field.Kind;

/**
 * The dictionaries' notation of a field: {@code TYPE[(max|min..max|step
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

  private final Set<String> types;
  private final Set<String> enums;

  Notation(Set<String> types, Set<String> enums) {
    this.types = types;
    this.enums = enums;
  }

  Field parse(String name, String text) {
    Matcher field = FIELD.matcher(text);
    if (!field.matches()) {
      throw new IllegalArgumentException(name + ": cannot read '" + text + "'");
    }
    return new Field(
        name,
        kind(field.group("type"), Optional.ofNullable(field.group("bounds"))),
        items(field),
        Optional.ofNullable(field.group("fallback")),
        field.group("required") != null);
  }

  private static Optional<Items> items(Matcher field) {
    if (field.group("min") == null) {
      return Optional.empty();
    }
    return Optional.of(
        new Items(whole(field.group("min"), 0), whole(field.group("max"), Integer.MAX_VALUE)));
  }

  private Kind kind(String type, Optional<String> bounds) {
    if (types.contains(type)) {
      return new Kind.Type(type);
    }
    if (enums.contains(type)) {
      return new Kind.Choice(type);
    }
    return switch (type) {
      case "string" -> text(ends(bounds));
      case "integer" -> wholeNumber(ends(bounds));
      case "number" -> decimal(bounds);
      case "boolean" -> new Kind.Bool();
      case "dateTime" -> new Kind.DateTime();
      case "uri" -> new Kind.Uri();
      case "any" -> new Kind.Any();
      default -> throw new IllegalArgumentException("unknown type '" + type + "'");
    };
  }

  private static Kind text(Ends ends) {
    return new Kind.Text(whole(ends.min, 0), whole(ends.max, Integer.MAX_VALUE));
  }

  private static Kind wholeNumber(Ends ends) {
    return new Kind.Whole(
        whole(ends.min, Integer.MIN_VALUE), whole(ends.max, Integer.MAX_VALUE), false);
  }

  private static Kind decimal(Optional<String> bounds) {
    Optional<BigDecimal> step =
        bounds.filter(text -> text.startsWith("step ")).map(text -> number(text.substring(5)));
    if (step.isPresent()) {
      return new Kind.Decimal(Optional.empty(), Optional.empty(), step);
    }
    Ends ends = ends(bounds);
    return new Kind.Decimal(
        Optional.of(ends.min).filter(text -> !text.isEmpty()).map(Notation::number),
        Optional.of(ends.max).filter(text -> !text.isEmpty()).map(Notation::number),
        Optional.empty());
  }

  /** The two ends of a range, empty where it is open; a single number is the upper end. */
  private record Ends(String min, String max) {}

  private static Ends ends(Optional<String> bounds) {
    String text = bounds.orElse("..");
    int dots = text.indexOf("..");
    return dots < 0
        ? new Ends("", text)
        : new Ends(text.substring(0, dots), text.substring(dots + 2));
  }

  private static BigDecimal number(String text) {
    return new BigDecimal(text);
  }

  private static int whole(String text, int absent) {
    return text.isEmpty() ? absent : Integer.parseInt(text);
  }
}
