package org.ampay.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.ampay.audit.AuditLog.Verification;
import org.ampay.station.CommandOutcome;
import org.ampay.station.Protocol;
import org.ampay.station.StationInfo;
import org.ampay.store.TestDatabase;
import org.ampay.web.WebFixture.Reply;
import org.ampay.web.people.Role;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every call of the API over real HTTP. */
class ApiTest {

  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private static final String TARIFF =
      """
      {"currency":"CNY","elements":[{"price_components":[
        {"type":"ENERGY","price":1.00,"step_size":1},{"type":"FLAT","price":0.50,"step_size":1}]}]}
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

  @Test
  void station_isMadeWithLittle_readChangedDeleted() {
    Reply made = web.post(own, "/stations", "{\"id\":\"CP 1\"}");
    assertThat(made.status()).isEqualTo(400);
    assertThat(made.field()).isEqualTo("id");

    made = web.post(own, "/stations", "{\"id\":\"CP1\"}");
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    assertThat(made.body().at("/evses/0/connectors/0/type").asText()).isEqualTo("IEC_62196_T2");
    assertThat(made.body().at("/connected").asBoolean()).isFalse();

    assertThat(web.post(own, "/stations", "{\"id\":\"CP1\"}").status()).isEqualTo(409);
    Reply changed = web.call(own, "PATCH", "/stations/CP1", "{\"name\":\"入口左侧\"}");
    assertThat(changed.body().at("/name").asText()).isEqualTo("入口左侧");
    assertThat(web.call(own, "DELETE", "/stations/CP1", null).status()).isEqualTo(204);
    assertThat(web.get(own, "/stations/CP1").status()).isEqualTo(404);
  }

  @Test
  void station_withFullInventory_isStoredAsSent() {
    web.post(
        own, "/sites", "{\"code\":\"east\",\"name\":\"East\",\"time_zone\":\"Asia/Shanghai\"}");
    Reply made =
        web.post(
            own,
            "/stations",
            """
            {"id":"FULL-1","site":"east","name":"Full","security_profile":1,
             "evses":[{"id":1,"connectors":[{"id":1,"type":"IEC_62196_T2_COMBO"}],
                       "max_power_w":120000},
                      {"id":2,"connectors":[{"id":1,"type":"GBT_DC"},{"id":2,"type":"GBT_AC"}]}]}
            """);
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    assertThat(made.body().at("/password").asText()).hasSize(20);
    assertThat(made.body().at("/site_code").asText()).isEqualTo("east");
    assertThat(made.body().at("/evses/0/current_type").asText()).isEqualTo("DC");
    assertThat(made.body().at("/evses/1/connectors/1/id").asInt()).isEqualTo(2);
    Reply read = web.get(own, "/stations/FULL-1");
    assertThat(read.body().at("/password").isNull()).isTrue();
    assertThat(read.body().at("/security_profile").asInt()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "/stations|{\"id\":\"X\",\"colour\":\"red\"}|colour",
        "/stations|{\"id\":7}|id",
        "/stations|{}|id",
        "/stations|{\"id\":\"X\",\"evses\":[{\"connectors\":[{\"type\":9}]}]}|evses[0].connectors[0].type",
        "/stations|{\"id\":\"X\",\"evses\":[{\"max_power_w\":-1}]}|evses[0].max_power_w",
        "/stations|{\"id\":\"X\",\"evses\":[{\"id\":1},{\"id\":1}]}|evses[1].id",
        "/stations|{\"id\":\"X\",\"evses\":{}}|evses",
        "/stations|{\"id\":\"X\",\"name\":\"a\\u0000b\"}|name",
        "/stations|{\"id\":\"X\",\"site\":\"nowhere\"}|site",
        "/stations|{\"id\":\"X\",\"security_profile\":1.5}|security_profile",
        "/stations|{\"id\":\"X\",\"password\":\"short\"}|password",
        "/sites|{\"code\":\"a b\"}|code",
        "/sites|{\"code\":\"z\",\"time_zone\":\"Mars/Olympus\"}|time_zone",
        "/tokens|{\"uid\":\"1234567890123456789012345678901234567\"}|uid",
        "/tokens|{\"uid\":\"T\",\"type\":\"RFID\"}|type",
        "/tokens|{\"uid\":\"T\",\"expiry\":\"tomorrow\"}|expiry",
        "/tokens|{\"uid\":\"T\",\"expiry\":1700000000}|expiry",
        "/tokens|{\"uid\":\"T\",\"blocked\":\"yes\"}|blocked",
        "/tokens|{\"uid\":\"T\",\"driver\":999999}|driver",
        "/drivers|{\"name\":\"\"}|name",
        "/tariffs|{\"currency\":\"CNY\",\"elements\":[]}|elements",
        "/tariffs|{\"currency\":\"ZZZ\",\"elements\":[{\"price_components\":[{\"type\":\"FLAT\",\"price\":1,\"step_size\":1}]}]}|currency",
        "/tariffs|{\"currency\":\"CNY\",\"colour\":1,\"elements\":[]}|colour",
      })
  void badBody_namesTheField(String path, String body, String field) {
    Reply reply = web.post(own, path, body);
    assertThat(reply.status()).as(reply.text()).isEqualTo(400);
    assertThat(reply.field()).isEqualTo(field);
    assertThat(reply.raw().headers().firstValue("content-type"))
        .hasValue("application/problem+json");
    assertThat(reply.body().at("/type").asText()).isEqualTo("urn:ampay:problem:invalid-field");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {"{\"id\":", "[1]", "{\"id\":\"A\",\"id\":\"B\"}", "{\"id\":\"A\"} x", "null"})
  void brokenJson_is400(String body) {
    assertThat(web.post(own, "/stations", body).status()).isEqualTo(400);
  }

  @Test
  void tooLargeBody_is413_andTheServerGoesOn() {
    Reply reply = web.post(own, "/stations", "{\"id\":\"" + "x".repeat(2_000_000) + "\"}");
    assertThat(reply.status()).isEqualTo(413);
    assertThat(reply.body().at("/type").asText()).isEqualTo("urn:ampay:problem:too-large");
    assertThat(web.get(own, "/stations").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "/stations?limit=0,limit",
    "/stations?limit=1001,limit",
    "/stations?cursor=nonsense,cursor",
    "/stations?colour=red,colour",
    "/sessions?state=odd,state",
    "/sessions?from=yesterday,from"
  })
  void badQuery_namesTheParameter(String path, String field) {
    Reply reply = web.get(own, path);
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.field()).isEqualTo(field);
  }

  @Test
  void list_isPagedWithoutGapOrRepeat() {
    for (int i = 0; i < 7; i++) {
      web.post(own, "/tokens", "{\"uid\":\"PAGE-" + i + "\"}");
    }
    Set<String> seen = new HashSet<>();
    String cursor = "";
    do {
      JsonNode page = web.get(own, "/tokens?search=page-&limit=3" + cursor).body();
      assertThat(page.at("/items").size()).isLessThanOrEqualTo(3);
      page.at("/items").forEach(t -> assertThat(seen.add(t.at("/uid").asText())).isTrue());
      cursor = page.at("/next").isNull() ? "" : "&cursor=" + page.at("/next").asText();
    } while (!cursor.isEmpty());
    assertThat(seen).hasSize(7);
  }

  @Test
  void key_isNeeded_knownAndNotRevoked() {
    assertThat(web.get(null, "/stations").status()).isEqualTo(401);
    Reply wrong = web.get("ampay_" + "x".repeat(43), "/stations");
    assertThat(wrong.status()).isEqualTo(401);
    assertThat(wrong.raw().headers().firstValue("www-authenticate")).isPresent();
    String doomed = web.key(Role.VIEWER, 1L);
    assertThat(web.get(doomed, "/stations").status()).isEqualTo(200);
    long id = web.people.keys().getLast().id();
    assertThat(web.people.revokeKey(id, "test")).isTrue();
    assertThat(web.get(doomed, "/stations").status()).isEqualTo(401);
  }

  @Test
  void aStationWithOpenSessions_isNotDeleted() {
    web.post(own, "/stations", "{\"id\":\"BUSY\"}");
    StationInfo station = web.inventory.byIdentity("BUSY").orElseThrow();
    for (String state : new String[] {"active", "review"}) {
      long session = new SessionRows(web).session(station, state, "none", 60);
      Reply refused = web.call(own, "DELETE", "/stations/BUSY", null);
      assertThat(refused.status()).as(state).isEqualTo(409);
      assertThat(web.get(own, "/stations/BUSY").status()).as(state).isEqualTo(200);
      web.database.dsl().execute("DELETE FROM charging_session WHERE id = " + session);
    }
    new SessionRows(web).session(station, "finished", "settled", 60);
    assertThat(web.call(own, "DELETE", "/stations/BUSY", null).status()).isEqualTo(204);
  }

  @Test
  void tenant_neverSeesAnother() {
    web.post(own, "/stations", "{\"id\":\"MINE\"}");
    Reply driver = web.post(own, "/drivers", "{\"name\":\"Mine\"}");
    String id = driver.body().at("/id").asText();
    web.post(own, "/tokens", "{\"uid\":\"MINE-T\",\"driver\":" + id + "}");
    Reply tariff = web.post(own, "/tariffs", TARIFF);
    String tariffPath = "/tariffs/" + tariff.body().at("/id").asText();
    StationInfo station = web.inventory.byIdentity("MINE").orElseThrow();
    long session = new SessionRows(web).session(station, "finished", "settled", 60);

    for (String path :
        new String[] {
          "/stations/MINE",
          "/stations/MINE/messages",
          "/drivers/" + id,
          "/drivers/" + id + "/wallet",
          "/tokens/MINE-T",
          tariffPath,
          "/sessions/" + session
        }) {
      assertThat(web.get(own, path).status()).as(path).isEqualTo(200);
      assertThat(web.get(other, path).status()).as(path).isEqualTo(404);
      assertThat(web.get(admin, path).status()).as(path).isEqualTo(200);
    }
    for (String list : new String[] {"/stations", "/drivers", "/tokens", "/tariffs", "/sessions"}) {
      assertThat(web.get(other, list).body().at("/items").size()).as(list).isZero();
      assertThat(web.get(own, list + "?operator=2").status()).as(list).isEqualTo(403);
      assertThat(web.get(admin, list + "?operator=2").body().at("/items").size()).isZero();
    }
    assertThat(web.post(other, "/stations/MINE/commands/Reset", "{}").status()).isEqualTo(404);
    assertThat(web.call(other, "DELETE", "/stations/MINE", null).status()).isEqualTo(404);
    assertThat(
            web.post(other, "/drivers/" + id + "/wallet/top-ups", "{\"amount\":{\"minor\":1}}")
                .status())
        .isEqualTo(404);
    assertThat(web.post(own, "/stations", "{\"id\":\"Y\",\"operator\":2}").status()).isEqualTo(403);
  }

  @Test
  void topUp_happensOnce_andIsInLedgerAndAudit() {
    Reply driver = web.post(own, "/drivers", "{\"name\":\"张伟\"}");
    String wallet = "/drivers/" + driver.body().at("/id").asText() + "/wallet";
    String body = "{\"amount\":{\"currency\":\"CNY\",\"minor\":12345},\"note\":\"cash\"}";
    Reply first = web.post(own, wallet + "/top-ups", body, "Idempotency-Key", "k1");
    assertThat(first.status()).as(first.text()).isEqualTo(201);
    Reply repeat = web.post(own, wallet + "/top-ups", body, "Idempotency-Key", "k1");
    assertThat(repeat.status()).isEqualTo(201);
    assertThat(repeat.body()).isEqualTo(first.body());
    Reply reused =
        web.post(own, wallet + "/top-ups", "{\"amount\":{\"minor\":1}}", "Idempotency-Key", "k1");
    assertThat(reused.status()).isEqualTo(422);

    JsonNode balance = web.get(own, wallet).body();
    assertThat(balance.at("/balance/minor").asLong()).isEqualTo(12_345);
    assertThat(balance.at("/available/currency").asText()).isEqualTo("CNY");
    JsonNode trial = web.get(own, "/ledger/trial-balance").body();
    assertThat(trial.at("/balanced").asBoolean()).isTrue();
    assertThat(web.get(own, "/ledger/accounts?prefix=wallet").body().at("/items").size())
        .isPositive();
    assertThat(web.get(own, "/ledger/journals").body().at("/items/0/postings").size()).isEqualTo(2);
    assertThat(web.audit.list(1, Long.MAX_VALUE, 50))
        .anyMatch(e -> e.action().equals("wallet.top_up") && e.detail().contains("123.45 CNY"));
    assertThat(web.audit.verify()).isInstanceOf(Verification.Intact.class);
  }

  @ParameterizedTest
  @CsvSource({"0,amount.minor", "-5,amount.minor", "1.5,amount.minor", "null,amount.minor"})
  void topUp_ofNothing_isRefused(String minor, String field) {
    Reply driver = web.post(own, "/drivers", "{\"name\":\"A\"}");
    Reply reply =
        web.post(
            own,
            "/drivers/" + driver.body().at("/id").asText() + "/wallet/top-ups",
            "{\"amount\":{\"currency\":\"CNY\",\"minor\":" + minor + "}}");
    assertThat(reply.status()).as(reply.text()).isEqualTo(400);
    assertThat(reply.field()).isEqualTo(field);
  }

  @Test
  void idempotency_ofConcurrentCalls_makesOneThing() {
    CompletableFuture<?>[] calls = new CompletableFuture<?>[8];
    for (int i = 0; i < calls.length; i++) {
      calls[i] =
          CompletableFuture.supplyAsync(
                  () -> web.post(own, "/drivers", "{\"name\":\"Once\"}", "Idempotency-Key", "same"))
              .thenAccept(reply -> assertThat(reply.status()).isIn(201, 409));
    }
    CompletableFuture.allOf(calls).join();
    assertThat(web.get(own, "/drivers?search=Once").body().at("/items").size()).isEqualTo(1);
  }

  @Test
  void idempotency_neverKeepsASecret() {
    Reply first =
        web.post(
            own,
            "/stations",
            "{\"id\":\"SECRET-1\",\"security_profile\":1}",
            "Idempotency-Key",
            "s1");
    String password = first.body().at("/password").asText();
    assertThat(password).isNotEmpty();
    assertThat(
            web.post(
                    own,
                    "/stations",
                    "{\"id\":\"SECRET-1\",\"security_profile\":1}",
                    "Idempotency-Key",
                    "s1")
                .status())
        .isEqualTo(409);
    assertThat(web.database.dsl().fetch("select * from idempotent_answer").toString())
        .doesNotContain(password);
  }

  @Test
  void token_isChanged_andNullTakesAway() {
    String driver = web.post(own, "/drivers", "{\"name\":\"D\"}").body().at("/id").asText();
    web.post(
        own,
        "/tokens",
        "{\"uid\":\"AbCd\",\"driver\":" + driver + ",\"expiry\":\"2030-01-01T08:00:00+08:00\"}");
    JsonNode token = web.get(own, "/tokens/ABCD").body();
    assertThat(token.at("/expiry").asText()).isEqualTo("2030-01-01T00:00:00Z");
    assertThat(token.at("/driver").asText()).isEqualTo(driver);
    JsonNode changed =
        web.call(own, "PATCH", "/tokens/abcd", "{\"blocked\":true,\"driver\":null}").body();
    assertThat(changed.at("/blocked").asBoolean()).isTrue();
    assertThat(changed.at("/driver").isNull()).isTrue();
    assertThat(changed.at("/expiry").isNull()).isFalse();
    assertThat(web.post(own, "/tokens", "{\"uid\":\"ABCD\"}").status()).isEqualTo(409);
  }

  @Test
  void tariff_isVersioned_assignedAndPriced() {
    Reply made = web.post(own, "/tariffs", TARIFF);
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    String path = "/tariffs/" + made.body().at("/id").asText();
    Reply version = web.post(own, path + "/versions", TARIFF.replace("1.00", "1.20"));
    assertThat(version.status()).isEqualTo(201);
    assertThat(version.body().at("/version").asInt()).isEqualTo(2);
    assertThat(web.call(own, "PUT", path, TARIFF).body().at("/version").asInt()).isEqualTo(3);
    web.post(own, "/stations", "{\"id\":\"PRICED\"}");
    Reply assigned =
        web.post(
            own,
            path + "/assignments",
            "{\"station\":\"PRICED\",\"valid_from\":\"2026-01-01T00:00:00Z\"}");
    assertThat(assigned.status()).as(assigned.text()).isEqualTo(201);
    assertThat(web.post(own, path + "/assignments", "{\"station\":\"NONE\"}").field())
        .isEqualTo("station");
    assertThat(web.get(own, path).body().at("/assignments").size()).isEqualTo(1);
    Reply priced =
        web.post(
            own,
            "/tariffs/price",
            "{\"tariff_id\":"
                + made.body().at("/id").asText()
                + ",\"session\":{\"time_zone\":\"Asia/Shanghai\",\"segments\":[{"
                + "\"from\":\"2026-03-01T00:00:00Z\",\"to\":\"2026-03-01T01:00:00Z\","
                + "\"state\":\"CHARGING\",\"kwh\":10}]}}");
    assertThat(priced.status()).as(priced.text()).isEqualTo(200);
    assertThat(priced.body().at("/rounded/excl").asText()).isEqualTo("10.50");
  }

  @Test
  void tariff_isNotChangedWithoutItsAuditEntry() {
    String path = "/tariffs/" + web.post(own, "/tariffs", TARIFF).body().at("/id").asText();
    web.post(own, "/stations", "{\"id\":\"AUDITED\"}");
    String assignment = "{\"station\":\"AUDITED\"}";
    int tariffs = web.get(own, "/tariffs?limit=100").body().at("/items").size();
    DATABASE.dsl().execute("RENAME TABLE audit_entry TO audit_entry_away");
    try {
      assertThat(web.post(own, "/tariffs", TARIFF).status()).isGreaterThanOrEqualTo(500);
      assertThat(web.call(own, "PUT", path, TARIFF).status()).isGreaterThanOrEqualTo(500);
      assertThat(web.post(own, path + "/assignments", assignment).status())
          .isGreaterThanOrEqualTo(500);
    } finally {
      DATABASE.dsl().execute("RENAME TABLE audit_entry_away TO audit_entry");
    }
    assertThat(web.get(own, "/tariffs?limit=100").body().at("/items").size()).isEqualTo(tariffs);
    assertThat(web.get(own, path).body().at("/version").asInt()).isEqualTo(1);
    assertThat(web.get(own, path).body().at("/assignments").size()).isZero();
    assertThat(web.call(own, "PUT", path, TARIFF).status()).isEqualTo(200);
    assertThat(web.post(own, path + "/assignments", assignment).status()).isEqualTo(201);
    String subject = "tariff:" + path.substring("/tariffs/".length());
    assertThat(web.audit.list(1, Long.MAX_VALUE, 1_000))
        .filteredOn(entry -> entry.subject().equals(subject))
        .extracting(entry -> entry.action())
        .containsExactly("tariff.assign", "tariff.version", "tariff.create");
  }

  @Test
  void session_hasReadingsBillAndPayments() {
    web.post(own, "/stations", "{\"id\":\"SESS\"}");
    StationInfo station = web.inventory.byIdentity("SESS").orElseThrow();
    long id = new SessionRows(web).session(station, "finished", "settled", 90);
    JsonNode session = web.get(own, "/sessions/" + id).body();
    assertThat(session.at("/session_id").asLong()).isEqualTo(id);
    assertThat(session.at("/state").asText()).isEqualTo("finished");
    assertThat(session.at("/total/minor").asLong()).isEqualTo(2_084);
    assertThat(session.at("/energy_wh").decimalValue()).isEqualByComparingTo("20345");
    assertThat(session.at("/meter_readings").size()).isEqualTo(31);
    assertThat(session.at("/bill_lines").size()).isEqualTo(2);
    assertThat(session.at("/payments/0/kind").asText()).isEqualTo("capture");
    assertThat(session.at("/started_at").asText()).endsWith("Z");
    JsonNode list = web.get(own, "/sessions?station=SESS&state=finished").body();
    assertThat(list.at("/items").size()).isEqualTo(1);
    String settlement = session.at("/settlements/0/id").asText();
    assertThat(web.get(own, "/settlements/" + settlement).body().at("/state").asText())
        .isEqualTo("settled");
    assertThat(web.get(own, "/settlements?state=settled").body().at("/items").size()).isPositive();
    assertThat(web.get(other, "/settlements/" + settlement).status()).isEqualTo(404);
  }

  @Test
  void command_outcomesAreMapped() {
    web.post(own, "/stations", "{\"id\":\"CMD\"}");
    String path = "/stations/CMD/commands/Reset";
    String body = "{\"type\":\"Soft\"}";
    web.stations.answer(new CommandOutcome.Answered("{\"status\":\"Accepted\"}"));
    Reply answered = web.post(own, path, body);
    assertThat(answered.status()).isEqualTo(200);
    assertThat(answered.body().toString())
        .contains("\"status\":\"answered\"", "\"payload\":{\"status\":\"Accepted\"}");
    web.stations.answer(new CommandOutcome.Error("NotSupported", "no"));
    assertThat(web.post(own, path, body).body().at("/code").asText()).isEqualTo("NotSupported");
    web.stations.answer(new CommandOutcome.Invalid("{\"status\":7}", "status: wrong type"));
    assertThat(web.post(own, path, body).body().at("/status").asText()).isEqualTo("invalid");
    web.stations.answer(new CommandOutcome.UnknownAction("Reset"));
    assertThat(web.post(own, path, body).status()).isEqualTo(404);
    web.stations.answer(new CommandOutcome.BadPayload("type", "is missing"));
    assertThat(web.post(own, path, "{}").field()).isEqualTo("type");
    web.stations.answer(new CommandOutcome.NotConnected());
    assertThat(web.post(own, path, body).status()).isEqualTo(409);
    web.stations.answer(new CommandOutcome.TimedOut());
    assertThat(web.post(own, path, body).status()).isEqualTo(504);
    assertThat(web.post(own, path + "?queue_seconds=0", body).field()).isEqualTo("queue_seconds");
    assertThat(web.post(own, path, "[]").status()).isEqualTo(400);
  }

  @Test
  void password_isSentToAConnectedStation_andWithheldFromTheLog() {
    web.post(own, "/stations", "{\"id\":\"PW\"}");
    StationInfo station = web.inventory.byIdentity("PW").orElseThrow();
    Reply offline = web.post(own, "/stations/PW/password", "{\"password\":\"wonderland1\"}");
    assertThat(offline.body().at("/sent").asBoolean()).isFalse();
    assertThat(web.checked("PW", "wonderland1")).isEqualTo("OK");

    web.stations.connect(station.id(), Protocol.OCPP_16);
    web.stations.answer(new CommandOutcome.Answered("{\"status\":\"Accepted\"}"));
    Reply sent = web.post(own, "/stations/PW/password", "{\"password\":\"looking-glass\"}");
    assertThat(sent.body().at("/sent").asBoolean()).as(sent.text()).isTrue();
    assertThat(web.stations.sent().getLast().payload()).contains("AuthorizationKey");
    assertThat(web.checked("PW", "looking-glass")).isEqualTo("OK");
    assertThat(web.checked("PW", "wonderland1")).isEqualTo("WRONG_PASSWORD");

    web.stations.answer(new CommandOutcome.Answered("{\"status\":\"Rejected\"}"));
    Reply refused = web.post(own, "/stations/PW/password", "{\"password\":\"caterpillar\"}");
    assertThat(refused.status()).isEqualTo(409);
    assertThat(web.checked("PW", "looking-glass")).isEqualTo("OK");
    String log = web.database.dsl().fetch("select payload from station_command").toString();
    assertThat(log).doesNotContain("AuthorizationKey", "looking-glass");
  }

  @Test
  void otherMethodsAndPaths_areProblemsToo() {
    Reply method = web.call(own, "DELETE", "/stations", null);
    assertThat(method.status()).isEqualTo(405);
    assertThat(method.raw().headers().firstValue("allow")).hasValue("GET, POST");
    assertThat(web.get(own, "/nothing").status()).isEqualTo(404);
  }

  @Test
  void health_isPlain() {
    assertThat(send("/healthz").statusCode()).isEqualTo(200);
    assertThat(send("/readyz").statusCode()).isEqualTo(200);
    assertThat(send("/metrics").statusCode()).isEqualTo(200);
    assertThat(send("/healthz").headers().firstValue("x-content-type-options")).hasValue("nosniff");
  }

  private static java.net.http.HttpResponse<String> send(String path) {
    return web.send(
        java.net.http.HttpRequest.newBuilder(java.net.URI.create(web.url(path))).build());
  }
}
