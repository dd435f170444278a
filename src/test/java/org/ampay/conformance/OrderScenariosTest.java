package org.ampay.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.ampay.app.SystemTime;
import org.ampay.app.simulator.Eventually;
import org.ampay.payment.kit.ExampleBank;
import org.ampay.payment.kit.SamplePlugin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Orders through the running server: a third party's provider from its jar, a bank behind a socket
 * that calls back, stations of both versions. To the cent, and no hold left.
 */
class OrderScenariosTest {

  private static ScenarioServer server;
  private static ExampleBank bank;
  private static long account;

  @BeforeAll
  static void open() {
    server =
        ScenarioServer.start(
            Map.of(
                "plugins",
                SamplePlugin.folder().toString(),
                "orders.pay_in",
                "8",
                "orders.plug_in",
                "8"));
    bank = new ExampleBank(new SystemTime());
    account =
        server
            .api()
            .post(
                "/payment-accounts",
                Map.of(
                    "provider",
                    "examplebank",
                    "name",
                    "The bank",
                    "settings",
                    Map.of(
                        "endpoint",
                        bank.url(),
                        "merchant",
                        ExampleBank.MERCHANT,
                        "secret",
                        ExampleBank.SECRET)))
            .expect(201)
            .path("id")
            .asLong();
  }

  @AfterAll
  static void close() {
    server.close();
    bank.close();
  }

  @AfterEach
  void booksEqualTheBanks_andNothingIsHeld() {
    assertThat(bank.held("CNY")).isZero();
    Eventually.await(
        "the books equal the bank's",
        () -> ledger("psp_clearing:examplebank") == bank.moved("CNY"));
    assertThat(ledger("deposit:")).isZero();
    assertThat(server.api().get("/ledger/trial-balance").expect(200).path("balanced").asBoolean())
        .isTrue();
  }

  /** Debits less credits of all accounts whose code begins so. */
  private static long ledger(String prefix) {
    long sum = 0;
    for (JsonNode row :
        server
            .api()
            .get("/ledger/accounts?limit=1000&prefix=" + prefix)
            .expect(200)
            .path("items")) {
      sum += row.path("balance").path("minor").asLong();
    }
    return sum;
  }

  private static JsonNode place(ScenarioStation station, String flow, long minor) {
    Map<String, Object> body = new HashMap<>();
    body.put(
        "pay_code", server.api().station(station).path("evses").path(0).path("pay_code").asText());
    body.put("provider", "examplebank");
    body.put("account", account);
    body.put("flow", flow);
    body.put("form", "qr");
    body.put("amount", Map.of("minor", minor));
    return server.api().post("/orders", body).expect(201);
  }

  private static JsonNode await(JsonNode order, String state) {
    return server
        .api()
        .awaitGet(
            "/orders/" + order.path("id").asLong(), o -> o.path("state").asText().equals(state));
  }

  private static void closed(JsonNode order, String why, long returned) {
    JsonNode end = await(order, "closed");
    assertThat(end.path("end_reason").asText()).isEqualTo(why);
    assertThat(end.path("returned").path("minor").asLong()).isEqualTo(returned);
    for (JsonNode payment : end.path("payments")) {
      assertThat(payment.path("state").asText()).isIn("succeeded", "declined");
    }
  }

  private static Map<String, String> central(String token) {
    return Map.of("idToken", token, "type", "Central");
  }

  private static String ago(int minutes) {
    return Instant.now().minusSeconds(60L * minutes).toString();
  }

  @Test
  void prepaid_on16_isStartedByTheCallback_andTheRestComesBack() {
    try (Station16 station = Station16.online(Setup.on(server))) {
      station.answers("RemoteStartTransaction", "{\"status\":\"Accepted\"}");
      long before = bank.moved("CNY");
      JsonNode order = place(station, "prepaid", 2_000);
      bank.pay(order.path("action").asText());
      ReceivedCall start = station.awaitCall("RemoteStartTransaction");
      assertThat(start.payload().path("connectorId").asInt()).isEqualTo(1);
      String token = start.payload().path("idTag").asText();
      assertThat(token).matches("P[A-Z2-7]{15}");
      await(order, "starting");
      assertThat(station.authorize(token)).isEqualTo("Accepted");
      int transaction = station.start(1, token, 0, ago(60)).path("transactionId").asInt();
      await(order, "charging");
      station.stop(transaction, token, 2_000, "Local", ago(1));
      closed(order, "settled", 1_750);
      assertThat(bank.moved("CNY") - before).isEqualTo(250);
      assertThat(station.authorize(token)).isNotEqualTo("Accepted");
      assertThat(station.waitingCalls("RemoteStartTransaction")).isZero();
    }
  }

