package org.ampay.house;

import java.util.List;

/** The rooms of the house from top to bottom: a room imports only rooms below it. */
final class Rooms {

  static final String BASE = "org.ampay";

  static final List<String> TOP_DOWN =
      List.of(
          "app",
          "web",
          "ocpi",
          "gateway",
          "ocpp",
          "insight",
          "risk",
          "payment",
          "billing",
          "ledger",
          "charging",
          "power",
          "access",
          "tariff",
          "station",
          "notify",
          "audit",
          "cluster",
          "store",
          "base");

  private Rooms() {}

  /** The ArchUnit pattern of a room and everything in it. */
  static String pattern(String room) {
    return BASE + "." + room + "..";
  }

  /** The patterns of all rooms above {@code room}. */
  static String[] above(String room) {
    return TOP_DOWN.subList(0, TOP_DOWN.indexOf(room)).stream()
        .map(Rooms::pattern)
        .toArray(String[]::new);
  }
}
