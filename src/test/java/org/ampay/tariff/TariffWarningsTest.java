package org.ampay.tariff;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.ampay.tariff.TariffWarnings.Code;
import org.ampay.tariff.TariffWarnings.Warning;
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
        .singleElement()
        .returns(Code.TAX_MISSING, TariffWarnings.Warning::code)
        .returns("elements[0].price_components[0].vat", TariffWarnings.Warning::path);
  }

  @Test
  void limitWithoutTax_isNamed() {
    assertThat(warnings("\"min_price\":{\"excl_vat\":1},", element(TAXED, "")))
        .singleElement()
        .returns("min_price", TariffWarnings.Warning::path);
  }

  private static Tariff tariff(String more, String... elements) {
    return TariffJson.read(
        TariffJson.readTree(
            "{\"currency\":\"CNY\","
                + more
                + "\"elements\":["
                + String.join(",", elements)
                + "]}"));
  }

  private static String energy(String price, String restrictions) {
    return element("{\"type\":\"ENERGY\",\"price\":" + price + ",\"step_size\":1}", restrictions);
  }

  private static String tiers(String price, String... tiers) {
    return energy(price, "\"calendar_tiers\":[\"" + String.join("\",\"", tiers) + "\"]");
  }

  /** Peak from 08:00 to 22:00 in summer; flat by day in the rest of the year; else valley. */
  private static final String CALENDAR =
      """
      "calendar":{"name":"C","seasons":[
        {"name":"summer","from":"07-01","to":"08-31","days":[{"slots":[
          {"from":"00:00","tier":"VALLEY"},{"from":"08:00","tier":"PEAK"},
          {"from":"22:00","tier":"VALLEY"}]}]},
        {"name":"rest","days":[{"slots":[
          {"from":"00:00","tier":"VALLEY"},{"from":"08:00","tier":"FLAT"},
          {"from":"22:00","tier":"VALLEY"}]}]}],
        "holidays":[{"date":"2026-10-01","name":"National Day","slots":[
          {"from":"00:00","tier":"VALLEY"}]}]},
      """;

  @Test
  void windowsThatExcludeEachOther_neverMatch() {
    Tariff tariff =
        tariff(
            CALENDAR,
            energy(
                "1",
                "\"start_time\":\"01:00\",\"end_time\":\"05:00\",\"calendar_tiers\":[\"PEAK\"]"),
            energy("1", ""));
    assertThat(TariffWarnings.of(tariff))
        .containsExactly(new Warning(Code.NEVER_MATCHES, "elements[0].restrictions", List.of()));
    // A Sunday that is also the 6th of April of 2026, a Monday.
    Tariff monday =
        tariff(
            "",
            energy(
                "2",
                "\"start_date\":\"2026-04-06\",\"end_date\":\"2026-04-07\","
                    + "\"day_of_week\":[\"SUNDAY\"]"),
            energy("1", ""));
    assertThat(TariffWarnings.of(monday))
        .containsExactly(new Warning(Code.NEVER_MATCHES, "elements[0].restrictions", List.of()));
  }

  @Test
  void tierThatTheCalendarNeverHas_isNamed() {
    assertThat(
            TariffWarnings.of(
                tariff(CALENDAR, tiers("2", "SHARP", "PEAK"), tiers("1", "FLAT", "VALLEY"))))
        .containsExactly(
            new Warning(
                Code.TIER_NOT_IN_CALENDAR,
                "elements[0].restrictions.calendar_tiers",
                List.of("SHARP")));
    assertThat(TariffWarnings.of(tariff(CALENDAR, tiers("2", "SHARP"), energy("1", ""))))
        .extracting(Warning::code)
        .containsExactly(Code.TIER_NOT_IN_CALENDAR, Code.NEVER_MATCHES);
  }

  @Test
  void hoursOfATierWithoutPrice_areTold() {
    assertThat(TariffWarnings.of(tariff(CALENDAR, tiers("2", "PEAK"), tiers("1", "VALLEY"))))
        .containsExactly(new Warning(Code.GAP, "elements", List.of("ENERGY", "rest 08:00-22:00")));
    assertThat(TariffWarnings.of(tariff(CALENDAR, tiers("2", "PEAK", "FLAT"))))
        .singleElement()
        .satisfies(
            w ->
                assertThat(w.message())
                    .contains("summer 00:00-08:00, 22:00-24:00")
                    .contains("National Day THU 00:00-24:00"));
  }

  @Test
  void calendarOfAnotherTable_isUsedWhereItIsKnown() {
    Tariff stored = tariff("\"calendar_id\":7,", tiers("2", "SHARP"), energy("1", ""));
    assertThat(TariffWarnings.of(stored)).isEmpty();
    TariffCalendar calendar =
        CalendarJson.read(
            TariffJson.readTree("{" + CALENDAR.strip().replaceAll(",$", "") + "}").get("calendar"));
    assertThat(TariffWarnings.of(stored, null, calendar))
        .extracting(Warning::code)
        .containsExactly(Code.TIER_NOT_IN_CALENDAR, Code.NEVER_MATCHES);
    assertThat(TariffWarnings.of(tariff("\"calendar_id\":7,", energy("1", "")), null, calendar))
        .containsExactly(new Warning(Code.CALENDAR_UNUSED, "calendar_id", List.of()));
  }

  @Test
  void weekdaysAndEnergyWithoutPrice_areTold() {
    assertThat(
            TariffWarnings.of(
                tariff(
                    "",
                    energy("1", "\"day_of_week\":[\"MONDAY\",\"TUESDAY\"]"),
                    energy("2", "\"start_time\":\"06:00\",\"end_time\":\"23:30\""))))
        .extracting(Warning::code)
        .containsExactly(Code.OVERLAP, Code.GAP);
    assertThat(TariffWarnings.of(tariff("", energy("1", "\"min_kwh\":5"))))
        .containsExactly(new Warning(Code.GAP, "elements", List.of("ENERGY", "00:00-24:00")));
    assertThat(TariffWarnings.of(tariff("", energy("1", "\"max_kwh\":5"))))
        .containsExactly(
            new Warning(Code.GAP, "elements", List.of("ENERGY", "≥ 5 kWh 00:00-24:00")));
    assertThat(
            TariffWarnings.of(
                tariff("", energy("1", "\"max_kwh\":5"), energy("2", "\"min_kwh\":5"))))
        .isEmpty();
    assertThat(
            TariffWarnings.of(
                tariff("", energy("1", "\"max_power\":50"), energy("2", "\"min_power\":50"))))
        .isEmpty();
  }

  @Test
  void energyThatIsPaidByTime_isNoGap() {
    String hour = "{\"type\":\"TIME\",\"price\":6,\"step_size\":60}";
    String night = "\"start_time\":\"22:00\",\"end_time\":\"06:00\"";
    assertThat(
            TariffWarnings.of(
                tariff(
                    "",
                    energy("1", "\"start_time\":\"06:00\",\"end_time\":\"22:00\""),
                    element(hour, night))))
        .isEmpty();
  }

  @Test
  void partThatAnEarlierElementTakes_isTold_butNotASpecialCase() {
    Tariff special =
        tariff("", energy("2", "\"start_time\":\"10:00\",\"end_time\":\"12:00\""), energy("1", ""));
    assertThat(TariffWarnings.of(special)).isEmpty();
    Tariff crossing =
        tariff(
            "",
            energy("2", "\"start_time\":\"08:00\",\"end_time\":\"12:00\""),
            energy("3", "\"start_time\":\"10:00\",\"end_time\":\"14:00\""),
            energy("1", ""));
    assertThat(TariffWarnings.of(crossing))
        .containsExactly(
            new Warning(
                Code.OVERLAP,
                "elements[1].price_components[0]",
                List.of("elements[0].price_components[0]", "10:00-12:00")));
    Tariff hidden =
        tariff(
            "",
            energy("2", "\"start_time\":\"08:00\",\"end_time\":\"12:00\""),
            energy("3", "\"start_time\":\"12:00\",\"end_time\":\"16:00\""),
            energy("4", "\"start_time\":\"09:00\",\"end_time\":\"15:00\""),
            energy("1", ""));
    assertThat(TariffWarnings.of(hidden))
        .containsExactly(
            new Warning(
                Code.HIDDEN,
                "elements[2].price_components[0]",
                List.of("elements[0].price_components[0]")));
  }

  @Test
  void reservations_areLookedAtByThemselves() {
    String hour = "{\"type\":\"TIME\",\"price\":6,\"step_size\":60}";
    assertThat(
            TariffWarnings.of(
                tariff(
                    "",
                    energy("1", ""),
                    element(hour, "\"reservation\":\"RESERVATION\""),
                    element(hour, "\"reservation\":\"RESERVATION_EXPIRES\""))))
        .containsExactly(
            new Warning(
                Code.HIDDEN,
                "elements[2].price_components[0]",
                List.of("elements[1].price_components[0]")));
    assertThat(
            TariffWarnings.of(
                tariff("", energy("1", ""), energy("1", "\"reservation\":\"RESERVATION\""))))
        .containsExactly(
            new Warning(Code.RESERVATION, "elements[1].price_components[0]", List.of("ENERGY")));
  }

  @Test
  void figuresOfAnotherUnit_areTold() {
    assertThat(TariffWarnings.of(tariff("", energy("120", ""))))
        .containsExactly(
            new Warning(Code.PRICE_HIGH, "elements[0].price_components[0].price", List.of("120")));
    assertThat(TariffWarnings.of(tariff("", energy("0.0012", ""))))
        .extracting(Warning::code)
        .containsExactly(Code.PRICE_LOW);
    Tariff dong =
        TariffJson.read(
            TariffJson.readTree(
                "{\"currency\":\"VND\",\"elements\":["
                    + energy("385800", "\"max_kwh\":1")
                    + ","
                    + energy("3858", "\"min_kwh\":1,\"max_kwh\":5")
                    + ","
                    + energy("3500", "")
                    + "]}"));
    assertThat(TariffWarnings.of(dong))
        .containsExactly(
            new Warning(
                Code.PRICE_HIGH, "elements[0].price_components[0].price", List.of("385800")));
  }

  @Test
  void occupancyAndCeilings_areLookedAt() {
    String more =
        """
        "occupancy":{"price":6,"step_size":60,"exempt":[
          {"start_time":"08:00","end_time":"20:00"},{"start_time":"20:00","end_time":"08:00"}]},
        "ceilings":[{"dimension":"FLAT","price":1.5},{"dimension":"TIME","price":9}],
        "max_price":{"excl_vat":1.8},
        """;
    String fee = "{\"type\":\"FLAT\",\"price\":2,\"step_size\":1}";
    assertThat(TariffWarnings.of(tariff(more, element(fee, ""))))
        .containsExactly(
            new Warning(Code.NEVER_OCCUPIED, "occupancy.exempt", List.of()),
            new Warning(Code.NO_GRACE, "occupancy.grace_seconds", List.of()),
            new Warning(Code.CEILING_LOW, "ceilings[0].price", List.of("1.5", "2")),
            new Warning(Code.CEILING_UNUSED, "ceilings[1].dimension", List.of("TIME")),
            new Warning(Code.CEILING_LOW, "max_price", List.of("1.8", "2")));
  }

  @Test
  void priceFarFromTheVersionBefore_isToldWithItsHours() {
    String night = "\"start_time\":\"22:00\",\"end_time\":\"06:00\"";
    Tariff before = tariff("", energy("0.4", night), energy("1", ""));
    Tariff after = tariff("", energy("0.9", night), energy("1.4", ""));
    assertThat(TariffWarnings.of(after, before, null))
        .containsExactly(
            new Warning(
                Code.PRICE_FAR,
                "elements[0].price_components[0].price",
                List.of("0.4", "0.9", "+125", "00:00-06:00, 22:00-24:00")));
    assertThat(TariffWarnings.of(before, before, null)).isEmpty();
    String service = "{\"type\":\"SERVICE\",\"price\":0.5,\"step_size\":1}";
    String half = "{\"type\":\"ENERGY\",\"price\":0.5,\"step_size\":1}";
    assertThat(
            TariffWarnings.of(
                tariff("", element(half + "," + service, "")), tariff("", energy("1", "")), null))
        .isEmpty();
    assertThat(TariffWarnings.of(tariff("", energy("0.4", "")), tariff("", energy("1", "")), null))
        .extracting(Warning::params)
        .containsExactly(List.of("1", "0.4", "-60", "00:00-24:00"));
  }

  @Test
  void largestTariff_isLookedAtInABlink() {
    String[] elements = new String[Tariff.MAX_ELEMENTS];
    for (int i = 0; i < elements.length; i++) {
      elements[i] =
          energy(
              "1." + i,
              "\"start_time\":\"%02d:%02d\",\"end_time\":\"%02d:%02d\",\"min_kwh\":%d,\"day_of_week\":[\"%s\"]"
                  .formatted(
                      i % 24, i % 60, (i + 3) % 24, i % 60, i, java.time.DayOfWeek.of(1 + i % 7)));
    }
    assertThat(TariffWarnings.of(tariff("", elements))).hasSizeLessThanOrEqualTo(40);
  }

  @Test
  void everyCode_hasAText() {
    for (Code code : Code.values()) {
      assertThat(code.wire()).isEqualTo(code.name().toLowerCase(Locale.ROOT));
      for (String language : List.of("zh", "en")) {
        assertThat(
                java.util.ResourceBundle.getBundle(
                        "i18n.messages",
                        Locale.forLanguageTag(language),
                        java.util.ResourceBundle.Control.getNoFallbackControl(
                            java.util.ResourceBundle.Control.FORMAT_PROPERTIES))
                    .containsKey(code.key()))
            .as("%s in %s", code.key(), language)
            .isTrue();
      }
    }
  }
}
