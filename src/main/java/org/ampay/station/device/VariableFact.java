package org.ampay.station.device;

import org.jspecify.annotations.Nullable;

/**
 * What a station says of one attribute.
 *
 * @param value null: it has none, or may not be read
 * @param pending the value is valid after the next boot only
 * @param traits null: not said
 */
public record VariableFact(
    VariableKey key, @Nullable String value, boolean pending, @Nullable Traits traits) {

  /** What kind of attribute it is; null where the station did not say. */
  public record Traits(
      @Nullable String mutability,
      @Nullable Boolean persistent,
      @Nullable Boolean constant,
      @Nullable String dataType,
      @Nullable String unit,
      @Nullable String minLimit,
      @Nullable String maxLimit,
      @Nullable String valuesList,
      @Nullable Boolean supportsMonitoring) {

    /** Nothing is known. */
    public static final Traits NOTHING_SAID =
        new Traits(null, null, null, null, null, null, null, null, null);

    /** Of a setting of OCPP 1.6, which says only whether it can be written. */
    public static Traits ofSetting(boolean readonly) {
      return new Traits(
          readonly ? "ReadOnly" : "ReadWrite", null, null, null, null, null, null, null, null);
    }
  }

  /** A secret is masked here, so that no store ever sees it. */
  public VariableFact {
    if (value != null && !value.isEmpty() && key.secret()) {
      value = VariableKey.MASK;
    }
  }

  /** A value alone. */
  public static VariableFact of(VariableKey key, @Nullable String value) {
    return new VariableFact(key, value, false, null);
  }
}
