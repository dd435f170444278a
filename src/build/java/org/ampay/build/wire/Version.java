package org.ampay.build.wire;

/**
 * An OCPP version that gets records.
 *
 * @param text {@code 2.0.1}
 * @param suffix what names of its interfaces end with, {@code 201}
 */
record Version(String text, String suffix) {

  static final String BANNER = "// Generated from ocpp-schemas/ by src/build/java. Do not edit.\n";

  static Version of(String text) {
    return new Version(text, text.replace(".", ""));
  }

  String packageName() {
    return "org.ampay.ocpp.v" + suffix + ".wire";
  }

  /** The constant of org.ampay.station.Protocol. */
  String protocol() {
    return "OCPP_" + suffix;
  }

  String suffixed(String name) {
    return name + suffix;
  }

  static boolean fromStation(String direction) {
    return !direction.equals("CSMS->CS");
  }

  static boolean toStation(String direction) {
    return !direction.equals("CS->CSMS");
  }

  /** The constant of org.ampay.ocpp.wire.Direction. */
  static String direction(String direction) {
    return switch (direction) {
      case "CS->CSMS" -> "FROM_STATION";
      case "CSMS->CS" -> "TO_STATION";
      case "both" -> "BOTH";
      default -> throw new IllegalArgumentException("unknown direction '" + direction + "'");
    };
  }

  String requestInterfaces(String direction) {
    if (fromStation(direction) && toStation(direction)) {
      return suffixed("StationRequest") + ", " + suffixed("CentralRequest");
    }
    return suffixed(fromStation(direction) ? "StationRequest" : "CentralRequest");
  }
}
