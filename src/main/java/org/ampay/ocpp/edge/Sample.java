package org.ampay.ocpp.edge;

import java.math.BigDecimal;
import java.util.Optional;
import org.ampay.ocpp.wire.WireObject;
import org.jspecify.annotations.Nullable;

/**
 * One sampled value of any version, in the words of the protocol; null where the station said
 * nothing.
 *
 * @param value null when it is not a number, or one that no meter shows
 * @param signed whether it carries signed data, which is kept whole
 * @param source the value as it came
 */
public record Sample(
    @Nullable BigDecimal value,
    @Nullable String context,
    @Nullable String measurand,
    @Nullable String phase,
    @Nullable String location,
    @Nullable String unit,
    boolean signed,
    WireObject source) {

  private static final int MAX_TEXT = 60;
  private static final int MAX_EXPONENT = 30;

  /** The number a text is; empty when it is none. */
  public static Optional<BigDecimal> number(String text) {
    String digits = text.strip();
    if (digits.isEmpty() || digits.length() > MAX_TEXT) {
      return Optional.empty();
    }
    try {
      return scaled(new BigDecimal(digits), 0);
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /**
   * {@code value × 10^exponent}; empty when far outside what can be measured, so that no later
   * arithmetic needs more than a few dozen digits.
   */
  public static Optional<BigDecimal> scaled(BigDecimal value, int exponent) {
    boolean small =
        Math.abs(exponent) <= MAX_EXPONENT
            && Math.abs((long) value.scale()) <= MAX_TEXT
            && value.precision() <= MAX_TEXT;
    return small ? Optional.of(value.scaleByPowerOfTen(exponent)) : Optional.empty();
  }
}
