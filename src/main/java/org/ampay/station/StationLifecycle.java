package org.ampay.station;

import java.time.Instant;
import java.util.concurrent.CompletionStage;

/**
 * A station's life outside its sessions: connections, boots, states of its connectors. Stages
 * complete after the commit; they fail when the database is away (then do not answer).
 */
public interface StationLifecycle {

  /** Decides on a BootNotification and stores it. */
  CompletionStage<Registration> boot(StationInfo station, BootReport report, Instant receivedAt);

  /** The last decision, from memory: it survives a reconnect without a new BootNotification. */
  Registration registration(long stationId);

  /** Stores the state of a connector; an older report than the stored one changes nothing. */
  CompletionStage<Void> connector(StationInfo station, ConnectorReport report, Instant receivedAt);

  /** A connection was opened. Best effort, grouped. */
  void connected(StationInfo station, Protocol protocol, Instant at);

  /** The station's last connection was lost. Best effort, grouped. */
  void disconnected(StationInfo station, Instant at);

  /** Anything was received: a sign of life. Kept in memory, stored now and then. */
  void seen(long stationId, Instant at);
}
