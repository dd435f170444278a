package org.ampay.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.ampay.store.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Handshakes with partners that are slow, answer nonsense, or want more than they may. */
class OcpiPartnerFaultsTest {

  @RegisterExtension static final TestDatabase DB = new TestDatabase();

  private final CountDownLatch end = new CountDownLatch(1);
  private OcpiFixture ocpi;
  private TinyPartner tiny;
  private long id;
  private String tokenA;

  @BeforeEach
  void start() {
    DB.clear();
    ocpi = new OcpiFixture(DB.database());
    tiny = ocpi.tiny;
    JsonNode invited = ocpi.invite("EMP");
    id = invited.path("id").asLong();
    tokenA = invited.path("token_a").asText();
  }

  @AfterEach
  void stop() {
    end.countDown();
    ocpi.close();
  }

  private OcpiFixture.Heard post() {
    return ocpi.credentials("POST", tokenA, tiny.credentials("from-tiny"));
  }

  /** What failed left nothing behind: the invitation still works. */
  private void stillInvited() {
    assertThat(ocpi.party(id).path("state").asText()).isEqualTo("invited");
    assertThat(ocpi.get(tokenA, "/versions").status()).isEqualTo(1000);
  }

  private void hang(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    try (var body = exchange.getResponseBody()) {
      while (end.getCount() > 0) {
        body.write(' ');
        body.flush();
        end.await(100, java.util.concurrent.TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void ourQuestionComesBeforeOurAnswer_withTheTokenInBase64() {
    String fresh = ocpi.register(tokenA);
    assertThat(tiny.calls)
        .containsExactly(
            "GET /versions Token " + OcpiFixture.base64("from-tiny"),
            "GET /2.2.1 Token " + OcpiFixture.base64("from-tiny"));
    assertThat(fresh).matches("[!-~]{20,64}").isNotEqualTo(tokenA);
    assertThat(ocpi.get(tokenA, "/versions").http()).isEqualTo(401);
    assertThat(ocpi.credentials("POST", fresh, "{}").http()).isEqualTo(405);
    JsonNode party = ocpi.party(id);
    assertThat(party.path("state").asText()).isEqualTo("registered");
    assertThat(party.path("version").asText()).isEqualTo("2.2.1");
    assertThat(party.path("versions_url").asText()).isEqualTo(tiny.url("/versions").toString());
  }

  @Test
  void putChangesTheTokens_andTheOldOneIsVoid_deleteEndsAll() {
    String first = ocpi.register(tokenA);
    OcpiFixture.Heard put = ocpi.credentials("PUT", first, tiny.credentials("second"));
    String second = put.body().at("/data/token").asText();
    assertThat(ocpi.get(first, "/versions").http()).isEqualTo(401);
    assertThat(ocpi.get(second, "/2.2.1/locations").status()).isEqualTo(1000);
    assertThat(ocpi.call("DELETE", "/2.2.1/credentials", second, null, Map.of()).status())
        .isEqualTo(1000);
    assertThat(ocpi.get(second, "/versions").http()).isEqualTo(401);
    assertThat(ocpi.party(id).path("state").asText()).isEqualTo("ended");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "not json",
        "[]",
        "{}",
        "{\"status_code\":1000}",
        "{\"data\":7,\"status_code\":1000}",
        "{\"data\":\"x\",\"status_code\":1000}",
        "{\"data\":[],\"status_code\":2001}",
        "{\"data\":[{\"version\":\"2.2.1\",\"url\":\"file:///etc/passwd\"}],\"status_code\":1000}",
        "{\"data\":[{\"version\":\"2.2.1\"}],\"status_code\":1000}"
      })
  void versionsThatAreNonsense_are3001(String body) {
    tiny.answers("/versions", TinyPartner.status(200, body));
    OcpiFixture.Heard heard = post();
    assertThat(heard.http()).isEqualTo(200);
    assertThat(heard.status()).isEqualTo(3001);
    stillInvited();
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 404, 401, 302, 204})
  void versionsWithAnotherHttpStatus_are3001(int http) {
    tiny.answers("/versions", TinyPartner.status(http, ""));
    assertThat(post().status()).isEqualTo(3001);
    stillInvited();
  }

  @Test
  void aRedirect_isNotFollowed() {
    tiny.answers(
        "/versions",
        exchange -> {
          exchange.getResponseHeaders().set("location", tiny.url("/elsewhere").toString());
          exchange.sendResponseHeaders(307, -1);
          exchange.close();
        });
    assertThat(post().status()).isEqualTo(3001);
    assertThat(tiny.calls).noneMatch(call -> call.contains("/elsewhere"));
    stillInvited();
  }

  @Test
  void aPartnerThatAnswersDropByDrop_isLeftAlone() {
    tiny.answers("/versions", this::hang);
    assertThat(post().status()).isEqualTo(3001);
    stillInvited();
  }

  @Test
  void anAnswerWithoutEnd_isNotKeptInMemory() {
    byte[] much = "x".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
    tiny.answers(
        "/versions",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          try (var body = exchange.getResponseBody()) {
            while (end.getCount() > 0) {
              body.write(much);
            }
          }
        });
    assertThat(post().status()).isEqualTo(3001);
    stillInvited();
  }

  @Test
  void noCommonVersion_is3002() {
    tiny.answers(
        "/versions", TinyPartner.ok("[{\"version\":\"2.1.1\",\"url\":\"http://x.example/\"}]"));
    assertThat(post().status()).isEqualTo(3002);
    OcpiFixture.Heard other =
        ocpi.call("POST", "/2.3.0/credentials", tokenA, tiny.credentials("t"), Map.of());
    assertThat(other.status()).isEqualTo(3002);
    stillInvited();
  }

  @Test
  void noCredentialsEndpoint_is3003() {
    tiny.answers("/2.2.1", tiny.details("tokens"));
    assertThat(post().status()).isEqualTo(3003);
    stillInvited();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"url\":\"http://a.example\",\"roles\":[]}|token",
        "{\"token\":\"a b\",\"url\":\"http://a.example\",\"roles\":[]}|token",
        "{\"token\":\"a\",\"url\":\"ftp://a.example\",\"roles\":[]}|url",
        "{\"token\":\"a\",\"url\":\"http://a.example\",\"roles\":[]}|roles",
        "{\"token\":\"a\",\"url\":\"http://a.example\",\"roles\":[7]}|country_code",
        "{\"token\":\"a\",\"url\":\"http://a.example\"}|roles"
      })
  void credentialsThatAreNone_are2001AndNameTheField(String body, String field) {
    OcpiFixture.Heard heard = ocpi.credentials("POST", tokenA, body);
    assertThat(heard.http()).isEqualTo(200);
    assertThat(heard.status()).isEqualTo(2001);
    assertThat(heard.body().path("status_message").asText()).contains(field);
    assertThat(tiny.calls).isEmpty();
    stillInvited();
  }

