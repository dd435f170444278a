package org.ampay.tariff;

import static org.assertj.core.api.Assertions.assertThat;

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
}
