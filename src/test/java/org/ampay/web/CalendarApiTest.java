package org.ampay.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import org.ampay.store.TestDatabase;
import org.ampay.web.WebFixture.Reply;
import org.ampay.web.people.Role;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Time-of-use calendars over real HTTP. */
class CalendarApiTest {

  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private static final String CALENDAR =
      """
      {"name":"浙江 2026","seasons":[
        {"name":"夏","from":"07-01","to":"08-31","days":[{"slots":[
          {"from":"00:00","tier":"VALLEY"},{"from":"08:00","tier":"PEAK"}]}]},
        {"days":[{"slots":[{"from":"00:00","tier":"FLAT"}]}]}],
       "holidays":[{"date":"2026-10-01","name":"国庆","slots":[
         {"from":"00:00","tier":"DEEP_VALLEY"}]}]}
      """;

  private static WebFixture web;
  private static String admin;
  private static String own;
  private static String other;

  @BeforeAll
  static void start() {
    web = new WebFixture(DATABASE.database());
    web.otherOperator(2);
    admin = web.key(Role.ADMIN, null);
    own = web.key(Role.OPERATOR_ADMIN, 1L);
    other = web.key(Role.OPERATOR_ADMIN, 2L);
  }

  @AfterAll
  static void stop() {
    web.close();
  }

  private static long id(Reply made) {
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    return made.body().at("/id").asLong();
  }

  private static ObjectNode body(String json) {
    try {
      return (ObjectNode) WebFixture.JSON.readTree(json);
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  private static Reply price(long tariff, String more) {
    return web.post(
        own,
        "/tariffs/price",
        "{\"tariff_id\":"
            + tariff
            + more
            + ",\"session\":{\"time_zone\":\"Asia/Shanghai\",\"segments\":[{"
            + "\"from\":\"2026-07-01T02:00:00Z\",\"to\":\"2026-07-01T03:00:00Z\","
            + "\"state\":\"CHARGING\",\"kwh\":10}]}}");
  }

  @Test
  void calendar_isMadeSharedChangedAndResolved() {
    Reply made = web.post(own, "/calendars", CALENDAR);
    long calendar = id(made);
    assertThat(made.body().at("/calendar/seasons/0/days/0/slots/1/tier").asText())
        .isEqualTo("PEAK");
    String tiered =
        """
        {"currency":"CNY","calendar_id":%d,"elements":[
          {"price_components":[{"type":"ENERGY","price":2,"step_size":1}],
           "restrictions":{"calendar_tiers":["PEAK"]}},
          {"price_components":[{"type":"ENERGY","price":1,"step_size":1}]}]}
        """
            .formatted(calendar);
    long one = id(web.post(own, "/tariffs", tiered));
    id(web.post(own, "/tariffs", tiered));
    String path = "/calendars/" + calendar;
    assertThat(web.get(own, path).body().at("/tariffs").size()).isEqualTo(2);
    assertThat(web.get(own, "/tariffs/" + one).body().at("/tariff/calendar_id").asLong())
        .isEqualTo(calendar);
    assertThat(price(one, "").body().at("/rounded/incl").asText()).isEqualTo("20.00");

    web.time.advance(Duration.ofSeconds(1));
    Reply changed = web.call(own, "PUT", path, CALENDAR.replace("08:00", "20:30"));
    assertThat(changed.body().at("/version").asInt()).as(changed.text()).isEqualTo(2);
    assertThat(price(one, "").body().at("/rounded/incl").asText()).isEqualTo("10.00");
    Reply draft =
        web.post(
            own,
            "/tariffs/price",
            "{\"tariff\":"
                + tiered
                + ",\"session\":{\"time_zone\":\"Asia/Shanghai\",\"segments\":[{"
                + "\"from\":\"2026-07-01T13:00:00Z\",\"to\":\"2026-07-01T14:00:00Z\","
                + "\"state\":\"CHARGING\",\"kwh\":10}]}}");
    assertThat(draft.body().at("/rounded/incl").asText()).as(draft.text()).isEqualTo("20.00");
    assertThat(web.get(own, path).body().at("/versions").findValuesAsText("state"))
        .containsExactly("in_force", "replaced");

    assertThat(web.get(other, path).status()).isEqualTo(404);
    assertThat(web.call(other, "PUT", path, CALENDAR).status()).isEqualTo(404);
    assertThat(web.post(other, "/tariffs", tiered.replace("CNY", "EUR")).field())
        .isEqualTo("calendar_id");
    assertThat(
            web.post(
                    other,
                    "/tariffs/price",
                    "{\"tariff\":"
                        + tiered
                        + ",\"session\":{\"time_zone\":\"UTC\",\"segments\":[]}}")
                .field())
        .isEqualTo("tariff.calendar_id");
  }

  @Test
  void calendarOfThePlatform_isForAll_andOnlyThePlatformChangesIt() {
    ObjectNode draft = body(CALENDAR);
    draft.put("operator", 0);
    long calendar = id(web.post(admin, "/calendars", draft.toString()));
    String path = "/calendars/" + calendar;
    assertThat(web.get(own, path).body().at("/operator").asLong()).isZero();
    assertThat(web.get(other, "/calendars").text()).contains("\"id\":" + calendar);
    assertThat(web.call(own, "PUT", path, CALENDAR).status()).isEqualTo(404);
    assertThat(web.call(admin, "PUT", path, CALENDAR).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`{\"name\":\"\"}`|name",
        "`{\"seasons\":[]}`|seasons",
        "`{\"seasons\":[{\"from\":\"01-01\",\"to\":\"06-30\",\"days\":[{\"slots\":[{\"from\":\"00:00\",\"tier\":\"FLAT\"}]}]}]}`|seasons",
        "`{\"seasons\":[{\"days\":[{\"slots\":[{\"from\":\"00:15\",\"tier\":\"FLAT\"}]}]}]}`|seasons[0].days[0].slots[0].from",
        "`{\"seasons\":[{\"days\":[{\"slots\":[{\"from\":\"00:00\",\"tier\":\"MILD\"}]}]}]}`|seasons[0].days[0].slots[0].tier",
        "`{\"holidays\":[{\"date\":\"2026-02-30\",\"slots\":[]}]}`|holidays[0].date",
        "`{\"valid_from\":\"2027-01-01T00:00:00Z\"}`|valid_from",
        "`{\"operator\":[]}`|operator",
        "`{\"colour\":1}`|colour",
      })
  void everyInvalidFieldOfACalendar_isNamed(String change, String field) {
    ObjectNode calendar = body(CALENDAR);
    calendar.setAll(body(change));
    Reply refused = web.post(own, "/calendars", calendar.toString());
    assertThat(refused.status()).as(refused.text()).isEqualTo(400);
    assertThat(refused.field()).as(refused.text()).isEqualTo(field);
  }
}
