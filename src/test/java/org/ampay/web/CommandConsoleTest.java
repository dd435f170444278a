package org.ampay.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Page;
import java.nio.charset.StandardCharsets;
import org.ampay.ocpp.dictionary.Dictionary;
import org.ampay.ocpp.dictionary.FieldSpec;
import org.ampay.ocpp.dictionary.MessageSpec;
import org.ampay.station.CommandOutcome;
import org.ampay.station.Protocol;
import org.ampay.station.StationInfo;
import org.ampay.station.command.CommandState;
import org.ampay.store.TestDatabase;
import org.ampay.store.tables.Tables;
import org.ampay.web.people.Role;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Forms of commands and the message log in a real browser. */
class CommandConsoleTest {

  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private static final String OLD = "/stations/SH-HQ-0001";
  private static final String NEW = "/stations/SH-HQ-0002";
  private static final String OFFLINE = "/stations/SH-HQ-0004";

  private static WebFixture web;
  private static Browsers browsers;
  private Browsers.Window window;
  private Page page;

  @BeforeAll
  static void start() {
    web = new WebFixture(DATABASE.database());
    new ConsoleWorld(web);
    browsers = new Browsers();
  }

  @AfterAll
  static void stop() {
    browsers.close();
    web.close();
  }

  @BeforeEach
  void open() {
    window = browsers.open(1280, 900, "en");
    page = window.page;
    window.signIn(web);
  }

  @AfterEach
  void quietly() {
    assertThat(window.complaints).isEmpty();
    window.close();
  }

  private void visit(String path) {
    page.navigate(web.url(path));
  }

  private void send() {
    page.click("button.send");
  }

  private static PlayedStations.Sent last() {
    return web.stations.sent().getLast();
  }

  @Test
  void wrongFields_areNamedNextToThem_andNothingTypedIsLost() {
    visit(OLD + "/commands/new/ReserveNow");
    page.fill("[name=parentIdTag]", "GROUP-7");
    page.fill("[name=idTag]", "");
    page.fill("[name=expiryDate]", "2026-03-02T18:30:05");
    page.fill("[name=connectorId]", "1.5");
    int before = web.stations.sent().size();
    send();
    page.waitForSelector("[id='error-idTag']");
    assertThat(page.textContent("[id='error-idTag']")).isEqualTo("is needed");
    assertThat(page.textContent("[id='error-connectorId']")).isEqualTo("must be a whole number");
    assertThat(page.inputValue("[name=parentIdTag]")).isEqualTo("GROUP-7");
    assertThat(page.inputValue("[name=expiryDate]")).isEqualTo("2026-03-02T18:30:05");
    assertThat(web.stations.sent()).hasSize(before);
    page.fill("[name=idTag]", "TAG1");
    page.fill("[name=connectorId]", "1");
    send();
    page.waitForSelector(".result");
    assertThat(page.textContent(".result")).contains("answered", "Accepted");
    assertThat(last().action()).isEqualTo("ReserveNow");
    // The browser's time is one of Shanghai, the operator's zone.
    assertThat(last().payload())
        .contains(
            "\"connectorId\":1",
            "\"expiryDate\":\"2026-03-02T10:30:05Z\"",
            "\"idTag\":\"TAG1\"",
            "\"parentIdTag\":\"GROUP-7\"");
    page.waitForCondition(() -> page.textContent("#content").contains("user:lin.operator"));
  }

  @Test
  void rowsOfLists_areAddedAndTakenAway() {
    visit(NEW + "/commands/new/SetVariables");
    row(0, "OCPPCommCtrlr", "HeartbeatInterval", "60");
    page.click("button[value='row:setVariableData']");
    page.waitForSelector("[name='setVariableData[1].attributeValue']");
    row(1, "AuthCtrlr", "Enabled", "true");
    page.click("button[value='remove:setVariableData[0]']");
    page.waitForSelector(
        "[name='setVariableData[1].attributeValue']",
        new Page.WaitForSelectorOptions()
            .setState(com.microsoft.playwright.options.WaitForSelectorState.DETACHED));
    assertThat(page.inputValue("[name='setVariableData[0].component.name']"))
        .isEqualTo("AuthCtrlr");
    page.click("button[value='group:setVariableData[0].component.evse']");
    page.fill("[name='setVariableData[0].component.evse.id']", "2");
    send();
    page.waitForSelector(".result");
    assertThat(last().payload())
        .isEqualTo(
            "{\"setVariableData\":[{\"attributeValue\":\"true\",\"component\":{\"evse\":"
                + "{\"id\":2},\"name\":\"AuthCtrlr\"},\"variable\":{\"name\":\"Enabled\"}}]}");
  }

