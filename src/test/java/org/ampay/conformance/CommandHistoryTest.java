package org.ampay.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.ampay.store.DatabaseSettings;
import org.ampay.store.TestDatabase;
import org.ampay.web.people.Role;
import org.junit.jupiter.api.Test;

/** What becomes of commands: queued, late, broken, lost; over real sockets. */
class CommandHistoryTest {

  private static final String ACCEPTED = "{\"status\": \"Accepted\"}";
  private static final String SOFT = "{\"type\": \"Soft\"}";

  private final ScenarioApi api = ScenarioServer.shared().api();

  private static ScenarioApi.Reply queue(
      ScenarioStation station, String action, String payload, int seconds) {
    String path = "/stations/" + station.identity() + "/commands/" + action;
    return station.api().post(path + "?queue_seconds=" + seconds, payload);
  }

  private static long queued(ScenarioStation station, String action, String payload) {
    return queue(station, action, payload, 600).expect(202).path("command_id").asLong();
  }

  private static void awaitState(ScenarioStation station, long command, String state) {
    station.api().awaitGet("/commands/" + command, c -> c.path("state").asText().equals(state));
  }

  private JsonNode newest(ScenarioStation station) {
    return api.get("/stations/" + station.identity() + "/commands?limit=1")
        .expect(200)
        .path("items")
        .path(0);
  }

  @Test
  void offlineStation_getsItsCommandsInOrder_afterItsBoot() {
    try (Station16 station = Station16.make()) {
      station.answers("ClearCache", ACCEPTED);
      station.answers("Reset", ACCEPTED);
      long first = queued(station, "ClearCache", "{}");
      long second = queued(station, "Reset", SOFT);
      JsonNode waiting = api.get("/commands/" + first).expect(200);
      assertThat(waiting.path("state").asText()).isEqualTo("queued");
      assertThat(waiting.path("expires_at").asText()).endsWith("Z");
      station.connect();
      station.bootAccepted();
      awaitState(station, second, "answered");
      awaitState(station, first, "answered");
      List<String> calls = new ArrayList<>();
      for (String frame : station.heard()) {
        JsonNode node = ScenarioApi.tree(frame);
        if (node.path(0).asInt() == 2) {
          calls.add(node.path(2).asText());
        }
      }
      assertThat(calls).containsExactly("ClearCache", "Reset");
    }
  }

  @Test
  void acceptedStation_thatReconnectsWithoutABoot_getsThem() {
    try (Station201 station = Station201.online()) {
      station.disconnect();
      station.answers("ClearCache", ACCEPTED);
      long id = queued(station, "ClearCache", "{}");
      station.connect();
      station.awaitCall("ClearCache");
      awaitState(station, id, "answered");
    }
  }

  @Test
  void connectedStation_isSentItAtOnce_whetherItMayWaitOrNot() {
    try (Station16 station = Station16.online()) {
      station.answers("ClearCache", ACCEPTED);
      JsonNode told = queue(station, "ClearCache", "{}", 60).expect(200);
      assertThat(told.path("status").asText()).isEqualTo("answered");
    }
  }

  @Test
  void commandWhoseTimeIsOver_isNeverSent() {
    try (Station16 station = Station16.make()) {
      long id = queue(station, "Reset", SOFT, 1).expect(202).path("command_id").asLong();
      awaitState(station, id, "expired");
      station.answers("ClearCache", ACCEPTED);
      station.connect();
      station.bootAccepted();
      api.answered(station, "ClearCache", "{}");
      assertThat(station.waitingCalls("Reset")).isZero();
    }
  }

  @Test
  void queuedCommand_isTakenBack_once() {
    try (Station16 station = Station16.make()) {
      long id = queued(station, "Reset", SOFT);
      JsonNode cancelled = api.post("/commands/" + id + "/cancel", null).expect(200);
      assertThat(cancelled.path("state").asText()).isEqualTo("cancelled");
      api.post("/commands/" + id + "/cancel", null).expect(409);
    }
  }

