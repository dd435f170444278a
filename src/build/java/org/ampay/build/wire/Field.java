package org.ampay.build.wire;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * A field of a type or message.
 *
 * @param name as on the wire
 * @param items how many items when it is an array
 * @param fallback the value that an absent field stands for, as JSON text
 */
record Field(
    String name, Kind kind, Optional<Items> items, Optional<String> fallback, boolean required) {

  /** Bounds of an array; no upper bound is {@link Integer#MAX_VALUE}. */
  record Items(int min, int max) {}

  /** What one value is. */
  sealed interface Kind {
    /** Lengths in code points. */
    record Text(int min, int max) implements Kind {}

    /**
     * An integer.
     *
     * @param wide 64 bits, without bounds
     */
    record Whole(int min, int max, boolean wide) implements Kind {}

    /** A number; with a step it has no bounds. */
    record Decimal(Optional<BigDecimal> min, Optional<BigDecimal> max, Optional<BigDecimal> step)
        implements Kind {}

    /** true or false. */
    record Bool() implements Kind {}

    /** A date-time. */
    record DateTime() implements Kind {}

    /** An absolute URI. */
    record Uri() implements Kind {}

    /** Any JSON value. */
    record Any() implements Kind {}

    /** A type of the dictionary, by its name there. */
    record Type(String name) implements Kind {}

    /** An enum of the dictionary, by its name there. */
    record Choice(String name) implements Kind {}
  }

  boolean isList() {
    return items.isPresent();
  }

  /** Absent is told by null; an absent list is an empty one. */
  boolean isNullable() {
    return !required && !isList();
  }

  String javaName() {
    return Names.component(name);
  }

  Field asWide() {
    Kind wide = new Kind.Whole(Integer.MIN_VALUE, Integer.MAX_VALUE, true);
    return new Field(name, wide, items, fallback, required);
  }
}
