package org.ampay.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.ampay.store.TestDatabase;
import org.ampay.web.WebFixture.Reply;
import org.ampay.web.people.People.PeopleException;
import org.ampay.web.people.Role;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tariffs, calendars, assignments and approvals over real HTTP. */
class TariffApiTest {

  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private static final String TARIFF =
      """
      {"currency":"CNY","elements":[{"price_components":[
        {"type":"ENERGY","price":1.00,"step_size":1}]}]}
      """;
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
  private static int lastStation;

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

  @BeforeEach
  void nobodyApproves() {
    approval(false);
    web.time.advance(Duration.ofMinutes(1));
  }

  private static void approval(boolean needed) {
    Reply set = web.call(own, "PUT", "/tariffs/settings", "{\"approval\":" + needed + "}");
    assertThat(set.status()).as(set.text()).isEqualTo(200);
  }

  private static long tariff() {
    return id(web.post(own, "/tariffs", TARIFF));
  }

  private static long id(Reply made) {
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    return made.body().at("/id").asLong();
  }

  private static String station() {
    String identity = "TA-" + ++lastStation;
    assertThat(web.post(own, "/stations", "{\"id\":\"" + identity + "\"}").status()).isEqualTo(201);
    return identity;
  }

  private static long assign(long tariff, String body) {
    return id(web.post(own, "/tariffs/" + tariff + "/assignments", body));
  }

  private static JsonNode applicable(String station) {
    Reply reply = web.get(own, "/tariffs/applicable?station=" + station);
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    return reply.body();
  }

  private static ObjectNode body(String json) {
    try {
      return (ObjectNode) WebFixture.JSON.readTree(json);
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`{\"currency\":\"cny\"}`|currency",
        "`{\"currency\":null}`|currency",
        "`{\"elements\":[]}`|elements",
        "`{\"elements\":[{\"price_components\":[]}]}`|elements[0].price_components",
        "`{\"elements\":[{\"price_components\":[{\"type\":\"ENERGY\",\"price\":-1,\"step_size\":1}]}]}`|elements[0].price_components[0].price",
        "`{\"elements\":[{\"price_components\":[{\"type\":\"ENERGY\",\"price\":1,\"step_size\":0}]}]}`|elements[0].price_components[0].step_size",
        "`{\"elements\":[{\"price_components\":[{\"type\":\"SERVICE\",\"price\":1,\"step_size\":0}]}]}`|elements[0].price_components[0].step_size",
        "`{\"elements\":[{\"price_components\":[{\"type\":\"GAS\",\"price\":1,\"step_size\":1}]}]}`|elements[0].price_components[0].type",
        "`{\"elements\":[{\"price_components\":[{\"type\":\"FLAT\",\"price\":1,\"step_size\":1,\"vat\":101}]}]}`|elements[0].price_components[0].vat",
        "`{\"elements\":[{\"price_components\":[{\"type\":\"FLAT\",\"price\":1,\"step_size\":1}],\"restrictions\":{\"start_time\":\"08:00\",\"end_time\":\"08:00\"}}]}`|elements[0].restrictions.end_time",
        "`{\"elements\":[{\"price_components\":[{\"type\":\"FLAT\",\"price\":1,\"step_size\":1}],\"restrictions\":{\"calendar_tiers\":[\"PEAK\"]}}]}`|elements[0].restrictions.calendar_tiers",
        "`{\"calendar_id\":\"x\"}`|calendar_id",
        "`{\"calendar_id\":424242}`|calendar_id",
        "`{\"calendar\":{\"name\":\"x\",\"seasons\":[]}}`|calendar.seasons",
        "`{\"occupancy\":{\"price\":6,\"step_size\":0}}`|occupancy.step_size",
        "`{\"valid_from\":\"soon\"}`|valid_from",
        "`{\"valid_from\":\"1999-01-01T00:00:00Z\"}`|valid_from",
        "`{\"name\":\"\"}`|name",
        "`{\"name\":[]}`|name",
        "`{\"min_price\":{\"excl_vat\":9},\"max_price\":{\"excl_vat\":1}}`|min_price",
        "`{\"start_date_time\":\"2026-02-01T00:00:00Z\",\"end_date_time\":\"2026-01-01T00:00:00Z\"}`|end_date_time",
        "`{\"colour\":1}`|colour",
      })
  void everyInvalidField_isNamed(String change, String field) {
    ObjectNode tariff = body(TARIFF);
    tariff.setAll(body(change));
    Reply refused = web.post(own, "/tariffs", tariff.toString());
    assertThat(refused.status()).as(refused.text()).isEqualTo(400);
    assertThat(refused.field()).as(refused.text()).isEqualTo(field);
    String path = "/tariffs/" + tariff();
    assertThat(web.call(own, "PUT", path, tariff.toString()).field()).isEqualTo(field);
    assertThat(web.get(own, path).body().at("/version").asInt()).isEqualTo(1);
  }

