package org.ampay.ocpp.rpc;

import org.ampay.ocpp.wire.ErrorCode;
import org.ampay.ocpp.wire.Payload;
import org.jspecify.annotations.Nullable;

/** One OCPP-J message. */
public sealed interface Frame {

  /** Type 2: a request. */
  record Call(String id, String action, Payload payload) implements Frame {}

  /** Type 3: the answer to the request of this id. */
  record CallResult(String id, Payload payload) implements Frame {}

  /**
   * Type 4: the request of this id failed.
   *
   * @param code as received: any spelling, or one that nobody knows
   * @param details JSON text
   */
  record CallError(String id, String code, String description, Payload details) implements Frame {}

  /**
   * Text that is none of these.
   *
   * @param messageType the type number that was read, 0 when there was none
   * @param id null when it could not be read, or must not be repeated
   * @param reason without a quotation of the text
   */
  record Malformed(int messageType, @Nullable String id, ErrorCode code, String reason)
      implements Frame {}
}
