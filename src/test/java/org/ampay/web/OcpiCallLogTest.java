package org.ampay.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.ampay.ocpi.CallLog;
import org.ampay.ocpi.Partner;
import org.ampay.station.Operator;
import org.ampay.store.TestDatabase;
import org.ampay.web.people.Role;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What people see of the calls between a partner and us. */
class OcpiCallLogTest {

  @RegisterExtension static final TestDatabase DB = new TestDatabase();

  private OcpiFixture ocpi;
  private long id;
  private String tokenA;
  private String token;

  @BeforeEach
  void start() {
    DB.clear();
    ocpi = new OcpiFixture(DB.database());
    JsonNode invited = ocpi.invite("EMP");
    id = invited.path("id").asLong();
    tokenA = invited.path("token_a").asText();
    token = ocpi.register(tokenA);
  }

  @AfterEach
  void stop() {
    ocpi.close();
  }

  private JsonNode log(String query) {
    ocpi.web.roaming.log().flush();
    WebFixture.Reply reply = ocpi.web.get(ocpi.key, "/ocpi/parties/" + id + "/log" + query);
    assertThat(reply.status()).as(String.valueOf(reply.body())).isEqualTo(200);
    return reply.body();
  }

  @Test
  void theHandshake_isThereInBothDirections_withoutTokens() {
    JsonNode items = log("").path("items");
    assertThat(items.findValuesAsText("method")).containsExactly("POST", "GET", "GET");
    assertThat(items.findValuesAsText("direction")).containsExactly("in", "out", "out");
    assertThat(items.at("/0/url").asText()).isEqualTo("/ocpi/2.2.1/credentials");
    assertThat(items.at("/0/status").asInt()).isEqualTo(1000);
    assertThat(items.at("/0/body").asText()).contains("\"token\":\"***\"").contains("EMSP");
    assertThat(items.toString())
        .doesNotContain("from-tiny")
        .doesNotContain(tokenA)
        .doesNotContain(token)
        .doesNotContain(OcpiFixture.base64(token));
  }

  @Test
  void errors_sayWhy_andAreFound() {
    ocpi.call("PUT", "/2.2.1/locations", token, "{\"token\":\"cut-secret", Map.of());
    ocpi.call("GET", "/2.2.1/locations?limit=0", token, null, Map.of("X-Request-ID", "r-9"));
    JsonNode items = log("?errors=only").path("items");
    assertThat(items).hasSize(2);
    assertThat(items.at("/0/status").asInt()).isEqualTo(2001);
    assertThat(items.at("/0/note").asText()).contains("limit");
    assertThat(items.at("/0/request_id").asText()).isEqualTo("r-9");
    assertThat(items.at("/0/url").asText()).isEqualTo("/ocpi/2.2.1/locations?limit=0");
    assertThat(items.at("/1/http").asInt()).isEqualTo(400);
    assertThat(items.at("/1/body").asText()).doesNotContain("cut-secret");
    assertThat(log("?direction=out").path("items")).hasSize(2);
  }

  @Test
  void longBodies_areCut_andPagesFollowEachOther() {
    String sign = "\\uD83D\\uDE00";
    ocpi.call("PUT", "/2.2.1/locations", token, "{\"a\":\"" + sign.repeat(9_000) + "\"}", Map.of());
    JsonNode first = log("?limit=1");
    assertThat(first.at("/items/0/body").asText()).hasSizeLessThanOrEqualTo(4_000).endsWith("…");
    JsonNode second = log("?limit=1&cursor=" + first.path("next").asText());
    assertThat(second.at("/items/0/method").asText()).isEqualTo("POST");
  }

  @Test
  void noAnswer_isSaid() {
    ocpi.tiny.close();
    ocpi.web.call(ocpi.key, "DELETE", "/ocpi/parties/" + id, "");
    JsonNode last = log("?direction=out").at("/items/0");
    assertThat(last.path("method").asText()).isEqualTo("DELETE");
    assertThat(last.path("http").isNull()).isTrue();
    assertThat(last.path("note").asText()).contains("not reached");
  }

  @Test
  void strangers_seeNothing_andOldCallsGo() {
    long other = ocpi.web.inventory.createOperator(OTHER).id();
    String foreign = ocpi.web.key(Role.OPERATOR_ADMIN, other);
    assertThat(ocpi.web.get(foreign, "/ocpi/parties/" + id + "/log").status()).isEqualTo(404);
    assertThat(log("").path("items")).hasSize(3);
    ocpi.web.time.advance(Duration.ofDays(31));
    ocpi.get(token, "/versions");
    ocpi.web.roaming.log().flush();
    ocpi.web.roaming.log().sweep();
    assertThat(log("").path("items")).hasSize(1);
  }

  private static final Operator OTHER = new Operator(77, "Other", "CN", "OTH", "CNY", 5_000);

  @Test
  void ofCallsThatWentWell_someASecondAreKept_andAllThatFailed() {
    Partner partner = ocpi.web.roaming.partners().byId(id).orElseThrow();
    Instant at = ocpi.web.time.now().plusSeconds(60);
    for (int i = 0; i < 70; i++) {
      ocpi.web.roaming.log().add(call(partner, at, "good", 1000));
      ocpi.web.roaming.log().add(call(partner, at, "bad", 2001));
    }
    ocpi.web.roaming.log().add(call(partner, at.plusSeconds(1), "later", 1000));
    List<String> urls = log("?limit=500").path("items").findValuesAsText("url");
    assertThat(urls).filteredOn(url -> url.equals("good")).hasSize(50);
    assertThat(urls).filteredOn(url -> url.equals("bad")).hasSize(70);
    assertThat(urls).contains("later");
  }

  private static CallLog.Entry call(Partner partner, Instant at, String url, int status) {
    return new CallLog.Entry(
        partner,
        CallLog.Direction.OUT,
        at,
        "PATCH",
        url,
        "request",
        "correlation",
        "{}",
        new CallLog.Answer(200, status, 5, ""));
  }
}