  @Test
  void preauth_on201_isCaptured_andTheRestSetFree() {
    try (Station201 station = Station201.online(Setup.on(server))) {
      station.answers("RequestStartTransaction", "{\"status\":\"Accepted\"}");
      long before = bank.moved("CNY");
      JsonNode order = place(station, "preauth", 2_000);
      bank.pay(order.path("action").asText());
      ReceivedCall start = station.awaitCall("RequestStartTransaction");
      assertThat(start.payload().path("evseId").asInt()).isEqualTo(1);
      assertThat(start.payload().path("idToken").path("type").asText()).isEqualTo("Central");
      String token = start.payload().path("idToken").path("idToken").asText();
      int remoteStart = start.payload().path("remoteStartId").asInt();
      Transaction201 tx = Transaction201.on(station);
      tx.started(
          "RemoteStart",
          e ->
              e.evse(1)
                  .with("idToken", central(token))
                  .info("remoteStartId", remoteStart)
                  .state("Charging")
                  .meter(0));
      await(order, "charging");
      tx.later(60)
          .ended("StopAuthorized", "Local", e -> e.with("idToken", central(token)).meter(2_000));
      closed(order, "settled", 1_750);
      assertThat(bank.moved("CNY") - before).isEqualTo(250);
    }
  }

  @Test
  void aStationThatRefuses_costsNothing() {
    try (Station16 station = Station16.online(Setup.on(server))) {
      station.answers("RemoteStartTransaction", "{\"status\":\"Rejected\"}");
      JsonNode order = place(station, "preauth", 2_000);
      bank.pay(order.path("action").asText());
      closed(order, "start_refused", 2_000);
    }
  }

  @Test
  void cancelledJustBeforeTheStart_theMoneyIsBack_theStartRefused_theStationStopped() {
    try (Station16 station = Station16.online(Setup.on(server))) {
      station.answers("RemoteStartTransaction", "{\"status\":\"Accepted\"}");
      station.answers("RemoteStopTransaction", "{\"status\":\"Accepted\"}");
      JsonNode order = place(station, "prepaid", 2_000);
      bank.pay(order.path("action").asText());
      String token = station.awaitCall("RemoteStartTransaction").payload().path("idTag").asText();
      await(order, "starting");
      server.api().post("/orders/" + order.path("id").asLong() + "/cancel", null).expect(200);
      JsonNode started = station.start(1, token, 0);
      assertThat(started.path("idTagInfo").path("status").asText()).isNotEqualTo("Accepted");
      ReceivedCall stop = station.awaitCall("RemoteStopTransaction");
      assertThat(stop.payload().path("transactionId").asInt())
          .isEqualTo(started.path("transactionId").asInt());
      closed(order, "cancelled", 2_000);
    }
  }

  @Test
  void cancelledWhileCharging_isStopped_andPaid() {
    try (Station16 station = Station16.online(Setup.on(server))) {
      station.answers("RemoteStartTransaction", "{\"status\":\"Accepted\"}");
      station.answers("RemoteStopTransaction", "{\"status\":\"Accepted\"}");
      JsonNode order = place(station, "preauth", 2_000);
      bank.pay(order.path("action").asText());
      String token = station.awaitCall("RemoteStartTransaction").payload().path("idTag").asText();
      int transaction = station.start(1, token, 0, ago(60)).path("transactionId").asInt();
      await(order, "charging");
      server
          .api()
          .awaitGet("/orders/" + order.path("id").asLong(), o -> o.path("session").asLong() > 0);
      server.api().post("/orders/" + order.path("id").asLong() + "/cancel", null).expect(200);
      ReceivedCall stop = station.awaitCall("RemoteStopTransaction");
      assertThat(stop.payload().path("transactionId").asInt()).isEqualTo(transaction);
      station.stop(transaction, token, 1_000, "Remote", ago(1));
      closed(order, "settled", 1_850);
    }
  }

  @Test
  void aCableThatIsNeverPlugged_costsNothing() {
    try (Station201 station = Station201.online(Setup.on(server))) {
      station.answers("RequestStartTransaction", "{\"status\":\"Accepted\"}");
      JsonNode order = place(station, "prepaid", 2_000);
      bank.pay(order.path("action").asText());
      station.awaitCall("RequestStartTransaction");
      closed(order, "never_plugged", 2_000);
    }
  }

  @Test
  void aStationThatLeaves_costsNothing() {
    try (Station16 station = Station16.online(Setup.on(server))) {
      JsonNode order = place(station, "preauth", 2_000);
      station.disconnect();
      station.awaitShown(false);
      bank.pay(order.path("action").asText());
      closed(order, "station_offline", 2_000);
    }
  }

  @Test
  void whatIsNotPaid_expires() {
    try (Station16 station = Station16.online(Setup.on(server))) {
      JsonNode end = await(place(station, "preauth", 2_000), "closed");
      assertThat(end.path("end_reason").asText()).isEqualTo("expired");
      assertThat(station.waitingCalls("RemoteStartTransaction")).isZero();
    }
  }