  private void row(int index, String component, String variable, String value) {
    String start = "[name='setVariableData[" + index + "].";
    page.fill(start + "component.name']", component);
    page.fill(start + "variable.name']", variable);
    page.fill(start + "attributeValue']", value);
  }

  @Test
  void rawJson_goesBothWays_andIsChecked() {
    visit(NEW + "/commands/new/TriggerMessage");
    page.selectOption("[name=requestedMessage]", "MeterValues");
    page.click("button[value=raw]");
    page.waitForSelector("#json");
    assertThat(page.inputValue("#json")).contains("\"requestedMessage\" : \"MeterValues\"");
    page.fill("#json", "{\"requestedMessage\":");
    send();
    page.waitForSelector("#command .alert-danger");
    assertThat(page.inputValue("#json")).isEqualTo("{\"requestedMessage\":");
    page.fill("#json", "{\"requestedMessage\":\"Heartbeat\",\"evse\":{\"id\":1}}");
    page.click("button[value=form]");
    page.waitForSelector("[name='evse.id']");
    assertThat(page.inputValue("[name=requestedMessage]")).isEqualTo("Heartbeat");
    send();
    page.waitForSelector(".result");
    assertThat(last().payload())
        .isEqualTo("{\"evse\":{\"id\":1},\"requestedMessage\":\"Heartbeat\"}");
  }

  @Test
  void offlineStation_commandWaits_andIsTakenBack() {
    visit(OFFLINE + "/commands/new/ClearCache");
    assertThat(page.textContent("#content")).contains("The station is offline");
    send();
    page.waitForSelector("#command .alert-success");
    StationInfo station = web.inventory.byIdentity("SH-HQ-0004").orElseThrow();
    long id =
        web.desk
            .store()
            .newest(station.id(), CommandState.QUEUED, Long.MAX_VALUE, 1)
            .getFirst()
            .id();
    page.click("form[hx-post$='/" + id + "/cancel'] button");
    page.waitForSelector("#outcome .alert-success");
    assertThat(web.desk.store().find(1L, id).orElseThrow().state())
        .isEqualTo(CommandState.CANCELLED);
    String audited =
        web.database
            .dsl()
            .fetch(
                "select action, actor, subject, detail from audit_entry where action like"
                    + " 'command.%'")
            .toString();
    assertThat(audited)
        .contains("command.send", "command.cancel", "station:SH-HQ-0004", "ClearCache")
        .contains("user:" + ConsoleWorld.EMAIL);
  }

  @Test
  void invalidAnswer_isShownAsSuch_withItsFields() {
    web.stations.answer(new CommandOutcome.Invalid("{\"state\":\"ok\"}", "status: is missing"));
    visit(OLD + "/commands/new/ClearCache");
    send();
    page.waitForSelector(".result");
    assertThat(page.textContent(".result"))
        .contains("invalid answer", "status: is missing", "state", "is needed");
    web.stations.answer(new CommandOutcome.Answered("{\"status\":\"Accepted\"}"));
  }

  @ParameterizedTest
  @EnumSource
  void everyCommand_hasAForm(Protocol protocol) {
    String station = protocol == Protocol.OCPP_16 ? OLD : NEW;
    for (MessageSpec command : Dictionary.of(protocol).commands()) {
      visit(station + "/commands/new/" + command.action());
      assertThat(page.querySelectorAll("#command form")).as(command.action()).hasSize(1);
      for (FieldSpec field : command.request()) {
        boolean simple = !field.isList() && !(field.kind() instanceof FieldSpec.Kind.Group);
        if (simple) {
          assertThat(page.querySelectorAll("[name='" + field.name() + "']"))
              .as(command.action() + "." + field.name())
              .hasSize(1);
        }
      }
    }
  }

  @Test
  void quickActions_areOneClickAway() {
    visit(NEW);
    page.click("button[value=inoperative]");
    page.waitForSelector("#outcome .alert-success");
    assertThat(last().payload()).isEqualTo("{\"operationalStatus\":\"Inoperative\"}");
    int before = web.stations.sent().size();
    page.click("button[value=status_again]");
    page.waitForCondition(() -> web.stations.sent().size() == before + 2);
    assertThat(last().payload()).contains("\"connectorId\":1", "\"id\":2");
  }

