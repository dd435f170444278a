package org.ampay.tariff;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TariffWarningsTest {

  private static final String ENERGY = "{\"type\":\"ENERGY\",\"price\":1,\"step_size\":1}";
  private static final String TAXED = "{\"type\":\"FLAT\",\"price\":1,\"step_size\":1,\"vat\":6}";

  private static List<TariffWarnings.Warning> warnings(String limits, String... elements) {
    String json =
        "{\"currency\":\"EUR\"," + limits + "\"elements\":[" + String.join(",", elements) + "]}";
    return TariffWarnings.of(TariffJson.read(TariffJson.readTree(json)));
  }

  private static String element(String components, String restrictions) {
    return "{\"price_components\":["
        + components
        + "]"
        + (restrictions.isEmpty() ? "" : ",\"restrictions\":{" + restrictions + "}")
        + "}";
  }

  @Test
  void plainTariff_hasNone() {
    assertThat(warnings("", element(ENERGY, ""))).isEmpty();
  }

  @Test
  void componentBehindOneThatAlwaysApplies_isNamed() {
    assertThat(warnings("", element(ENERGY, ""), element(ENERGY, "\"min_kwh\":5")))
        .singleElement()
        .returns("elements[1].price_components[0]", TariffWarnings.Warning::path);
    assertThat(warnings("", element(ENERGY + "," + ENERGY, "")))
        .singleElement()
        .returns("elements[0].price_components[1]", TariffWarnings.Warning::path);
  }

  @Test
  void hoursWithoutEnergyPrice_areNamed() {
    String day = "\"start_time\":\"06:00\",\"end_time\":\"22:00\"";
    String night = "\"start_time\":\"22:00\",\"end_time\":\"06:00\"";

    assertThat(warnings("", element(ENERGY, day)))
        .singleElement()
        .returns("elements", TariffWarnings.Warning::path);
    assertThat(warnings("", element(ENERGY, day), element(ENERGY, night))).isEmpty();
  }

  @Test
  void taxOnOnlySomeComponents_isNamed() {
    assertThat(warnings("", element(ENERGY + "," + TAXED, "")))
        .extracting(TariffWarnings.Warning::message)
        .containsExactly("some price components have a vat and some have none");
  }

  @Test
  void limitWithoutTax_isNamed() {
    assertThat(warnings("\"min_price\":{\"excl_vat\":1},", element(TAXED, "")))
        .singleElement()
        .returns("min_price", TariffWarnings.Warning::path);
  }
}
