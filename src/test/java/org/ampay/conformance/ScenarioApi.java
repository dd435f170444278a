package org.ampay.conformance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.ampay.app.simulator.Eventually;
import org.jspecify.annotations.Nullable;

/** The JSON API as a script would use it. A call that fails where it must not says what came. */
public final class ScenarioApi {

  static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
  private final URI base;
  private final String key;

  ScenarioApi(URI base, String key) {
    this.base = base;
    this.key = key;
  }

  /**
   * An answer of the API.
   *
   * @param body missing node when there is none
   */
  public record Reply(int status, JsonNode body) {

    /** The body, once the status is this one. */
    public JsonNode expect(int wanted) {
      if (status != wanted) {
        throw new AssertionError("HTTP " + status + " instead of " + wanted + ": " + body);
      }
      return body;
    }

    /** The field that a problem names, or an empty text. */
    public String field() {
      return body.path("field").asText();
    }
  }

  /** The same API with another key. */
  public ScenarioApi as(String otherKey) {
    return new ScenarioApi(base, otherKey);
  }

  /** Where the console is, without a slash at the end. */
  public URI base() {
    return base;
  }

  public Reply get(String path) {
    return request("GET", path, null);
  }

  public Reply post(String path, @Nullable Object body) {
    return request("POST", path, body);
  }

  public Reply put(String path, @Nullable Object body) {
    return request("PUT", path, body);
  }

  public Reply patch(String path, @Nullable Object body) {
    return request("PATCH", path, body);
  }

  public Reply delete(String path) {
    return request("DELETE", path, null);
  }

