package org.ampay.web.driver;

import java.util.Locale;
import org.ampay.station.Operator;
import org.ampay.station.StationInfo;
import org.ampay.web.read.StationReadStore.EvseRow;
import org.ampay.web.read.StationReadStore.StationRow;

/** An EVSE as a driver stands before it. */
public record PayPoint(
    Operator operator, StationInfo station, StationRow row, EvseRow evse, State state) {

  /** What a driver can do there. */
  public enum State {
    FREE,
    /** The cable is in, nobody charges. */
    PLUGGED,
    OCCUPIED,
    RESERVED,
    OFFLINE,
    /** The station says that it is out of order. */
    BROKEN,
    NO_TARIFF,
    /** The operator takes no money by this page. */
    NO_WAYS;

    /** As in the names of its texts. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** Whether an order can be made. */
    public boolean open() {
      return this == FREE || this == PLUGGED;
    }
  }

  /** The same in another state. */
  PayPoint as(State other) {
    return new PayPoint(operator, station, row, evse, other);
  }

  /** Behind its QR code. */
  public String code() {
    return evse.payCode();
  }

  /** {@code SH-HQ-0001 · 2}, short for people at the telephone. */
  public String name() {
    return station.identity() + " · " + evse.evseNo();
  }

  /** {@code 120 kW}; empty when unknown. */
  public String power() {
    return evse.maxPowerW() == 0
        ? ""
        : java.math.BigDecimal.valueOf(evse.maxPowerW(), 3).stripTrailingZeros().toPlainString()
            + " kW";
  }
}
