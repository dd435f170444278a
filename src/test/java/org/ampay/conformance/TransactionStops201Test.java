package org.ampay.conformance;

import static org.ampay.conformance.Transaction201.status;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Block E of OCPP 2.0.1: every way in which a transaction may end or pause. */
class TransactionStops201Test {

  /** A transaction that charges since a while. */
  private static Transaction201 charging() {
    Transaction201 tx = Transaction201.begin();
    tx.station.plug(1);
    JsonNode started =
        tx.started("Authorized", e -> e.evse(1).token(tx.token).state("Charging").meter(0));
    assertThat(status(started)).isEqualTo("Accepted");
    tx.updated("MeterValuePeriodic", e -> e.state("Charging").meter(1_000));
    return tx;
  }

  private static void finished(Transaction201 tx, String reason, String lastEvent) {
    JsonNode session = tx.settled();
    assertThat(session.path("state").asText()).isEqualTo("finished");
    assertThat(session.path("stop_reason").asText()).isEqualTo(reason);
    assertThat(session.path("energy_wh").asInt()).isEqualTo(2_000);
    assertThat(session.path("total").path("minor").asLong()).isEqualTo(250);
    assertThat(tx.events().getLast()).isEqualTo(lastEvent);
  }

  @Test
  @Scenario("TC_E_07_CSMS")
  void tcE07_localStop_atPowerPathLoss() {
    try (Transaction201 tx = charging()) {
      tx.ended("StopAuthorized", "Local", e -> e.token(tx.token).state("EVConnected").meter(2_000));
      finished(tx, "Local", "Ended StopAuthorized EVConnected");
    }
  }

  @Test
  @Scenario("TC_E_08_CSMS")
  void tcE08_energyStops_authorizationWithdrawn() {
    try (Transaction201 tx = charging()) {
      tx.updated("StopAuthorized", e -> e.token(tx.token).state("SuspendedEVSE").meter(2_000));
      tx.ended("ChargingStateChanged", "Local", e -> e.state("EVConnected").meter(2_000));
      finished(tx, "Local", "Ended ChargingStateChanged EVConnected");
    }
  }

  @Test
  @Scenario("TC_E_14_CSMS")
  void tcE14_unpluggedAtTheStation() {
    try (Transaction201 tx = charging()) {
      tx.ended("EVCommunicationLost", "EVDisconnected", e -> e.state("Idle").meter(2_000));
      tx.station.unplug(1);
      finished(tx, "EVDisconnected", "Ended EVCommunicationLost Idle");
    }
  }

  @Test
  @Scenario("TC_E_15_CSMS")
  void tcE15_localToken() {
    try (Transaction201 tx = charging()) {
      JsonNode ended = tx.ended("StopAuthorized", "Local", e -> e.token(tx.token).meter(2_000));
      assertThat(status(ended)).isEqualTo("Accepted");
      finished(tx, "Local", "Ended StopAuthorized");
    }
  }

  @Test
  void secondTokenOfTheSameGroup_stops() {
    try (Transaction201 tx = Transaction201.begin()) {
      ScenarioApi api = tx.station.api();
      long driver = api.driver(Unique.token(), 10_000);
      String first = Unique.token();
      String second = Unique.token();
      api.token(Map.of("uid", first, "group", "G-" + first, "driver", driver));
      api.token(Map.of("uid", second, "group", "G-" + first));
      tx.started("Authorized", e -> e.evse(1).token(first).state("Charging").meter(0));
      JsonNode ended = tx.ended("StopAuthorized", "Local", e -> e.token(second).meter(2_000));
      assertThat(status(ended)).isEqualTo("Accepted");
      assertThat(ended.path("idTokenInfo").path("groupIdToken").path("idToken").asText())
          .isEqualTo("G-" + first);
      JsonNode session = tx.settled();
      assertThat(session.path("token").asText()).isEqualTo(first);
      assertThat(session.path("review_reason").asText("")).isEmpty();
    }
  }

