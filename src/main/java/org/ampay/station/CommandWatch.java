package org.ampay.station;

import java.time.Instant;

/** Hears what becomes of commands. Called by event loops: it must not block. */
public interface CommandWatch {

  /** Keeps nothing. */
  CommandWatch NONE =
      new CommandWatch() {
        @Override
        public long begun(
            StationInfo station, CommandOrder order, Protocol protocol, String masked) {
          return order.recordId();
        }

        @Override
        public void transmitted(StationInfo station, long recordId, String messageId, Instant at) {}

        @Override
        public void finished(
            StationInfo station, long recordId, CommandOutcome outcome, Instant at) {}

        @Override
        public void late(StationInfo station, long recordId, CommandOutcome outcome, Instant at) {}

        @Override
        public void ready(StationInfo station) {}
      };

  /**
   * A checked command is about to be sent, or waits for its turn on the connection.
   *
   * @param masked the payload without secrets
   * @return the id of its record
   */
  long begun(StationInfo station, CommandOrder order, Protocol protocol, String masked);

  /** Its turn has come: it was written to the connection. */
  void transmitted(StationInfo station, long recordId, String messageId, Instant at);

  /**
   * It has ended. {@link CommandOutcome.NotConnected}: it was certainly not sent.
   *
   * @param outcome without secrets
   */
  void finished(StationInfo station, long recordId, CommandOutcome outcome, Instant at);

  /** The answer to a command that had timed out, or whose connection was lost. */
  void late(StationInfo station, long recordId, CommandOutcome outcome, Instant at);

  /** The station is connected and accepted: what was queued for it can go out. */
  void ready(StationInfo station);
}
