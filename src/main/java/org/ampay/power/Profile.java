package org.ampay.power;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A charging profile of any version.
 *
 * @param recurrency {@code Daily}, {@code Weekly}; of recurring ones
 * @param validFrom null: from ever
 * @param validTo null: for ever
 */
public record Profile(
    int id,
    int stackLevel,
    Purpose purpose,
    Kind kind,
    @Nullable String recurrency,
    @Nullable Instant validFrom,
    @Nullable Instant validTo,
    @Nullable String transactionId,
    List<Schedule> schedules) {

  /** What it limits. */
  public enum Purpose {
    /** ChargePointMaxProfile, ChargingStationMaxProfile. */
    STATION_MAX,
    /** TxDefaultProfile. */
    TX_DEFAULT,
    /** TxProfile. */
    TX,
    /** ChargingStationExternalConstraints: told by stations, never set by us. */
    EXTERNAL;

    /** As stored and shown, {@code tx_default}. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    public static Purpose of(String word) {
      return valueOf(word.toUpperCase(Locale.ROOT));
    }
  }

  /** What its schedule's beginning is. */
  public enum Kind {
    ABSOLUTE,
    RECURRING,
    RELATIVE
  }

  public Profile {
    schedules = List.copyOf(schedules);
  }

  /** Whether both hold at some moment. */
  public boolean overlaps(@Nullable Instant from, @Nullable Instant to) {
    boolean before = validTo != null && from != null && !from.isBefore(validTo);
    boolean after = to != null && validFrom != null && !validFrom.isBefore(to);
    return !before && !after;
  }
}