  @Test
  @Scenario("TC_E_16_CSMS")
  @Proves({"E01.FR.11", "E05.FR.01"})
  void tcE16_tokenRefusedInTheAnswer_stationDeauthorizes() {
    try (Transaction201 tx = Transaction201.begin()) {
      String blocked = Unique.token();
      tx.station.api().token(Map.of("uid", blocked, "blocked", true));
      JsonNode started =
          tx.started("Authorized", e -> e.evse(1).token(blocked).state("EVConnected").meter(0));
      assertThat(status(started)).isEqualTo("Blocked");
      JsonNode ended = tx.ended("Deauthorized", "DeAuthorized", e -> e.meter(0));
      assertThat(ended.path("totalCost").decimalValue()).isEqualByComparingTo("0");
      JsonNode session = tx.session();
      assertThat(session.path("state").asText()).isEqualTo("rejected");
      assertThat(session.path("stop_reason").asText()).isEqualTo("DeAuthorized");
      assertThat(session.path("bills")).isEmpty();
    }
  }

  @Test
  @Scenario("TC_E_17_CSMS")
  void tcE17_unpluggedAtTheEv_deauthorizes() {
    try (Transaction201 tx = charging()) {
      tx.updated("EVCommunicationLost", e -> e.state("Idle").meter(2_000));
      tx.ended("Deauthorized", "EVDisconnected", e -> e.meter(2_000));
      finished(tx, "EVDisconnected", "Ended Deauthorized");
    }
  }

  @Test
  @Scenario("TC_E_19_CSMS")
  void tcE19_theBayEmpties() {
    try (Transaction201 tx = charging()) {
      tx.updated("EVCommunicationLost", e -> e.state("Idle").meter(2_000));
      tx.ended("EVDeparted", "Local", e -> e.meter(2_000));
      finished(tx, "Local", "Ended EVDeparted");
    }
  }

  @Test
  @Scenario("TC_E_20_CSMS")
  void tcE20_unpluggedAtTheEv_ends() {
    try (Transaction201 tx = charging()) {
      tx.ended("EVCommunicationLost", "EVDisconnected", e -> e.meter(2_000));
      finished(tx, "EVDisconnected", "Ended EVCommunicationLost");
    }
  }

  @Test
  @Scenario("TC_E_21_CSMS")
  void tcE21_remoteStop() {
    try (Transaction201 tx = charging()) {
      tx.station.answers("RequestStopTransaction", "{\"status\": \"Accepted\"}");
      JsonNode answer =
          tx.station
              .api()
              .answered(tx.station, "RequestStopTransaction", Map.of("transactionId", tx.id));
      assertThat(answer.path("status").asText()).isEqualTo("Accepted");
      assertThat(
              tx.station
                  .awaitCall("RequestStopTransaction")
                  .payload()
                  .path("transactionId")
                  .asText())
          .isEqualTo(tx.id);
      tx.ended("RemoteStop", "Remote", e -> e.state("EVConnected").meter(2_000));
      finished(tx, "Remote", "Ended RemoteStop EVConnected");
    }
  }

  @Test
  @Scenario("TC_E_22_CSMS")
  void tcE22_evSuspends_thenStop() {
    try (Transaction201 tx = charging()) {
      tx.updated("ChargingStateChanged", e -> e.state("SuspendedEV").meter(2_000));
      tx.ended("ChargingStateChanged", "StoppedByEV", e -> e.state("SuspendedEV").meter(2_000));
      finished(tx, "StoppedByEV", "Ended ChargingStateChanged SuspendedEV");
    }
  }

  @Test
  @Scenario("TC_E_26_CSMS")
  void tcE26_unplugOnlySuspends_thenItGoesOn() {
    try (Transaction201 tx = charging()) {
      tx.updated("EVCommunicationLost", e -> e.state("Idle").meter(1_500));
      tx.station.unplug(1);
      assertThat(tx.session().path("state").asText()).isEqualTo("active");
      tx.station.plug(1);
      tx.updated("CablePluggedIn", e -> e.state("EVConnected"));
      tx.updated("ChargingStateChanged", e -> e.state("Charging").meter(1_500));
      tx.ended("StopAuthorized", "Local", e -> e.token(tx.token).meter(2_000));
      finished(tx, "Local", "Ended StopAuthorized");
    }
  }

