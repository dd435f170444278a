package org.ampay.ocpp.v16;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.ampay.ocpp.v16.wire.AuthorizationStatus;
import org.ampay.ocpp.v16.wire.BootNotificationRequest;
import org.ampay.ocpp.v16.wire.BootNotificationResponse;
import org.ampay.ocpp.v16.wire.CentralRequest16;
import org.ampay.ocpp.v16.wire.DataTransferRequest;
import org.ampay.ocpp.v16.wire.GetConfigurationRequest;
import org.ampay.ocpp.v16.wire.HeartbeatRequest;
import org.ampay.ocpp.v16.wire.IdTagInfo;
import org.ampay.ocpp.v16.wire.Measurand;
import org.ampay.ocpp.v16.wire.Messages16;
import org.ampay.ocpp.v16.wire.MeterValuesRequest;
import org.ampay.ocpp.v16.wire.Phase;
import org.ampay.ocpp.v16.wire.ReadingContext;
import org.ampay.ocpp.v16.wire.Reason;
import org.ampay.ocpp.v16.wire.RegistrationStatus;
import org.ampay.ocpp.v16.wire.SampledValue;
import org.ampay.ocpp.v16.wire.StartTransactionResponse;
import org.ampay.ocpp.v16.wire.StationRequest16;
import org.ampay.ocpp.v16.wire.StopTransactionRequest;
import org.ampay.ocpp.v16.wire.UnitOfMeasure;
import org.ampay.ocpp.v16.wire.UnitOfMeasure2;
import org.ampay.ocpp.v16.wire.UpdateFirmwareRequest;
import org.ampay.ocpp.wire.Direction;
import org.ampay.ocpp.wire.ErrorCode;
import org.ampay.ocpp.wire.Wire;
import org.ampay.ocpp.wire.WireException;
import org.ampay.station.Protocol;
import org.junit.jupiter.api.Test;

/** Messages as stations in the field send them. */
class WireSamples16Test {

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void bootNotification_isRead() throws Exception {
    BootNotificationRequest boot =
        BootNotificationRequest.TYPE.readRequest(
            utf8(
                """
                {"chargePointVendor":"Wall & Box","chargePointModel":"快充 7kW",
                 "chargePointSerialNumber":"gpx-0001","firmwareVersion":"V1.2 <b>"}\
                """));
    assertThat(boot)
        .isEqualTo(
            BootNotificationRequest.of("Wall & Box", "快充 7kW")
                .withChargePointSerialNumber("gpx-0001")
                .withFirmwareVersion("V1.2 <b>"));
    assertThat(boot.iccid()).isNull();
  }

  @Test
  void meterValues_areRead() throws Exception {
    MeterValuesRequest request =
        MeterValuesRequest.TYPE.readRequest(
            utf8(
                """
                {"connectorId":1,"transactionId":170,"meterValue":[
                  {"timestamp":"2026-07-01T12:00:00.123456789Z","sampledValue":[
                    {"value":"1234.5","context":"Sample.Periodic","format":"Raw",
                     "measurand":"Energy.Active.Import.Register","location":"Outlet","unit":"kWh"},
                    {"value":"16.1","measurand":"Current.Import","phase":"L1-N","unit":"A"},
                    {"value":"31","measurand":"Temperature","unit":"Celcius"}]}]}\
                """));
    assertThat(request.meterValue()).hasSize(1);
    assertThat(request.meterValue().getFirst().timestamp())
        .isEqualTo(Instant.parse("2026-07-01T12:00:00.123456789Z"));
    List<SampledValue> values = request.meterValue().getFirst().sampledValue();
    assertThat(values.get(0).measurand()).isEqualTo(Measurand.Energy_Active_Import_Register);
    assertThat(values.get(0).context()).isEqualTo(ReadingContext.Sample_Periodic);
    assertThat(values.get(1))
        .isEqualTo(
            SampledValue.of("16.1")
                .withMeasurand(Measurand.Current_Import)
                .withPhase(Phase.L1_N)
                .withUnit(UnitOfMeasure.A));
    assertThat(values.get(2).unit()).isEqualTo(UnitOfMeasure.Celcius);
  }

  @Test
  void meterValueOf16WithWrongUnit_isNamed() {
    WireException refusal =
        catchThrowableOfType(
            WireException.class,
            () ->
                MeterValuesRequest.TYPE.readRequest(
                    utf8(
                        """
                        {"connectorId":1,"meterValue":[{"timestamp":"2026-07-01T12:00:00Z",
                          "sampledValue":[{"value":"1"},{"value":"1","unit":"wh"}]}]}\
                        """)));
    assertThat(refusal.field()).isEqualTo("meterValue[0].sampledValue[1].unit");
    assertThat(refusal.code().text(Protocol.OCPP_16)).isEqualTo("PropertyConstraintViolation");
  }

