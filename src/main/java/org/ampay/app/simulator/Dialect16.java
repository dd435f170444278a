package org.ampay.app.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Optional;
import org.ampay.app.simulator.Call.Message;
import org.jspecify.annotations.Nullable;

/** OCPP 1.6. */
final class Dialect16 implements Dialect {

  private final StationSpec spec;
  private final Answers16 answers = new Answers16();

  Dialect16(StationSpec spec) {
    this.spec = spec;
  }

  @Override
  public String subprotocol() {
    return "ocpp1.6";
  }

  @Override
  public Message boot(String reason) {
    return new Message(
        "BootNotification",
        () ->
            Json.object()
                .put("chargePointVendor", "Ampay")
                .put("chargePointModel", "Simulator 16")
                .put("chargePointSerialNumber", serial(spec.identity()))
                .put("firmwareVersion", "1.0.0"));
  }

  /** At most 25 characters. */
  static String serial(String identity) {
    return identity.length() <= 25 ? identity : identity.substring(identity.length() - 25);
  }

  @Override
  public Message status(Outlet outlet, PlugState state, Instant at) {
    return new Message(
        "StatusNotification",
        () ->
            Json.object()
                .put("connectorId", outlet.evseNo())
                .put("errorCode", "NoError")
                .put("status", state.word16)
                .put("timestamp", Json.time(at, spec)));
  }

  @Override
  public Message authorize(String token) {
    return new Message("Authorize", () -> Json.object().put("idTag", token));
  }

  @Override
  public Charge charge(Outlet outlet, String token, @Nullable Integer remoteStartId) {
    return Charge.numberedByServer(outlet, token);
  }

  @Override
  public Message started(Charge charge, Sample sample) {
    return new Message(
        "StartTransaction",
        () ->
            Json.object()
                .put("connectorId", charge.outlet.evseNo())
                .put("idTag", charge.token)
                .put("meterStart", sample.registerWh())
                .put("timestamp", Json.time(sample.at(), spec)));
  }

  @Override
  public Message reading(Charge charge, Sample sample) {
    return new Message(
        "MeterValues",
        () -> {
          ObjectNode payload = Json.object().put("connectorId", charge.outlet.evseNo());
          payload.put("transactionId", number(charge));
          ObjectNode value = payload.putArray("meterValue").addObject();
          value.put("timestamp", Json.time(sample.at(), spec));
          addSamples(value.putArray("sampledValue"), charge.outlet, sample);
          return payload;
        });
  }

  private void addSamples(ArrayNode samples, Outlet outlet, Sample sample) {
    if (spec.has(Oddity.KWH_REGISTER)) {
      String kwh = Long.toString(sample.registerWh() / 1000);
      String rest = String.format("%03d", sample.registerWh() % 1000);
      add(samples, kwh + "." + rest, "Energy.Active.Import.Register", "kWh", null);
    } else {
      String wh = Long.toString(sample.registerWh());
      add(samples, wh, "Energy.Active.Import.Register", "Wh", null);
    }
    add(samples, Sample.print(sample.powerW()), "Power.Active.Import", "W", null);
    if (outlet.direct()) {
      add(samples, Sample.print(sample.currentA(1)), "Current.Import", "A", null);
      add(samples, Sample.print(sample.voltageV()), "Voltage", "V", null);
      add(samples, Sample.print(sample.socPercent()), "SoC", "Percent", null);
      return;
    }
    String current = Sample.print(sample.currentA(outlet.phases()));
    for (int phase = 1; phase <= outlet.phases(); phase++) {
      add(samples, current, "Current.Import", "A", "L" + phase);
      add(samples, Sample.print(sample.voltageV()), "Voltage", "V", "L" + phase + "-N");
    }
  }

  private static void add(
      ArrayNode samples, String value, String measurand, String unit, @Nullable String phase) {
    ObjectNode sample = samples.addObject().put("value", value).put("context", "Sample.Periodic");
    sample.put("measurand", measurand);
    if (phase != null) {
      sample.put("phase", phase);
    }
    sample.put("location", measurand.equals("SoC") ? "EV" : "Outlet");
    sample.put("unit", unit);
  }

  @Override
  public Optional<Message> changed(Charge charge, Sample sample, PlugState state) {
    return Optional.empty();
  }

  @Override
  public Message ended(Charge charge, Sample sample, StopCause cause) {
    return new Message(
        "StopTransaction",
        () -> {
          ObjectNode payload = Json.object();
          if (cause == StopCause.TOKEN) {
            payload.put(spec.has(Oddity.WRONG_FIELD_NAMES) ? "idToken" : "idTag", charge.token);
          }
          return payload
              .put("meterStop", sample.registerWh())
              .put("timestamp", Json.time(sample.at(), spec))
              .put("transactionId", number(charge))
              .put("reason", cause.reason16);
        });
  }

  private static long number(Charge charge) {
    return charge.transactionId == null ? 0 : Long.parseLong(charge.transactionId);
  }

  @Override
  public boolean start(Charge charge, JsonNode answer) {
    charge.transactionId = answer.path("transactionId").asText();
    return accepts(answer);
  }

  @Override
  public boolean accepts(JsonNode answer) {
    return answer.path("idTagInfo").path("status").asText("Accepted").equals("Accepted");
  }

  @Override
  public Optional<ObjectNode> answer(String action, JsonNode payload, StationControls controls) {
    return answers.answer(action, payload, controls);
  }
}
