package org.ampay.tariff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TariffJsonTest {

  private static final String FULL =
      """
      {"id":"T1","currency":"CNY","type":"REGULAR",\
      "tariff_alt_text":[{"language":"zh","text":"每度 1 元"}],\
      "tariff_alt_url":"https://example.org/t1","energy_mix":{"is_green_energy":true},\
      "preauthorize_amount":50.00,"tax_included":"NO",\
      "min_price":{"before_taxes":1.00,"after_taxes":1.06},\
      "max_price":{"before_taxes":100,"after_taxes":106},\
      "elements":[{"price_components":[\
      {"type":"ENERGY","price":0.250,"vat":6.0,"step_size":1},\
      {"type":"FLAT","price":1,"step_size":0}],\
      "restrictions":{"start_time":"22:00","end_time":"06:30","start_date":"2025-01-01",\
      "end_date":"2026-01-01","min_kwh":1,"max_kwh":50.5,"min_current":1,"max_current":32,\
      "min_power":2,"max_power":22,"min_duration":0,"max_duration":3600,\
      "day_of_week":["MONDAY","SUNDAY"]}},\
      {"price_components":[{"type":"TIME","price":3,"step_size":60}],\
      "restrictions":{"reservation":"RESERVATION_EXPIRES"}}],\
      "start_date_time":"2025-01-01T00:00:00Z","end_date_time":"2025-12-31T00:00:00Z"}\
      """;

  private static Tariff read(String json) {
    return TariffJson.read(TariffJson.readTree(json));
  }

  /** A tariff of one element with one component and these restrictions. */
  private static String tariff(String component, String restrictions) {
    return """
    {"currency":"EUR","elements":[{"price_components":[{"type":"ENERGY","price":1,\
    "step_size":1},%s],"restrictions":{%s}}]}\
    """
        .formatted(component, restrictions);
  }

  private static final String TIME = "{\"type\":\"TIME\",\"price\":1,\"step_size\":1}";

  @Test
  void everyField_isWrittenAsItWasRead() {
    assertThat(TariffJson.write(read(FULL))).isEqualTo(FULL);
  }

  @Test
  void shapeOf221_isWrittenInItsOwnFields() {
    String json =
        """
        {"currency":"EUR","min_price":{"excl_vat":1,"incl_vat":1.19},\
        "elements":[{"price_components":[{"type":"FLAT","price":1,"step_size":1}]}]}\
        """;

    assertThat(TariffJson.write(read(json))).isEqualTo(json);
  }

  @Test
  void ownersFields_areAllowedAndDropped() {
    Tariff tariff =
        read(
            """
            {"country_code":"DE","party_id":"ABC","last_updated":"2025-01-01T00:00:00Z",\
            "currency":"EUR",\
            "elements":[{"price_components":[{"type":"FLAT","price":1,"step_size":1}]}]}\
            """);

    assertThat(TariffJson.write(tariff)).doesNotContain("ABC");
  }

  @Test
  void dateTimeWithoutZone_isUtc() {
    Tariff tariff =
        read(
            """
            {"currency":"EUR","start_date_time":"2025-01-01T00:00:00",\
            "elements":[{"price_components":[{"type":"FLAT","price":1,"step_size":1}]}]}\
            """);

    assertThat(tariff.validity().start()).isEqualTo("2025-01-01T00:00:00Z");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
"""
{"type":"TIME","price":-1,"step_size":1}            |components[1].price: must not be negative
{"type":"TIME","price":"1","step_size":1}           |components[1].price: must be a number
{"type":"TIME","price":1e40,"step_size":1}          |components[1].price: is out of range
{"type":"TIME","price":1234567890123,"step_size":1} |components[1].price: must have at most 12 digits
{"type":"TIME","price":0.1234567890,"step_size":1}  |components[1].price: must have at most 9 digits
{"type":"TIME","step_size":1}                       |components[1].price: is required
{"type":"TIME","price":null,"step_size":1}          |components[1].price: is required
{"type":"TIME","price":1}                           |components[1].step_size: is required
{"type":"TIME","price":1,"step_size":-1}            |components[1].step_size: must be from 0
{"type":"TIME","price":1,"step_size":1.5}           |components[1].step_size: must be an integer
{"type":"WATER","price":1,"step_size":1}            |components[1].type: must be one of [ENERGY
{"price":1,"step_size":1}                           |components[1].type: is required
{"type":"TIME","price":1,"step_size":1,"vat":101}   |components[1].vat: must be a percentage
{"type":"TIME","price":1,"step_size":1,"vat":-1}    |components[1].vat: must not be negative
{"type":"TIME","price":1,"step_size":1,"colour":1}  |components[1].colour: unknown field
7                                                   |components[1]: must be an object
""")
  void wrongComponent_isNamedByItsPath(String component, String message) {
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> read(tariff(component, "")))
        .withMessageStartingWith("elements[0].price_" + message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
"""
"start_time":"08:00","end_time":"08:00"               |end_time: equals start_time
"start_time":"8:00"                                   |start_time: must be a time like 17:30
"start_time":"24:00"                                  |start_time: must be a time like 17:30
"start_time":"08:00:01"                               |start_time: must be a time like 17:30
"start_date":"2025-02-29"                             |start_date: must be a date
"start_date":"2025-02-02","end_date":"2025-02-02"     |end_date: must be after start_date
"min_kwh":10,"max_kwh":10                             |max_kwh: must be above min_kwh
"max_kwh":0                                           |max_kwh: must be above 0
"min_kwh":-1                                          |min_kwh: must not be negative
"min_duration":60,"max_duration":30                   |max_duration: must be above min_duration
"max_power":"5"                                       |max_power: must be a number
"day_of_week":["MONDAY","FUNDAY"]                     |day_of_week[1]: must be one of [MONDAY
"day_of_week":"MONDAY"                                |day_of_week: must be a list
"reservation":"MAYBE"                                 |reservation: must be one of [RESERVATION
"booking":"X"                                         |booking: unknown field
""")
  void wrongRestriction_isNamedByItsPath(String restrictions, String message) {
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> read(tariff(TIME, restrictions)))
        .withMessageStartingWith("elements[0].restrictions." + message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
"""
{}                                                    |currency: is required
{"currency":"EUR"}                                    |elements: is required
{"currency":"XTS","elements":[]}                      |currency: must be an ISO 4217
{"currency":"XAU","elements":[]}                      |currency: must be an ISO 4217
{"currency":"EUR","elements":[]}                      |elements: must not be empty
{"currency":"EUR","elements":[{}]}                    |elements[0].price_components: is required
{"currency":"EUR","elements":[{"price_components":[]}]} |elements[0].price_components: must not be
{"currency":"EUR","elements":7}                       |elements: must be a list
{"currency":"EUR","name":"x","elements":[]}           |name: unknown field
{"currency":"EUR","type":"CHEAP"}                     |type: must be one of [AD_HOC_PAYMENT
{"currency":"EUR","tax_included":"MAYBE"}             |tax_included: must be one of [YES, NO, N/A]
{"currency":"EUR","min_price":{}}                     |min_price.excl_vat: is required
{"currency":"EUR","min_price":{"excl_vat":-1}}        |min_price: must not be negative
{"currency":"EUR","min_price":{"excl_vat":2,"incl_vat":1}} |min_price: the figure with tax
{"currency":"EUR","start_date_time":"yesterday"}      |start_date_time: must be a time like
{"currency":"EUR","id":""}                            |id: must be 1 to 36
{"currency":"EUR","tariff_alt_text":[{"language":"zh"}]} |tariff_alt_text[0].text: is required
{"currency":"EUR","currency":"CNY"}                   |no valid JSON: Duplicate field 'currency'
[1]                                                   |must be an object
{"currency":                                          |no valid JSON
""")
  void wrongTariff_isNamedByItsPath(String json, String message) {
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> read(json))
        .withMessageStartingWith(message);
  }

  @Test
  void wholeTariff_isChecked() {
    String elements =
        "\"elements\":[{\"price_components\":[{\"type\":\"FLAT\",\"price\":1,\"step_size\":1,"
            + "\"vat\":5}]}]}";

    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> read("{\"currency\":\"XXQ\"," + elements))
        .withMessage("currency: must be an ISO 4217 currency code");
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> read("{\"currency\":\"EUR\",\"tax_included\":\"N/A\"," + elements))
        .withMessage(
            "elements[0].price_components[0].vat: must be absent when tax_included is N/A");
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(
            () ->
                read(
                    "{\"currency\":\"EUR\",\"min_price\":{\"excl_vat\":3},"
                        + "\"max_price\":{\"excl_vat\":2},"
                        + elements))
        .withMessage("min_price: must not be above max_price");
  }

  @Test
  void tooManyElements_areRefused() {
    String element = "{\"price_components\":[" + TIME + "]}";
    String many = (element + ",").repeat(Tariff.MAX_ELEMENTS) + element;

    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> read("{\"currency\":\"EUR\",\"elements\":[" + many + "]}"))
        .withMessage("elements: must have at most 250");
  }

  @Test
  void deepJson_isRefused() {
    String deep = "[".repeat(1000) + "]".repeat(1000);

    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> TariffJson.readTree(deep))
        .withMessageContaining("depth");
  }
}
