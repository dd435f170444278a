package org.ampay.ocpp.v201;

import java.util.concurrent.CompletionStage;
import org.ampay.ocpp.edge.CallAnswer;
import org.ampay.ocpp.edge.CallAnswer.Result;
import org.ampay.ocpp.edge.DataTransfers;
import org.ampay.ocpp.edge.ReportRooms;
import org.ampay.ocpp.edge.StationCall;
import org.ampay.ocpp.v201.wire.DataTransferRequest;
import org.ampay.ocpp.v201.wire.DataTransferResponse;
import org.ampay.ocpp.v201.wire.DataTransferStatusEnumType;
import org.ampay.ocpp.v201.wire.FirmwareStatusNotificationRequest;
import org.ampay.ocpp.v201.wire.FirmwareStatusNotificationResponse;
import org.ampay.ocpp.v201.wire.LogStatusNotificationRequest;
import org.ampay.ocpp.v201.wire.LogStatusNotificationResponse;
import org.ampay.ocpp.v201.wire.NotifyCustomerInformationRequest;
import org.ampay.ocpp.v201.wire.NotifyCustomerInformationResponse;
import org.ampay.ocpp.v201.wire.NotifyDisplayMessagesRequest;
import org.ampay.ocpp.v201.wire.NotifyDisplayMessagesResponse;
import org.ampay.ocpp.v201.wire.PublishFirmwareStatusNotificationRequest;
import org.ampay.ocpp.v201.wire.PublishFirmwareStatusNotificationResponse;
import org.ampay.ocpp.v201.wire.Response201;
import org.ampay.ocpp.v201.wire.SecurityEventNotificationRequest;
import org.ampay.ocpp.v201.wire.SecurityEventNotificationResponse;
import org.ampay.ocpp.wire.RawJson;
import org.ampay.station.Protocol;
import org.ampay.station.reports.OperationKind;
import org.ampay.station.reports.Report;
import org.ampay.station.reports.ReportPort;
import org.jspecify.annotations.Nullable;

/** What OCPP 2.0.1 stations report beside charging: answered once it is stored. */
final class Reports201 {

  private final ReportPort reports;
  private final DataTransfers transfers;

  Reports201(ReportRooms rooms) {
    this.reports = rooms.reports();
    this.transfers = rooms.transfers();
  }

  CompletionStage<CallAnswer> firmware(StationCall call, FirmwareStatusNotificationRequest told) {
    return stored(
        call,
        new Report.Status(OperationKind.FIRMWARE, told.status().wireName(), told.requestId(), ""),
        FirmwareStatusNotificationResponse.of());
  }

  CompletionStage<CallAnswer> publication(
      StationCall call, PublishFirmwareStatusNotificationRequest told) {
    return stored(
        call,
        new Report.Status(
            OperationKind.PUBLISH,
            told.status().wireName(),
            told.requestId(),
            String.join(" ", told.location())),
        PublishFirmwareStatusNotificationResponse.of());
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

  CompletionStage<CallAnswer> displays(StationCall call, NotifyDisplayMessagesRequest told) {
    return stored(
        call,
        new Report.Displays(
            told.requestId(),
            told.messageInfo().stream().map(Displays201::message).toList(),
            Boolean.TRUE.equals(told.tbc())),
        NotifyDisplayMessagesResponse.of());
  }

  CompletionStage<CallAnswer> customer(StationCall call, NotifyCustomerInformationRequest told) {
    return stored(
        call,
        new Report.Customer(
            told.requestId(),
            told.seqNo(),
            told.generatedAt(),
            told.data(),
            Boolean.TRUE.equals(told.tbc())),
        NotifyCustomerInformationResponse.of());
  }

  CompletionStage<CallAnswer> transfer(StationCall call, DataTransferRequest told) {
    RawJson data = told.data();
    return transfers
        .answer(
            new DataTransfers.Message(
                call.station(),
                Protocol.OCPP_201,
                told.vendorId(),
                told.messageId(),
                data == null ? null : data.text(),
                call.receivedAt()))
        .thenApply(answer -> new Result(answered(answer.status().wireName(), answer.data())));
  }

  private static DataTransferResponse answered(String status, @Nullable String data) {
    DataTransferResponse response =
        DataTransferResponse.of(DataTransferStatusEnumType.valueOf(status));
    return data == null ? response : response.withData(new RawJson(data));
  }

  private CompletionStage<CallAnswer> stored(
      StationCall call, Report report, Response201 response) {
    return reports
        .submit(call.station(), report, call.receivedAt())
        .thenApply(done -> new Result(response));
  }
}
