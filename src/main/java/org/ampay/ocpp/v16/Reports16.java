package org.ampay.ocpp.v16;

import java.util.concurrent.CompletionStage;
import org.ampay.ocpp.edge.CallAnswer;
import org.ampay.ocpp.edge.CallAnswer.Result;
import org.ampay.ocpp.edge.DataTransfers;
import org.ampay.ocpp.edge.ReportRooms;
import org.ampay.ocpp.edge.StationCall;
import org.ampay.ocpp.v16.wire.DataTransferRequest;
import org.ampay.ocpp.v16.wire.DataTransferResponse;
import org.ampay.ocpp.v16.wire.DataTransferStatus;
import org.ampay.ocpp.v16.wire.DiagnosticsStatusNotificationRequest;
import org.ampay.ocpp.v16.wire.DiagnosticsStatusNotificationResponse;
import org.ampay.ocpp.v16.wire.FirmwareStatusNotificationRequest;
import org.ampay.ocpp.v16.wire.FirmwareStatusNotificationResponse;
import org.ampay.ocpp.v16.wire.LogStatusNotificationRequest;
import org.ampay.ocpp.v16.wire.LogStatusNotificationResponse;
import org.ampay.ocpp.v16.wire.Response16;
import org.ampay.ocpp.v16.wire.SecurityEventNotificationRequest;
import org.ampay.ocpp.v16.wire.SecurityEventNotificationResponse;
import org.ampay.ocpp.v16.wire.SignedFirmwareStatusNotificationRequest;
import org.ampay.ocpp.v16.wire.SignedFirmwareStatusNotificationResponse;
import org.ampay.station.Protocol;
import org.ampay.station.reports.OperationKind;
import org.ampay.station.reports.Report;
import org.ampay.station.reports.ReportPort;

/** What OCPP 1.6 stations report beside charging: answered once it is stored. */
final class Reports16 {

  private final ReportPort reports;
  private final DataTransfers transfers;

  Reports16(ReportRooms rooms) {
    this.reports = rooms.reports();
    this.transfers = rooms.transfers();
  }

  /** 1.6 4.5: the request has no id, so the newest update is meant. */
  CompletionStage<CallAnswer> firmware(StationCall call, FirmwareStatusNotificationRequest told) {
    return stored(
        call,
        new Report.Status(OperationKind.FIRMWARE, told.status().wireName(), null, ""),
        FirmwareStatusNotificationResponse.of());
  }

  CompletionStage<CallAnswer> signedFirmware(
      StationCall call, SignedFirmwareStatusNotificationRequest told) {
    return stored(
        call,
        new Report.Status(OperationKind.FIRMWARE, told.status().wireName(), told.requestId(), ""),
        SignedFirmwareStatusNotificationResponse.of());
  }

  /** 1.6 4.4: the request has no id, so the newest upload is meant. */
  CompletionStage<CallAnswer> diagnostics(
      StationCall call, DiagnosticsStatusNotificationRequest told) {
    return stored(
        call,
        new Report.Status(OperationKind.LOG, told.status().wireName(), null, ""),
        DiagnosticsStatusNotificationResponse.of());
  }

  CompletionStage<CallAnswer> log(StationCall call, LogStatusNotificationRequest told) {
    return stored(
        call,
        new Report.Status(OperationKind.LOG, told.status().wireName(), told.requestId(), ""),
        LogStatusNotificationResponse.of());
  }

  CompletionStage<CallAnswer> security(StationCall call, SecurityEventNotificationRequest told) {
    return stored(
        call,
        new Report.Security(told.type(), told.timestamp(), told.techInfo()),
        SecurityEventNotificationResponse.of());
  }

  CompletionStage<CallAnswer> transfer(StationCall call, DataTransferRequest told) {
    return transfers
        .answer(
            new DataTransfers.Message(
                call.station(),
                Protocol.OCPP_16,
                told.vendorId(),
                told.messageId(),
                told.data(),
                call.receivedAt()))
        .thenApply(
            answer ->
                new Result(
                    new DataTransferResponse(
                        DataTransferStatus.valueOf(answer.status().wireName()), answer.data())));
  }

  private CompletionStage<CallAnswer> stored(StationCall call, Report report, Response16 response) {
    return reports
        .submit(call.station(), report, call.receivedAt())
        .thenApply(done -> new Result(response));
  }
}
