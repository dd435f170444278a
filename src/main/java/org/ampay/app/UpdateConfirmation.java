package org.ampay.app;

import java.time.Instant;
import java.util.concurrent.CompletionStage;
import org.ampay.station.BootReport;
import org.ampay.station.ConnectorReport;
import org.ampay.station.Protocol;
import org.ampay.station.Registration;
import org.ampay.station.StationInfo;
import org.ampay.station.StationLifecycle;
import org.ampay.station.reports.Awaiting;
import org.ampay.station.reports.Report;
import org.ampay.station.reports.ReportPort;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the firmware updates which version a station boots with; other boots cost nothing. */
final class UpdateConfirmation implements StationLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(UpdateConfirmation.class);

  private final StationLifecycle lifecycle;
  private final Awaiting awaiting;
  private final ReportPort reports;

  UpdateConfirmation(StationLifecycle lifecycle, Awaiting awaiting, ReportPort reports) {
    this.lifecycle = lifecycle;
    this.awaiting = awaiting;
    this.reports = reports;
  }

  @Override
  public CompletionStage<Registration> boot(
      StationInfo station, BootReport report, Instant receivedAt) {
    if (awaiting.isAwaited(station.id())) {
      reports
          .submit(station, new Report.Booted(report.firmwareVersion()), receivedAt)
          .whenComplete((confirmed, error) -> noted(station, confirmed, error));
    }
    return lifecycle.boot(station, report, receivedAt);
  }

  private void noted(StationInfo station, @Nullable Boolean confirmed, @Nullable Throwable error) {
    if (error != null) {
      LOG.warn("station {}: the version after its update was not noted", station.identity());
    } else if (Boolean.TRUE.equals(confirmed)) {
      awaiting.confirmed(station.id());
    }
  }

  @Override
  public Registration registration(long stationId) {
    return lifecycle.registration(stationId);
  }

  @Override
  public CompletionStage<Void> connector(
      StationInfo station, ConnectorReport report, Instant receivedAt) {
    return lifecycle.connector(station, report, receivedAt);
  }

  @Override
  public void connected(StationInfo station, Protocol protocol, Instant at) {
    lifecycle.connected(station, protocol, at);
  }

  @Override
  public void disconnected(StationInfo station, Instant at) {
    lifecycle.disconnected(station, at);
  }

  @Override
  public void seen(long stationId, Instant at) {
    lifecycle.seen(stationId, at);
  }
}
