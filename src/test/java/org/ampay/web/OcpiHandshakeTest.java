package org.ampay.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.ampay.station.Operator;
import org.ampay.store.TestDatabase;
import org.ampay.web.people.Role;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Two of our servers become partners of each other: the handshake in both directions, over HTTP.
 */
class OcpiHandshakeTest {

  @RegisterExtension static final TestDatabase HERE = new TestDatabase();
  @RegisterExtension static final TestDatabase THERE = new TestDatabase();
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private WebFixture here;
  private WebFixture there;
  private String key;
  private String otherKey;

  @BeforeEach
  void start() {
    HERE.clear();
    THERE.clear();
    here = new WebFixture(HERE.database());
    there = new WebFixture(THERE.database());
    key = here.key(Role.OPERATOR_ADMIN, 1L);
    otherKey = there.key(Role.OPERATOR_ADMIN, 1L);
  }

  @AfterEach
  void stop() {
    here.close();
    there.close();
    http.close();
  }

  private record Heard(int http, JsonNode body, HttpResponse<String> raw) {
    int status() {
      return body.path("status_code").asInt();
    }
  }

  private Heard call(String method, String url, @Nullable String token, @Nullable String body)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url))
            .header("x-request-id", "r-1")
            .header("x-correlation-id", "c-1")
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    if (token != null) {
      request.header("authorization", "Token " + token);
    }
    HttpResponse<String> reply = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    JsonNode json =
        reply.body().startsWith("{") ? JSON.readTree(reply.body()) : JSON.createObjectNode();
    return new Heard(reply.statusCode(), json, reply);
  }

  private static String base64(String token) {
    return Base64.getEncoder().encodeToString(token.getBytes(StandardCharsets.UTF_8));
  }

  private static JsonNode invite(WebFixture web, String key, String party) {
    WebFixture.Reply made =
        web.post(
            key,
            "/ocpi/parties",
            "{\"role\":\"EMSP\",\"country_code\":\"%s\",\"party_id\":\"%s\",\"name\":\"Partner\"}"
                .formatted(party.equals("AMP") ? "cn" : "de", party));
    assertThat(made.status()).isEqualTo(201);
    return made.body();
  }

  private JsonNode party(WebFixture web, String key, long id) {
    return web.get(key, "/ocpi/parties/" + id).body();
  }

  /** They gave us a TOKEN_A: we register with them, and each can call the other afterwards. */
  private long registered() {
    String theirTokenA = invite(there, otherKey, "AMP").at("/token_a").asText();
    long id = invite(here, key, "EMP").at("/id").asLong();
    WebFixture.Reply done =
        here.post(
            key,
            "/ocpi/parties/" + id + "/register",
            "{\"token_a\":\"%s\",\"versions_url\":\"%s\"}"
                .formatted(theirTokenA, there.url("/ocpi/versions")));
    assertThat(done.status()).as(String.valueOf(done.body())).isEqualTo(200);
    return id;
  }

  @Test
  void register_bothKnowEachOther_andTokenAIsVoid() throws Exception {
    String theirTokenA = invite(there, otherKey, "AMP").at("/token_a").asText();
    long id = invite(here, key, "EMP").at("/id").asLong();
    here.post(
        key,
        "/ocpi/parties/" + id + "/register",
        "{\"token_a\":\"%s\",\"versions_url\":\"%s\"}"
            .formatted(theirTokenA, there.url("/ocpi/versions")));
    JsonNode ours = party(here, key, id);
    assertThat(ours.at("/state").asText()).isEqualTo("registered");
    assertThat(ours.at("/version").asText()).isEqualTo("2.3.0");
    assertThat(ours.at("/parties/0/role").asText()).isEqualTo("CPO");
    JsonNode theirs = there.get(otherKey, "/ocpi/parties").body().at("/items/0");
    assertThat(theirs.at("/state").asText()).isEqualTo("registered");
    assertThat(theirs.at("/versions_url").asText()).isEqualTo(here.url("/ocpi/versions"));
    assertThat(theirs.toString()).doesNotContain(theirTokenA);
    assertThat(call("GET", there.url("/ocpi/versions"), base64(theirTokenA), null).http())
        .isEqualTo(401);
  }

  @Test
  void tokenA_opensVersionsAndCredentialsOnly_inBothForms() throws Exception {
    String token = invite(here, key, "EMP").at("/token_a").asText();
    for (String form : new String[] {base64(token), token, base64(token + "\n")}) {
      Heard versions = call("GET", here.url("/ocpi/versions"), form, null);
      assertThat(versions.status()).isEqualTo(1000);
      assertThat(versions.body().at("/data").findValuesAsText("version"))
          .containsExactly("2.2.1", "2.3.0");
    }
    Heard details = call("GET", here.url("/ocpi/2.2.1/"), base64(token), null);
    assertThat(details.body().at("/data/endpoints/0/identifier").asText()).isEqualTo("credentials");
    assertThat(call("GET", here.url("/ocpi/2.2.1/locations"), base64(token), null).http())
        .isEqualTo(401);
    assertThat(call("GET", here.url("/ocpi/2.1.1"), base64(token), null).http()).isEqualTo(404);
    assertThat(call("GET", here.url("/ocpi/versions"), base64("nobody"), null).http())
        .isEqualTo(401);
    assertThat(call("GET", here.url("/ocpi/versions"), null, null).http()).isEqualTo(401);
  }

  @Test
  void credentials_keepTheOrderOfTheHandshake() throws Exception {
    String token = base64(invite(here, key, "EMP").at("/token_a").asText());
    String url = here.url("/ocpi/2.2.1/credentials");
    assertThat(call("PUT", url, token, "{}").http()).isEqualTo(405);
    assertThat(call("DELETE", url, token, null).http()).isEqualTo(405);
    assertThat(call("POST", url, token, "not json").http()).isEqualTo(400);
    assertThat(call("POST", url, token, "{\"token\":7}").status()).isEqualTo(2001);
    String body =
        """
        {"token":"t-1","url":"%s","roles":[{"role":"EMSP","country_code":"DE","party_id":"EMP",
        "business_details":{"name":"Emp"}}]}\
        """;
    Heard dead = call("POST", url, token, body.formatted("http://127.0.0.1:1/versions"));
    assertThat(dead.status()).isEqualTo(3001);
    assertThat(dead.http()).isEqualTo(200);
    Heard again = call("GET", here.url("/ocpi/versions"), token, null);
    assertThat(again.status()).as("nothing was changed").isEqualTo(1000);
    assertThat(again.raw().headers().firstValue("x-request-id")).contains("r-1");
    assertThat(again.raw().headers().firstValue("x-correlation-id")).contains("c-1");
  }

  @Test
  void renewing_voidsTheOldTokens_andEndingBoth() {
    long id = registered();
    WebFixture.Reply renewed = here.post(key, "/ocpi/parties/" + id + "/register", "{}");
    assertThat(renewed.status()).as(String.valueOf(renewed.body())).isEqualTo(200);
    assertThat(renewed.body().at("/state").asText()).isEqualTo("registered");
    assertThat(here.call(key, "DELETE", "/ocpi/parties/" + id, "").status()).isEqualTo(200);
    assertThat(party(here, key, id).at("/state").asText()).isEqualTo("ended");
    assertThat(there.get(otherKey, "/ocpi/parties").body().at("/items/0/state").asText())
        .isEqualTo("ended");
  }

  @Test
  void bodiesTooLarge_areRefused_andOthersPartnersAreNotSeen() throws Exception {
    JsonNode made = invite(here, key, "EMP");
    String token = base64(made.at("/token_a").asText());
    Heard large = call("POST", here.url("/ocpi/2.2.1/credentials"), token, "x".repeat(10_000_000));
    assertThat(large.http()).isEqualTo(413);
    long other = here.inventory.createOperator(OTHER).id();
    String foreign = here.key(Role.OPERATOR_ADMIN, other);
    assertThat(here.get(foreign, "/ocpi/parties/" + made.at("/id").asLong()).status())
        .isEqualTo(404);
    assertThat(here.get(foreign, "/ocpi/parties").body().at("/items")).isEmpty();
  }

  private static final Operator OTHER = new Operator(77, "Other", "CN", "OTH", "CNY", 5_000);
}
