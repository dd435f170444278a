package org.ampay.cluster;

/**
 * Something that an open page wants to know at once. Says only what changed; pages read it anew.
 */
public sealed interface LiveEvent {

  /** The tenant who may see it. */
  long operatorId();

  /** A station connected, disconnected, booted, or a connector changed. */
  record StationChanged(long operatorId, long stationId) implements LiveEvent {}

  /** A command was queued, sent, answered, or ended in another way. */
  record CommandChanged(long operatorId, long stationId) implements LiveEvent {}

  /** A session began, got a reading, ended, was billed or settled. */
  record SessionChanged(long operatorId, long stationId, long sessionId) implements LiveEvent {}
}
