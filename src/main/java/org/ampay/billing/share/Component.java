package org.ampay.billing.share;

import java.util.Locale;
import java.util.Optional;
import org.ampay.tariff.LineDimension;

/** The parts of a price that contracts tell apart. */
public enum Component {
  ELECTRICITY,
  /** The service fee per kWh. */
  SERVICE,
  TIME,
  /** Parking after charging, and the fee for staying plugged in. */
  OCCUPANCY,
  RESERVATION,
  /** Once a session. */
  SESSION;

  /** As stored and told: {@code electricity}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The component of a code; empty: there is none. */
  public static Optional<Component> ofCode(String code) {
    for (Component component : values()) {
      if (component.code().equals(code)) {
        return Optional.of(component);
      }
    }
    return Optional.empty();
  }

  /** What a bill's line belongs to; empty where it changes the sum of others. */
  static Optional<Component> of(LineDimension dimension) {
    return switch (dimension) {
      case ENERGY -> Optional.of(ELECTRICITY);
      case SERVICE -> Optional.of(SERVICE);
      case TIME -> Optional.of(TIME);
      case PARKING_TIME, OCCUPANCY -> Optional.of(OCCUPANCY);
      case RESERVATION_TIME -> Optional.of(RESERVATION);
      case FLAT -> Optional.of(SESSION);
      case CEILING, MIN_PRICE, MAX_PRICE, FLOOR, TIER, COUPON, POINTS, MINIMUM_SESSION ->
          Optional.empty();
    };
  }
}
