package org.ampay.ocpi.location;

import java.util.Map;
import java.util.Set;

/**
 * What OCPI demands of a connector beyond what an inventory knows: derived from its standard, the
 * country's grid and the power of its EVSE.
 */
final class ConnectorShape {

  /** Highest voltage and current of a DC standard. */
  private record Most(int volt, int ampere) {}

  private static final Map<String, Most> DIRECT =
      Map.ofEntries(
          Map.entry("CHADEMO", new Most(500, 200)),
          Map.entry("CHAOJI", new Most(1_500, 600)),
          Map.entry("GBT_DC", new Most(1_000, 250)),
          Map.entry("IEC_62196_T1_COMBO", new Most(1_000, 500)),
          Map.entry("IEC_62196_T2_COMBO", new Most(1_000, 500)),
          Map.entry("MCS", new Most(1_250, 3_000)),
          Map.entry("SAE_J3400", new Most(1_000, 500)),
          Map.entry("TESLA_S", new Most(500, 500)),
          Map.entry("TESLA_R", new Most(500, 500)));

  private static final Most OTHER_DIRECT = new Most(1_000, 500);

  /** Standards whose cable hangs at the station, whatever the power. */
  private static final Set<String> CABLES =
      Set.of(
          "CHADEMO",
          "CHAOJI",
          "GBT_DC",
          "IEC_62196_T1",
          "IEC_62196_T1_COMBO",
          "IEC_62196_T2_COMBO",
          "MCS",
          "NEMA_14_50",
          "PANTOGRAPH_BOTTOM_UP",
          "PANTOGRAPH_TOP_DOWN",
          "SAE_J3400",
          "TESLA_R",
          "TESLA_S");

  private static final Map<String, Integer> GRIDS =
      Map.of(
          "CHN", 220, "HKG", 220, "MAC", 220, "KOR", 220, "TWN", 220, "JPN", 200, "USA", 240, "CAN",
          240, "MEX", 220);

  private static final int USUAL_GRID = 230;

  /** At which a car takes the rated power of a DC charger; above it the current falls. */
  private static final int BATTERY_VOLT = 400;

  /** What a socket on the kerb gives; more comes by a cable that hangs there. */
  private static final int SOCKET_AMPERE = 32;

  private ConnectorShape() {}

  static boolean isDirect(String standard, boolean evseIsDirect) {
    return evseIsDirect || DIRECT.containsKey(standard) && !standard.startsWith("TESLA");
  }

  static String powerType(boolean direct, int phases) {
    if (direct) {
      return "DC";
    }
    return switch (phases) {
      case 0, 1 -> "AC_1_PHASE";
      case 2 -> "AC_2_PHASE";
      default -> "AC_3_PHASE";
    };
  }

  /** Volt; AC: between line and neutral. */
  static int voltage(String standard, boolean direct, String country) {
    return direct
        ? DIRECT.getOrDefault(standard, OTHER_DIRECT).volt()
        : GRIDS.getOrDefault(country, USUAL_GRID);
  }

  /** Ampere a phase, to the nearest whole one; where no power is known, what is usual. */
  static int amperage(String standard, boolean direct, String country, int phases, int powerW) {
    if (direct) {
      int most = DIRECT.getOrDefault(standard, OTHER_DIRECT).ampere();
      return powerW == 0 ? most : Math.max(1, Math.min(most, rounded(powerW, BATTERY_VOLT)));
    }
    int volts = voltage(standard, false, country) * Math.clamp(phases, 1, 3);
    return powerW == 0 ? SOCKET_AMPERE : Math.max(1, rounded(powerW, volts));
  }

  static String format(String standard, boolean direct, int amperage) {
    return direct || CABLES.contains(standard) || amperage > SOCKET_AMPERE ? "CABLE" : "SOCKET";
  }

  private static int rounded(int watt, int volt) {
    return (watt + volt / 2) / volt;
  }
}
