package org.ampay.tariff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.RoundingMode;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The fields of a tariff beyond OCPI, calendars and driver terms: read, written, refused. */
class ExtrasJsonTest {

  private static final String DAY = "[{\"slots\":[{\"from\":\"00:00\",\"tier\":\"FLAT\"}]}]";

  private static final String CALENDAR =
      """
      {"id":12,"version":3,"name":"浙江 2026","seasons":[\
      {"name":"夏","from":"07-01","to":"08-31","days":[\
      {"day_of_week":["SATURDAY","SUNDAY"],"slots":[{"from":"00:00","tier":"DEEP_VALLEY"}]},\
      {"slots":[{"from":"00:00","tier":"VALLEY"},{"from":"08:30","tier":"PEAK"},\
      {"from":"19:00","tier":"SHARP"},{"from":"23:30","tier":"VALLEY"}]}]},\
      {"name":"冬","from":"12-01","to":"02-29","days":[{"slots":[{"from":"00:00","tier":"PEAK"}]}]},\
      {"days":[{"slots":[{"from":"00:00","tier":"FLAT"}]}]}],\
      "holidays":[{"date":"2026-10-01","name":"国庆","slots":[{"from":"00:00","tier":"VALLEY"}]}]}\
      """;

  private static final String EXTRAS =
      """
      "calendar":%s,\
      "occupancy":{"price":6.00,"vat":6,"step_size":60,"grace_seconds":900,"max_price":30.00,\
      "exempt":[{"start_time":"22:00","end_time":"08:00","day_of_week":["SATURDAY"]}]},\
      "minimum_session":{"kwh":0.1,"seconds":60},\
      "ceilings":[{"dimension":"TIME","price":20.00}],\
      "negative_prices":true\
      """
          .formatted(CALENDAR);

  private static final String ELEMENTS =
      """
      "elements":[{"price_components":[{"type":"ENERGY","price":-0.1,"vat":13,"step_size":1},\
      {"type":"SERVICE","price":0.60,"vat":6,"step_size":1}],\
      "restrictions":{"calendar_tiers":["SHARP","PEAK"]}}]\
      """;

  private static final String TERMS =
      """
      {"tier":{"id":3,"name":"金卡","discounts":[{"costs":["SERVICE"],"percent":20},{"percent":5}],\
      "funder":"operator"},"coupons":[{"claim_id":77,"coupon_id":5,"name":"立减","kind":"PERCENT",\
      "value":10,"cap":8,"min_spend":30,"costs":["ENERGY","SERVICE"],"funder":"platform"},\
      {"coupon_id":6,"name":"活动","kind":"KWH","value":5,"funder":"site"}],\
      "points":{"most":500,"value":0.01,"max_percent":50,"funder":"platform"}}\
      """;

  private static Tariff read(String fields) {
    return TariffJson.read(TariffJson.readTree("{\"currency\":\"CNY\"," + fields + "}"));
  }

  private static String flat(String fields) {
    return "\"elements\":[{\"price_components\":[{\"type\":\"FLAT\",\"price\":1,\"step_size\":1}]}],"
        + fields;
  }

  private static TariffCalendar calendar(String json) {
    return CalendarJson.read(TariffJson.readTree(json));
  }

  @Test
  void everyField_isWrittenAsItWasRead() {
    String json = "{\"currency\":\"CNY\"," + ELEMENTS + "," + EXTRAS + "}";

    assertThat(TariffJson.write(read(ELEMENTS + "," + EXTRAS))).isEqualTo(json);
  }

  @Test
  void terms_areWrittenAsTheyWereRead() {
    assertThat(DriverTerms.parse(TERMS).toJson()).isEqualTo(TERMS);
    assertThat(DriverTerms.parse("{}")).isEqualTo(DriverTerms.NONE);
  }

  @Test
  void snapshot_keepsItsTerms() {
    TariffSnapshot plain =
        TariffSnapshot.of(
            7, 2, read(ELEMENTS + "," + EXTRAS), ZoneId.of("Asia/Shanghai"), RoundingMode.HALF_UP);

    TariffSnapshot withTerms = plain.withTerms(DriverTerms.parse(TERMS));
    TariffSnapshot again = TariffSnapshot.parse(withTerms.toJson());

    assertThat(again).isEqualTo(withTerms).isNotEqualTo(plain);
    assertThat(again.terms()).isEqualTo(DriverTerms.parse(TERMS));
    assertThat(again.withTerms(DriverTerms.NONE)).isEqualTo(plain);
    assertThat(again.withZone(ZoneId.of("UTC")).terms()).isEqualTo(again.terms());
    assertThat(plain.toJson()).doesNotContain("terms");
  }

