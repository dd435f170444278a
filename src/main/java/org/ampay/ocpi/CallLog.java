package org.ampay.ocpi;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Where calls of partners and to partners are written down, without tokens. Never blocks. */
@FunctionalInterface
public interface CallLog {

  /** Nothing is written down. */
  CallLog NONE = entry -> {};

  /** Whether the partner called us, or we the partner. */
  enum Direction {
    IN,
    OUT
  }

  /**
   * A call.
   *
   * @param url with its query
   * @param body what was sent; its tokens are masked and its end is cut before it is kept
   */
  record Entry(
      Partner partner,
      Direction direction,
      Instant at,
      String method,
      String url,
      String requestId,
      String correlationId,
      String body,
      Answer answer) {}

  /**
   * What became of a call.
   *
   * @param http null: there was no answer
   * @param status OCPI; null: the answer had none
   * @param note why it was not done
   */
  record Answer(@Nullable Integer http, @Nullable Integer status, int millis, String note) {}

  void add(Entry entry);
}