  @Test
  void missingField_hasTheMisspeltCodeOf16() {
    WireException refusal =
        catchThrowableOfType(
            WireException.class, () -> StopTransactionRequest.TYPE.readRequest(utf8("{}")));
    assertThat(refusal.field()).isEqualTo("meterStop");
    assertThat(refusal.code()).isEqualTo(ErrorCode.OCCURRENCE_CONSTRAINT_VIOLATION);
    assertThat(refusal.code().text(Protocol.OCPP_16)).isEqualTo("OccurenceConstraintViolation");
  }

  @Test
  void stopTransaction_isRead() throws Exception {
    StopTransactionRequest stop =
        StopTransactionRequest.TYPE.readRequest(
            utf8(
                """
                {"meterStop":20500,"timestamp":"2026-07-01T20:00:00+08:00","transactionId":-1,
                 "reason":"EVDisconnected","idTag":"04E1","transactionData":[
                  {"timestamp":"2026-07-01T12:00:00Z","sampledValue":[
                    {"value":"20500","unit":"Wh"}]}]}\
                """));
    assertThat(stop.transactionId()).isEqualTo(-1);
    assertThat(stop.timestamp()).isEqualTo(Instant.parse("2026-07-01T12:00:00Z"));
    assertThat(stop.reason()).isEqualTo(Reason.EVDisconnected);
    assertThat(stop.transactionData().getFirst().sampledValue().getFirst().unit())
        .isEqualTo(UnitOfMeasure2.Wh);
  }

  @Test
  void absentList_isEmpty() throws Exception {
    GetConfigurationRequest all = GetConfigurationRequest.TYPE.readRequest(utf8("{}"));
    assertThat(all.key()).isEmpty();
    assertThat(Wire.toJson(all)).isEqualTo("{}");
    assertThat(GetConfigurationRequest.TYPE.readRequest(utf8("{\"key\":[]}"))).isEqualTo(all);
  }

  @Test
  void answers_areWrittenWithoutAbsentFields() {
    Instant now = Instant.parse("2026-07-01T12:00:00.123999Z");
    assertThat(Wire.toJson(BootNotificationResponse.of(RegistrationStatus.Accepted, now, 300)))
        .isEqualTo(
            "{\"status\":\"Accepted\",\"currentTime\":\"2026-07-01T12:00:00.123Z\","
                + "\"interval\":300}");
    IdTagInfo info = IdTagInfo.of(AuthorizationStatus.ConcurrentTx).withParentIdTag("家");
    assertThat(Wire.toJson(StartTransactionResponse.of(info, 7)))
        .isEqualTo(
            "{\"idTagInfo\":{\"parentIdTag\":\"家\",\"status\":\"ConcurrentTx\"},"
                + "\"transactionId\":7}");
    assertThat(Wire.toJson(HeartbeatRequest.of())).isEqualTo("{}");
  }

  @Test
  void locations_areAbsoluteUris() throws Exception {
    String json = "{\"location\":\"LOCATION\",\"retrieveDate\":\"2026-07-01T12:00:00Z\"}";
    String location = "ftp://user:word@example.com/fw.bin";
    UpdateFirmwareRequest update =
        UpdateFirmwareRequest.TYPE.readRequest(utf8(json.replace("LOCATION", location)));
    assertThat(update.location()).isEqualTo(location);
    WireException refusal =
        catchThrowableOfType(
            WireException.class,
            () -> UpdateFirmwareRequest.TYPE.readRequest(utf8(json.replace("LOCATION", "fw.bin"))));
    assertThat(refusal.code()).isEqualTo(ErrorCode.PROPERTY_CONSTRAINT_VIOLATION);
  }

  @Test
  void messages_areFoundByActionAndDirection() {
    assertThat(Messages16.byAction("DataTransfer")).contains(DataTransferRequest.TYPE);
    assertThat(DataTransferRequest.TYPE.direction()).isEqualTo(Direction.BOTH);
    assertThat(Messages16.fromStation("DataTransfer")).contains(DataTransferRequest.TYPE);
    assertThat(Messages16.toStation("DataTransfer")).contains(DataTransferRequest.TYPE);
    assertThat(Messages16.fromStation("GetConfiguration")).isEmpty();
    assertThat(Messages16.toStation("Heartbeat")).isEmpty();
    assertThat(Messages16.byAction("heartbeat")).isEmpty();
    assertThat(HeartbeatRequest.of()).isInstanceOf(StationRequest16.class);
    assertThat(HeartbeatRequest.of().messageType()).isSameAs(HeartbeatRequest.TYPE);
    assertThat(DataTransferRequest.of("v"))
        .isInstanceOf(StationRequest16.class)
        .isInstanceOf(CentralRequest16.class);
    assertThat(HeartbeatRequest.TYPE.block()).isEqualTo("Core");
  }
}
