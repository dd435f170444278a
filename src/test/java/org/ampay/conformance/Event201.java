package org.ampay.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A TransactionEvent in the making. What is not said has a plain value: the station's clock, the
 * next seqNo of its transaction, no meter value.
 */
public final class Event201 {

  private final ObjectNode body = ScenarioApi.JSON.createObjectNode();
  private final ObjectNode info = body.putObject("transactionInfo");
  private final String transaction;

  private Event201(String type, String transaction, String trigger) {
    this.transaction = transaction;
    body.put("eventType", type);
    body.put("triggerReason", trigger);
    info.put("transactionId", transaction);
  }

  public static Event201 started(String transaction, String trigger) {
    return new Event201("Started", transaction, trigger);
  }

  public static Event201 updated(String transaction, String trigger) {
    return new Event201("Updated", transaction, trigger);
  }

  public static Event201 ended(String transaction, String trigger, String stoppedReason) {
    return new Event201("Ended", transaction, trigger).info("stoppedReason", stoppedReason);
  }

  public Event201 seqNo(int number) {
    return with("seqNo", number);
  }

  public Event201 at(String time) {
    return with("timestamp", time);
  }

  /** Its first connector. */
  public Event201 evse(int id) {
    return with("evse", Map.of("id", id, "connectorId", 1));
  }

  /** An ISO14443 token. */
  public Event201 token(String uid) {
    return with("idToken", Map.of("idToken", uid, "type", "ISO14443"));
  }

  public Event201 state(String chargingState) {
    return info("chargingState", chargingState);
  }

  /** Sent later than it happened. */
  public Event201 offline() {
    return with("offline", true);
  }

  /** A reading of the energy register at the event's time. */
  public Event201 meter(int registerWh) {
    ObjectNode value = body.putArray("meterValue").addObject();
    ObjectNode sample = value.putArray("sampledValue").addObject();
    sample.put("value", registerWh);
    sample.put("measurand", "Energy.Active.Import.Register");
    sample.putObject("unitOfMeasure").put("unit", "Wh");
    return this;
  }

  /** A further field of transactionInfo. */
  public Event201 info(String field, Object value) {
    info.set(field, ScenarioApi.JSON.valueToTree(value));
    return this;
  }

  /** A further field of the message. */
  public Event201 with(String field, Object value) {
    body.set(field, ScenarioApi.JSON.valueToTree(value));
    return this;
  }

  String transaction() {
    return transaction;
  }

  boolean hasSeqNo() {
    return body.has("seqNo");
  }

  /** The message, for {@link ScenarioStation#call}; at the present time unless it has one. */
  public ObjectNode payload() {
    return payload(ScenarioStation::now);
  }

  ObjectNode payload(Supplier<String> clock) {
    if (!body.has("timestamp")) {
      body.put("timestamp", clock.get());
    }
    for (JsonNode value : body.path("meterValue")) {
      if (!value.has("timestamp")) {
        ((ObjectNode) value).set("timestamp", body.get("timestamp"));
      }
    }
    return body;
  }
}