  @Test
  void wrongCommands_areRefusedBeforeTheyWait() {
    try (Station16 station = Station16.make()) {
      assertThat(queue(station, "Reset", "{}", 60).expect(400).path("field").asText())
          .isEqualTo("type");
      queue(station, "Nonsense", "{}", 60).expect(404);
      assertThat(queue(station, "Reset", SOFT, 0).expect(400).path("field").asText())
          .isEqualTo("queue_seconds");
      String key = "{\"key\": \"AuthorizationKey\", \"value\": \"00112233445566778899\"}";
      JsonNode secret = queue(station, "ChangeConfiguration", key, 60).expect(400);
      assertThat(secret.path("field").asText()).isEqualTo("queue_seconds");
      api.command(station, "Reset", SOFT).expect(409);
      assertThat(newest(station).isMissingNode()).as("nothing was sent or queued").isTrue();
    }
  }

  @Test
  void queue_survivesARestart_andIsBounded() {
    var database = (DatabaseSettings.Outside) TestDatabase.newSchema("queue").target();
    Map<String, String> settings =
        Map.of(
            "db.url", database.url(),
            "db.user", database.user(),
            "db.password", database.password(),
            "ocpp.commands_queued", "2");
    String identity = Unique.station();
    long id;
    try (ScenarioServer server = ScenarioServer.start(settings);
        Station16 station = Station16.make(Setup.on(server).withIdentity(identity))) {
      id = queued(station, "ClearCache", "{}");
      queued(station, "Reset", SOFT);
      assertThat(queue(station, "Reset", SOFT, 60).expect(409).path("type").asText())
          .endsWith("queue-full");
    }
    try (ScenarioServer server = ScenarioServer.start(settings);
        Station16 station = Station16.make(Setup.on(server).withIdentity(identity))) {
      station.answers("ClearCache", ACCEPTED);
      station.answers("Reset", ACCEPTED);
      station.connect();
      station.bootAccepted();
      station.awaitCall("ClearCache");
      station.awaitCall("Reset");
      awaitState(station, id, "answered");
    }
  }

  @Test
  @Proves("FR.01")
  void silentStation_holdsUpNothing_andItsLateAnswerIsKept() {
    try (Station16 station = Station16.online()) {
      station.ignores("Reset");
      station.answers("ClearCache", ACCEPTED);
      CompletableFuture<ScenarioApi.Reply> silent = api.commandLater(station, "Reset", SOFT);
      ReceivedCall reset = station.awaitCall("Reset");
      CompletableFuture<ScenarioApi.Reply> next = api.commandLater(station, "ClearCache", "{}");
      assertThat(silent.join().status()).isEqualTo(504);
      assertThat(next.join().expect(200).path("status").asText()).isEqualTo("answered");
      JsonNode kept =
          api.get("/stations/" + station.identity() + "/commands?state=timed_out")
              .expect(200)
              .path("items")
              .path(0);
      assertThat(kept.path("action").asText()).isEqualTo("Reset");
      station.answer(reset, "{\"status\": \"Rejected\"}");
      JsonNode late =
          api.awaitGet(
              "/commands/" + kept.path("command_id").asLong(),
              c -> c.path("state").asText().equals("late"));
      assertThat(late.path("answer").path("status").asText()).isEqualTo("Rejected");
      assertThat(late.path("latency_ms").asLong()).isGreaterThanOrEqualTo(4_000);
    }
  }

  @Test
  void lostConnection_isToldAtOnce_andTheAnswerOnTheNextOneIsKept() {
    try (Station201 station = Station201.online()) {
      station.ignores("ClearCache");
      CompletableFuture<ScenarioApi.Reply> told = api.commandLater(station, "ClearCache", "{}");
      ReceivedCall call = station.awaitCall("ClearCache");
      station.disconnect();
      assertThat(told.join().status()).isEqualTo(504);
      long id = newest(station).path("command_id").asLong();
      awaitState(station, id, "timed_out");
      station.connect();
      station.answer(call, ACCEPTED);
      awaitState(station, id, "late");
      assertThat(station.waitingCalls("ClearCache")).as("sent a second time").isZero();
    }
  }

  @Test
  void brokenAnswers_areKeptAndShown_andTheNextCommandGoesOut() {
    try (Station16 station = Station16.online()) {
      invalid(station, id -> "[3,\"" + id + "\",{\"Status\":\"Accepted\"}]", "status");
      invalid(station, id -> "[3,\"" + id + "\",{\"status\":\"accepted\"}]", "status");
      invalid(station, id -> "[3,\"" + id + "\",{\"status\":[]}]", "status");
      invalid(station, id -> "[3,\"" + id + "\",\"Accepted\"]", "");
      invalid(station, id -> "[3,\"" + id + "\"]", "");
      station.answersRaw("ClearCache", id -> "[3,\"never-asked\"," + ACCEPTED + "]");
      api.command(station, "ClearCache", "{}").expect(504);
      station.answers("ClearCache", ACCEPTED);
      api.answered(station, "ClearCache", "{}");
    }
  }

