package org.ampay.gateway;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Keeps what was said between stations and us. Best effort: it never waits and never fails. */
public interface MessageLog {

  /** Keeps nothing. */
  MessageLog NONE = entry -> {};

  /** Takes one entry; called by event loops. */
  void add(Entry entry);

  /**
   * One frame.
   *
   * @param incoming from the station
   * @param action of a CALL and of the answer to one, where known
   * @param messageId as sent; null when it could not be read
   * @param errorCode of a CALLERROR
   * @param frame UTF-8 text; not to be changed
   */
  record Entry(
      Instant at,
      long stationId,
      boolean incoming,
      @Nullable String action,
      @Nullable String messageId,
      @Nullable String errorCode,
      byte[] frame) {}
}
