package org.ampay.ocpp.v201;

import java.util.concurrent.CompletionStage;
import org.ampay.ocpp.edge.CallAnswer;
import org.ampay.ocpp.edge.CallAnswer.Result;
import org.ampay.ocpp.edge.StationCall;
import org.ampay.ocpp.v201.wire.NotifyEventRequest;
import org.ampay.ocpp.v201.wire.NotifyMonitoringReportRequest;
import org.ampay.ocpp.v201.wire.NotifyMonitoringReportResponse;
import org.ampay.ocpp.v201.wire.NotifyReportRequest;
import org.ampay.ocpp.v201.wire.NotifyReportResponse;
import org.ampay.station.device.DevicePort;
import org.ampay.station.device.ReportPart;
import org.ampay.station.device.ReportPart.Items;

/** NotifyReport, NotifyMonitoringReport and NotifyEvent: stored, then confirmed. */
final class DeviceModel201 {

  private final DevicePort devices;

  DeviceModel201(DevicePort devices) {
    this.devices = devices;
  }

  CompletionStage<CallAnswer> report(StationCall call, NotifyReportRequest report) {
    ReportPart part =
        new ReportPart(
            report.requestId(),
            report.seqNo(),
            !Boolean.TRUE.equals(report.tbc()),
            new Items.Variables(Device201.facts(report.reportData())));
    return devices
        .report(call.station(), part, call.receivedAt())
        .thenApply(stored -> new Result(NotifyReportResponse.of()));
  }

  CompletionStage<CallAnswer> monitors(StationCall call, NotifyMonitoringReportRequest report) {
    ReportPart part =
        new ReportPart(
            report.requestId(),
            report.seqNo(),
            !Boolean.TRUE.equals(report.tbc()),
            new Items.Monitors(Device201.monitors(report.monitor())));
    return devices
        .report(call.station(), part, call.receivedAt())
        .thenApply(stored -> new Result(NotifyMonitoringReportResponse.of()));
  }

  /** The events alone; what they say of availability is the caller's business. */
  CompletionStage<Void> events(StationCall call, NotifyEventRequest event) {
    return devices.events(call.station(), Device201.events(event.eventData()), call.receivedAt());
  }
}