  @Test
  void whoWasNotInvited_isRefused() {
    String body = TinyPartner.credentials("t", tiny.url("/versions"), "ZZZ");
    OcpiFixture.Heard heard = ocpi.credentials("POST", tokenA, body);
    assertThat(heard.status()).isEqualTo(2001);
    assertThat(heard.body().path("status_message").asText()).contains("DE*EMP");
    stillInvited();
  }

  @Test
  void aPartnerThatWantsPlainTokens_getsThem() {
    TinyPartner.Answer versions =
        TinyPartner.ok("[{\"version\":\"2.2.1\",\"url\":\"" + tiny.url("/2.2.1") + "\"}]");
    tiny.answers(
        "/versions",
        exchange ->
            ("Token from-tiny".equals(exchange.getRequestHeaders().getFirst("authorization"))
                    ? versions
                    : TinyPartner.status(401, ""))
                .to(exchange));
    assertThat(post().status()).isEqualTo(1000);
    assertThat(tiny.calls.getLast()).isEqualTo("GET /2.2.1 Token from-tiny");
  }

  private WebFixture.Reply begin(String body) {
    return ocpi.web.post(ocpi.key, "/ocpi/parties/" + id + "/register", body);
  }

  private String given() {
    return "{\"token_a\":\"their-a\",\"versions_url\":\"%s\"}".formatted(tiny.url("/versions"));
  }

