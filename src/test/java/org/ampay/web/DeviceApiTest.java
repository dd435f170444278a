package org.ampay.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.ampay.station.BootReport;
import org.ampay.station.CommandOutcome;
import org.ampay.station.Protocol;
import org.ampay.station.Registration;
import org.ampay.station.StationInfo;
import org.ampay.store.TestDatabase;
import org.ampay.web.WebFixture.Reply;
import org.ampay.web.people.Role;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Device models, events, admission and onboarding by the API. */
class DeviceApiTest {

  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private static WebFixture web;
  private static DeviceStory story;
  private static String key;
  private static String platform;

  @BeforeAll
  static void start() {
    web = new WebFixture(DATABASE.database());
    story = new DeviceStory(web);
    key = web.key(Role.OPERATOR_ADMIN, 1L);
    platform = web.key(Role.ADMIN, null);
  }

  @AfterAll
  static void end() {
    web.close();
  }

  /** Each test has its own CP1, CP2, and nobody outside. */
  @BeforeEach
  void forget() {
    for (String id : List.of("CP1", "CP2", "OTHER", "NEW-STATION-1")) {
      web.call(platform, "DELETE", "/stations/" + id, null);
    }
    DATABASE.dsl().execute("DELETE FROM unknown_station");
    web.devices.provisioning.setRule(1, Registration.ACCEPTED);
  }

  private StationInfo station(String id) {
    web.post(key, "/stations", "{\"id\":\"" + id + "\"}");
    return web.inventory.byIdentity(id).orElseThrow();
  }

  private List<String> texts(Reply reply, String... path) {
    List<String> texts = new ArrayList<>();
    for (JsonNode item : reply.body().path("items")) {
      JsonNode node = item;
      for (String step : path) {
        node = node.path(step);
      }
      texts.add(node.asText());
    }
    return texts;
  }

  @Test
  void variables_areListedSearchedAndPaged() {
    story.model(station("CP1"));
    assertThat(texts(web.get(key, "/stations/CP1/variables?search=power"), "value"))
        .containsExactly("11000", "11000");
    assertThat(texts(web.get(key, "/stations/CP1/variables?component=EVSE"), "place", "variable"))
        .hasSize(12);
    Reply first = web.get(key, "/stations/CP1/variables?limit=10");
    Reply second =
        web.get(
            key, "/stations/CP1/variables?limit=10&cursor=" + first.body().path("next").asText());
    assertThat(texts(first, "id")).hasSize(10).doesNotContainAnyElementsOf(texts(second, "id"));
    assertThat(second.body().path("next").isNull()).isTrue();
    assertThat(first.text() + second.text()).doesNotContain("secret-1");
  }

  @Test
  void historyAndDifference_tellWhatChanged() {
    StationInfo station = station("CP1");
    String before = web.time.now().toString();
    story.settings(station);
    Reply changes = web.get(key, "/stations/CP1/variables/changes");
    assertThat(changes.body().path("items").path(0).path("before").asText()).isEqualTo("300");
    assertThat(changes.body().path("items").path(0).path("after").asText()).isEqualTo("600");
    Reply difference = web.get(key, "/stations/CP1/variables/difference?from=" + before);
    assertThat(difference.status()).isEqualTo(200);
    assertThat(difference.body().path("items")).hasSize(1);
    assertThat(difference.body().path("equal").asInt()).isEqualTo(2);
    List<String> reports = texts(web.get(key, "/stations/CP1/reports"), "id");
    assertThat(
            web.get(
                    key,
                    "/stations/CP1/variables/difference?from_report="
                        + reports.get(1)
                        + "&to_report="
                        + reports.get(0))
                .body()
                .path("items")
                .path(0)
                .path("right")
                .asText())
        .isEqualTo("600");
    assertThat(web.get(key, "/stations/CP1/variables/difference").field()).isEqualTo("from");
    assertThat(web.get(key, "/stations/CP1/variables/difference?from_report=1").field())
        .isEqualTo("from_report");
  }