  @Test
  void storedCalendar_isNamedAndReplaced() {
    Tariff stored = read(ELEMENTS + ",\"negative_prices\":true,\"calendar_id\":12");

    assertThat(TariffJson.write(stored)).contains("\"calendar_id\":12");
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> TariffSnapshot.of(1, 1, stored, ZoneId.of("UTC"), RoundingMode.HALF_UP))
        .withMessage("tariffs[0].calendar_id: needs its calendar in the tariff to be priced");
    assertThat(TariffJson.write(stored.withCalendar(calendar(CALENDAR))))
        .contains("\"calendar\":{\"id\":12,\"version\":3")
        .doesNotContain("calendar_id");
  }

  @ParameterizedTest
  @CsvSource({
    "2026-07-04T12:00, DEEP_VALLEY", // a Saturday in summer
    "2026-07-06T08:29:59, VALLEY",
    "2026-07-06T08:30, PEAK",
    "2026-08-31T23:29, SHARP",
    "2026-08-31T23:30, VALLEY",
    "2026-09-01T12:00, FLAT",
    "2026-10-01T12:00, VALLEY", // a holiday
    "2027-10-01T12:00, FLAT",
    "2026-12-31T12:00, PEAK", // winter goes over New Year
    "2028-02-29T12:00, PEAK",
    "2028-03-01T00:00, FLAT"
  })
  void calendar_knowsTheTier(String local, TouTier tier) {
    LocalDateTime at = LocalDateTime.parse(local);
    TariffCalendar calendar = calendar(CALENDAR);

    assertThat(calendar.tierAt(at)).isEqualTo(tier);
    assertThat(
            new CompiledCalendar(calendar)
                .tier(at.toLocalDate().toEpochDay(), at.toLocalTime().toSecondOfDay()))
        .isEqualTo(tier.ordinal());
  }

  @Test
  void requireSteps_refusesAStepOfZeroExceptOfFlat() {
    read(flat("\"negative_prices\":false")).requireSteps();
    String zero = "{\"type\":\"FLAT\",\"price\":1,\"step_size\":0}";
    read("\"elements\":[{\"price_components\":[" + zero + "]}]").requireSteps();

    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(
            () ->
                read("\"elements\":[{\"price_components\":[%s]}]"
                        .formatted(zero.replace("FLAT", "SERVICE")))
                    .requireSteps())
        .withMessage("elements[0].price_components[0].step_size: must be at least 1");
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> read(flat("\"occupancy\":{\"price\":1,\"step_size\":0}")).requireSteps())
        .withMessage("occupancy.step_size: must be at least 1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
"""
"calendar_id":0                                   |calendar_id: must be positive
"calendar_id":"x"                                 |calendar_id: must be an integer
"occupancy":{"step_size":1}                       |occupancy.price: is required
"occupancy":{"price":1}                           |occupancy.step_size: is required
"occupancy":{"price":-1,"step_size":1}            |occupancy.price: must not be negative without
"occupancy":{"price":1,"step_size":-1}            |occupancy.step_size: must be from 0
"occupancy":{"price":1,"step_size":1,"vat":101}   |occupancy.vat: must be a percentage
"occupancy":{"price":1,"step_size":1,"grace_seconds":-1} |occupancy.grace_seconds: must be from 0
"occupancy":{"price":1,"step_size":1,"max_price":-1} |occupancy.max_price: must not be negative
"occupancy":{"price":1,"step_size":1,"exempt":[{}]} |occupancy.exempt[0]: must not be empty
"occupancy":{"price":1,"step_size":1,"exempt":[{"start_time":"08:00","end_time":"08:00"}]} |occupancy.exempt[0].end_time: equals
"occupancy":{"price":1,"step_size":1,"free":1}    |occupancy.free: unknown field
"minimum_session":{}                              |minimum_session: needs kwh or seconds
"minimum_session":{"kwh":0}                       |minimum_session.kwh: must be above 0
"minimum_session":{"seconds":0}                   |minimum_session.seconds: must be from 1
"ceilings":[{"dimension":"TIER","price":1}]       |ceilings[0].dimension: must be one of [FLAT
"ceilings":[{"dimension":"TIME"}]                 |ceilings[0].price: is required
"ceilings":[{"dimension":"TIME","price":-1}]      |ceilings[0].price: must not be negative
"ceilings":[{"dimension":"TIME","price":1},{"dimension":"TIME","price":2}] |ceilings[1].dimension: has a ceiling already
"negative_prices":"yes"                           |negative_prices: must be true or false
""")
  void wrongExtra_isNamedByItsPath(String field, String message) {
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> read(flat(field)))
        .withMessageStartingWith(message);
  }

  @Test
  void occupancyCapAndCeiling_areNotBothAllowed() {
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(
            () ->
                read(
                    flat(
                        "\"occupancy\":{\"price\":1,\"step_size\":1,\"max_price\":3},"
                            + "\"ceilings\":[{\"dimension\":\"OCCUPANCY\",\"price\":1}]")))
        .withMessage("ceilings[0].dimension: has a ceiling already");
  }

  @Test
  void tiersWithoutCalendar_areRefused() {
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> read(ELEMENTS + ",\"negative_prices\":true"))
        .withMessage(
            "elements[0].restrictions.calendar_tiers: needs a calendar or calendar_id in the"
                + " tariff");
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> read(ELEMENTS.replace("\"SHARP\",\"PEAK\"", "") + "," + EXTRAS))
        .withMessage(
            "elements[0].restrictions.calendar_tiers: must not be empty, else it never matches");
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> read(ELEMENTS.replace("SHARP", "BLUNT") + "," + EXTRAS))
        .withMessageStartingWith(
            "elements[0].restrictions.calendar_tiers[0]: must be one of [SHARP");
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> read(ELEMENTS + "," + EXTRAS + ",\"calendar_id\":3"))
        .withMessage("calendar_id: only one of calendar_id and calendar");
  }

  @Test
  void negativePrice_needsTheFlag() {
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> read(ELEMENTS + "," + EXTRAS.replace(",\"negative_prices\":true", "")))
        .withMessage(
            "elements[0].price_components[0].price: must not be negative without negative_prices");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