  private void invalid(
      Station16 station, java.util.function.Function<String, String> answer, String field) {
    station.answersRaw("ClearCache", answer);
    JsonNode told = api.command(station, "ClearCache", "{}").expect(200);
    assertThat(told.path("status").asText()).isEqualTo("invalid");
    assertThat(told.path("description").asText()).startsWith(field);
    JsonNode kept = api.get("/commands/" + told.path("command_id").asLong()).expect(200);
    assertThat(kept.path("state").asText()).isEqualTo("invalid");
    assertThat(kept.path("description").asText()).startsWith(field);
  }

  @Test
  void secrets_areInNeitherHistoryNorLog_butReachTheStation() {
    try (Station16 station = Station16.online()) {
      station.answers("ChangeConfiguration", "{\"status\": \"Rejected\"}");
      String secret = "7A0B1C2D3E4F5A6B7C8D";
      api.answered(
          station,
          "ChangeConfiguration",
          "{\"key\": \"AuthorizationKey\", \"value\": \"" + secret + "\"}");
      assertThat(station.awaitCall("ChangeConfiguration").payload().path("value").asText())
          .isEqualTo(secret);
      JsonNode kept = newest(station);
      assertThat(kept.path("payload").path("key").asText()).isEqualTo("AuthorizationKey");
      assertThat(kept.toString()).doesNotContain(secret);
      JsonNode log =
          api.awaitGet(
              "/stations/" + station.identity() + "/messages?action=ChangeConfiguration",
              page -> page.path("items").size() == 2);
      assertThat(log.toString()).contains("AuthorizationKey").doesNotContain(secret);
    }
  }

  @Test
  void messageLog_isFiltered_andPaged() {
    try (Station16 station = Station16.online()) {
      station.heartbeat();
      station.answersError("ClearCache", "NotSupported");
      api.command(station, "ClearCache", "{}").expect(200);
      String path = "/stations/" + station.identity() + "/messages";
      JsonNode errors = api.awaitGet(path + "?error=any", p -> p.path("items").size() == 1);
      JsonNode error = errors.path("items").path(0);
      assertThat(error.path("action").asText()).as("of the call").isEqualTo("ClearCache");
      assertThat(error.path("error_code").asText()).isEqualTo("NotSupported");
      String id = error.path("message_id").asText();
      assertThat(items(path + "?message_id=" + id.substring(0, 10))).hasSize(2);
      assertThat(items(path + "?direction=out&action=ClearCache")).hasSize(1);
      assertThat(items(path + "?error=GenericError")).isEmpty();
      assertThat(items(path + "?from=2020-01-01T00:00:00Z&to=2020-01-02T00:00:00Z")).isEmpty();
      List<JsonNode> all = items(path);
      assertThat(all.size()).isGreaterThanOrEqualTo(6);
      JsonNode page = api.get(path + "?limit=2").expect(200);
      JsonNode second = api.get(path + "?limit=2&cursor=" + page.path("next").asText()).expect(200);
      assertThat(second.path("items").path(0)).isEqualTo(all.get(2));
      api.get(path + "?direction=sideways").expect(400);
      api.get(path + "?from=yesterday").expect(400);
    }
  }

  private List<JsonNode> items(String path) {
    List<JsonNode> items = new ArrayList<>();
    api.get(path).expect(200).path("items").forEach(items::add);
    return items;
  }

  @Test
  void anotherOperator_seesNothingOfIt() {
    try (Station16 station = Station16.make()) {
      long id = queued(station, "Reset", SOFT);
      ScenarioApi other = api.as(station.server().key(Role.OPERATOR_ADMIN, 77L));
      other.get("/commands/" + id).expect(404);
      other.post("/commands/" + id + "/cancel", null).expect(404);
      other.get("/stations/" + station.identity() + "/commands").expect(404);
      other.get("/stations/" + station.identity() + "/messages").expect(404);
      ScenarioApi viewer = api.as(station.server().key(Role.VIEWER, 1L));
      viewer.get("/commands/" + id).expect(200);
      viewer.post("/commands/" + id + "/cancel", null).expect(403);
    }
  }
}
