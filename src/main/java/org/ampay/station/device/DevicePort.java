package org.ampay.station.device;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.ampay.station.Registration;
import org.ampay.station.StationInfo;

/**
 * Where the edges bring what stations tell of themselves. Stages complete after the commit; they
 * fail when nothing was stored (then do not answer).
 */
public interface DevicePort {

  /** One part of a report. */
  CompletionStage<Void> report(StationInfo station, ReportPart part, Instant receivedAt);

  /** Events, in their order. */
  CompletionStage<Void> events(StationInfo station, List<DeviceEvent> events, Instant receivedAt);

  /** What an answer to a command told. */
  CompletionStage<Void> observed(StationInfo station, Observation observation, Instant at);

  /**
   * The interval of a BootNotification's answer, seconds: until the next Heartbeat when accepted,
   * else until the next try.
   *
   * @param base the configured one, which holds in quiet times
   */
  int bootIntervalSeconds(Registration decision, int base);
}
