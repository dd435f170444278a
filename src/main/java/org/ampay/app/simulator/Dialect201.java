package org.ampay.app.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import org.ampay.app.simulator.Call.Message;
import org.jspecify.annotations.Nullable;

/** OCPP 2.0.1. */
final class Dialect201 implements Dialect {

  private final StationSpec spec;

  Dialect201(StationSpec spec) {
    this.spec = spec;
  }

  @Override
  public String subprotocol() {
    return "ocpp2.0.1";
  }

  @Override
  public Message boot(String reason) {
    return new Message(
        "BootNotification",
        () -> {
          ObjectNode payload = Json.object().put("reason", reason);
          payload
              .putObject("chargingStation")
              .put("vendorName", "Ampay")
              .put("model", "Simulator 201")
              .put("serialNumber", Dialect16.serial(spec.identity()))
              .put("firmwareVersion", "1.0.0");
          return payload;
        });
  }

  @Override
  public Message status(Outlet outlet, PlugState state, Instant at) {
    return new Message(
        "StatusNotification",
        () ->
            Json.object()
                .put("timestamp", Json.time(at, spec))
                .put("connectorStatus", state.word201)
                .put("evseId", outlet.evseNo())
                .put("connectorId", 1));
  }

  @Override
  public Message authorize(String token) {
    return new Message(
        "Authorize",
        () -> {
          ObjectNode payload = Json.object();
          addToken(payload, token);
          return payload;
        });
  }

  private static void addToken(ObjectNode payload, String token) {
    payload.putObject("idToken").put("idToken", token).put("type", "ISO14443");
  }

  @Override
  public Charge charge(Outlet outlet, String token, @Nullable Integer remoteStartId) {
    return Charge.numberedByStation(outlet, token, remoteStartId);
  }

  @Override
  public Message started(Charge charge, Sample sample) {
    ObjectNode payload =
        event(
            charge,
            sample,
            "Started",
            charge.remoteStartId == null ? "Authorized" : "RemoteStart",
            "Transaction.Begin");
    addToken(payload, charge.token);
    if (charge.remoteStartId != null) {
      info(payload).put("remoteStartId", charge.remoteStartId);
    }
    return new Message("TransactionEvent", () -> payload);
  }

  @Override
  public Message reading(Charge charge, Sample sample) {
    ObjectNode payload = event(charge, sample, "Updated", "MeterValuePeriodic", "Sample.Periodic");
    return new Message("TransactionEvent", () -> payload);
  }

  @Override
  public Optional<Message> changed(Charge charge, Sample sample, PlugState state) {
    charge.chargingState = state.chargingState201;
    ObjectNode payload = event(charge, sample, "Updated", "ChargingStateChanged", "Sample.Clock");
    return Optional.of(new Message("TransactionEvent", () -> payload));
  }

  @Override
  public Message ended(Charge charge, Sample sample, StopCause cause) {
    charge.chargingState = cause == StopCause.UNPLUGGED ? "Idle" : "EVConnected";
    ObjectNode payload = event(charge, sample, "Ended", cause.trigger201, "Transaction.End");
    info(payload).put("stoppedReason", cause.reason201);
    if (cause == StopCause.TOKEN) {
      addToken(payload, charge.token);
    }
    if (spec.has(Oddity.WRONG_FIELD_NAMES)) {
      payload.put("reason", cause.reason201);
    }
    return new Message("TransactionEvent", () -> payload);
  }

  private static ObjectNode info(ObjectNode payload) {
    return payload.withObject("/transactionInfo");
  }

  private ObjectNode event(
      Charge charge, Sample sample, String type, String trigger, String context) {
    ObjectNode payload =
        Json.object()
            .put("eventType", type)
            .put("timestamp", Json.time(sample.at(), spec))
            .put("triggerReason", trigger)
            .put("seqNo", charge.nextSeqNo());
    payload
        .putObject("transactionInfo")
        .put("transactionId", charge.transactionId)
        .put("chargingState", charge.chargingState);
    payload.putObject("evse").put("id", charge.outlet.evseNo()).put("connectorId", 1);
    ObjectNode value = payload.putArray("meterValue").addObject();
    value.put("timestamp", Json.time(sample.at(), spec));
    addSamples(value.putArray("sampledValue"), charge.outlet, sample, context);
    return payload;
  }

  private void addSamples(ArrayNode samples, Outlet outlet, Sample sample, String context) {
    if (spec.has(Oddity.KWH_REGISTER)) {
      BigDecimal kwh = BigDecimal.valueOf(sample.registerWh(), 3);
      add(samples, kwh, context, "Energy.Active.Import.Register", "kWh", null);
    } else {
      BigDecimal wh = BigDecimal.valueOf(sample.registerWh());
      add(samples, wh, context, "Energy.Active.Import.Register", "Wh", null);
    }
    add(samples, number(sample.powerW()), context, "Power.Active.Import", "W", null);
    if (outlet.direct()) {
      add(samples, number(sample.currentA(1)), context, "Current.Import", "A", null);
      add(samples, number(sample.voltageV()), context, "Voltage", "V", null);
      add(samples, number(sample.socPercent()), context, "SoC", "Percent", null);
      return;
    }
    BigDecimal current = number(sample.currentA(outlet.phases()));
    for (int phase = 1; phase <= outlet.phases(); phase++) {
      add(samples, current, context, "Current.Import", "A", "L" + phase);
      add(samples, number(sample.voltageV()), context, "Voltage", "V", "L" + phase + "-N");
    }
  }

  private static BigDecimal number(double value) {
    return new BigDecimal(Sample.print(value));
  }

  private static void add(
      ArrayNode samples,
      BigDecimal value,
      String context,
      String measurand,
      String unit,
      @Nullable String phase) {
    ObjectNode sample = samples.addObject().put("value", value).put("context", context);
    sample.put("measurand", measurand);
    if (phase != null) {
      sample.put("phase", phase);
    }
    sample.put("location", measurand.equals("SoC") ? "EV" : "Outlet");
    sample.putObject("unitOfMeasure").put("unit", unit);
  }

  @Override
  public boolean start(Charge charge, JsonNode answer) {
    return accepts(answer);
  }

  @Override
  public boolean accepts(JsonNode answer) {
    return answer.path("idTokenInfo").path("status").asText("Accepted").equals("Accepted");
  }

  @Override
  public Optional<ObjectNode> answer(String action, JsonNode payload, StationControls controls) {
    return Answers201.answer(action, payload, controls);
  }
}
