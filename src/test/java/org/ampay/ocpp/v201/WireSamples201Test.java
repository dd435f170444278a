package org.ampay.ocpp.v201;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.ampay.ocpp.v201.wire.AuthorizationStatusEnumType;
import org.ampay.ocpp.v201.wire.ChargingStateEnumType;
import org.ampay.ocpp.v201.wire.DataTransferRequest;
import org.ampay.ocpp.v201.wire.DataTransferResponse;
import org.ampay.ocpp.v201.wire.DataTransferStatusEnumType;
import org.ampay.ocpp.v201.wire.IdTokenEnumType;
import org.ampay.ocpp.v201.wire.IdTokenInfoType;
import org.ampay.ocpp.v201.wire.IdTokenType;
import org.ampay.ocpp.v201.wire.LocationEnumType;
import org.ampay.ocpp.v201.wire.MeasurandEnumType;
import org.ampay.ocpp.v201.wire.Messages201;
import org.ampay.ocpp.v201.wire.ReadingContextEnumType;
import org.ampay.ocpp.v201.wire.SampledValueType;
import org.ampay.ocpp.v201.wire.StatusNotificationRequest;
import org.ampay.ocpp.v201.wire.TransactionEventEnumType;
import org.ampay.ocpp.v201.wire.TransactionEventRequest;
import org.ampay.ocpp.v201.wire.TransactionEventResponse;
import org.ampay.ocpp.v201.wire.TriggerReasonEnumType;
import org.ampay.ocpp.wire.ErrorCode;
import org.ampay.ocpp.wire.RawJson;
import org.ampay.ocpp.wire.Wire;
import org.ampay.ocpp.wire.WireException;
import org.ampay.station.Protocol;
import org.junit.jupiter.api.Test;

/** Messages as stations in the field send them. */
class WireSamples201Test {

  static final String STARTED =
      """
      {"eventType":"Started","timestamp":"2026-07-01T12:00:00.000Z","triggerReason":"Authorized",
       "seqNo":0,"offline":false,
       "transactionInfo":{"transactionId":"5b3c0f4e-8f0a-4b57-9c6e-2f6f4a1d9e77",
         "chargingState":"Charging"},
       "evse":{"id":1,"connectorId":1},
       "idToken":{"idToken":"04A2B3C4D5E6F7","type":"ISO14443"},
       "meterValue":[{"timestamp":"2026-07-01T12:00:00.000Z","sampledValue":[
         {"value":1234.567,"context":"Transaction.Begin",
          "measurand":"Energy.Active.Import.Register",
          "unitOfMeasure":{"unit":"kWh","multiplier":0}},
         {"value":7.36,"measurand":"Power.Active.Import","unitOfMeasure":{"unit":"kW"}},
         {"value":16.0,"measurand":"Current.Import","phase":"L1"}]}]}\
      """;

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void transactionEvent_isRead() throws Exception {
    TransactionEventRequest event = TransactionEventRequest.TYPE.readRequest(utf8(STARTED));
    assertThat(event.eventType()).isEqualTo(TransactionEventEnumType.Started);
    assertThat(event.timestamp()).isEqualTo(Instant.parse("2026-07-01T12:00:00Z"));
    assertThat(event.triggerReason()).isEqualTo(TriggerReasonEnumType.Authorized);
    assertThat(event.offlineOrDefault()).isFalse();
    assertThat(event.transactionInfo().chargingState()).isEqualTo(ChargingStateEnumType.Charging);
    assertThat(event.idToken())
        .isEqualTo(IdTokenType.of("04A2B3C4D5E6F7", IdTokenEnumType.ISO14443));
    List<SampledValueType> values = event.meterValue().getFirst().sampledValue();
    assertThat(values.get(0).value()).isEqualTo(new BigDecimal("1234.567"));
    assertThat(values.get(0).context()).isEqualTo(ReadingContextEnumType.Transaction_Begin);
    assertThat(values.get(1).context()).isNull();
    assertThat(values.get(1).contextOrDefault()).isEqualTo(ReadingContextEnumType.Sample_Periodic);
    assertThat(values.get(1).locationOrDefault()).isEqualTo(LocationEnumType.Outlet);
    assertThat(SampledValueType.of(BigDecimal.ONE).measurandOrDefault())
        .isEqualTo(MeasurandEnumType.Energy_Active_Import_Register);
  }

  @Test
  void totalCost_isWrittenAsItIs() {
    TransactionEventResponse free =
        TransactionEventResponse.of()
            .withTotalCost(new BigDecimal("0.00"))
            .withIdTokenInfo(IdTokenInfoType.of(AuthorizationStatusEnumType.Accepted));
    assertThat(Wire.toJson(free))
        .isEqualTo("{\"totalCost\":0.00,\"idTokenInfo\":{\"status\":\"Accepted\"}}");
    assertThat(Wire.toJson(TransactionEventResponse.of())).isEqualTo("{}");
  }

  @Test
  void emptyMeterValue_isOccurrenceViolation() {
    WireException refusal =
        catchThrowableOfType(
            WireException.class,
            () ->
                TransactionEventRequest.TYPE.readRequest(
                    utf8("{\"eventType\":\"Started\",\"meterValue\":[]}")));
    assertThat(refusal.field()).isEqualTo("meterValue");
    assertThat(refusal.code().text(Protocol.OCPP_201)).isEqualTo("OccurrenceConstraintViolation");
  }

  @Test
  void unknownField_isFormatViolation() {
    WireException refusal =
        catchThrowableOfType(
            WireException.class,
            () ->
                StatusNotificationRequest.TYPE.readRequest(
                    utf8("{\"evseId\":1,\"errorCode\":\"NoError\"}")));
    assertThat(refusal.field()).isEqualTo("errorCode");
    assertThat(refusal.code()).isEqualTo(ErrorCode.FORMAT_VIOLATION);
  }

  @Test
  void dataOfDataTransfer_isAnything() throws Exception {
    DataTransferRequest request =
        DataTransferRequest.TYPE.readRequest(utf8("{\"vendorId\":\"v\",\"data\":{\"a\": [1]}}"));
    assertThat(request.data()).isEqualTo(new RawJson("{\"a\": [1]}"));
    DataTransferResponse answer =
        DataTransferResponse.of(DataTransferStatusEnumType.Accepted)
            .withData(RawJson.ofString("a\"b"));
    assertThat(Wire.toJson(answer)).isEqualTo("{\"status\":\"Accepted\",\"data\":\"a\\\"b\"}");
  }

  @Test
  void messages_areFoundByActionAndDirection() {
    assertThat(Messages201.byAction("TransactionEvent")).contains(TransactionEventRequest.TYPE);
    assertThat(Messages201.fromStation("TransactionEvent")).contains(TransactionEventRequest.TYPE);
    assertThat(Messages201.toStation("TransactionEvent")).isEmpty();
    assertThat(Messages201.byAction("StartTransaction")).isEmpty();
    assertThat(Messages201.ALL).allMatch(type -> Messages201.byAction(type.action()).isPresent());
  }
}
