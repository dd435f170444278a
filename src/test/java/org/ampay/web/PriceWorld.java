package org.ampay.web;

import java.util.Map;
import org.ampay.billing.catalog.Author;
import org.ampay.billing.catalog.NewAssignment;
import org.ampay.billing.catalog.NewVersion;
import org.ampay.billing.catalog.TariffLevel;
import org.ampay.tariff.CalendarJson;
import org.ampay.tariff.Tariff;
import org.ampay.tariff.TariffJson;

/** Calendars and tariffs of every kind, some of which wait for a second person. */
final class PriceWorld {

  private static final String CALENDAR =
      """
      {"name":"浙江大工业 2026","seasons":[
       {"name":"夏","from":"07-01","to":"08-31","days":[
        {"day_of_week":["SATURDAY","SUNDAY"],"slots":[{"from":"00:00","tier":"VALLEY"}]},
        {"slots":[{"from":"00:00","tier":"DEEP_VALLEY"},{"from":"06:30","tier":"FLAT"},
         {"from":"09:00","tier":"PEAK"},{"from":"13:00","tier":"SHARP"},
         {"from":"17:00","tier":"PEAK"},{"from":"22:30","tier":"VALLEY"}]}]},
       {"name":"","days":[{"slots":[{"from":"00:00","tier":"VALLEY"},
         {"from":"08:00","tier":"PEAK"},{"from":"11:00","tier":"FLAT"},
         {"from":"18:00","tier":"PEAK"},{"from":"21:00","tier":"FLAT"}]}]}],
       "holidays":[
        {"date":"2026-10-01","name":"国庆","slots":[{"from":"00:00","tier":"VALLEY"}]},
        {"date":"2026-10-02","name":"国庆","slots":[{"from":"00:00","tier":"VALLEY"}]},
        {"date":"2026-10-03","name":"国庆","slots":[{"from":"00:00","tier":"VALLEY"}]},
        {"date":"2026-02-17","name":"","slots":[{"from":"00:00","tier":"DEEP_VALLEY"}]}]}
      """;

  private static final String RICH =
      """
      {"currency":"CNY","tax_included":"YES","calendar_id":%d,
       "tariff_alt_text":[{"language":"zh","text":"峰谷电价，含服务费 0.6 元/度"}],
       "energy_mix":{"is_green_energy":true},
       "min_price":{"before_taxes":1,"after_taxes":1.13},
       "elements":[
       {"price_components":[{"type":"ENERGY","price":0.2,"vat":13,"step_size":1},
         {"type":"SERVICE","price":0.1,"vat":6,"step_size":100}],
        "restrictions":{"start_time":"12:00","end_time":"13:00","start_date":"2026-05-01",
         "end_date":"2026-06-01","day_of_week":["SATURDAY","SUNDAY"],"max_kwh":30,"min_power":7,
         "max_duration":5400,"calendar_tiers":["FLAT","VALLEY"]}},
       {"price_components":[{"type":"ENERGY","price":1.35,"vat":13,"step_size":1},
         {"type":"SERVICE","price":0.7,"vat":6,"step_size":1}],
        "restrictions":{"calendar_tiers":["SHARP"]}},
       {"price_components":[{"type":"ENERGY","price":%s,"vat":13,"step_size":1}],
        "restrictions":{"calendar_tiers":["PEAK"]}},
       {"price_components":[{"type":"ENERGY","price":0.68,"vat":13,"step_size":1},
         {"type":"SERVICE","price":0.6,"vat":6,"step_size":1},
         {"type":"FLAT","price":1,"vat":6,"step_size":1}]},
       {"price_components":[{"type":"TIME","price":3,"vat":6,"step_size":60}],
        "restrictions":{"reservation":"RESERVATION"}}],
       "occupancy":{"price":6,"vat":6,"step_size":60,"grace_seconds":900,"max_price":30,
        "exempt":[{"start_time":"22:00","end_time":"08:00"},
         {"start_time":"12:00","end_time":"14:00","day_of_week":["SUNDAY"]}]},
       "minimum_session":{"kwh":0.1,"seconds":90},
       "ceilings":[{"dimension":"SERVICE","price":20}]}
      """;

  /** Two prices of one dimension in one element: OCPI allows it, a form does not show it. */
  private static final String ODD =
      """
      {"currency":"CNY","elements":[{"price_components":[
        {"type":"ENERGY","price":2,"step_size":1},{"type":"ENERGY","price":3,"step_size":1}]}]}
      """;

  private static final Author AUTHOR = Author.of("user:somebody.else@example.com");

  final long calendar;
  final long rich;
  final long odd;

  PriceWorld(WebFixture web) {
    this.calendar =
        web.tariffs
            .calendars()
            .create(
                1, CalendarJson.read(TariffJson.readTree(CALENDAR)), AUTHOR, (tx, written) -> {})
            .calendar()
            .id();
    this.rich = web.tariffs.create(1, "浙江分时 电费+服务费", rich("1.05"), "test").id();
    this.odd = web.tariffs.create(1, ConsoleWorld.ODD, tariff(ODD), "test").id();
    web.tariffs.assign(1, rich, new NewAssignment(TariffLevel.GROUP, 7, 5, null), "test");
    web.tariffs.approvals().setNeeded(1, true, AUTHOR, tx -> {});
    web.tariffs
        .versions()
        .add(1L, rich, new NewVersion(null, rich("1.15"), null), AUTHOR, (tx, written) -> {});
    web.tariffs
        .calendars()
        .addVersion(
            1L,
            calendar,
            CalendarJson.read(TariffJson.readTree(CALENDAR.replace("13:00", "14:00"))),
            null,
            AUTHOR,
            (tx, written) -> {});
    web.tariffs.assign(1, odd, new NewAssignment(TariffLevel.OPERATOR, 1, 0, null), "test");
    web.tariffs.approvals().setNeeded(1, false, AUTHOR, tx -> {});
  }

  private Tariff rich(String peak) {
    return tariff(RICH.formatted(calendar, peak));
  }

  private static Tariff tariff(String json) {
    return TariffJson.read(TariffJson.readTree(json));
  }

  /** The pages of prices. */
  void addPages(Map<String, String> pages) {
    pages.put("tariff-new", "/tariffs/new");
    pages.put("tariff-rich", "/tariffs/" + rich);
    pages.put("tariff-rich-edit", "/tariffs/" + rich + "/edit");
    pages.put("tariff-odd", "/tariffs/" + odd);
    pages.put("tariff-odd-edit", "/tariffs/" + odd + "/edit");
    pages.put("tariff-version", "/tariffs/" + rich + "/versions/2");
    pages.put("tariff-difference", "/tariffs/" + rich + "/difference");
    pages.put("tariff-applies", "/tariffs/applies");
    pages.put("tariff-applies-why", "/tariffs/applies?station=SH-HQ-0001&group=7");
    pages.put("tariff-approvals", "/tariffs/approvals");
    pages.put("calendars", "/calendars");
    pages.put("calendar", "/calendars/" + calendar);
    pages.put("calendar-new", "/calendars/new");
    pages.put("calendar-edit", "/calendars/" + calendar + "/edit");
  }
}
