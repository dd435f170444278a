package org.ampay.station.command;

import java.util.Locale;

/** Where a command stands. */
public enum CommandState {
  /** Waits until its station returns. */
  QUEUED,
  /** Handed to the connection; the answer is awaited. */
  SENT,
  /** The station confirmed it with a good answer. */
  ANSWERED,
  /** The station answered with a CALLERROR. */
  ERROR,
  /** The station's answer breaks the schema. */
  INVALID,
  /** No answer in time, or the connection was lost before it; the station may have acted. */
  TIMED_OUT,
  /** The answer came after the time-out. */
  LATE,
  /** Was not sent before its time in the queue was over. */
  EXPIRED,
  /** Taken back before it was sent. */
  CANCELLED,
  /** Perhaps sent: the server ended at that moment. It is not sent again. */
  UNKNOWN,
  /** Certainly not sent: the connection was lost before its turn. */
  NOT_SENT;

  /** As stored and shown, {@code timed_out}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static CommandState of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
