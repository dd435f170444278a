package org.ampay.station.command;

import java.time.Instant;
import org.ampay.station.CommandOutcome;

/** A step of a command, to be written down. */
public sealed interface CommandChange {

  /** A new record. */
  record Begun(long operatorId, CommandRecord record) implements CommandChange {}

  /** It went out. */
  record Transmitted(long recordId, String messageId, Instant at) implements CommandChange {}

  /** It ended. */
  record Finished(long recordId, CommandOutcome outcome, Instant at) implements CommandChange {}

  /** Its answer came after all. */
  record Late(long recordId, CommandOutcome outcome, Instant at) implements CommandChange {}
}
