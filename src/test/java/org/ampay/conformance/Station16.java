package org.ampay.conformance;

import com.fasterxml.jackson.databind.JsonNode;

/** An OCPP 1.6 station of a scenario. */
public final class Station16 extends ScenarioStation {

  private Station16(Setup setup) {
    super(setup, "1.6");
  }

  /** Made in the server, not connected yet. */
  public static Station16 make() {
    return make(Setup.plain());
  }

  public static Station16 make(Setup setup) {
    return new Station16(setup);
  }

  /** Connected and accepted. */
  public static Station16 online() {
    return online(Setup.plain());
  }

  public static Station16 online(Setup setup) {
    Station16 station = new Station16(setup);
    station.connect();
    station.bootAccepted();
    return station;
  }

  /** Boots; the payload of the answer. */
  public JsonNode boot() {
    return ok(
        "BootNotification",
        """
        {"chargePointVendor": "Scenario", "chargePointModel": "Raw-16",
         "chargePointSerialNumber": "S16", "firmwareVersion": "1.0"}
        """);
  }

  public void bootAccepted() {
    JsonNode answer = boot();
    if (!answer.path("status").asText().equals("Accepted")) {
      throw new AssertionError("boot: " + answer);
    }
  }

  /** StatusNotification without an error. */
  public void status(int connector, String status) {
    status(connector, status, "NoError");
  }

  public void status(int connector, String status, String errorCode) {
    ok(
        "StatusNotification",
        """
        {"connectorId": %d, "status": "%s", "errorCode": "%s", "timestamp": "%s"}
        """
            .formatted(connector, status, errorCode, clock()));
  }

  /** The cable is put in. */
  public void plug(int connector) {
    status(connector, "Preparing");
  }

  /** The cable is taken out. */
  public void unplug(int connector) {
    status(connector, "Available");
  }

  /** The status of the token's idTagInfo. */
  public String authorize(String idTag) {
    return ok("Authorize", "{\"idTag\": \"" + idTag + "\"}")
        .path("idTagInfo")
        .path("status")
        .asText();
  }

  /** StartTransaction by its clock; the answer's payload: transactionId and idTagInfo. */
  public JsonNode start(int connector, String idTag, int meterWh) {
    return start(connector, idTag, meterWh, clock());
  }

  public JsonNode start(int connector, String idTag, int meterWh, String time) {
    return ok(
        "StartTransaction",
        """
        {"connectorId": %d, "idTag": "%s", "meterStart": %d, "timestamp": "%s"}
        """
            .formatted(connector, idTag, meterWh, time));
  }

  /** A start that must be accepted; the transaction id. */
  public int started(int connector, String idTag, int meterWh) {
    JsonNode answer = start(connector, idTag, meterWh);
    if (!answer.path("idTagInfo").path("status").asText().equals("Accepted")) {
      throw new AssertionError("start: " + answer);
    }
    return answer.path("transactionId").asInt();
  }

  /** A reading of the energy register. */
  public void meter(int connector, int transaction, int registerWh) {
    meter(connector, transaction, registerWh, clock());
  }

  public void meter(int connector, int transaction, int registerWh, String time) {
    ok(
        "MeterValues",
        """
        {"connectorId": %d, "transactionId": %d, "meterValue": [{"timestamp": "%s",
          "sampledValue": [{"value": "%d", "measurand": "Energy.Active.Import.Register",
            "context": "Sample.Periodic", "unit": "Wh"}]}]}
        """
            .formatted(connector, transaction, time, registerWh));
  }

  /** StopTransaction by its clock, by the token that started; the answer's payload. */
  public JsonNode stop(int transaction, String idTag, int meterWh, String reason) {
    return stop(transaction, idTag, meterWh, reason, clock());
  }

  public JsonNode stop(int transaction, String idTag, int meterWh, String reason, String time) {
    return ok(
        "StopTransaction",
        """
        {"transactionId": %d, "idTag": "%s", "meterStop": %d, "timestamp": "%s", "reason": "%s"}
        """
            .formatted(transaction, idTag, meterWh, time, reason));
  }
}
