package org.ampay.ocpp.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.ampay.access.Authorization;
import org.ampay.access.AuthorizationStatus;
import org.ampay.access.IdToken;
import org.ampay.base.Energy;
import org.ampay.base.Money;
import org.ampay.charging.SessionCommand;
import org.ampay.charging.SessionReply;
import org.ampay.conformance.Proves;
import org.ampay.ocpp.v201.Calls201;
import org.ampay.station.BootReport;
import org.ampay.station.ConnectorReport;
import org.ampay.station.EvseRef;
import org.ampay.station.Protocol;
import org.ampay.station.Registration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Calls201Test {

  private static final String NOW = "2026-03-02T08:00:00.000Z";
  private static final Authorization ACCEPTED = Authorization.of(AuthorizationStatus.ACCEPTED);

  private final EdgeTester edge =
      new EdgeTester(Protocol.OCPP_201, rooms -> new Calls201(rooms, new EdgeSettings(300, 60)));

  @Test
  @Proves("G02.FR.03")
  void heartbeat_getsTheTime() {
    assertThat(edge.call("Heartbeat", "{}")).isEqualTo("result {\"currentTime\":\"" + NOW + "\"}");
  }

  @ParameterizedTest
  @CsvSource({"ACCEPTED,Accepted,300", "PENDING,Pending,60", "REJECTED,Rejected,60"})
  @Proves("B01.FR.02")
  void boot_getsTheDecision(Registration decision, String status, int interval) {
    edge.rooms.bootDecision = decision;
    edge.registration(Registration.NONE);

    assertThat(
            edge.call(
                "BootNotification",
                """
                {"reason":"PowerUp","chargingStation":{"model":"M","vendorName":"V",
                 "serialNumber":"S","firmwareVersion":"2"}}\
                """))
        .isEqualTo(
            "result {\"currentTime\":\""
                + NOW
                + "\",\"interval\":"
                + interval
                + ",\"status\":\""
                + status
                + "\"}");
    assertThat(edge.rooms.boots)
        .containsExactly(new BootReport(Protocol.OCPP_201, "V", "M", "S", "2", "PowerUp"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"NONE", "PENDING", "REJECTED"})
  @Proves({"FR.04", "B01.FR.10", "B03.FR.07"})
  void beforeAcceptance_everythingElseIsASecurityError(Registration registration) {
    edge.registration(registration);

    for (String action : List.of("Heartbeat", "TransactionEvent", "MeterValues", "Nonsense")) {
      assertThat(edge.call(action, "{}")).startsWith("error SECURITY_ERROR");
    }
    assertThat(edge.rooms.reports).isEmpty();
  }

  @Test
  @Proves({"B02.FR.09", "B03.FR.07"})
  void triggered_passesWhilePendingOnly() {
    edge.triggered();
    edge.registration(Registration.PENDING);
    assertThat(edge.call("Heartbeat", "{}")).startsWith("result ");
    edge.registration(Registration.REJECTED);
    assertThat(edge.call("Heartbeat", "{}")).startsWith("error SECURITY_ERROR");
  }

  @Test
  @Proves({"C01.FR.06", "C01.FR.07", "C09.FR.09"})
  void authorize_tellsStatusGroupAndExpiry() {
    edge.rooms.authorization =
        new Authorization(
            AuthorizationStatus.NOT_AT_THIS_TIME,
            "FLEET",
            Instant.parse("2027-01-01T00:00:00Z"),
            1L,
            2L,
            null,
            1);

    assertThat(edge.call("Authorize", "{\"idToken\":{\"idToken\":\"T\",\"type\":\"ISO14443\"}}"))
        .isEqualTo(
            "result {\"idTokenInfo\":{\"status\":\"NotAtThisTime\","
                + "\"cacheExpiryDateTime\":\"2027-01-01T00:00:00.000Z\","
                + "\"groupIdToken\":{\"idToken\":\"FLEET\",\"type\":\"Central\"}}}");
    assertThat(edge.rooms.presented.getFirst().token()).isEqualTo(new IdToken("T", "ISO14443"));
  }

  @Test
  void contractCertificateThatCannotBeChecked_opensNothing() {
    assertThat(
            edge.call(
                "Authorize",
                "{\"idToken\":{\"idToken\":\"T\",\"type\":\"eMAID\"},\"certificate\":\"PEM\"}"))
        .isEqualTo(
            "result {\"idTokenInfo\":{\"status\":\"Invalid\"},"
                + "\"certificateStatus\":\"CertChainError\"}");
    assertThat(edge.rooms.presented).isEmpty();
  }

  @Test
  void status_isShownAndForwarded() {
    assertThat(
            edge.call(
                "StatusNotification",
                "{\"timestamp\":\""
                    + NOW
                    + "\",\"connectorStatus\":\"Occupied\",\"evseId\":2,"
                    + "\"connectorId\":1}"))
        .isEqualTo("result {}");
    assertThat(edge.rooms.connectors)
        .containsExactly(
            new ConnectorReport(new EvseRef(2, 1), "Occupied", null, null, EdgeTester.NOW));
    assertThat(edge.command())
        .isEqualTo(
            new SessionCommand.ConnectorState(new EvseRef(2, 1), "Occupied", EdgeTester.NOW));
  }

  @Test
  void notifyEvent_takesAvailabilityOfConnectorEvseAndStation() {
    assertThat(
            edge.call(
                "NotifyEvent",
                "{\"generatedAt\":\""
                    + NOW
                    + "\",\"seqNo\":0,\"eventData\":["
                    + event("Connector", "{\"id\":1,\"connectorId\":2}", "AvailabilityState")
                    + ","
                    + event("EVSE", "{\"id\":1}", "AvailabilityState")
                    + ","
                    + event("Connector", "{\"id\":9,\"connectorId\":9}", "Problem")
                    + "]}"))
        .isEqualTo("result {}");
    assertThat(edge.rooms.connectors)
        .extracting(ConnectorReport::place)
        .containsExactly(new EvseRef(1, 2), new EvseRef(1, 0));
  }

  @Test
  @Proves({"E01.FR.12", "J02.FR.19"})
  void transactionEvent_isTranslatedWhole() {
    edge.rooms.answer(new SessionReply.EventAnswered(Optional.of(ACCEPTED), Optional.empty()));

    assertThat(
            edge.call(
                "TransactionEvent",
                """
                {"eventType":"Started","timestamp":"2026-03-02T07:59:00.5Z",
                 "triggerReason":"RemoteStart","seqNo":3,"offline":true,"reservationId":8,
                 "transactionInfo":{"transactionId":"tx-1","chargingState":"Charging",
                   "remoteStartId":77},
                 "evse":{"id":1,"connectorId":2},
                 "idToken":{"idToken":"T","type":"Central"},
                 "meterValue":[{"timestamp":"2026-03-02T07:59:00Z","sampledValue":[
                   {"value":1.5,"unitOfMeasure":{"unit":"Wh","multiplier":3}},
                   {"value":11,"measurand":"Power.Active.Import",
                    "unitOfMeasure":{"unit":"kW"}}]}]}\
                """))
        .isEqualTo("result {\"idTokenInfo\":{\"status\":\"Accepted\"}}");
    SessionCommand.Event event = (SessionCommand.Event) edge.command();
    assertThat(event.readings().getFirst().register()).isEqualTo(Energy.ofWh(1500));
    assertThat(event.readings().getFirst().powerMw()).isEqualTo(11_000_000L);
    assertThat(event)
        .isEqualTo(
            new SessionCommand.Event(
                SessionCommand.EventType.STARTED,
                "tx-1",
                3,
                Instant.parse("2026-03-02T07:59:00.5Z"),
                "RemoteStart",
                true,
                new EvseRef(1, 2),
                new IdToken("T", "Central"),
                "Charging",
                null,
                77,
                8,
                event.readings()));
  }

  @ParameterizedTest
  @CsvSource({"CNY,1234,12.34", "CNY,0,0.00", "JPY,500,500", "KWD,1,0.001"})
  @Proves({"I03.FR.02", "I03.FR.04"})
  void endedSession_isToldItsTotalExactly(String currency, long minor, String shown) {
    edge.rooms.answer(
        new SessionReply.EventAnswered(Optional.empty(), Optional.of(new Money(currency, minor))));

    assertThat(edge.call("TransactionEvent", ended()))
        .isEqualTo("result {\"totalCost\":" + shown + "}");
    SessionCommand.Event event = (SessionCommand.Event) edge.command();
    assertThat(event.stoppedReason()).isEqualTo("EVDisconnected");
    assertThat(event.evse()).isNull();
    assertThat(event.offline()).isFalse();
  }

  @Test
  void unavailableAndQuarantined() {
    edge.rooms.answer(new SessionReply.Unavailable("full"));
    assertThat(edge.call("TransactionEvent", ended())).isEqualTo("none full");
    edge.rooms.answer(new SessionReply.Quarantined(0));
    assertThat(edge.call("TransactionEvent", ended())).isEqualTo("result {}");
  }

  @Test
  @Proves("J01.FR.18")
  void meterValues_belongToNoSession_andKeepSignedData() {
    assertThat(
            edge.call(
                "MeterValues",
                """
                {"evseId":0,"meterValue":[{"timestamp":"2026-03-02T08:00:00Z","sampledValue":[
                  {"value":1.25,"signedMeterValue":{"signedMeterData":"AA==","signingMethod":"S",
                   "encodingMethod":"OCMF","publicKey":"K"}}]}]}\
                """))
        .isEqualTo("result {}");
    SessionCommand.Readings readings = (SessionCommand.Readings) edge.command();
    assertThat(readings.evse()).isEqualTo(new EvseRef(0, 0));
    assertThat(readings.transactionId()).isEmpty();
    assertThat(readings.readings().getFirst().register()).isEqualTo(new Energy(1_250));
    assertThat(readings.readings().getFirst().extra()).contains("\"signedMeterData\":\"AA==\"");
  }

  @Test
  void brokenPayload_isRefusedWithTheField() {
    assertThat(edge.call("TransactionEvent", "{\"eventType\":\"Started\"}"))
        .startsWith("error OCCURRENCE_CONSTRAINT_VIOLATION");
    assertThat(edge.call("Heartbeat", "{\"more\":1}")).startsWith("error FORMAT_VIOLATION more");
    assertThat(
            edge.call(
                "StatusNotification",
                "{\"timestamp\":\""
                    + NOW
                    + "\",\"connectorStatus\":\"Occupied\",\"evseId\":-2,"
                    + "\"connectorId\":1}"))
        .startsWith("error PROPERTY_CONSTRAINT_VIOLATION evseId");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "FirmwareStatusNotification|{\"status\":\"Idle\"}",
        "LogStatusNotification|{\"status\":\"Idle\"}",
        "PublishFirmwareStatusNotification|{\"status\":\"Idle\"}",
        "SecurityEventNotification|{\"type\":\"T\",\"timestamp\":\"2026-03-02T08:00:00Z\"}"
      })
  void notifications_areConfirmed(String action, String payload) {
    assertThat(edge.call(action, payload)).isEqualTo("result {}");
  }

  @Test
  void otherActions() {
    assertThat(edge.call("DataTransfer", "{\"vendorId\":\"x\",\"data\":{\"a\":[1]}}"))
        .isEqualTo("result {\"status\":\"UnknownVendorId\"}");
    assertThat(edge.call("SignCertificate", "{\"csr\":\"x\"}"))
        .isEqualTo("result {\"status\":\"Rejected\"}");
    assertThat(edge.call("Reset", "{\"type\":\"Immediate\"}")).startsWith("error NOT_SUPPORTED");
    assertThat(edge.call("StartTransaction", "{}")).startsWith("error NOT_IMPLEMENTED");
  }

  private static String ended() {
    return """
    {"eventType":"Ended","timestamp":"2026-03-02T08:00:00Z","triggerReason":"EVDeparted",
     "seqNo":9,"transactionInfo":{"transactionId":"tx","stoppedReason":"EVDisconnected"}}\
    """;
  }

  private static String event(String component, String evse, String variable) {
    return "{\"eventId\":1,\"timestamp\":\""
        + NOW
        + "\",\"trigger\":\"Delta\",\"actualValue\":\"Available\",\"eventNotificationType\":"
        + "\"HardWiredNotification\",\"component\":{\"name\":\""
        + component
        + "\",\"evse\":"
        + evse
        + "},\"variable\":{\"name\":\""
        + variable
        + "\"}}";
  }
}