"""
{"seasons":[]}                                    |name: is required
{"name":""}                                       |seasons: is required
{"name":"","seasons":[{"days":DAY}]}              |name: must not be empty
{"name":"x","seasons":[]}                         |seasons: must not be empty
{"name":"x","seasons":[{"days":[]}]}              |seasons[0].days: must not be empty
{"name":"x","seasons":[{"from":"01-01","days":DAY}]} |seasons[0].to: is required
{"name":"x","seasons":[{"to":"01-01","days":DAY}]} |seasons[0].from: is required
{"name":"x","seasons":[{"from":"02-30","to":"03-01","days":DAY}]} |seasons[0].from: must be a day of the year
{"name":"x","seasons":[{"from":"01-01","to":"12-30","days":DAY}]} |seasons: 12-31 is in no season
{"name":"x","seasons":[{"from":"03-01","to":"02-28","days":DAY}]} |seasons: 02-29 is in no season
{"name":"x","seasons":[{"days":[{"day_of_week":["MONDAY"],"slots":[{"from":"00:00","tier":"FLAT"}]}]}]} |seasons[0].days: no row is for TUESDAY
{"name":"x","seasons":[{"days":[{"slots":[]}]}]}  |seasons[0].days[0].slots: must not be empty
{"name":"x","seasons":[{"days":[{"slots":[{"from":"01:00","tier":"FLAT"}]}]}]} |seasons[0].days[0].slots[0].from: must be 00:00
{"name":"x","seasons":[{"days":[{"slots":[{"from":"00:00","tier":"FLAT"},{"from":"00:15","tier":"FLAT"}]}]}]} |seasons[0].days[0].slots[1].from: must be a full or half hour
{"name":"x","seasons":[{"days":[{"slots":[{"from":"00:00","tier":"FLAT"},{"from":"00:00","tier":"FLAT"}]}]}]} |seasons[0].days[0].slots[1].from: must be after the slot before
{"name":"x","seasons":[{"days":[{"slots":[{"from":"00:00","tier":"HIGH"}]}]}]} |seasons[0].days[0].slots[0].tier: must be one of [SHARP
{"name":"x","seasons":[{"days":DAY}],"holidays":[{"date":"2026-02-30","slots":[]}]} |holidays[0].date: must be a date
{"name":"x","seasons":[{"days":DAY}],"holidays":[{"date":"2026-02-03","slots":[]}]} |holidays[0].slots: must not be empty
{"name":"x","seasons":[{"days":DAY}],"year":2026} |year: unknown field
""")
  void wrongCalendar_isNamedByItsPath(String json, String message) {
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> calendar(json.replace(":DAY", ":" + DAY)))
        .withMessageStartingWith(message);
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> read(flat("\"calendar\":" + json.replace(":DAY", ":" + DAY))))
        .withMessageStartingWith("calendar." + message);
  }

  @Test
  void tooMuchOfACalendar_isRefused() {
    String season = "{\"days\":" + DAY + "}";
    String holiday = "{\"date\":\"2026-01-01\",\"slots\":[{\"from\":\"00:00\",\"tier\":\"FLAT\"}]}";

    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> calendar("{\"name\":\"x\",\"seasons\":[" + many(season, 13) + "]}"))
        .withMessage("seasons: must have at most 12");
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(
            () ->
                calendar(
                    "{\"name\":\"x\",\"seasons\":[%s],\"holidays\":[%s]}"
                        .formatted(season, many(holiday, 401))))
        .withMessage("holidays: must have at most 400");
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(
            () ->
                calendar(
                    "{\"name\":\"x\",\"seasons\":[%s],\"holidays\":[%s]}"
                        .formatted(season, many(holiday, 2))))
        .withMessage("holidays[1].date: is there already");
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(
            () -> calendar("{\"name\":\"%s\",\"seasons\":[%s]}".formatted("x".repeat(101), season)))
        .withMessage("name: must have at most 100 characters");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
