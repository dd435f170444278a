package org.ampay.app;

/** The demo's tariffs, as OCPI writes them. */
final class DemoTariffs {

  /** 尖 19-22, 峰 8-12 and 14-19, 谷 23-7, else 平; a start fee; VAT 13 % and 6 %. */
  static final String TIME_OF_USE =
      """
      {"currency": "CNY", "elements": [
        {"price_components": [{"type": "FLAT", "price": 0.50, "vat": 6, "step_size": 1}]},
        {"price_components": [{"type": "ENERGY", "price": 1.86, "vat": 13, "step_size": 1}],
         "restrictions": {"start_time": "19:00", "end_time": "22:00"}},
        {"price_components": [{"type": "ENERGY", "price": 1.52, "vat": 13, "step_size": 1}],
         "restrictions": {"start_time": "08:00", "end_time": "12:00"}},
        {"price_components": [{"type": "ENERGY", "price": 1.52, "vat": 13, "step_size": 1}],
         "restrictions": {"start_time": "14:00", "end_time": "19:00"}},
        {"price_components": [{"type": "ENERGY", "price": 0.68, "vat": 13, "step_size": 1}],
         "restrictions": {"start_time": "23:00", "end_time": "07:00"}},
        {"price_components": [{"type": "ENERGY", "price": 1.10, "vat": 13, "step_size": 1}]}]}
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
