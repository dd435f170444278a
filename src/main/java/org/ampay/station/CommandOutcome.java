package org.ampay.station;

/** What became of a command to a station. */
public sealed interface CommandOutcome {

  /** The station answered with a CALLRESULT of this JSON payload. */
  record Answered(String payload) implements CommandOutcome {}

  /** The station answered with a CALLERROR. */
  record Error(String code, String description) implements CommandOutcome {}

  /** The station answered with a payload that breaks the schema. */
  record Invalid(String payload, String description) implements CommandOutcome {}

  /** Not sent: no such action towards a station in its OCPP version. */
  record UnknownAction(String action) implements CommandOutcome {}

  /** Not sent: the payload breaks the schema. */
  record BadPayload(String field, String description) implements CommandOutcome {}

  /** Not sent: the station has no connection. */
  record NotConnected() implements CommandOutcome {}

  /** Sent, and no answer in time. */
  record TimedOut() implements CommandOutcome {}
}