"""
{"tier":{"id":1,"name":"x","discounts":[{"percent":101}],"funder":"site"}} |tier.discounts[0].percent: must be a percentage
{"tier":{"id":1,"name":"x","discounts":[],"funder":"me"}} |tier.funder: must be one of [platform, operator, site]
{"tier":{"id":1,"name":"x","discounts":[]}}       |tier.funder: is required
{"coupons":[{"coupon_id":1,"name":"x","kind":"GIFT","value":1,"funder":"site"}]} |coupons[0].kind: must be one of [AMOUNT
{"coupons":[{"coupon_id":1,"name":"x","kind":"AMOUNT","value":0,"funder":"site"}]} |coupons[0].value: must be above 0
{"coupons":[{"coupon_id":1,"name":"x","kind":"PERCENT","value":200,"funder":"site"}]} |coupons[0].value: must be a percentage
{"coupons":[{"coupon_id":1,"name":"x","kind":"AMOUNT","value":1,"costs":["WATER"],"funder":"site"}]} |coupons[0].costs[0]: must be one of [ENERGY
{"points":{"most":-1,"value":1,"max_percent":1,"funder":"site"}} |points.most: must be from 0
{"points":{"most":1,"value":0,"max_percent":1,"funder":"site"}} |points.value: must be above 0
{"gift":1}                                        |gift: unknown field
""")
  void wrongTerms_areNamedByTheirPath(String json, String message) {
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(() -> DriverTerms.parse(json))
        .withMessageStartingWith(message);
  }

  private static String many(String text, int times) {
    return IntStream.range(0, times).mapToObj(i -> text).collect(Collectors.joining(","));
  }

  @Test
  void taxInATariffWithout_isRefusedInOccupancyToo() {
    assertThatExceptionOfType(InvalidInputException.class)
        .isThrownBy(
            () ->
                read(
                    flat(
                        "\"tax_included\":\"N/A\","
                            + "\"occupancy\":{\"price\":1,\"vat\":6,\"step_size\":1}")))
        .withMessage("occupancy.vat: must be absent when tax_included is N/A");
    assertThat(read(flat("\"negative_prices\":false")).extras()).isEqualTo(TariffExtras.NONE);
    assertThat(TariffExtras.NONE.ceilings()).isEqualTo(List.of());
  }
}