  @Test
  void tooManyElements_areRefused() {
    ObjectNode tariff = body(TARIFF);
    ArrayNode elements = (ArrayNode) tariff.get("elements");
    while (elements.size() <= 250) {
      elements.add(elements.get(0));
    }
    assertThat(web.post(own, "/tariffs", tariff.toString()).field()).isEqualTo("elements");
  }

  @Test
  void plannedVersion_isShownAndPriced() {
    long id = tariff();
    String path = "/tariffs/" + id;
    String next =
        TARIFF
            .replace("1.00", "3.00")
            .replaceFirst("\\{", "{\"valid_from\":\"2027-01-01T00:00:00Z\",\"name\":\"Next\",");
    Reply planned = web.call(own, "PUT", path, next, "idempotency-key", "plan-" + id);
    assertThat(planned.body().at("/state").asText()).isEqualTo("planned");
    assertThat(planned.body().at("/valid_from").asText()).startsWith("2027-01-01T00:00:00");
    assertThat(planned.body().at("/version_in_force").asInt()).isEqualTo(1);
    assertThat(planned.body().at("/name").asText()).isEqualTo("Next");
    assertThat(web.call(own, "PUT", path, next, "idempotency-key", "plan-" + id).text())
        .isEqualTo(planned.text());
    JsonNode versions = web.get(own, path).body().at("/versions");
    assertThat(versions.findValuesAsText("version")).containsExactly("2", "1");
    assertThat(versions.findValuesAsText("state")).containsExactly("planned", "in_force");

    assertThat(price(id, "").body().at("/rounded/incl").asText()).isEqualTo("10.00");
    assertThat(price(id, ",\"version\":2").body().at("/rounded/incl").asText()).isEqualTo("30.00");
    assertThat(price(id, ",\"version\":3").field()).isEqualTo("version");
    assertThat(price(id, ",\"version\":\"a\"").field()).isEqualTo("version");
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
  void assignments_ofMany_areAllOrNone() {
    long id = tariff();
    String path = "/tariffs/" + id + "/assignments";
    List<String> stations = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      stations.add(station());
    }
    web.post(own, "/sites", "{\"code\":\"bulk\"}");
    String list = "\"" + String.join("\",\"", stations) + "\"";
    Reply wrong = web.post(own, path, "{\"stations\":[" + list + ",\"NOBODY\"]}");
    assertThat(wrong.field()).isEqualTo("stations[20]");
    assertThat(web.post(own, path, "{\"stations\":[\"TA-1\",\"TA-1\"]}").field())
        .isEqualTo("stations[1]");
    assertThat(web.post(own, path, "{\"stations\":[]}").field()).isEqualTo("stations");
    assertThat(web.post(own, path, "{\"stations\":\"TA-1\"}").field()).isEqualTo("stations");
    assertThat(web.post(own, path, "{\"sites\":[\"bulk\",7]}").field()).isEqualTo("sites[1]");
    assertThat(web.post(own, path, "{\"stations\":[\"TA-1\"],\"site\":\"bulk\"}").field())
        .isEqualTo("site");
    ObjectNode many = body("{}");
    ArrayNode targets = many.putArray("stations");
    for (int i = 0; i <= 1_000; i++) {
      targets.add("X" + i);
    }
    assertThat(web.post(own, path, many.toString()).field()).isEqualTo("stations");
    assertThat(web.get(own, "/tariffs/" + id).body().at("/assignments").size()).isZero();

    Reply made =
        web.post(
            own,
            path,
            "{\"stations\":["
                + list
                + "],\"sites\":[\"bulk\"],\"valid_from\":\"2026-01-01T00:00:00Z\","
                + "\"valid_to\":\"2026-12-31T00:00:00Z\",\"priority\":3}");
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    assertThat(made.body().at("/count").asInt()).isEqualTo(21);
    assertThat(made.body().at("/items").findValuesAsText("target"))
        .contains(stations.getFirst(), stations.getLast(), "bulk");
    assertThat(made.body().at("/items/0/assignment/valid_to").asText())
        .startsWith("2026-12-31T00:00:00");
    for (String station : stations) {
      assertThat(applicable(station).at("/applies/id").asLong()).isEqualTo(id);
    }
    Reply page = web.get(own, "/tariffs/" + id + "/assignments?limit=20");
    assertThat(page.body().at("/items").size()).isEqualTo(20);
    String next = page.body().at("/next").asText();
    assertThat(
            web.get(own, "/tariffs/" + id + "/assignments?limit=20&cursor=" + next)
                .body()
                .at("/items")
                .size())
        .isEqualTo(1);
    Reply reach = web.get(own, "/tariffs/" + id + "/reach?limit=15");
    assertThat(reach.body().at("/count").asInt()).isEqualTo(20);
    assertThat(reach.body().at("/items").size()).isEqualTo(15);
    Reply rest =
        web.get(
            own, "/tariffs/" + id + "/reach?limit=15&cursor=" + reach.body().at("/next").asText());
    assertThat(rest.body().at("/items").size()).isEqualTo(5);
    assertThat(rest.body().at("/next").isNull()).isTrue();
  }

