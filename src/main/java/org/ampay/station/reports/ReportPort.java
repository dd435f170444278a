package org.ampay.station.reports;

import java.time.Instant;
import java.util.concurrent.CompletionStage;
import org.ampay.station.StationInfo;

/** Takes what stations report. */
public interface ReportPort {

  /**
   * Stores a report. The stage completes after the commit; it fails when nothing was stored (then
   * do not answer). Its value is false when a boot leaves an update unconfirmed, else true.
   */
  CompletionStage<Boolean> submit(StationInfo station, Report report, Instant receivedAt);
}
