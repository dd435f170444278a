package org.ampay.station.command;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.ampay.station.Sender;
import org.jspecify.annotations.Nullable;

/**
 * A command as kept.
 *
 * @param protocol version of the station, {@code 2.0.1}; null for very old ones
 * @param payload JSON, without secrets
 * @param created when it was asked for
 */
public record CommandRecord(
    long id,
    long stationId,
    Sender sender,
    Call call,
    CommandState state,
    Instant created,
    Progress progress) {

  /** What is asked of the station. */
  public record Call(@Nullable String protocol, String action, String payload) {}

  /**
   * How far it got.
   *
   * @param messageId of the CALL
   * @param expires until when it may wait in the queue
   * @param answer JSON, without secrets; null when there was none
   * @param errorCode of a CALLERROR
   * @param description of a CALLERROR, or what is wrong with the answer
   */
  public record Progress(
      @Nullable String messageId,
      @Nullable Instant sent,
      @Nullable Instant expires,
      @Nullable Instant finished,
      @Nullable String answer,
      @Nullable String errorCode,
      @Nullable String description) {

    /** Nothing happened yet. */
    public static final Progress NONE = new Progress(null, null, null, null, null, null, null);
  }

  /** From sending to the answer; empty when there was none. */
  public Optional<Duration> latency() {
    boolean answered =
        switch (state) {
          case ANSWERED, ERROR, INVALID, LATE -> true;
          case QUEUED, SENT, TIMED_OUT, EXPIRED, CANCELLED, UNKNOWN, NOT_SENT -> false;
        };
    Instant from = progress.sent();
    Instant to = progress.finished();
    return answered && from != null && to != null
        ? Optional.of(Duration.between(from, to))
        : Optional.empty();
  }
}