  @Test
  void whatApplies_isExplained() {
    String station = station();
    long driver = id(web.post(own, "/drivers", "{\"name\":\"Li\"}"));
    long general = tariff();
    long special = tariff();
    long contract = tariff();
    assign(general, "{\"operator\":1,\"valid_from\":\"2026-01-01T00:00:00Z\"}");
    long here =
        assign(
            special, "{\"station\":\"" + station + "\",\"valid_from\":\"2026-01-01T00:00:00Z\"}");
    assign(contract, "{\"driver\":" + driver + ",\"valid_from\":\"2026-01-01T00:00:00Z\"}");
    JsonNode plain = applicable(station);
    assertThat(plain.at("/applies/id").asLong()).isEqualTo(special);
    assertThat(plain.at("/candidates/0/reason").asText()).isEqualTo("wins");
    assertThat(plain.at("/candidates/1/reason").asText()).isEqualTo("less_specific");
    assertThat(plain.at("/candidates/1/tariff").asLong()).isEqualTo(general);
    JsonNode his = applicable(station + "&driver=" + driver);
    assertThat(his.at("/applies/id").asLong()).isEqualTo(contract);
    assertThat(his.at("/candidates").size()).isEqualTo(3);
    assertThat(applicable(station + "&at=2025-01-01T00:00:00Z").at("/applies").isNull()).isTrue();
    assertThat(applicable(station + "&at=2030-01-01T00:00:00Z").at("/applies/id").asLong())
        .isEqualTo(special);
    assertThat(applicable(station + "&at=2026-02-01T00:00:00Z").at("/candidates/0/reason").asText())
        .isEqualTo("not_yet_received");

    web.time.advance(Duration.ofSeconds(1));
    String path = "/tariffs/" + special + "/assignments/" + here;
    assertThat(web.call(other, "DELETE", path, null).status()).isEqualTo(404);
    Reply ended = web.call(own, "DELETE", path, null);
    assertThat(ended.status()).as(ended.text()).isEqualTo(200);
    assertThat(ended.body().at("/ends_at").isNull()).isFalse();
    assertThat(web.call(own, "DELETE", path, null).status()).isEqualTo(400);
    assertThat(applicable(station).at("/applies/id").asLong()).isEqualTo(general);
    assertThat(applicable(station).at("/candidates/0/reason").asText()).isEqualTo("ended");
    long again = assign(special, "{\"station\":\"" + station + "\"}");
    String end = "/tariffs/" + special + "/assignments/" + again + "/end";
    assertThat(web.post(own, end, "{\"at\":\"2026-01-01T00:00:00Z\"}").field()).isEqualTo("at");
    assertThat(web.post(own, end, "{\"at\":\"2028-01-01T00:00:00Z\"}").status()).isEqualTo(200);
    assertThat(applicable(station).at("/applies/id").asLong()).isEqualTo(special);

    assertThat(web.get(own, "/tariffs/applicable").field()).isEqualTo("station");
    assertThat(web.get(other, "/tariffs/applicable?station=" + station).field())
        .isEqualTo("station");
    assertThat(web.get(own, "/tariffs/applicable?station=" + station + "&driver=9").field())
        .isEqualTo("driver");
  }