  /** Asks by the API; the station says that. */
  private static JsonNode asked(Transaction201 tx, Object request, String says) {
    tx.station.answers("GetTransactionStatus", says);
    CompletableFuture<ScenarioApi.Reply> reply =
        tx.station.api().commandLater(tx.station, "GetTransactionStatus", request);
    JsonNode received = tx.station.awaitCall("GetTransactionStatus").payload();
    assertThat(received).isEqualTo(ScenarioApi.JSON.valueToTree(request));
    return reply.join().expect(200).path("payload");
  }

  @Test
  @Scenario("TC_E_29_CSMS")
  void tcE29_runningTransaction_messagesQueued() {
    try (Transaction201 tx = charging()) {
      JsonNode told =
          asked(
              tx,
              Map.of("transactionId", tx.id),
              "{\"ongoingIndicator\": true, \"messagesInQueue\": true}");
      assertThat(told.path("ongoingIndicator").asBoolean()).isTrue();
      assertThat(told.path("messagesInQueue").asBoolean()).isTrue();
    }
  }

  @Test
  @Scenario("TC_E_30_CSMS")
  void tcE30_runningTransaction_nothingQueued() {
    try (Transaction201 tx = charging()) {
      JsonNode told =
          asked(
              tx,
              Map.of("transactionId", tx.id),
              "{\"ongoingIndicator\": true, \"messagesInQueue\": false}");
      assertThat(told.path("messagesInQueue").asBoolean()).isFalse();
    }
  }

  @Test
  @Scenario("TC_E_31_CSMS")
  void tcE31_endedTransaction_messagesQueued_isAskedByItself_andBilledOnce() {
    try (Transaction201 tx = charging()) {
      tx.station.answers(
          "GetTransactionStatus", "{\"ongoingIndicator\": false, \"messagesInQueue\": true}");
      // The event with seqNo 2 is still in the station's queue.
      JsonNode ended = tx.ended("StopAuthorized", "Local", e -> e.seqNo(3).meter(2_000));
      assertThat(ended.has("totalCost")).isFalse();
      assertThat(tx.session().path("review_reason").asText()).isEqualTo("events have not come: 2");
      assertThat(
              tx.station.awaitCall("GetTransactionStatus").payload().path("transactionId").asText())
          .isEqualTo(tx.id);
      assertThat(tx.session().path("state").asText()).isEqualTo("review");
      tx.later(-8).updated("MeterValuePeriodic", e -> e.seqNo(2).offline().meter(1_400));
      JsonNode session = tx.settled();
      assertThat(session.path("state").asText()).isEqualTo("finished");
      assertThat(session.path("total").path("minor").asLong()).isEqualTo(250);
      assertThat(session.path("bills")).hasSize(1);
      assertThat(tx.events()).hasSize(4).anyMatch(words -> words.endsWith("offline"));
    }
  }

  @Test
  void endedTransaction_nothingQueued_isBilledByItsRegisters() {
    try (Transaction201 tx = charging()) {
      tx.station.answers(
          "GetTransactionStatus", "{\"ongoingIndicator\": false, \"messagesInQueue\": false}");
      tx.ended("StopAuthorized", "Local", e -> e.seqNo(5).meter(2_000));
      JsonNode session = tx.settled();
      assertThat(session.path("total").path("minor").asLong()).isEqualTo(250);
      assertThat(session.path("review_reason").asText()).contains("events 2-4 are lost");
    }
  }

  @Test
  @Scenario("TC_E_33_CSMS")
  void tcE33_withoutId_messagesQueued() {
    try (Transaction201 tx = charging()) {
      JsonNode told = asked(tx, Map.of(), "{\"messagesInQueue\": true}");
      assertThat(told.has("ongoingIndicator")).isFalse();
      assertThat(told.path("messagesInQueue").asBoolean()).isTrue();
    }
  }

  @Test
  @Scenario("TC_E_34_CSMS")
  void tcE34_withoutId_nothingQueued() {
    try (Transaction201 tx = charging()) {
      JsonNode told = asked(tx, Map.of(), "{\"messagesInQueue\": false}");
      assertThat(told.path("messagesInQueue").asBoolean()).isFalse();
    }
  }
}