  @Test
  void twoStations_areCompared_butOnlyOfOneOperator() {
    story.settings(station("CP1"));
    story.model(station("CP2"));
    Reply difference = web.get(key, "/stations/CP1/variables/difference?with=CP2");
    assertThat(difference.body().path("items").size()).isGreaterThan(10);
    web.otherOperator(20);
    String other = web.key(Role.OPERATOR_ADMIN, 20L);
    web.post(other, "/stations", "{\"id\":\"OTHER\"}");
    for (String who : List.of(key, platform)) {
      assertThat(web.get(who, "/stations/CP1/variables/difference?with=OTHER").field())
          .isEqualTo("with");
    }
    for (String path : List.of("variables", "variables/changes", "reports", "monitors", "events")) {
      assertThat(web.get(other, "/stations/CP1/" + path).status()).as(path).isEqualTo(404);
    }
  }

  @Test
  void eventsAndMonitors_areListed() {
    story.model(station("CP1"));
    Reply events = web.get(key, "/stations/CP1/events?limit=2");
    assertThat(texts(events, "event_id")).containsExactly("3", "2");
    assertThat(
            texts(
                web.get(key, "/stations/CP1/events?cursor=" + events.body().path("next").asText()),
                "tech_code"))
        .containsExactly("E-17");
    assertThat(texts(web.get(key, "/stations/CP1/monitors"), "value")).containsExactly("21000");
  }

  @Test
  void aDecision_isStoredAndAPendingStationIsAskedToBoot() {
    StationInfo station = station("CP1");
    assertThat(web.get(key, "/stations/CP1/admission").body().path("decision").isNull()).isTrue();
    assertThat(decide("pending").body().path("boot_requested").asBoolean()).isFalse();
    assertThat(boot(station)).isEqualTo(Registration.PENDING);
    web.stations.connect(station.id(), Protocol.OCPP_16);
    Reply accepted = decide("accepted");
    assertThat(accepted.body().path("decision").asText()).isEqualTo("accepted");
    assertThat(accepted.body().path("boot_requested").asBoolean()).isTrue();
    assertThat(web.stations.sent().getLast())
        .isEqualTo(
            new PlayedStations.Sent(
                "CP1", "TriggerMessage", "{\"requestedMessage\":\"BootNotification\"}"));
    assertThat(boot(station)).isEqualTo(Registration.ACCEPTED);
    int sent = web.stations.sent().size();
    decide("rejected");
    assertThat(web.stations.sent()).hasSize(sent);
    assertThat(decide("maybe").field()).isEqualTo("decision");
    assertThat(web.audit.list(1, Long.MAX_VALUE, 1).getFirst().action())
        .isEqualTo("station.admission");
    assertThat(web.call(web.key(Role.SUPPORT, 1L), "PUT", "/stations/CP1/admission", "{}").status())
        .isEqualTo(403);
  }

  private Reply decide(String word) {
    return web.call(key, "PUT", "/stations/CP1/admission", "{\"decision\":\"" + word + "\"}");
  }

  private Registration boot(StationInfo station) {
    return web.devices
        .life
        .boot(
            station, new BootReport(Protocol.OCPP_16, "V", "M", "SN", "1.0", null), web.time.now())
        .toCompletableFuture()
        .join();
  }

  @Test
  void theRuleForNewStations_isTheOperators() {
    assertThat(web.get(key, "/provisioning").body().path("new_stations").asText())
        .isEqualTo("accepted");
    Reply set = web.call(key, "PUT", "/provisioning", "{\"new_stations\":\"pending\"}");
    assertThat(set.body().path("new_stations").asText()).isEqualTo("pending");
    assertThat(boot(station("CP1"))).isEqualTo(Registration.PENDING);
    assertThat(web.call(key, "PUT", "/provisioning", "{\"new_stations\":\"x\"}").field())
        .isEqualTo("new_stations");
  }