  @Test
  void proposals_waitForAnotherPerson_andAKeyCountsAsItsOwner() {
    String suffix = "-" + System.nanoTime() + "@a.example";
    for (String name : List.of("anna", "bob")) {
      web.people.createUser(name + suffix, Role.TARIFF_MANAGER, 1L, "a long password", "test");
    }
    assertThatExceptionOfType(PeopleException.class)
        .isThrownBy(() -> keyOf("nobody" + suffix))
        .withMessageStartingWith("owner: ");
    String annas = keyOf("anna" + suffix);
    String annasOther = keyOf("anna" + suffix);
    String bobs = keyOf("bob" + suffix);
    String station = station();
    long id = tariff();
    String path = "/tariffs/" + id;
    assign(id, "{\"station\":\"" + station + "\",\"valid_from\":\"2026-01-01T00:00:00Z\"}");
    assertThat(web.call(annas, "PUT", "/tariffs/settings", "{\"approval\":true}").status())
        .isEqualTo(403);
    approval(true);
    Reply proposed = web.call(annas, "PUT", path, TARIFF.replace("1.00", "9.00"));
    assertThat(proposed.body().at("/state").asText()).isEqualTo("proposed");
    assertThat(proposed.body().at("/version_in_force").asInt()).isEqualTo(1);
    String approval = path + "/versions/2/approval";
    String yes = "{\"decision\":\"approve\",\"note\":\"gut\"}";
    assertThat(web.get(annas, "/tariffs/approvals").text()).contains(approval);
    assertThat(web.post(annas, approval, yes).status()).isEqualTo(403);
    assertThat(web.post(annasOther, approval, yes).status()).isEqualTo(403);
    assertThat(web.post(other, approval, yes).status()).isEqualTo(404);
    assertThat(web.post(bobs, approval, "{\"decision\":\"maybe\"}").field()).isEqualTo("decision");
    assertThat(web.post(bobs, path + "/versions/1/approval", yes).status()).isEqualTo(409);
    assertThat(web.post(bobs, path + "/versions/0/approval", yes).status()).isEqualTo(404);
    assertThat(web.post(bobs, path + "/versions/3/approval", yes).status()).isEqualTo(404);
    assertThat(applicable(station).at("/applies/version").asInt()).isEqualTo(1);
    Reply done = web.post(bobs, approval, yes);
    assertThat(done.status()).as(done.text()).isEqualTo(200);
    assertThat(web.post(bobs, approval, yes).status()).isEqualTo(409);
    assertThat(applicable(station).at("/applies/version").asInt()).isEqualTo(2);
    assertThat(web.get(own, path).body().at("/versions/0/approval/note").asText()).isEqualTo("gut");
    assertThat(web.audit.list(1, Long.MAX_VALUE, 1_000))
        .filteredOn(entry -> entry.subject().equals("tariff:" + id))
        .extracting(entry -> entry.action())
        .containsExactly("tariff.approve", "tariff.version", "tariff.assign", "tariff.create");

    web.post(own, "/sites", "{\"code\":\"prop\"}");
    Reply two =
        web.post(
            annas,
            path + "/assignments",
            "{\"stations\":[\"" + station + "\"],\"sites\":[\"prop\"]}");
    String first = two.body().at("/items/0/assignment/id").asText();
    String second = two.body().at("/items/1/assignment/id").asText();
    String both = "{\"decision\":\"reject\",\"assignments\":[" + first + "," + second + "]}";
    assertThat(web.post(annas, path + "/assignments/approval", both).status()).isEqualTo(403);
    assertThat(web.post(bobs, path + "/assignments/approval", both).status()).isEqualTo(200);
    assertThat(web.post(bobs, path + "/assignments/" + first + "/approval", yes).status())
        .isEqualTo(409);
    assertThat(web.get(own, path).body().at("/assignments/0/approval/state").asText())
        .isEqualTo("rejected");

    long calendar = id(web.post(annas, "/calendars", CALENDAR));
    String ofCalendar = "/calendars/" + calendar + "/versions/1/approval";
    assertThat(web.post(annas, ofCalendar, yes).status()).isEqualTo(403);
    assertThat(web.post(bobs, ofCalendar, yes).status()).isEqualTo(200);
    assertThat(web.get(own, "/calendars/" + calendar).body().at("/state").asText())
        .isEqualTo("in_force");
  }

