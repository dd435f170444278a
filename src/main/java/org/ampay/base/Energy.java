package org.ampay.base;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Energy, exact to a thousandth of a watt-hour, which is finer than any register that is billed.
 *
 * @param milliWh thousandths of a watt-hour; may be negative (a register that ran backwards)
 */
public record Energy(long milliWh) implements Comparable<Energy> {

  public static final Energy ZERO = new Energy(0);

  public static Energy ofWh(long wh) {
    return new Energy(Math.multiplyExact(wh, 1000L));
  }

  /** From watt-hours with any number of digits, rounded half up to 0.001 Wh. */
  public static Energy ofWh(BigDecimal wh) {
    return new Energy(wh.movePointRight(3).setScale(0, RoundingMode.HALF_UP).longValueExact());
  }

  public Energy plus(Energy other) {
    return new Energy(Math.addExact(milliWh, other.milliWh));
  }

  public Energy minus(Energy other) {
    return new Energy(Math.subtractExact(milliWh, other.milliWh));
  }

  public boolean isNegative() {
    return milliWh < 0;
  }

  /** Watt-hours without trailing zeros: {@code 1500}, {@code 0.25}. */
  public BigDecimal toWh() {
    BigDecimal wh = BigDecimal.valueOf(milliWh, 3).stripTrailingZeros();
    return wh.scale() < 0 ? wh.setScale(0) : wh;
  }

  /** Kilowatt-hours, exact. */
  public BigDecimal toKwh() {
    return BigDecimal.valueOf(milliWh, 6);
  }

  @Override
  public int compareTo(Energy other) {
    return Long.compare(milliWh, other.milliWh);
  }

  @Override
  public String toString() {
    return toWh().toPlainString() + " Wh";
  }
}
