package org.ampay.ocpp.dictionary;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A field of a message.
 *
 * @param name as on the wire
 * @param items how many when it is a list; null: it is none
 * @param fallback what an absent one stands for, as JSON text
 */
public record FieldSpec(
    String name, Kind kind, @Nullable Items items, boolean required, @Nullable String fallback) {

  /** Bounds of a list; without an upper one {@link Integer#MAX_VALUE}. */
  public record Items(int min, int max) {}

  /** What one value is. */
  public sealed interface Kind {
    /** Text of so many characters. */
    record Text(int min, int max) implements Kind {}

    /** An integer. */
    record Whole(int min, int max) implements Kind {}

    /** A number. */
    record Decimal(@Nullable BigDecimal min, @Nullable BigDecimal max, @Nullable BigDecimal step)
        implements Kind {}

    /** true or false. */
    record Bool() implements Kind {}

    /** A time. */
    record DateTime() implements Kind {}

    /** Any JSON value. */
    record Any() implements Kind {}

    /** One of a few words. */
    record Choice(List<String> words) implements Kind {}

    /** An object of fields. */
    record Group(List<FieldSpec> fields) implements Kind {}
  }

  public boolean isList() {
    return items != null;
  }

  /** The same as one item of the list. */
  public FieldSpec item() {
    return new FieldSpec(name, kind, null, true, null);
  }
}
