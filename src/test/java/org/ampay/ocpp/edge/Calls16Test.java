package org.ampay.ocpp.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.ampay.access.Authorization;
import org.ampay.access.AuthorizationStatus;
import org.ampay.access.IdToken;
import org.ampay.base.Energy;
import org.ampay.charging.MeterReading;
import org.ampay.charging.SessionCommand;
import org.ampay.charging.SessionReply;
import org.ampay.conformance.Proves;
import org.ampay.ocpp.v16.Calls16;
import org.ampay.station.BootReport;
import org.ampay.station.ConnectorReport;
import org.ampay.station.EvseRef;
import org.ampay.station.Protocol;
import org.ampay.station.Registration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Calls16Test {

  private static final String NOW = "2026-03-02T08:00:00.000Z";
  private static final Authorization ACCEPTED = Authorization.of(AuthorizationStatus.ACCEPTED);

  private final EdgeTester edge =
      new EdgeTester(Protocol.OCPP_16, rooms -> new Calls16(rooms, new EdgeSettings(300, 60)));

  @Test
  @Proves("1.6/Heartbeat/1")
  void heartbeat_getsTheTime() {
    assertThat(edge.call("Heartbeat", "{}")).isEqualTo("result {\"currentTime\":\"" + NOW + "\"}");
  }

  @ParameterizedTest
  @CsvSource({"ACCEPTED,Accepted,300", "PENDING,Pending,60", "REJECTED,Rejected,60"})
  @Proves("1.6/BootNotification/1")
  void boot_getsTheDecision(Registration decision, String status, int interval) {
    edge.rooms.bootDecision = decision;
    edge.registration(Registration.NONE);

    assertThat(
            edge.call(
                "BootNotification",
                """
                {"chargePointVendor":"星星","chargePointModel":"M1","chargeBoxSerialNumber":"S1",
                 "firmwareVersion":"1.0"}\
                """))
        .isEqualTo(
            "result {\"status\":\""
                + status
                + "\",\"currentTime\":\""
                + NOW
                + "\",\"interval\":"
                + interval
                + "}");
    assertThat(edge.rooms.boots)
        .containsExactly(new BootReport(Protocol.OCPP_16, "星星", "M1", "S1", "1.0", null));
  }

  @ParameterizedTest
  @ValueSource(strings = {"NONE", "PENDING", "REJECTED"})
  void beforeAcceptance_othersAreRefused_factsAreNot(Registration registration) {
    edge.registration(registration);

    assertThat(edge.call("Heartbeat", "{}")).startsWith("error SECURITY_ERROR");
    assertThat(edge.call("Authorize", "{\"idTag\":\"A\"}")).startsWith("error SECURITY_ERROR");
    assertThat(edge.call("Nonsense", "{}")).startsWith("error SECURITY_ERROR");
    assertThat(edge.call("MeterValues", meterValues("1"))).isEqualTo("result {}");
    assertThat(edge.rooms.reports).hasSize(1);
  }

  @Test
  void pending_letsThroughWhatWasTriggered() {
    edge.registration(Registration.PENDING);
    edge.triggered();

    assertThat(edge.call("Heartbeat", "{}")).startsWith("result ");
  }

  @ParameterizedTest
  @CsvSource({
    "ACCEPTED,Accepted",
    "BLOCKED,Blocked",
    "EXPIRED,Expired",
    "INVALID,Invalid",
    "UNKNOWN,Invalid",
    "CONCURRENT_TX,ConcurrentTx",
    "NO_CREDIT,Blocked",
    "NOT_ALLOWED_TYPE_EVSE,Blocked",
    "NOT_AT_THIS_LOCATION,Blocked",
    "NOT_AT_THIS_TIME,Blocked"
  })
  void authorize_hasFiveAnswers(AuthorizationStatus status, String shown) {
    edge.rooms.authorization = Authorization.of(status);

    assertThat(edge.call("Authorize", "{\"idTag\":\"TAG1\"}"))
        .isEqualTo("result {\"idTagInfo\":{\"status\":\"" + shown + "\"}}");
    assertThat(edge.rooms.presented.getFirst().token()).isEqualTo(IdToken.untyped("TAG1"));
  }

  @Test
  @Proves("1.6/Authorize/1")
  void authorize_namesParentAndExpiry() {
    edge.rooms.authorization =
        new Authorization(
            AuthorizationStatus.ACCEPTED,
            "FLEET",
            Instant.parse("2027-01-01T00:00:00Z"),
            1L,
            2L,
            null,
            1);

    assertThat(edge.call("Authorize", "{\"idTag\":\"TAG1\"}"))
        .isEqualTo(
            "result {\"idTagInfo\":{\"expiryDate\":\"2027-01-01T00:00:00.000Z\","
                + "\"parentIdTag\":\"FLEET\",\"status\":\"Accepted\"}}");
  }

  @Test
  void status_isShownAndForwarded() {
    assertThat(
            edge.call(
                "StatusNotification",
                """
                {"connectorId":2,"errorCode":"NoError","status":"SuspendedEV","info":"<b>",
                 "timestamp":"2030-01-01T00:00:00.123456789Z"}\
                """))
        .isEqualTo("result {}");

    Instant at = Instant.parse("2030-01-01T00:00:00.123456789Z");
    assertThat(edge.rooms.connectors)
        .containsExactly(
            new ConnectorReport(new EvseRef(2, 1), "SuspendedEV", "NoError", "<b>", at));
    assertThat(edge.command())
        .isEqualTo(new SessionCommand.ConnectorState(new EvseRef(2, 1), "SuspendedEV", at));
  }

  @Test
  @Proves("1.6/StatusNotification/2")
  void statusWithoutTime_hasThatOfReceipt() {
    edge.call(
        "StatusNotification",
        "{\"connectorId\":0,\"errorCode\":\"NoError\",\"status\":\"Available\"}");

    assertThat(edge.rooms.connectors.getFirst().at()).isEqualTo(EdgeTester.NOW);
    assertThat(edge.rooms.connectors.getFirst().place()).isEqualTo(new EvseRef(0, 0));
  }

  @Test
  @Proves("1.6/connection/10")
  void databaseAway_isNotAnswered() {
    edge.rooms.connectorStored = CompletableFuture.failedFuture(new IllegalStateException("away"));
    assertThat(
            edge.stage(
                "StatusNotification",
                "{\"connectorId\":1,\"errorCode\":\"NoError\",\"status\":\"Available\"}"))
        .isCompletedExceptionally();

    edge.rooms.answer(new SessionReply.Unavailable("away"));
    assertThat(edge.call("MeterValues", meterValues("1"))).isEqualTo("none away");
  }

  @Test
  @Proves("1.6/StartTransaction/1")
  void start_isAnsweredWithItsIdEvenWhenRefused() {
    edge.rooms.answer(
        new SessionReply.Started(42, Authorization.of(AuthorizationStatus.NO_CREDIT)));
    String payload =
        """
        {"connectorId":1,"idTag":"TAG1","meterStart":1000,"timestamp":"2026-03-02T07:59:00Z",
         "reservationId":5}\
        """;

    assertThat(edge.call("StartTransaction", payload))
        .isEqualTo("result {\"idTagInfo\":{\"status\":\"Blocked\"},\"transactionId\":42}");
    assertThat(edge.command())
        .isEqualTo(
            new SessionCommand.Start(
                new EvseRef(1, 1),
                IdToken.untyped("TAG1"),
                Energy.ofWh(1000),
                Instant.parse("2026-03-02T07:59:00Z"),
                5));
    assertThat(edge.rooms.reports.getFirst().frame())
        .isEqualTo("[2,\"m1\",\"StartTransaction\"," + payload + "]");
  }

  @Test
  void quarantinedStart_isInvalidWithItsId() {
    edge.rooms.answer(new SessionReply.Quarantined(43));

    assertThat(
            edge.call(
                "StartTransaction",
                "{\"connectorId\":1,\"idTag\":\"T\",\"meterStart\":0,\"timestamp\":\""
                    + NOW
                    + "\"}"))
        .isEqualTo("result {\"idTagInfo\":{\"status\":\"Invalid\"},\"transactionId\":43}");
  }

  @Test
  void brokenStart_isRefusedWithTheField() {
    assertThat(
            edge.call(
                "StartTransaction",
                "{\"connectorId\":1,\"meterStart\":0,\"timestamp\":\"" + NOW + "\"}"))
        .startsWith("error OCCURRENCE_CONSTRAINT_VIOLATION idTag");
    assertThat(
            edge.call(
                "StartTransaction",
                "{\"connectorId\":1,\"idTag\":\"T\",\"meterStart\":9223372036854775807,"
                    + "\"timestamp\":\""
                    + NOW
                    + "\"}"))
        .startsWith("error PROPERTY_CONSTRAINT_VIOLATION meterStart");
    assertThat(edge.rooms.reports).isEmpty();
  }

  @Test
  @Proves("1.6/StopTransaction/4")
  void stop_carriesItsReadings() {
    edge.rooms.answer(new SessionReply.Stopped(Optional.of(ACCEPTED)));

    assertThat(
            edge.call(
                "StopTransaction",
                """
                {"transactionId":42,"idTag":"TAG1","meterStop":9000,
                 "timestamp":"2026-03-02T08:00:00+08:00","reason":"EVDisconnected",
                 "transactionData":[{"timestamp":"2026-03-02T00:00:00Z","sampledValue":[
                   {"value":"1000","context":"Transaction.Begin"},
                   {"value":"9.0","context":"Transaction.End","unit":"kWh"}]}]}\
                """))
        .isEqualTo("result {\"idTagInfo\":{\"status\":\"Accepted\"}}");
    Instant at = Instant.parse("2026-03-02T00:00:00Z");
    assertThat(edge.command())
        .isEqualTo(
            new SessionCommand.Stop(
                "42",
                IdToken.untyped("TAG1"),
                Energy.ofWh(9000),
                at,
                "EVDisconnected",
                List.of(
                    register(at, "Transaction.Begin", 1000), register(at, "Transaction.End", 9000)),
                null));
  }

  @Test
  @Proves({"1.6/StopTransaction/2", "1.6/StopTransaction/3"})
  void stopWithoutReason_isLocal_withoutTokenHasNoInfo() {
    edge.rooms.answer(new SessionReply.Stopped(Optional.empty()));

    assertThat(
            edge.call(
                "StopTransaction",
                "{\"transactionId\":-1,\"meterStop\":0,\"timestamp\":\"2026-03-02T08:00:00\"}"))
        .isEqualTo("result {}");
    SessionCommand.Stop stop = (SessionCommand.Stop) edge.command();
    assertThat(stop.reason()).isEqualTo("Local");
    assertThat(stop.transactionId()).isEqualTo("-1");
    assertThat(stop.at()).isEqualTo(EdgeTester.NOW);
  }

  @Test
  void meterValues_keepWhatIsNotTyped() {
    assertThat(
            edge.call(
                "MeterValues",
                """
                {"connectorId":1,"transactionId":42,"meterValue":[{"timestamp":"2026-03-02T08:00:00Z",
                 "sampledValue":[{"value":"1234"},
                  {"value":"OCMF|\\u4e2d","format":"SignedData"},
                  {"value":"25","measurand":"Temperature","unit":"Celcius"}]}]}\
                """))
        .isEqualTo("result {}");
    SessionCommand.Readings readings = (SessionCommand.Readings) edge.command();
    assertThat(readings.transactionId()).contains("42");
    assertThat(readings.evse()).isEqualTo(new EvseRef(1, 1));
    assertThat(readings.broken()).isNull();
    assertThat(readings.readings().getFirst().register()).isEqualTo(Energy.ofWh(1234));
    assertThat(readings.readings().getFirst().extra())
        .isEqualTo(
            "[{\"value\":\"OCMF|中\",\"format\":\"SignedData\"},"
                + "{\"value\":\"25\",\"measurand\":\"Temperature\",\"unit\":\"Celcius\"}]");
  }

  @Test
  @Proves("1.6/DataTransfer/1")
  void dataTransfer_knowsNobody() {
    assertThat(edge.call("DataTransfer", "{\"vendorId\":\"com.example\"}"))
        .isEqualTo("result {\"status\":\"UnknownVendorId\"}");
    assertThat(edge.call("DataTransfer", "{\"vendorId\":\"org.openchargealliance.costmsg\"}"))
        .isEqualTo("result {\"status\":\"UnknownMessageId\"}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "DiagnosticsStatusNotification|{\"status\":\"Idle\"}",
        "FirmwareStatusNotification|{\"status\":\"Idle\"}",
        "LogStatusNotification|{\"status\":\"Idle\"}",
        "SecurityEventNotification|{\"type\":\"T\",\"timestamp\":\"2026-03-02T08:00:00Z\"}",
        "SignedFirmwareStatusNotification|{\"status\":\"Idle\"}"
      })
  void notifications_areConfirmed(String action, String payload) {
    assertThat(edge.call(action, payload)).isEqualTo("result {}");
  }

  @Test
  void certificateRequest_isRejected() {
    assertThat(edge.call("SignCertificate", "{\"csr\":\"x\"}"))
        .isEqualTo("result {\"status\":\"Rejected\"}");
  }

  @Test
  void otherActions_areNotSupportedOrUnknown() {
    assertThat(edge.call("RemoteStartTransaction", "{\"idTag\":\"A\"}"))
        .startsWith("error NOT_SUPPORTED");
    assertThat(edge.call("TransactionEvent", "{}")).startsWith("error NOT_IMPLEMENTED");
  }

  private static MeterReading register(Instant at, String context, long wh) {
    return new MeterReading(at, context, Energy.ofWh(wh), null, null, null, null, null);
  }

  private static String meterValues(String value) {
    return "{\"connectorId\":1,\"meterValue\":[{\"timestamp\":\""
        + NOW
        + "\",\"sampledValue\":[{\"value\":\""
        + value
        + "\"}]}]}";
  }
}
