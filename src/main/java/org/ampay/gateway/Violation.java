package org.ampay.gateway;

import java.util.Locale;

/** What a station may do wrong, as counted and logged. */
enum Violation {
  /** Text that is no OCPP-J frame. */
  MALFORMED,
  /** A frame whose message type number we do not know: ignored. */
  MESSAGE_TYPE,
  /** A payload that breaks its dictionary. */
  SCHEMA,
  /** An action that its version does not have, or that we do not support. */
  ACTION,
  /** A CALL before the station was accepted. */
  NOT_ACCEPTED,
  /** The id of a CALL that still waits for its answer. */
  DUPLICATE_ID,
  /** An answer to nothing that we asked. */
  UNEXPECTED_ANSWER,
  /** An answer after its time. */
  LATE_ANSWER,
  /** An answer that breaks its dictionary. */
  INVALID_ANSWER,
  /** A binary message. */
  BINARY,
  /** A frame or message above the limit. */
  TOO_LARGE,
  /** WebSocket itself was broken: mask, opcode, UTF-8, compression. */
  WEBSOCKET,
  /** More messages a second than allowed. */
  RATE,
  /** More waiting messages than the mailbox holds. */
  MAILBOX_FULL,
  /** Our bytes were not read in time. */
  SLOW_READER,
  /** No sign of life, not even a pong. */
  SILENT;

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
