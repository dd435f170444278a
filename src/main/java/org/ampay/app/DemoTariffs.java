package org.ampay.app;

/** The demo's tariffs, as OCPI writes them. */
final class DemoTariffs {

  /** 尖 at the busiest hours, 峰 by day, 谷 at night, 深谷 at noon of a long holiday. */
  static final String CALENDAR =
      """
      {"name": "上海分时 2026", "seasons": [
        {"name": "夏季", "from": "07-01", "to": "08-31", "days": [{"slots": [
          {"from": "00:00", "tier": "VALLEY"}, {"from": "06:00", "tier": "FLAT"},
          {"from": "08:00", "tier": "PEAK"}, {"from": "12:00", "tier": "SHARP"},
          {"from": "14:00", "tier": "PEAK"}, {"from": "15:00", "tier": "FLAT"},
          {"from": "18:00", "tier": "PEAK"}, {"from": "21:00", "tier": "FLAT"},
          {"from": "22:00", "tier": "VALLEY"}]}]},
        {"name": "其他季节", "days": [
          {"day_of_week": ["SATURDAY", "SUNDAY"], "slots": [
            {"from": "00:00", "tier": "VALLEY"}, {"from": "06:00", "tier": "FLAT"},
            {"from": "22:00", "tier": "VALLEY"}]},
          {"slots": [
            {"from": "00:00", "tier": "VALLEY"}, {"from": "06:00", "tier": "FLAT"},
            {"from": "08:00", "tier": "PEAK"}, {"from": "11:00", "tier": "FLAT"},
            {"from": "18:00", "tier": "PEAK"}, {"from": "19:00", "tier": "SHARP"},
            {"from": "21:00", "tier": "PEAK"}, {"from": "22:00", "tier": "VALLEY"}]}]}],
       "holidays": [
        {"date": "2026-10-01", "name": "国庆节", "slots": [
          {"from": "00:00", "tier": "VALLEY"}, {"from": "10:00", "tier": "DEEP_VALLEY"},
          {"from": "14:00", "tier": "FLAT"}, {"from": "22:00", "tier": "VALLEY"}]},
        {"date": "2026-10-02", "name": "国庆节", "slots": [
          {"from": "00:00", "tier": "VALLEY"}, {"from": "10:00", "tier": "DEEP_VALLEY"},
          {"from": "14:00", "tier": "FLAT"}, {"from": "22:00", "tier": "VALLEY"}]}]}
      """;

  /**
   * Electricity by the tiers of {@link #CALENDAR}, a service fee a kWh, 占位费 after a quarter of an
   * hour but not at night. A session that hardly began costs nothing. Electricity bears 13 % VAT,
   * services 6 %. {@code %d} is the calendar's id.
   */
  static final String TIME_OF_USE =
      """
      {"currency": "CNY", "tax_included": "YES", "calendar_id": %d, "elements": [
        {"price_components": [{"type": "SERVICE", "price": 0.60, "vat": 6, "step_size": 1}]},
        {"price_components": [{"type": "ENERGY", "price": 1.62, "vat": 13, "step_size": 1}],
         "restrictions": {"calendar_tiers": ["SHARP"]}},
        {"price_components": [{"type": "ENERGY", "price": 1.18, "vat": 13, "step_size": 1}],
         "restrictions": {"calendar_tiers": ["PEAK"]}},
        {"price_components": [{"type": "ENERGY", "price": 0.72, "vat": 13, "step_size": 1}],
         "restrictions": {"calendar_tiers": ["FLAT"]}},
        {"price_components": [{"type": "ENERGY", "price": 0.34, "vat": 13, "step_size": 1}],
         "restrictions": {"calendar_tiers": ["VALLEY"]}},
        {"price_components": [{"type": "ENERGY", "price": 0.20, "vat": 13, "step_size": 1}],
         "restrictions": {"calendar_tiers": ["DEEP_VALLEY"]}}],
       "occupancy": {"price": 12.00, "vat": 6, "step_size": 60, "grace_seconds": 900,
         "max_price": 60.00, "exempt": [{"start_time": "22:00", "end_time": "07:00"}]},
       "minimum_session": {"kwh": 0.1, "seconds": 60}}
      """;

  /** One price a kWh; 占位费 of 0.50 a minute once the car no longer asks for power. */
  static final String WITH_PARKING =
      """
      {"currency": "CNY", "elements": [
        {"price_components": [
          {"type": "ENERGY", "price": 1.35, "vat": 13, "step_size": 1},
          {"type": "PARKING_TIME", "price": 30.00, "vat": 6, "step_size": 60}]}]}
      """;

  /** Energy, a start fee and parking, 19 % VAT. */
  static final String COLOGNE =
      """
      {"currency": "EUR", "elements": [
        {"price_components": [
          {"type": "FLAT", "price": 0.35, "vat": 19, "step_size": 1},
          {"type": "ENERGY", "price": 0.41, "vat": 19, "step_size": 1},
          {"type": "PARKING_TIME", "price": 6.00, "vat": 19, "step_size": 60}]}]}
      """;

  private DemoTariffs() {}
}
