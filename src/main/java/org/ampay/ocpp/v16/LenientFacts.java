package org.ampay.ocpp.v16;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ampay.access.IdToken;
import org.ampay.base.Energy;
import org.ampay.charging.MeterReading;
import org.ampay.charging.SessionCommand;
import org.ampay.ocpp.edge.Readings;
import org.ampay.ocpp.edge.Sample;
import org.ampay.ocpp.edge.StationCall;
import org.ampay.ocpp.wire.Payload;
import org.ampay.ocpp.wire.RawJson;
import org.ampay.ocpp.wire.Wire;
import org.ampay.ocpp.wire.WireException;
import org.ampay.ocpp.wire.WireReader;
import org.ampay.station.EvseRef;
import org.ampay.station.Protocol;
import org.jspecify.annotations.Nullable;

/**
 * StopTransaction and MeterValues that break the schema, read as far as they go. They are confirmed
 * and stored for review: a station would repeat them for ever, or forget them, and either way the
 * energy would be lost.
 */
final class LenientFacts {

  private static final ObjectMapper JSON =
      JsonMapper.builder(Wire.factory(Wire.MAX_DEPTH))
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private static final BigDecimal MAX_WH = BigDecimal.valueOf(Long.MAX_VALUE / 4_000);
  private static final int MAX_REASON = 20;
  private static final int MAX_NAME = 50;
  private static final int MAX_TOKEN = 36;
  private static final int MAX_DIGITS = 36;

  private final JsonNode payload;
  private final Instant receivedAt;
  private final String broken;

  private LenientFacts(JsonNode payload, StationCall call, WireException broken) {
    this.payload = payload;
    this.receivedAt = call.receivedAt();
    this.broken = String.valueOf(broken.getMessage());
  }

  /** The fact; empty when the call is another one, or its transaction cannot be read. */
  static Optional<SessionCommand> read(StationCall call, WireException broken) {
    boolean stop = call.action().equals("StopTransaction");
    if (!stop && !call.action().equals("MeterValues")) {
      return Optional.empty();
    }
    JsonNode payload;
    try {
      payload = JSON.readTree(call.payload().toBytes());
    } catch (IOException e) {
      return Optional.empty(); // the answer says so: the frame's payload is no JSON object
    }
    LenientFacts facts = new LenientFacts(payload, call, broken);
    return stop ? facts.stop() : facts.readings();
  }

  private Optional<SessionCommand> stop() {
    return transactionId()
        .map(
            id ->
                new SessionCommand.Stop(
                    id,
                    token(),
                    energy(),
                    time(payload.get("timestamp")),
                    text("reason", MAX_REASON).orElse("Local"),
                    meterReadings("transactionData"),
                    broken));
  }

  private Optional<SessionCommand> readings() {
    Optional<Long> connector = integer("connectorId").filter(id -> id >= 0 && id < 100_000);
    Optional<String> transaction = transactionId();
    boolean unreadable = payload.has("transactionId") && transaction.isEmpty();
    if (unreadable || (connector.isEmpty() && transaction.isEmpty())) {
      return Optional.empty();
    }
    return Optional.of(
        new SessionCommand.Readings(
            EvseRef.ofConnector16(connector.orElse(0L).intValue()),
            transaction,
            meterReadings("meterValue"),
            broken));
  }

  private @Nullable IdToken token() {
    return text("idTag", MAX_TOKEN).map(IdToken::untyped).orElse(null);
  }

  private @Nullable Energy energy() {
    return number(payload.get("meterStop"))
        .filter(wh -> wh.abs().compareTo(MAX_WH) <= 0)
        .map(Energy::ofWh)
        .orElse(null);
  }

  private List<MeterReading> meterReadings(String field) {
    List<MeterReading> readings = new ArrayList<>();
    for (JsonNode value : payload.path(field)) {
      List<Sample> samples = new ArrayList<>();
      for (JsonNode sampled : value.path("sampledValue")) {
        samples.add(sample(sampled));
      }
      readings.addAll(Readings.of(time(value.get("timestamp")), samples));
    }
    return readings;
  }

  private static Sample sample(JsonNode value) {
    RawJson source = new RawJson(value.toString());
    boolean signed = "SignedData".equals(value.path("format").textValue());
    BigDecimal number = signed ? null : number(value.get("value")).orElse(null);
    boolean named =
        isName(value.get("context"))
            && isName(value.get("measurand"))
            && isName(value.get("phase"))
            && isName(value.get("location"))
            && isName(value.get("unit"));
    return new Sample(
        named ? number : null, // without its names a number says nothing
        named ? value.path("context").textValue() : null,
        value.path("measurand").textValue(),
        value.path("phase").textValue(),
        value.path("location").textValue(),
        value.path("unit").textValue(),
        signed,
        out -> out.writeRawValue(source.text()));
  }

  private static boolean isName(@Nullable JsonNode node) {
    return node == null || (node.isTextual() && node.textValue().length() <= MAX_NAME);
  }

  /** Any number, as digits: one that no transaction has is a stray one's, and is kept. */
  private Optional<String> transactionId() {
    return number(payload.get("transactionId"))
        .map(BigDecimal::stripTrailingZeros)
        .filter(n -> n.precision() <= MAX_DIGITS && Math.abs(n.scale()) <= MAX_DIGITS)
        .map(BigDecimal::toPlainString)
        .filter(text -> text.length() <= MAX_TOKEN);
  }

  private Optional<Long> integer(String field) {
    return number(payload.get(field))
        .filter(n -> n.stripTrailingZeros().scale() <= 0)
        .filter(n -> n.abs().compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) <= 0)
        .map(BigDecimal::longValue);
  }

  /** A number, also as text. */
  private static Optional<BigDecimal> number(@Nullable JsonNode node) {
    if (node == null) {
      return Optional.empty();
    }
    return node.isNumber()
        ? Sample.scaled(node.decimalValue(), 0)
        : Optional.ofNullable(node.textValue()).flatMap(Sample::number);
  }

  private Optional<String> text(String field, int maxLength) {
    return Optional.ofNullable(payload.path(field).textValue())
        .filter(text -> text.length() <= maxLength);
  }

  /** The time that was given, or of receipt when it cannot be read. */
  private Instant time(@Nullable JsonNode node) {
    if (node == null || !node.isTextual() || node.textValue().length() > MAX_NAME) {
      return receivedAt;
    }
    try {
      return WireReader.read(
          Payload.of("{\"at\":" + node + "}"), Protocol.OCPP_16, LenientFacts::instant);
    } catch (WireException e) {
      return receivedAt;
    }
  }

  private static Instant instant(WireReader in) throws IOException, WireException {
    in.beginObject();
    in.nextField();
    Instant at = in.dateTime();
    in.nextField();
    return at;
  }
}
