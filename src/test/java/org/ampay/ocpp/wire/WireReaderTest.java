package org.ampay.ocpp.wire;

import static org.ampay.ocpp.wire.ErrorCode.FORMAT_VIOLATION;
import static org.ampay.ocpp.wire.ErrorCode.OCCURRENCE_CONSTRAINT_VIOLATION;
import static org.ampay.ocpp.wire.ErrorCode.PROPERTY_CONSTRAINT_VIOLATION;
import static org.ampay.ocpp.wire.ErrorCode.TYPE_CONSTRAINT_VIOLATION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.ampay.conformance.Proves;
import org.ampay.ocpp.v16.wire.HeartbeatResponse;
import org.ampay.ocpp.v16.wire.StartTransactionRequest;
import org.ampay.ocpp.v16.wire.StopTransactionRequest;
import org.ampay.ocpp.v201.wire.CostUpdatedRequest;
import org.ampay.ocpp.v201.wire.CustomDataType;
import org.ampay.ocpp.v201.wire.DataTransferRequest;
import org.ampay.ocpp.v201.wire.GetReportRequest;
import org.ampay.ocpp.v201.wire.HeartbeatRequest;
import org.ampay.ocpp.v201.wire.SetVariablesRequest;
import org.ampay.ocpp.v201.wire.TransactionEventRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What JSON Schema leaves open, and the limits. */
class WireReaderTest {

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static void assertRefused(
      MessageType<?, ?> type, String json, ErrorCode code, String field) {
    WireException refusal =
        catchThrowableOfType(WireException.class, () -> type.readRequest(utf8(json)));
    assertThat(refusal).as(json).isNotNull();
    assertThat(refusal.code()).as(json).isEqualTo(code);
    assertThat(refusal.field()).as(json).isEqualTo(field);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "null", "[]", "\"\"", "1", "true", "[{}]"})
  void payloadThatIsNoObject_isFormatViolation(String json) {
    assertRefused(HeartbeatRequest.TYPE, json, FORMAT_VIOLATION, "");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "{}{}", "{} x", "{\"customData\"}", "{'a':1}", "{,}", "{\"a\":01}"})
  void brokenJson_isFormatViolation(String json) {
    WireException refusal =
        catchThrowableOfType(
            WireException.class, () -> HeartbeatRequest.TYPE.readRequest(utf8(json)));
    assertThat(refusal.code()).isEqualTo(FORMAT_VIOLATION);
  }

  @Test
  void otherEncodings_areFormatViolation() {
    for (Charset charset :
        List.of(StandardCharsets.UTF_16, StandardCharsets.UTF_16BE, StandardCharsets.UTF_16LE)) {
      WireException refusal =
          catchThrowableOfType(
              WireException.class, () -> HeartbeatRequest.TYPE.readRequest("{}".getBytes(charset)));
      assertThat(refusal.code()).isEqualTo(FORMAT_VIOLATION);
    }
  }

  @Test
  void fieldGivenTwice_isFormatViolationInBothVersions() {
    assertRefused(
        CostUpdatedRequest.TYPE,
        "{\"totalCost\":1,\"totalCost\":2,\"transactionId\":\"t\"}",
        FORMAT_VIOLATION,
        "totalCost");
    assertRefused(
        StopTransactionRequest.TYPE,
        "{\"meterStop\":1,\"meterStop\":1}",
        FORMAT_VIOLATION,
        "meterStop");
    assertRefused(
        HeartbeatRequest.TYPE,
        "{\"customData\":{\"vendorId\":\"v\",\"a\":1,\"a\":1}}",
        FORMAT_VIOLATION,
        "customData.a");
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "1.0, 1", "1e3, 1000", "-0, 0", "-2147483648, -2147483648", "20e-1, 2"})
  void wholeNumbersInAnySpelling_areIntegers(String text, int value) throws Exception {
    assertThat(GetReportRequest.TYPE.readRequest(utf8("{\"requestId\":" + text + "}")).requestId())
        .isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource({
    "1.5, TYPE_CONSTRAINT_VIOLATION",
    "1e-3, TYPE_CONSTRAINT_VIOLATION",
    "'\"1\"', TYPE_CONSTRAINT_VIOLATION",
    "true, TYPE_CONSTRAINT_VIOLATION",
    "null, TYPE_CONSTRAINT_VIOLATION",
    "[1], TYPE_CONSTRAINT_VIOLATION",
    "2147483648, PROPERTY_CONSTRAINT_VIOLATION",
    "-2147483649, PROPERTY_CONSTRAINT_VIOLATION",
    "99999999999999999999, PROPERTY_CONSTRAINT_VIOLATION",
    "1e99, PROPERTY_CONSTRAINT_VIOLATION",
    "1e999999999, PROPERTY_CONSTRAINT_VIOLATION",
    "1e99999999999, PROPERTY_CONSTRAINT_VIOLATION",
    "NaN, FORMAT_VIOLATION",
    "Infinity, FORMAT_VIOLATION",
    "+1, FORMAT_VIOLATION",
    ".5, FORMAT_VIOLATION",
  })
  void otherNumbers_areNot(String text, ErrorCode code) {
    assertRefused(GetReportRequest.TYPE, "{\"requestId\":" + text + "}", code, "requestId");
  }

  @Test
  void registersOf16_mayPass31Bits() throws Exception {
    StartTransactionRequest start =
        StartTransactionRequest.TYPE.readRequest(
            utf8(
                "{\"connectorId\":1,\"idTag\":\"t\",\"meterStart\":3000000000,"
                    + "\"timestamp\":\"2026-07-01T12:00:00\"}"));
    assertThat(start.meterStart()).isEqualTo(3_000_000_000L);
    assertThat(start.timestamp()).isEqualTo(Instant.parse("2026-07-01T12:00:00Z"));
    assertRefused(
        StartTransactionRequest.TYPE,
        "{\"meterStart\":9223372036854775808}",
        PROPERTY_CONSTRAINT_VIOLATION,
        "meterStart");
  }

  @ParameterizedTest
  @CsvSource({"0.1, 0.1", "12.50, 12.50", "1e2, 100", "1.5e1, 15", "-0.0, 0.0"})
  void decimals_areExact(String text, BigDecimal value) throws Exception {
    String json = "{\"totalCost\":" + text + ",\"transactionId\":\"t\"}";
    CostUpdatedRequest cost = CostUpdatedRequest.TYPE.readRequest(utf8(json));
    assertThat(cost.totalCost()).isEqualTo(value);
    assertThat(CostUpdatedRequest.TYPE.readRequest(Wire.toBytes(cost))).isEqualTo(cost);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e101", "1e-101", "1e999999999", "1e-999999999", "0e999999999"})
  void decimalsBeyondTheLimit_areRefused(String text) {
    assertRefused(
        CostUpdatedRequest.TYPE,
        "{\"totalCost\":" + text + "}",
        PROPERTY_CONSTRAINT_VIOLATION,
        "totalCost");
  }

  @Test
  void numberOfManyDigits_isRefused() {
    assertRefused(
        CostUpdatedRequest.TYPE,
        "{\"totalCost\":" + "9".repeat(5000) + "}",
        FORMAT_VIOLATION,
        "totalCost");
  }

  @Test
  void lengths_countCodePoints() throws Exception {
    String plugs = "🔌".repeat(36);
    String json = "{\"totalCost\":1,\"transactionId\":\"" + plugs + "\"}";
    assertThat(CostUpdatedRequest.TYPE.readRequest(utf8(json)).transactionId()).isEqualTo(plugs);
    assertRefused(
        CostUpdatedRequest.TYPE,
        json.replace(plugs, plugs + "a"),
        PROPERTY_CONSTRAINT_VIOLATION,
        "transactionId");
  }

  @Test
  void unknownField_isRefusedBy201AndPassedOverBy16() throws Exception {
    assertRefused(HeartbeatRequest.TYPE, "{\"x\":{}}", FORMAT_VIOLATION, "x");
    String json = "{\"currentTime\":\"2026-07-01T12:00:00Z\",\"x\":{\"y\":[1,{}]},\"z\":null}";
    HeartbeatResponse heartbeat =
        org.ampay.ocpp.v16.wire.HeartbeatRequest.TYPE.readResponse(utf8(json));
    assertThat(heartbeat.currentTime()).isEqualTo(Instant.parse("2026-07-01T12:00:00Z"));
  }

  @Test
  void unknownFieldsName_isTamedInThePath() {
    String name = "\\n\\u0000" + "x".repeat(1000);
    assertRefused(
        HeartbeatRequest.TYPE, "{\"" + name + "\":1}", FORMAT_VIOLATION, "??" + "x".repeat(98));
  }

  @Test
  void timeWithoutZone_isRefusedBy201() {
    assertRefused(
        TransactionEventRequest.TYPE,
        "{\"timestamp\":\"2026-07-01T12:00:00\"}",
        PROPERTY_CONSTRAINT_VIOLATION,
        "timestamp");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{ \"b\" : [1.50, 1e2],\"a\":null }",
        "[ ]",
        "\"a\\u0041\\n充\"",
        "1.0e+2",
        "-0",
        "true",
        "null",
        "\"\"",
      })
  void anyValue_isKeptByteForByte(String value) throws Exception {
    String json = "{\"data\": " + value + " ,\"vendorId\":\"充電\"}";
    DataTransferRequest first = DataTransferRequest.TYPE.readRequest(utf8(json));
    assertThat(first.data()).isEqualTo(new RawJson(value));
    byte[] frame = utf8("[2,\"充\",\"DataTransfer\"," + json + "]");
    int start = utf8("[2,\"充\",\"DataTransfer\",").length;
    Payload slice = new Payload(frame, start, utf8(json).length);
    assertThat(DataTransferRequest.TYPE.readRequest(slice)).isEqualTo(first);
    assertThat(Wire.toJson(first)).contains("\"data\":" + value);
  }

  @Test
  @Proves("P4.9")
  void customData_takesFieldsOfItsOwn() throws Exception {
    String json = "{\"customData\":{\"a\":{\"b\": 1},\"vendorId\":\"v\",\"c\":null}}";
    HeartbeatRequest heartbeat = HeartbeatRequest.TYPE.readRequest(utf8(json));
    assertThat(heartbeat.customData())
        .isEqualTo(
            CustomDataType.of("v")
                .withMore(Map.of("a", new RawJson("{\"b\": 1}"), "c", new RawJson("null"))));
    assertRefused(
        HeartbeatRequest.TYPE,
        "{\"customData\":{\"a\":1}}",
        OCCURRENCE_CONSTRAINT_VIOLATION,
        "customData.vendorId");
  }

  @Test
  void nesting_isLimitedTo32Levels() throws Exception {
    // The payload and customData are two levels themselves.
    String within = "[".repeat(30) + "]".repeat(30);
    String json = "{\"customData\":{\"vendorId\":\"v\",\"a\":" + within + "}}";
    HeartbeatRequest.TYPE.readRequest(utf8(json));
    WireException refusal =
        catchThrowableOfType(
            WireException.class,
            () ->
                HeartbeatRequest.TYPE.readRequest(utf8(json.replace(within, "[" + within + "]"))));
    assertThat(refusal.code()).isEqualTo(FORMAT_VIOLATION);
    assertThat(refusal.field()).startsWith("customData.a[0][0]");
  }

  @Test
  void violationInside_namesThePath() {
    assertRefused(
        SetVariablesRequest.TYPE,
        "{\"setVariableData\":[{\"attributeValue\":\"1\",\"component\":{\"name\":\"A\"},"
            + "\"variable\":{\"name\":\"B\"}},{\"component\":{\"evse\":{\"id\":\"1\"}}}]}",
        TYPE_CONSTRAINT_VIOLATION,
        "setVariableData[1].component.evse.id");
    assertRefused(
        SetVariablesRequest.TYPE,
        "{\"setVariableData\":[{\"attributeValue\":\"1\",\"component\":{\"instance\":\"A\"}}]}",
        OCCURRENCE_CONSTRAINT_VIOLATION,
        "setVariableData[0].component.name");
  }

  @Test
  void refusal_neverQuotesWhatWasReceived() {
    WireException refusal =
        catchThrowableOfType(
            WireException.class,
            () ->
                TransactionEventRequest.TYPE.readRequest(
                    utf8("{\"eventType\":\"secret\",\"timestamp\":\"secret\"}")));
    assertThat(refusal).hasMessage("eventType: not a value of TransactionEventEnumType");
  }
}