  @Test
  void everything_isAskedForByACall() {
    StationInfo station = station("CP1");
    assertThat(web.post(key, "/stations/CP1/variables/read", "").status()).isEqualTo(409);
    web.stations.connect(station.id(), Protocol.OCPP_201);
    web.stations.answer(new CommandOutcome.Answered("{\"status\":\"Accepted\"}"));
    Reply asked = web.post(key, "/stations/CP1/variables/read", "");
    assertThat(asked.body().path("status").asText()).isEqualTo("answered");
    assertThat(web.stations.sent().getLast().payload()).contains("FullInventory");
    assertThat(texts(web.get(key, "/stations/CP1/reports"), "state")).containsExactly("asked");
  }

  @Test
  void whoKnocks_isListedAdoptedAndForgotten() {
    story.knocks();
    assertThat(texts(web.get(platform, "/onboarding"), "id")).contains("NEW-STATION-1");
    Reply adopted =
        web.post(
            key,
            "/onboarding/NEW-STATION-1/adopt",
            "{\"evses\":2,\"connector_type\":\"GBT_DC\",\"max_power_w\":60000,"
                + "\"password\":\"password-1\",\"admission\":\"pending\"}");
    assertThat(adopted.status()).isEqualTo(201);
    assertThat(adopted.body().path("evses")).hasSize(2);
    assertThat(adopted.body().path("security_profile").asInt()).isEqualTo(1);
    assertThat(texts(web.get(platform, "/onboarding"), "id")).hasSize(2);
    assertThat(web.call(platform, "DELETE", "/onboarding/" + "x".repeat(48), null).status())
        .isEqualTo(204);
    assertThat(web.call(platform, "DELETE", "/onboarding/" + "x".repeat(48), null).status())
        .isEqualTo(404);
    assertThat(texts(web.get(platform, "/onboarding"), "id")).containsExactly("新桩-2");
    assertThat(web.post(key, "/onboarding/X/adopt", "{\"evses\":41}").field()).isEqualTo("evses");
    assertThat(web.post(key, "/onboarding/X/adopt", "{\"connector_type\":\"a b\"}").field())
        .isEqualTo("connector_type");
  }

  @Test
  void withSeveralOperators_onlyThePlatformSeesWhoKnocks() {
    story.knocks();
    web.otherOperator(20);
    assertThat(web.get(key, "/onboarding").status()).isEqualTo(403);
    assertThat(web.call(key, "DELETE", "/onboarding/NEW-STATION-1", null).status()).isEqualTo(403);
    assertThat(texts(web.get(platform, "/onboarding"), "id")).hasSize(3);
    assertThat(web.post(key, "/onboarding/NEW-STATION-1/adopt", "{}").status()).isEqualTo(201);
  }

  @Test
  void aList_isImportedOrToldWhatIsWrong() {
    Reply wrong = web.post(key, "/station-imports", "id,evses\nA-1,1\nA-2,x\n");
    assertThat(wrong.status()).isEqualTo(400);
    assertThat(wrong.body().path("errors").path(0).path("line").asInt()).isEqualTo(3);
    assertThat(wrong.body().path("errors").path(0).path("field").asText()).isEqualTo("evses");
    assertThat(web.get(key, "/stations/A-1").status()).isEqualTo(404);
    Reply good = web.post(key, "/station-imports", "id,serial\nA-1,SN\nA-2,SN2\n");
    assertThat(good.status()).isEqualTo(201);
    assertThat(good.body().path("made").asInt()).isEqualTo(2);
    assertThat(boot(web.inventory.byIdentity("A-1").orElseThrow()))
        .isEqualTo(Registration.ACCEPTED);
    assertThat(boot(web.inventory.byIdentity("A-2").orElseThrow())).isEqualTo(Registration.PENDING);
    assertThat(web.get(key, "/stations/A-2/admission").body().path("expected_serial").asText())
        .isEqualTo("SN2");
    web.time.advance(Duration.ofSeconds(1));
  }
}