  @Test
  void viewer_readsButDoesNotSend() {
    web.people.createUser("viewer@example.com", Role.VIEWER, 1L, ConsoleWorld.PASSWORD, "test");
    try (Browsers.Window other = browsers.open(1280, 800, "en")) {
      other.page.navigate(web.url("/sign-in"));
      other.page.fill("#email", "viewer@example.com");
      other.page.fill("#password", ConsoleWorld.PASSWORD);
      other.page.click("form[action='/sign-in'] button");
      other.page.waitForSelector("#content");
      other.page.navigate(web.url(OLD + "/commands"));
      assertThat(other.page.querySelectorAll(".command-choices")).isEmpty();
      assertThat(other.page.navigate(web.url(OLD + "/commands/new/Reset")).status()).isEqualTo(403);
    }
  }

  private static void log(String station, String direction, String action, String frame) {
    web.database
        .dsl()
        .insertInto(Tables.MESSAGE_LOG)
        .set(Tables.MESSAGE_LOG.ID, web.ids.next())
        .set(Tables.MESSAGE_LOG.LOGGED_AT, web.time.now())
        .set(Tables.MESSAGE_LOG.STATION_ID, web.inventory.byIdentity(station).orElseThrow().id())
        .set(Tables.MESSAGE_LOG.DIRECTION, direction)
        .set(Tables.MESSAGE_LOG.ACTION, action)
        .set(Tables.MESSAGE_LOG.MESSAGE_ID, "id-" + action)
        .set(Tables.MESSAGE_LOG.FRAME, frame.getBytes(StandardCharsets.UTF_8))
        .execute();
  }

  @Test
  void messages_areDecodedBesideTheRawText_andFilteredAndExported() {
    log("SH-HQ-0003", "in", "Authorize", "[2,\"id-Authorize\",\"Authorize\",{\"idtag\":\"X\"}]");
    log("SH-HQ-0003", "out", "Reset", "[2,\"id-Reset\",\"Reset\",{\"type\":\"Soft\"}]");
    visit("/stations/SH-HQ-0003/messages?action=Authorize");
    assertThat(page.querySelectorAll("#messages details")).hasSize(1);
    page.click("#messages summary");
    page.waitForSelector("#messages table.lines");
    assertThat(page.textContent("#messages .decoded"))
        .contains("Idtag", "is not in the dictionary", "ID tag", "is needed");
    APIResponse csv = page.request().get(web.url("/messages/export?format=csv&station=SH-HQ-0003"));
    assertThat(csv.text())
        .startsWith("id,at,station,direction,action,message_id,error_code,frame\n")
        .contains("\"[2,\"\"id-Reset\"\",\"\"Reset\"\",");
    assertThat(csv.text().lines()).hasSize(3);
    APIResponse lines =
        page.request()
            .get(web.url("/messages/export?format=jsonl&station=SH-HQ-0003&direction=out"));
    assertThat(lines.text().lines()).hasSize(1);
    assertThat(lines.text()).contains("\"message_id\":\"id-Reset\"");
  }

  @Test
  void following_showsEachNewMessage() {
    visit("/messages?station=SH-HQ-0005");
    assertThat(page.querySelectorAll("#messages details")).isEmpty();
    page.click("[data-follow]");
    log("SH-HQ-0005", "in", "Heartbeat", "[2,\"1\",\"Heartbeat\",{}]");
    log("SH-HQ-0007", "in", "Heartbeat", "[2,\"1\",\"Heartbeat\",{}]");
    page.waitForSelector("#messages details");
    assertThat(page.textContent("#messages")).contains("Heartbeat", "SH-HQ-0005");
    log("SH-HQ-0005", "in", "FirmwareStatusNotification", "[2,\"2\",\"X\",{}]");
    page.waitForCondition(() -> page.querySelectorAll("#messages details").size() == 2);
    assertThat(page.textContent("#messages details:first-child"))
        .contains("FirmwareStatusNotification");
    page.click("[data-follow]");
    assertThat(page.getAttribute("[data-follow]", "aria-pressed")).isEqualTo("false");
  }
}
