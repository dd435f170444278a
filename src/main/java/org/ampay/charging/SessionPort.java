package org.ampay.charging;

import java.time.Instant;
import java.util.concurrent.CompletionStage;
import org.ampay.station.Protocol;
import org.ampay.station.StationInfo;

/** The door of the core: a station's reports in, answers out after the commit. */
public interface SessionPort {

  /** Never completes exceptionally. */
  CompletionStage<SessionReply> submit(Report report);

  /**
   * A command with what quarantine and repeats need.
   *
   * @param frame the raw text as it came
   */
  record Report(
      StationInfo station,
      Protocol protocol,
      SessionCommand command,
      String frame,
      Instant receivedAt) {}
}
