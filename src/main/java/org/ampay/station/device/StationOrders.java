package org.ampay.station.device;

import java.util.concurrent.CompletionStage;
import org.ampay.station.CommandOutcome;
import org.ampay.station.StationInfo;

/** What this room asks of stations by itself, in whatever version they speak. */
public interface StationOrders {

  /** Asks for the whole device model (2.0.1) or every setting (1.6). */
  CompletionStage<CommandOutcome> readModel(StationInfo station, int requestId);

  /** Asks for every monitor; a station of 1.6 has none. */
  CompletionStage<CommandOutcome> readMonitors(StationInfo station, int requestId);

  /** Asks for a BootNotification. */
  CompletionStage<CommandOutcome> bootAgain(StationInfo station);
}