  @Test
  void aDepositThatIsUsedUp_stopsTheSession() {
    try (Station16 station = Station16.online(Setup.on(server))) {
      station.answers("RemoteStartTransaction", "{\"status\":\"Accepted\"}");
      station.answers("RemoteStopTransaction", "{\"status\":\"Accepted\"}");
      JsonNode order = place(station, "prepaid", 100);
      bank.pay(order.path("action").asText());
      String token = station.awaitCall("RemoteStartTransaction").payload().path("idTag").asText();
      int transaction = station.start(1, token, 0, ago(60)).path("transactionId").asInt();
      long session =
          server
              .api()
              .awaitGet("/orders/" + order.path("id").asLong(), o -> o.path("session").asLong() > 0)
              .path("session")
              .asLong();
      server
          .api()
          .awaitGet(
              "/sessions/" + session + "/limits", set -> set.at("/amount/minor").asLong() == 100);
      Map<String, Object> more = Map.of("amount", Map.of("minor", 100_000));
      assertThat(server.api().put("/sessions/" + session + "/limits", more).status())
          .as("what was paid stays the limit")
          .isEqualTo(409);
      station.meter(1, transaction, 500, ago(2));
      ReceivedCall stop = station.awaitCall("RemoteStopTransaction");
      assertThat(stop.payload().path("transactionId").asInt()).isEqualTo(transaction);
      station.stop(transaction, token, 500, "Remote", ago(1));
      closed(order, "settled", 0);
    }
  }

  @Test
  void guests_areInNoList() {
    try (Station16 station = Station16.online(Setup.on(server))) {
      JsonNode order = place(station, "prepaid", 2_000);
      for (JsonNode driver : server.api().get("/drivers?limit=1000").expect(200).path("items")) {
        assertThat(driver.path("name").asText()).doesNotStartWith("Order ");
      }
      for (JsonNode token : server.api().get("/tokens?limit=1000").expect(200).path("items")) {
        assertThat(token.path("uid").asText()).doesNotMatch("P[A-Z2-7]{15}");
      }
      server.api().post("/orders/" + order.path("id").asLong() + "/cancel", null).expect(200);
      await(order, "closed");
    }
  }

  @Test
  void unpaidOrCancelled_nobodyIsAskedToStart_andTheEvseIsForOne() {
    try (Station16 station = Station16.online(Setup.on(server))) {
      JsonNode order = place(station, "prepaid", 2_000);
      Map<String, Object> second = new HashMap<>();
      second.put(
          "pay_code",
          server.api().station(station).path("evses").path(0).path("pay_code").asText());
      second.put("provider", "examplebank");
      second.put("account", account);
      second.put("flow", "prepaid");
      second.put("form", "qr");
      assertThat(server.api().post("/orders", second).status()).isEqualTo(409);
      server.api().post("/orders/" + order.path("id").asLong() + "/cancel", null).expect(200);
      JsonNode end = await(order, "closed");
      assertThat(end.path("end_reason").asText()).isEqualTo("cancelled");
      bank.pay(order.path("action").asText());
      assertThat(station.waitingCalls("RemoteStartTransaction")).isZero();
    }
  }

  @Test
  void orders_areListed_withoutTheirSecret_andOnlyToTheirOperator() {
    try (Station16 station = Station16.online(Setup.on(server))) {
      JsonNode order = place(station, "prepaid", 2_000);
      assertThat(order.path("code").asText()).hasSize(22);
      JsonNode listed =
          server.api().get("/orders?state=waiting&limit=1").expect(200).path("items").path(0);
      assertThat(listed.path("id").asLong()).isEqualTo(order.path("id").asLong());
      assertThat(listed.has("code")).isFalse();
      assertThat(server.api().get("/orders/999999999").status()).isEqualTo(404);
      assertThat(server.api().get("/orders?state=odd").status()).isEqualTo(400);
      server.api().post("/orders/" + order.path("id").asLong() + "/cancel", null).expect(200);
      await(order, "closed");
    }
  }

  @Test
  void anOrderWithoutAStation_isRefused() {
    try (Station16 station = Station16.make(Setup.on(server))) {
      Map<String, Object> body = new HashMap<>();
      body.put(
          "pay_code",
          server.api().station(station).path("evses").path(0).path("pay_code").asText());
      body.put("provider", "examplebank");
      body.put("account", account);
      body.put("flow", "prepaid");
      body.put("form", "qr");
      var reply = server.api().post("/orders", body);
      assertThat(reply.status()).isEqualTo(409);
      assertThat(reply.body().path("type").asText()).contains("offline");
      body.put("pay_code", "NOTHING");
      assertThat(server.api().post("/orders", body).status()).isEqualTo(400);
      body.put("flow", "wallet");
      assertThat(server.api().post("/orders", body).status()).isEqualTo(400);
    }
  }
}