  @Test
  void weRegister_andTheNewTokenOpensOurVersionsBeforeThePartnerAnswers() {
    AtomicReference<OcpiFixture.Heard> versions = new AtomicReference<>();
    AtomicReference<OcpiFixture.Heard> modules = new AtomicReference<>();
    tiny.answers(
        "/credentials",
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          String ours = WebFixture.JSON.readTree(body).path("token").asText();
          versions.set(ocpi.get(ours, "/versions"));
          modules.set(ocpi.get(ours, "/2.2.1/locations"));
          TinyPartner.ok(tiny.credentials("token-c")).to(exchange);
        });
    WebFixture.Reply done = begin(given());
    assertThat(done.status()).as(String.valueOf(done.body())).isEqualTo(200);
    assertThat(done.body().path("state").asText()).isEqualTo("registered");
    assertThat(versions.get().status()).isEqualTo(1000);
    assertThat(modules.get().http()).isEqualTo(401);
    assertThat(tiny.calls.getLast()).isEqualTo("POST /credentials Token " + b64("their-a"));
    assertThat(begin("{}").status()).isEqualTo(200);
    assertThat(tiny.calls.getLast()).isEqualTo("PUT /credentials Token " + b64("token-c"));
  }

  private static String b64(String token) {
    return OcpiFixture.base64(token);
  }

  @Test
  void aRenewalThatFails_leavesAllAsItWas() {
    String ours = ocpi.register(tokenA);
    tiny.answers("/credentials", TinyPartner.status(500, ""));
    assertThat(begin("{}").status()).isEqualTo(502);
    tiny.answers("/credentials", TinyPartner.ok("{\"token\":7}"));
    assertThat(begin("{}").status()).isEqualTo(502);
    assertThat(ocpi.party(id).path("state").asText()).isEqualTo("registered");
    assertThat(ocpi.get(ours, "/2.2.1/locations").status()).isEqualTo(1000);
    tiny.answers("/credentials", TinyPartner.ok(tiny.credentials("later")));
    assertThat(begin("{}").status()).isEqualTo(200);
    assertThat(tiny.calls.getLast()).isEqualTo("PUT /credentials Token " + b64("from-tiny"));
    assertThat(ocpi.get(ours, "/2.2.1/locations").http()).isEqualTo(401);
  }

  @Test
  void whileARenewalWaits_theOldTokenIsGood() {
    String ours = ocpi.register(tokenA);
    AtomicReference<OcpiFixture.Heard> meanwhile = new AtomicReference<>();
    tiny.answers(
        "/credentials",
        exchange -> {
          meanwhile.set(ocpi.get(ours, "/2.2.1/locations"));
          TinyPartner.ok(tiny.credentials("token-c")).to(exchange);
        });
    assertThat(begin("{}").status()).isEqualTo(200);
    assertThat(meanwhile.get().status()).isEqualTo(1000);
  }

  @Test
  void aRegistrationThatFails_keepsTheInvitation() {
    tiny.answers("/credentials", TinyPartner.status(200, "nonsense"));
    assertThat(begin(given()).status()).isEqualTo(502);
    stillInvited();
    assertThat(post().status()).isEqualTo(1000);
  }

  @Test
  void ending_tellsThePartner_evenIfItDoesNotListen() {
    ocpi.register(tokenA);
    tiny.answers("/credentials", TinyPartner.status(500, ""));
    assertThat(ocpi.web.call(ocpi.key, "DELETE", "/ocpi/parties/" + id, "").status())
        .isEqualTo(200);
    assertThat(tiny.calls.getLast()).isEqualTo("DELETE /credentials Token " + b64("from-tiny"));
    assertThat(ocpi.party(id).path("state").asText()).isEqualTo("ended");
    String again =
        ocpi.web
            .post(ocpi.key, "/ocpi/parties/" + id + "/invite", "")
            .body()
            .path("token_a")
            .asText();
    assertThat(ocpi.register(again)).isNotEmpty();
  }
}
