package org.ampay.ocpi.facts;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A field of an object, as {@code CiString(36) 1} says it.
 *
 * @param type {@code string}, {@code number}, the name of an object or of an enum
 * @param minLength of texts; 0: nothing said
 * @param maxLength of texts, digits of an {@code int}; 0: nothing said
 */
public record FieldFacts(
    String name, String type, int minLength, int maxLength, Cardinality cardinality) {

  private static final Pattern NOTATION =
      Pattern.compile("(\\w+)(?:[(\\[](?:(\\d+)\\.\\.)?(\\d+)[)\\]])? ([?1*+])");

  /** The answer's envelope holds anything. */
  private static final String ANYTHING = "Array or Object or String * or ?";

  static FieldFacts parse(String name, String notation) {
    if (notation.equals(ANYTHING)) {
      return new FieldFacts(name, "any", 0, 0, Cardinality.OPTIONAL);
    }
    Matcher matcher = NOTATION.matcher(notation);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("field " + name + ": " + notation);
    }
    return new FieldFacts(
        name,
        matcher.group(1).equals("String") ? "string" : matcher.group(1),
        number(matcher.group(2)),
        number(matcher.group(3)),
        Cardinality.of(matcher.group(4)));
  }

  private static int number(@Nullable String digits) {
    return digits == null ? 0 : Integer.parseInt(digits);
  }
}
