package org.ampay.web.console;

import java.util.List;
import org.ampay.web.read.StationReadStore.EvseRow;
import org.ampay.web.read.StationReadStore.StationRow;

/**
 * A station in a list or on its own page.
 *
 * @param connected it has a connection at this moment
 */
public record StationView(StationRow row, List<EvseRow> evses, boolean connected) {

  /** The greatest power of its EVSEs in kilowatts, empty when unknown. */
  public String maxKw() {
    int watts = evses.stream().mapToInt(EvseRow::maxPowerW).max().orElse(0);
    return watts == 0
        ? ""
        : java.math.BigDecimal.valueOf(watts, 3).stripTrailingZeros().toPlainString() + " kW";
  }

  /** Vendor and model, empty before the first boot. */
  public String product() {
    String vendor = row.vendor() == null ? "" : row.vendor();
    String model = row.model() == null ? "" : row.model();
    return (vendor + " " + model).strip();
  }
}
