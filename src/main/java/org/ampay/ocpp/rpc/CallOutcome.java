package org.ampay.ocpp.rpc;

import org.ampay.ocpp.wire.Payload;

/** What became of a CALL toward a station. */
public sealed interface CallOutcome {

  /** The station answered; the payload is not checked yet. */
  record Answered(Payload payload) implements CallOutcome {}

  /**
   * The station answered with a CALLERROR, or with an answer that could not be read.
   *
   * @param code as received
   * @param details JSON text
   */
  record Error(String code, String description, Payload details) implements CallOutcome {}

  /** No answer in time. The station may have acted all the same. */
  record TimedOut() implements CallOutcome {}

  /**
   * The connection ended before the answer.
   *
   * @param sent the station may have acted on it; else it was certainly not sent
   */
  record Disconnected(boolean sent) implements CallOutcome {}

  /** Not sent: too many calls wait already. */
  record QueueFull() implements CallOutcome {}
}
