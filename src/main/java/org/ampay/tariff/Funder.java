package org.ampay.tariff;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Who bears a discount. */
public enum Funder {
  PLATFORM,
  OPERATOR,
  SITE;

  /** As stored and sent: lower case. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The one of that {@link #wire} text; null of null. */
  public static @Nullable Funder ofWire(@Nullable String wire) {
    return wire == null ? null : valueOf(wire.toUpperCase(Locale.ROOT));
  }
}
