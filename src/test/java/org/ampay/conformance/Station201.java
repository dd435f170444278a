package org.ampay.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** An OCPP 2.0.1 station of a scenario. */
public final class Station201 extends ScenarioStation {

  private final Map<String, Integer> seqNos = new ConcurrentHashMap<>();

  private Station201(Setup setup) {
    super(setup, "2.0.1");
  }

  /** Made in the server, not connected yet. */
  public static Station201 make() {
    return make(Setup.plain());
  }

  public static Station201 make(Setup setup) {
    return new Station201(setup);
  }

  /** Connected and accepted. */
  public static Station201 online() {
    return online(Setup.plain());
  }

  public static Station201 online(Setup setup) {
    Station201 station = new Station201(setup);
    station.connect();
    station.bootAccepted();
    return station;
  }

  /** Boots; the payload of the answer. */
  public JsonNode boot(String reason) {
    return ok(
        "BootNotification",
        """
        {"reason": "%s", "chargingStation": {"vendorName": "Scenario", "model": "Raw-201",
          "serialNumber": "S201", "firmwareVersion": "1.0"}}
        """
            .formatted(reason));
  }

  public void bootAccepted() {
    JsonNode answer = boot("PowerUp");
    if (!answer.path("status").asText().equals("Accepted")) {
      throw new AssertionError("boot: " + answer);
    }
  }

  public void status(int evse, int connector, String status) {
    ok(
        "StatusNotification",
        """
        {"evseId": %d, "connectorId": %d, "connectorStatus": "%s", "timestamp": "%s"}
        """
            .formatted(evse, connector, status, clock()));
  }

  /** The cable is put in. */
  public void plug(int evse) {
    status(evse, 1, "Occupied");
  }

  /** The cable is taken out. */
  public void unplug(int evse) {
    status(evse, 1, "Available");
  }

  /** An ISO14443 token as JSON. */
  public static String idToken(String uid) {
    return "{\"idToken\": \"" + uid + "\", \"type\": \"ISO14443\"}";
  }

  /** The status of the token's idTokenInfo. */
  public String authorize(String uid) {
    return ok("Authorize", "{\"idToken\": " + idToken(uid) + "}")
        .path("idTokenInfo")
        .path("status")
        .asText();
  }

  /** Sends an event; one without a seqNo gets the next of its transaction. */
  public Answer event(Event201 event) {
    if (!event.hasSeqNo()) {
      event.seqNo(seqNos.merge(event.transaction(), 1, Integer::sum) - 1);
    }
    return call("TransactionEvent", event.payload(this::clock));
  }

  /** A transaction starts with that token on that EVSE, charging; the answer's payload. */
  public JsonNode start(String transaction, int evse, String uid, int registerWh) {
    return event(
            Event201.started(transaction, "Authorized")
                .evse(evse)
                .token(uid)
                .state("Charging")
                .meter(registerWh))
        .payload();
  }

  /** A start that must be accepted. */
  public void started(String transaction, int evse, String uid, int registerWh) {
    JsonNode answer = start(transaction, evse, uid, registerWh);
    if (!answer.path("idTokenInfo").path("status").asText().equals("Accepted")) {
      throw new AssertionError("start: " + answer);
    }
  }

  /** A periodic reading. */
  public JsonNode meter(String transaction, int registerWh) {
    return event(Event201.updated(transaction, "MeterValuePeriodic").meter(registerWh)).payload();
  }

  /** The transaction ends by the driver's token; the answer's payload with totalCost. */
  public JsonNode end(String transaction, String uid, int registerWh) {
    return event(
            Event201.ended(transaction, "StopAuthorized", "Local").token(uid).meter(registerWh))
        .payload();
  }
}