  /**
   * Any call.
   *
   * @param path below {@code /api/v1}
   * @param body JSON text, or what Jackson makes it of; null: none
   */
  public Reply request(String method, String path, @Nullable Object body) {
    try {
      HttpResponse<String> answer =
          http.send(built(method, path, body), HttpResponse.BodyHandlers.ofString());
      return new Reply(answer.statusCode(), tree(answer.body()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private HttpRequest built(String method, String path, @Nullable Object body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(base.resolve("/api/v1" + path))
            .timeout(Duration.ofSeconds(60))
            .header("Authorization", "Bearer " + key);
    if (body == null) {
      return request.method(method, HttpRequest.BodyPublishers.noBody()).build();
    }
    return request
        .header("Content-Type", "application/json")
        .method(method, HttpRequest.BodyPublishers.ofString(text(body)))
        .build();
  }

  /** JSON text stays as it is; everything else is made JSON. */
  static String text(Object value) {
    try {
      return value instanceof String text ? text : JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  static JsonNode tree(String text) {
    try {
      return text.isBlank() ? MissingNode.getInstance() : JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError("not JSON: " + text, e);
    }
  }

  // ---- commands

  /** Sends a command and waits for what came of it; any status. */
  public Reply command(ScenarioStation station, String action, Object payload) {
    return command(station.identity(), action, payload);
  }

  public Reply command(String station, String action, Object payload) {
    return post("/stations/" + station + "/commands/" + action, payload);
  }

  /** Sends a command; meanwhile the test goes on. */
  public CompletableFuture<Reply> commandLater(
      ScenarioStation station, String action, Object payload) {
    HttpRequest request =
        built("POST", "/stations/" + station.identity() + "/commands/" + action, payload);
    return http.sendAsync(request, HttpResponse.BodyHandlers.ofString())
        .thenApply(answer -> new Reply(answer.statusCode(), tree(answer.body())));
  }

  /** Sends a command that the station must answer; its answer's payload. */
  public JsonNode answered(ScenarioStation station, String action, Object payload) {
    JsonNode body = command(station, action, payload).expect(200);
    if (!body.path("status").asText().equals("answered")) {
      throw new AssertionError("not answered: " + body);
    }
    return body.path("payload");
  }

  // ---- what a scenario needs

  /**
   * A driver with a wallet and a token.
   *
   * @param uid also the driver's name
   * @param minor what is put into the wallet; 0: nothing
   * @return the driver's id
   */
  public long driver(String uid, long minor) {
    long driver = post("/drivers", Map.of("name", uid)).expect(201).path("id").asLong();
    if (minor > 0) {
      post("/drivers/" + driver + "/wallet/top-ups", Map.of("amount", Map.of("minor", minor)))
          .expect(201);
    }
    token(Map.of("uid", uid, "driver", driver));
    return driver;
  }

  /** A good token with a driver who has 1,000.00 in the wallet; its uid. */
  public String token() {
    String uid = Unique.token();
    driver(uid, 100_000);
    return uid;
  }

  /** A token with any fields of {@code POST /tokens}. */
  public JsonNode token(Map<String, ?> fields) {
    return post("/tokens", fields).expect(201);
  }

  /** A tariff of a price a kWh and a price a session, without tax; its id. */
  public long tariff(String perKwh, String perSession) {
    String body =
        """
        {"currency": "CNY", "elements": [{"price_components": [
          {"type": "ENERGY", "price": %s, "step_size": 1},
          {"type": "FLAT", "price": %s, "step_size": 1}]}]}
        """
            .formatted(perKwh, perSession);
    return post("/tariffs", body).expect(201).path("id").asLong();
  }

  /** Lets a tariff hold from long ago on: {@code station}, {@code site} or {@code operator}. */
  public void assign(long tariff, String level, Object target) {
    post(
            "/tariffs/" + tariff + "/assignments",
            Map.of(level, target, "valid_from", "2020-01-01T00:00:00Z"))
        .expect(201);
  }

  public JsonNode station(ScenarioStation station) {
    return get("/stations/" + station.identity()).expect(200);
  }

  /** The station's sessions, newest first. */
  public List<JsonNode> sessions(ScenarioStation station) {
    List<JsonNode> sessions = new ArrayList<>();
    get("/sessions?limit=100&station=" + station.identity())
        .expect(200)
        .path("items")
        .forEach(sessions::add);
    return sessions;
  }

  /** The session with that transaction id, with readings and bill; it must be there. */
  public JsonNode session(ScenarioStation station, Object transactionId) {
    for (JsonNode session : sessions(station)) {
      if (session.path("transaction_id").asText().equals(transactionId.toString())) {
        return get("/sessions/" + session.path("session_id").asLong()).expect(200);
      }
    }
    throw new AssertionError("no session " + transactionId + " of " + station.identity());
  }

  /** The session, as soon as it fulfils the condition: billing comes after the station's answer. */
  public JsonNode awaitSession(
      ScenarioStation station, Object transactionId, Predicate<JsonNode> condition) {
    return awaitThat("session " + transactionId, () -> session(station, transactionId), condition);
  }

  /** The station, as soon as it fulfils the condition. */
  public JsonNode awaitStation(ScenarioStation station, Predicate<JsonNode> condition) {
    return awaitThat(station.identity(), () -> station(station), condition);
  }

  /** What {@code GET path} answers with 200, as soon as it fulfils the condition. */
  public JsonNode awaitGet(String path, Predicate<JsonNode> condition) {
    return awaitThat(path, () -> get(path).expect(200), condition);
  }

  private static JsonNode awaitThat(
      String what, java.util.function.Supplier<JsonNode> source, Predicate<JsonNode> condition) {
    AtomicReference<JsonNode> last = new AtomicReference<>(MissingNode.getInstance());
    try {
      Eventually.await(
          what,
          () -> {
            last.set(source.get());
            return condition.test(last.get());
          });
    } catch (AssertionError e) {
      throw new AssertionError(e.getMessage() + "; it is " + last.get(), e);
    }
    return last.get();
  }

  /** The status of a connector, as the API shows it. */
  public String connectorStatus(ScenarioStation station, int evse, int connector) {
    for (JsonNode e : station(station).path("evses")) {
      for (JsonNode c : e.path("connectors")) {
        if (e.path("id").asInt() == evse && c.path("id").asInt() == connector) {
          return c.path("status").asText();
        }
      }
    }
    throw new AssertionError("no connector " + evse + "/" + connector);
  }
}