  private static String keyOf(String email) {
    return web.people.createKey("of " + email, Role.TARIFF_MANAGER, 1L, email, "test").plaintext();
  }

  @Test
  void nothing_isDoneWithoutItsAuditEntry() {
    String station = station();
    long id = tariff();
    String path = "/tariffs/" + id;
    long assignment = assign(id, "{\"station\":\"" + station + "\"}");
    long calendar = id(web.post(own, "/calendars", CALENDAR));
    approval(true);
    String proposer = web.key(Role.TARIFF_MANAGER, 1L);
    web.call(proposer, "PUT", path, TARIFF);
    String yes = "{\"decision\":\"approve\"}";
    DATABASE.dsl().execute("RENAME TABLE audit_entry TO audit_entry_away");
    try {
      fails(web.post(own, path + "/versions/2/approval", yes));
      fails(web.call(own, "DELETE", path + "/assignments/" + assignment, null));
      fails(web.post(own, path + "/assignments", "{\"stations\":[\"" + station + "\"]}"));
      fails(web.post(own, "/calendars", CALENDAR));
      fails(web.call(own, "PUT", "/calendars/" + calendar, CALENDAR));
      fails(web.call(own, "PUT", "/tariffs/settings", "{\"approval\":false}"));
    } finally {
      DATABASE.dsl().execute("RENAME TABLE audit_entry_away TO audit_entry");
    }
    JsonNode after = web.get(own, path).body();
    assertThat(after.at("/state").asText()).isEqualTo("proposed");
    assertThat(after.at("/assignments").size()).isEqualTo(1);
    assertThat(after.at("/assignments/0/endings").size()).isZero();
    assertThat(web.get(own, "/calendars/" + calendar).body().at("/version").asInt()).isEqualTo(1);
    assertThat(web.get(own, "/tariffs/settings").body().at("/approval").asBoolean()).isTrue();
    assertThat(web.post(own, path + "/versions/2/approval", yes).status()).isEqualTo(200);
  }

  private static void fails(Reply reply) {
    assertThat(reply.status()).as(reply.text()).isGreaterThanOrEqualTo(500);
  }

  @Test
  void platformTariff_isAssignedEverywhere() {
    String json = TARIFF.replaceFirst("\\{", "{\"operator\":0,\"name\":\"Platform\",");
    long id = id(web.post(admin, "/tariffs", json));
    Reply made =
        web.post(
            admin,
            "/tariffs/" + id + "/assignments",
            "{\"platform\":true,\"valid_from\":\"2026-01-01T00:00:00Z\",\"priority\":-5}");
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    String station = station();
    assertThat(applicable(station).at("/candidates").findValuesAsText("tariff"))
        .contains(Long.toString(id));
    assertThat(
            web.post(own, "/tariffs/" + tariff() + "/assignments", "{\"platform\":true}").field())
        .isEqualTo("platform");
    web.post(other, "/stations", "{\"id\":\"EURO-1\"}");
    JsonNode euro = web.get(other, "/tariffs/applicable?station=EURO-1").body();
    assertThat(euro.at("/candidates/0/reason").asText()).isEqualTo("other_currency");
    assertThat(euro.at("/applies").isNull()).isTrue();
  }
}
