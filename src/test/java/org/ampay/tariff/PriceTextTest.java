package org.ampay.tariff;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class PriceTextTest {

  private static final String SIMPLE =
      """
      {"currency":"CNY","elements":[{"price_components":[\
      {"type":"ENERGY","price":1,"step_size":1},{"type":"FLAT","price":0.5,"step_size":1}]}]}\
      """;

  private static final String TIME_OF_USE =
      """
      {"currency":"CNY","tax_included":"YES","max_price":{"before_taxes":94,"after_taxes":100},\
      "elements":[\
      {"price_components":[{"type":"ENERGY","price":1.8,"vat":6,"step_size":1}],\
      "restrictions":{"start_time":"08:00","end_time":"11:00","day_of_week":["SATURDAY","MONDAY"]}},\
      {"price_components":[{"type":"ENERGY","price":1.2345,"vat":6,"step_size":1}]},\
      {"price_components":[{"type":"PARKING_TIME","price":6,"vat":6,"step_size":60}],\
      "restrictions":{"min_duration":3600}}]}\
      """;

  private static String text(String json, Locale language) {
    return PriceText.display(TariffJson.read(TariffJson.readTree(json)), language);
  }

  @Test
  void simpleTariff_isOneShortLine() {
    assertThat(text(SIMPLE, Locale.ENGLISH)).isEqualTo("1.00 CNY/kWh + 0.50 CNY per session");
    assertThat(text(SIMPLE, Locale.CHINESE)).isEqualTo("1.00 元/度 + 每次 0.50 元");
  }

  @Test
  void windowsLimitsAndTax_areNamed() {
    assertThat(text(TIME_OF_USE, Locale.ENGLISH))
        .isEqualTo(
            "1.80 CNY/kWh (Mon Sat, 08:00-11:00); 1.2345 CNY/kWh"
                + " + 6.00 CNY/h parking (≥ 60 min) + at most 100.00 CNY, tax included");
    assertThat(text(TIME_OF_USE, Locale.SIMPLIFIED_CHINESE))
        .isEqualTo(
            "1.80 元/度 (周一、周六, 08:00-11:00)；1.2345 元/度"
                + " + 占位 6.00 元/小时 (≥ 60 min) + 最高 100.00 元（含税）");
  }

  @Test
  void yen_haveNoDecimals() {
    String yen =
        """
        {"currency":"JPY","elements":[{"price_components":[\
        {"type":"ENERGY","price":55.0,"vat":10,"step_size":1}]}]}\
        """;

    assertThat(text(yen, Locale.ENGLISH)).isEqualTo("55 JPY/kWh, plus tax");
  }

  @Test
  void operatorsOwnText_comesFirst() {
    String own =
        SIMPLE.replaceFirst(
            "\\{", "{\"tariff_alt_text\":[{\"language\":\"en\",\"text\":\"Cheap!\"}],");

    assertThat(text(own, Locale.ENGLISH)).isEqualTo("Cheap!");
    assertThat(text(own, Locale.CHINESE)).startsWith("1.00 元/度");
  }

  private static final Instant NOON = Instant.parse("2026-07-15T02:30:00Z");

  private static String display(String json, Locale language, int most) {
    return PriceText.display(PriceNowTest.snapshot(json, "Asia/Shanghai"), language, NOON, most);
  }

  @Test
  void calendar_isNamedWithItsHoursToday() {
    assertThat(display(PriceNowTest.TOU, Locale.CHINESE, 512))
        .isEqualTo(
            "今日 谷 0.90 (00:00-08:00)；峰 1.50 (08:00-10:00)；尖 1.80 (10:00-12:00、14:00-16:00)；"
                + "平 1.50 (12:00-14:00、16:00-24:00) 元/度（含服务费 0.60）（含税）");
    assertThat(display(PriceNowTest.TOU, Locale.ENGLISH, 512))
        .startsWith("today valley 0.90 (00:00-08:00); peak 1.50 (08:00-10:00)")
        .endsWith("CNY/kWh (of it service 0.60), tax included");
  }

  @Test
  void smallDisplay_losesHoursFirst_thenAllButNow() {
    assertThat(display(PriceNowTest.TOU, Locale.CHINESE, 80))
        .isEqualTo("今日 谷 0.90；峰 1.50；尖 1.80；平 1.50 元/度（含服务费 0.60）（含税）");
    assertThat(display(PriceNowTest.TOU, Locale.ENGLISH, 90))
        .isEqualTo(
            "now 1.80 CNY/kWh (energy 1.20 + service 0.60) (sharp peak, until 12:00), tax"
                + " included");
    assertThat(display(PriceNowTest.TOU, Locale.CHINESE, 10)).hasSize(10).endsWith("…");
  }

  @Test
  void page_hasALineForEachPrice() {
    assertThat(
            PriceText.lines(
                PriceNowTest.snapshot(PriceNowTest.TOU, "Asia/Shanghai"), Locale.CHINESE, NOON))
        .hasSize(4)
        .contains("尖 10:00-12:00、14:00-16:00  1.80 元/度（电费 1.20 + 服务费 0.60）");
  }

  @Test
  void feesBesideEnergy_comeInTheOrderOfAfir() {
    String euro =
        """
        {"currency":"EUR","tax_included":"YES",
        "occupancy":{"price":6.00,"vat":19,"step_size":60,"grace_seconds":900,"max_price":30,
          "exempt":[{"start_time":"22:00","end_time":"08:00"}]},
        "minimum_session":{"kwh":0.1,"seconds":60},
        "elements":[{"price_components":[{"type":"FLAT","price":1,"vat":19,"step_size":1},
        {"type":"TIME","price":3,"vat":19,"step_size":1},
        {"type":"SERVICE","price":0.1,"vat":19,"step_size":1},
        {"type":"ENERGY","price":0.39,"vat":19,"step_size":1}]}]}
        """;
    assertThat(text(euro, Locale.ENGLISH))
        .isEqualTo(
            "0.49 EUR/kWh (energy 0.39 + service 0.10) + 0.05 EUR/min + 1.00 EUR per session"
                + " + 0.10 EUR/min occupancy (first 15 min free, at most 30.00 EUR,"
                + " free 22:00-08:00) + free below 0.1 kWh and 60 s, tax included");
  }

  @Test
  void minuteThatIsRounded_isNamedBesideItsHour() {
    String euro =
        """
        {"currency":"EUR","elements":[{"price_components":[\
        {"type":"TIME","price":5,"step_size":1}]}]}\
        """;
    assertThat(text(euro, Locale.ENGLISH)).isEqualTo("5.00 EUR/h (≈ 0.0833 EUR/min)");
  }
}
