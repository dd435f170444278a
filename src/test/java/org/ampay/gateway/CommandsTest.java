package org.ampay.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ampay.access.IdToken;
import org.ampay.base.CountingIds;
import org.ampay.conformance.Proves;
import org.ampay.ocpp.RemoteControl;
import org.ampay.ocpp.edge.EdgeSettings;
import org.ampay.ocpp.edge.RemoteOrders;
import org.ampay.ocpp.v16.Calls16;
import org.ampay.ocpp.v201.Calls201;
import org.ampay.station.CommandOrder;
import org.ampay.station.CommandOutcome;
import org.ampay.station.CommandPort;
import org.ampay.station.EvseRef;
import org.ampay.station.Protocol;
import org.ampay.station.Registration;
import org.ampay.station.Sender;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CommandsTest {

  private static final Pattern CALL = Pattern.compile("\\[2,\"([^\"]{1,36})\",\"(\\w+)\",(.*)]");

  private TestGateway gateway;

  @BeforeEach
  void start() {
    gateway =
        new TestGateway(
            TestGateway.settings().with(new GatewaySettings.Timeouts(10, 60, 20, 30, 1)));
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  @Test
  void answer_isPassedOn() throws Exception {
    try (RawStation station = gateway.v16("CP1")) {
      var outcome = send("CP1", "Reset", "{\"type\":\"Soft\"}");
      Matcher call = call(station);
      assertThat(call.group(2)).isEqualTo("Reset");
      assertThat(call.group(3)).isEqualTo("{\"type\":\"Soft\"}");
      station.text("[3,\"" + call.group(1) + "\",{\"status\":\"Accepted\"}]");
      assertThat(outcome.get()).isEqualTo(new CommandOutcome.Answered("{\"status\":\"Accepted\"}"));
    }
  }

  @Test
  void error_isPassedOn() throws Exception {
    try (RawStation station = gateway.v201("CP1")) {
      var outcome = send("CP1", "ClearCache", "{}");
      station.text("[4,\"" + call(station).group(1) + "\",\"NotSupported\",\"no\",{}]");
      assertThat(outcome.get()).isEqualTo(new CommandOutcome.Error("NotSupported", "no"));
    }
  }

  @Test
  void answerThatBreaksTheSchema_isInvalid() throws Exception {
    try (RawStation station = gateway.v16("CP1")) {
      var outcome = send("CP1", "Reset", "{\"type\":\"Soft\"}");
      station.text("[3,\"" + call(station).group(1) + "\",{\"status\":\"Perhaps\"}]");
      assertThat(outcome.get())
          .isInstanceOfSatisfying(
              CommandOutcome.Invalid.class,
              invalid -> {
                assertThat(invalid.payload()).isEqualTo("{\"status\":\"Perhaps\"}");
                assertThat(invalid.description()).startsWith("status");
              });
      outcome = send("CP1", "Reset", "{\"type\":\"Soft\"}");
      station.text("[3,\"" + call(station).group(1) + "\"]");
      assertThat(outcome.get()).isInstanceOf(CommandOutcome.Invalid.class);
    }
  }

  @Test
  void badCommands_areNotSent() throws Exception {
    assertThat(send("CP1", "Nonsense", "{}").get())
        .isEqualTo(new CommandOutcome.UnknownAction("Nonsense"));
    assertThat(send("CP1", "Heartbeat", "{}").get())
        .isEqualTo(new CommandOutcome.UnknownAction("Heartbeat"));
    assertThat(send("CP1", "Reset", "{}").get())
        .isInstanceOfSatisfying(
            CommandOutcome.BadPayload.class, bad -> assertThat(bad.field()).isEqualTo("type"));
    assertThat(send("CP1", "Reset", "{\"type\":\"Soft\"}").get())
        .isEqualTo(new CommandOutcome.NotConnected());
    assertThat(send("CP1", "Reset", "{\"type\":\"Soft\",\"typ\":1}").get())
        .isInstanceOfSatisfying(
            CommandOutcome.BadPayload.class, bad -> assertThat(bad.field()).isEqualTo("typ"));
    // CP9 spoke 2.0.1 last
    assertThat(send("CP9", "Reset", "{\"type\":\"Soft\"}").get())
        .isInstanceOf(CommandOutcome.BadPayload.class);
    assertThat(send("CP9", "Reset", "{\"type\":\"Immediate\"}").get())
        .isEqualTo(new CommandOutcome.NotConnected());
  }

  @Test
  void noAnswer_timesOut_lateAnswerIsHarmless() throws Exception {
    try (RawStation station = gateway.v16("CP1")) {
      var outcome = send("CP1", "ClearCache", "{}");
      String id = call(station).group(1);
      var waiting = send("CP1", "Reset", "{\"type\":\"Hard\"}");
      assertThat(outcome.get()).isEqualTo(new CommandOutcome.TimedOut());
      Matcher second = call(station);
      assertThat(second.group(2)).isEqualTo("Reset");
      station.text("[3,\"" + id + "\",{\"status\":\"Accepted\"}]");
      TestGateway.eventually(() -> gateway.violations("late_answer") == 1);
      station.text("[3,\"" + second.group(1) + "\",{\"status\":\"Rejected\"}]");
      assertThat(waiting.get()).isEqualTo(new CommandOutcome.Answered("{\"status\":\"Rejected\"}"));
      station.text("[3,\"never-asked\",{}]");
      TestGateway.eventually(() -> gateway.violations("unexpected_answer") == 1);
    }
  }

  @Test
  void steps_areTold_withTheSender_andWithoutSecrets() throws Exception {
    try (RawStation station = gateway.v16("CP1")) {
      CommandOrder order =
          CommandOrder.of(
              Sender.of("user:lin"),
              "ChangeConfiguration",
              "{\"key\":\"AuthorizationKey\",\"value\":\"00ff\"}");
      CommandPort.Sent sent = gateway.commands().send(gateway.station("CP1"), order);
      Matcher call = call(station);
      assertThat(call.group(3)).contains("00ff");
      station.text("[3,\"" + call.group(1) + "\",{\"status\":\"Accepted\"}]");
      sent.outcome().toCompletableFuture().get();
      assertThat(gateway.watch.steps)
          .containsExactly(
              "1 begun user:lin ChangeConfiguration"
                  + " {\"key\":\"AuthorizationKey\",\"value\":\"***\"}",
              "1 transmitted",
              "1 finished " + new CommandOutcome.Answered("{\"status\":\"Accepted\"}"));
    }
  }

  @Test
  void lateAnswer_findsItsCommand_alsoOnTheNextConnection() throws Exception {
    String id;
    try (RawStation station = gateway.v16("CP1")) {
      send("CP1", "ClearCache", "{}");
      id = call(station).group(1);
    }
    TestGateway.eventually(() -> gateway.watch.steps.size() == 3);
    try (RawStation station = gateway.v16("CP1")) {
      station.text("[3,\"" + id + "\",{\"status\":\"Perhaps\"}]");
      TestGateway.eventually(() -> gateway.watch.steps.size() >= 4);
      assertThat(gateway.watch.steps.get(3)).startsWith("1 late Invalid");
      assertThat(gateway.violations("unexpected_answer")).isZero();
    }
  }

  @Test
  void connectionLostBeforeItsTurn_commandWasNotSent() throws Exception {
    CompletableFuture<CommandOutcome> waiting;
    try (RawStation station = gateway.v16("CP1")) {
      send("CP1", "ClearCache", "{}");
      waiting = send("CP1", "Reset", "{\"type\":\"Soft\"}");
      call(station);
    }
    assertThat(waiting.get()).isEqualTo(new CommandOutcome.NotConnected());
  }

  @Test
  void station_isReadyAfterItsBoot_orAMomentOfSilence() throws Exception {
    long id = gateway.station("CP1").id();
    try (RawStation station = gateway.v16("CP1")) {
      assertThat(gateway.commands().ready(id)).isFalse();
      station.ask(
          "[2,\"b\",\"BootNotification\",{\"chargePointVendor\":\"v\",\"chargePointModel\":\"m\"}]");
      TestGateway.eventually(() -> gateway.watch.steps.contains("ready CP1"));
      assertThat(gateway.commands().ready(id)).isTrue();
    }
    gateway.registration("CP3", Registration.PENDING);
    try (RawStation silent = gateway.v201("CP2");
        RawStation pending = gateway.v201("CP3")) {
      TestGateway.eventually(() -> gateway.watch.steps.contains("ready CP2"));
      assertThat(gateway.commands().ready(gateway.station("CP3").id())).isFalse();
      assertThat(silent).isNotSameAs(pending);
    }
  }

  @Test
  void examine_tellsWhatWouldHappen() throws Exception {
    CommandPort.Examined bad = gateway.commands().examine(gateway.station("CP1"), "Reset", "{}");
    assertThat(bad.refusal()).containsInstanceOf(CommandOutcome.BadPayload.class);
    assertThat(bad.sendable()).isFalse();
    try (RawStation station = gateway.v201("CP1")) {
      CommandPort.Examined good =
          gateway.commands().examine(gateway.station("CP1"), "ClearCache", "{}");
      assertThat(good.refusal()).isEmpty();
      assertThat(good.sendable()).isTrue();
      assertThat(good.protocol()).isEqualTo(Protocol.OCPP_201);
      assertThat(station).isNotNull();
    }
  }

  @Test
  void disconnect_endsTheWait() throws Exception {
    CompletableFuture<CommandOutcome> outcome;
    try (RawStation station = gateway.v16("CP1")) {
      outcome = send("CP1", "ClearCache", "{}");
      call(station);
    }
    assertThat(outcome.get()).isEqualTo(new CommandOutcome.TimedOut());
  }

  @Test
  void directions_areIndependent() throws Exception {
    CompletableFuture<org.ampay.charging.SessionReply> open = new CompletableFuture<>();
    gateway.rooms.sessions = report -> open;
    try (RawStation station = gateway.v16("CP1")) {
      station.text(
          "[2,\"m\",\"MeterValues\",{\"connectorId\":1,\"meterValue\":[{\"timestamp\":"
              + "\"2026-03-02T08:00:00Z\",\"sampledValue\":[{\"value\":\"1\"}]}]}]");
      var outcome = send("CP1", "ClearCache", "{}");
      station.text("[3,\"" + call(station).group(1) + "\",{\"status\":\"Accepted\"}]");
      assertThat(outcome.get()).isInstanceOf(CommandOutcome.Answered.class);
      open.complete(new org.ampay.charging.SessionReply.Stored());
      assertThat(station.reply()).isEqualTo("[3,\"m\",{}]");
    }
  }

  @Test
  @Proves({"B02.FR.09", "B03.FR.03"})
  void pendingStation_mayAnswerTriggers_butStartsNothing() throws Exception {
    gateway.registration("CP1", Registration.PENDING);
    try (RawStation station = gateway.v201("CP1")) {
      String heartbeat = "[2,\"h\",\"Heartbeat\",{}]";
      assertThat(station.ask(heartbeat)).contains("SecurityError");
      var outcome = send("CP1", "TriggerMessage", "{\"requestedMessage\":\"Heartbeat\"}");
      station.text("[3,\"" + call(station).group(1) + "\",{\"status\":\"Accepted\"}]");
      assertThat(outcome.get()).isInstanceOf(CommandOutcome.Answered.class);
      assertThat(station.ask(heartbeat)).startsWith("[3,\"h\",");
      assertThat(send("CP1", "RequestStopTransaction", "{\"transactionId\":\"t\"}").get())
          .isInstanceOf(CommandOutcome.Error.class);
      gateway.registration("CP1", Registration.REJECTED);
      assertThat(send("CP1", "ClearCache", "{}").get()).isInstanceOf(CommandOutcome.Error.class);
    }
  }

  @Test
  @Proves({"1.6/RemoteStopTransaction/1", "F01.FR.04", "F01.FR.06"})
  void remoteControl_speaksBothVersions() throws Exception {
    RemoteControl remote =
        new RemoteControl(
            gateway.commands(),
            new CountingIds(),
            Map.of(
                Protocol.OCPP_16,
                orders16(),
                Protocol.OCPP_201,
                new Calls201(gateway.rooms.rooms(), EdgeSettings.defaults()).orders()));
    IdToken token = new IdToken("TAG1", "ISO14443");
    try (RawStation old = gateway.v16("CP1");
        RawStation fresh = gateway.v201("CP2")) {
      var start = remote.start(gateway.station("CP1"), new EvseRef(2, 1), token);
      Matcher call = call(old);
      assertThat(call.group(3)).isEqualTo("{\"connectorId\":2,\"idTag\":\"TAG1\"}");
      old.text("[3,\"" + call.group(1) + "\",{\"status\":\"Accepted\"}]");
      assertThat(start.toCompletableFuture().get().accepted()).isTrue();

      start = remote.start(gateway.station("CP2"), new EvseRef(0, 0), token);
      call = call(fresh);
      int id = Integer.parseInt(call.group(3).replaceAll(".*\"remoteStartId\":(\\d+).*", "$1"));
      assertThat(call.group(3)).doesNotContain("evseId").contains("\"type\":\"ISO14443\"");
      fresh.text("[3,\"" + call.group(1) + "\",{\"status\":\"Rejected\"}]");
      assertThat(start.toCompletableFuture().get().accepted()).isFalse();
      assertThat(start.toCompletableFuture().get().remoteStartId()).isEqualTo(id);

      var stop = remote.stop(gateway.station("CP1"), "42");
      call = call(old);
      assertThat(call.group(3)).isEqualTo("{\"transactionId\":42}");
      old.text("[3,\"" + call.group(1) + "\",{\"status\":\"Accepted\"}]");
      assertThat(stop.toCompletableFuture().get().accepted()).isTrue();
    }
    assertThat(remote.stop(gateway.station("CP3"), "42").toCompletableFuture().get().outcome())
        .isEqualTo(new CommandOutcome.NotConnected());
  }

  private RemoteOrders orders16() {
    return new Calls16(gateway.rooms.rooms(), EdgeSettings.defaults()).orders();
  }

  private CompletableFuture<CommandOutcome> send(String station, String action, String payload) {
    return gateway.commands().send(gateway.station(station), action, payload).toCompletableFuture();
  }

  private static Matcher call(RawStation station) throws IOException {
    Matcher call = CALL.matcher(station.reply());
    assertThat(call.matches()).isTrue();
    return call;
  }
}
