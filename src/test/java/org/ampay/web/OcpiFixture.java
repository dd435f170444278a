package org.ampay.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.ampay.store.Database;
import org.ampay.web.people.Role;

/** Our server with one partner of a few lines, for tests of the transport. */
final class OcpiFixture implements AutoCloseable {

  final WebFixture web;
  final TinyPartner tiny = new TinyPartner();
  final String key;

  OcpiFixture(Database database) {
    web = new WebFixture(database);
    key = web.key(Role.OPERATOR_ADMIN, 1L);
  }

  /** What was answered. */
  record Heard(int http, JsonNode body, HttpResponse<String> raw) {
    int status() {
      return body.path("status_code").asInt();
    }

    String header(String name) {
      return raw.headers().firstValue(name).orElse("");
    }
  }

  JsonNode invite(String party) {
    return web.post(
            key,
            "/ocpi/parties",
            "{\"role\":\"EMSP\",\"country_code\":\"DE\",\"party_id\":\"%s\",\"name\":\"Tiny\"}"
                .formatted(party))
        .body();
  }

  /** The partner registers in 2.2.1; its new token. */
  String register(String tokenA) {
    Heard done = credentials("POST", tokenA, tiny.credentials("from-tiny"));
    assertThat(done.status()).as(String.valueOf(done.body())).isEqualTo(1000);
    return done.body().at("/data/token").asText();
  }

  Heard credentials(String method, String token, String body) {
    return call(method, "/2.2.1/credentials", token, body, Map.of());
  }

  Heard get(String token, String path) {
    return call("GET", path, token, null, Map.of());
  }

  /**
   * Calls our OCPI.
   *
   * @param body null: none
   */
  Heard call(String method, String path, String token, String body, Map<String, String> headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(web.url("/ocpi" + path)))
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body, StandardCharsets.ISO_8859_1));
    request.header("authorization", "Token " + base64(token));
    headers.forEach(request::header);
    HttpResponse<String> raw = web.send(request.build());
    try {
      return new Heard(raw.statusCode(), WebFixture.JSON.readTree(raw.body()), raw);
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new AssertionError("no JSON: " + raw.statusCode() + " " + raw.body(), e);
    }
  }

  static String base64(String token) {
    return Base64.getEncoder().encodeToString(token.getBytes(StandardCharsets.UTF_8));
  }

  JsonNode party(long id) {
    return web.get(key, "/ocpi/parties/" + id).body();
  }

  @Override
  public void close() {
    tiny.close();
    web.close();
  }
}
