package org.ampay.conformance;

/**
 * A kind of session: its prices and what it must come to. Each charges 10 kWh from 09:00 to 09:30
 * and 10 kWh to 10:00 (site's time), then the EV wants no more power, and ends at 10:20.
 *
 * @param currency the operator's
 * @param tariff without its currency
 * @param minor the driver's price, worked out by hand
 * @param tax of it
 */
record FollowedKind(String name, String currency, String tariff, long minor, long tax) {

  /** All but the money of the driver is in the tariff. */
  static final FollowedKind PLAIN =
      // 20 × 1.00 + 0.50
      cny("plain", elements("ENERGY:1.00", "FLAT:0.50"), 2_050, 0);

  static final FollowedKind CALENDAR =
      // 10 × 0.30 + 10 × 1.20 with 13 %, 20 × 0.60 with 6 %, both included: tax 1.7257 + 0.6792
      cny(
          "calendar with service fee",
          """
          "tax_included": "YES",
          "calendar": {"name": "TOU", "seasons": [{"name": "", "days": [{"slots": [
            {"from": "00:00", "tier": "VALLEY"}, {"from": "09:30", "tier": "SHARP"}]}]}]},
          "elements": [
            {"price_components": [{"type": "ENERGY", "price": 1.20, "vat": 13, "step_size": 1}],
             "restrictions": {"calendar_tiers": ["SHARP"]}},
            {"price_components": [{"type": "ENERGY", "price": 0.30, "vat": 13, "step_size": 1}]},
            {"price_components": [{"type": "SERVICE", "price": 0.60, "vat": 6, "step_size": 1}]}]
          """,
          2_700,
          240);

  static final FollowedKind OCCUPANCY =
      // 20 × 1.00, 20 min of parking at 1.20, 15 min of it at 6.00
      cny(
          "parking and occupancy",
          "\"occupancy\": {\"price\": 6.00, \"step_size\": 60, \"grace_seconds\": 300},"
              + elements("ENERGY:1.00", "PARKING_TIME:1.20"),
          2_190,
          0);

  static final FollowedKind MINIMUM =
      cny(
          "minimum price",
          "\"min_price\": {\"before_taxes\": 30.00}," + elements("ENERGY:1.00"),
          3_000,
          0);

  static final FollowedKind MAXIMUM =
      cny(
          "maximum price",
          "\"max_price\": {\"before_taxes\": 15.00}," + elements("ENERGY:1.00"),
          1_500,
          0);

  static final FollowedKind BENEFITS =
      // 20.00, less 10 %, less 5.00, less 300 points at 0.01
      cny("tier, coupon and points", elements("ENERGY:1.00"), 1_000, 0);

  static final FollowedKind TAX_INCLUDED =
      // 20 × 1.13 with 13 % included
      cny(
          "tax included",
          """
          "tax_included": "YES", "elements": [{"price_components": [
            {"type": "ENERGY", "price": 1.13, "vat": 13, "step_size": 1}]}]
          """,
          2_260,
          260);

  static final FollowedKind FREE = cny("free", elements("ENERGY:0.00"), 0, 0);

  static final FollowedKind BELOW =
      cny(
          "below the minimum session",
          "\"minimum_session\": {\"kwh\": 25, \"seconds\": 7200}," + elements("ENERGY:1.00"),
          0,
          0);

  static final FollowedKind NO_ENERGY =
      cny("no energy", elements("ENERGY:1.00", "FLAT:0.50"), 50, 0);

  static final FollowedKind RESERVATION =
      cny(
          "reservation",
          """
          "elements": [
            {"price_components": [{"type": "TIME", "price": 9.00, "step_size": 60}],
             "restrictions": {"reservation": "RESERVATION"}},
            {"price_components": [{"type": "ENERGY", "price": 1.10, "step_size": 1}]}]
          """,
          2_200,
          0);

  static final FollowedKind YEN =
      // 20 × 55.3 + 0.5 = 1106.5, half up
      new FollowedKind("yen", "JPY", elements("ENERGY:55.3", "FLAT:0.5"), 1_107, 0);

  static final FollowedKind DINAR =
      // 20 × 0.085 + 0.0125 = 1.7125, half up
      new FollowedKind("dinar", "KWD", elements("ENERGY:0.085", "FLAT:0.0125"), 1_713, 0);

  private static FollowedKind cny(String name, String tariff, long minor, long tax) {
    return new FollowedKind(name, "CNY", tariff, minor, tax);
  }

  /** One element with components such as {@code ENERGY:1.00}. */
  private static String elements(String... components) {
    StringBuilder json = new StringBuilder("\"elements\": [{\"price_components\": [");
    for (int i = 0; i < components.length; i++) {
      String[] part = components[i].split(":", -1);
      json.append(i == 0 ? "" : ", ")
          .append("{\"type\": \"")
          .append(part[0])
          .append("\", \"price\": ")
          .append(part[1])
          .append(", \"step_size\": 1}");
    }
    return json.append("]}]").toString();
  }

  /** Registers at 09:30 and 10:00. */
  int[] registers() {
    return this == NO_ENERGY ? new int[] {0, 0} : new int[] {10_000, 20_000};
  }

  String json() {
    return "{\"currency\": \"" + currency + "\", " + tariff + "}";
  }

  @Override
  public String toString() {
    return name;
  }
}
