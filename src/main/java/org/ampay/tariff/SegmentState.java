package org.ampay.tariff;

import org.jspecify.annotations.Nullable;

/** What a session was doing in a segment. */
public enum SegmentState {
  /** The EV asks for power, whether or not a paused profile lets it have any. */
  CHARGING('C'),
  /** Plugged in, and the EV no longer asks for power. */
  PARKING('P'),
  /** Reserved before the session. */
  RESERVATION('R'),
  /** A reservation that ended without a session. */
  RESERVATION_EXPIRED('X');

  private final char code;

  SegmentState(char code) {
    this.code = code;
  }

  /** One letter, for the compact form of the facts. */
  String code() {
    return String.valueOf(code);
  }

  /** The state of a letter, null when there is none. */
  static @Nullable SegmentState of(char code) {
    return switch (code) {
      case 'C' -> CHARGING;
      case 'P' -> PARKING;
      case 'R' -> RESERVATION;
      case 'X' -> RESERVATION_EXPIRED;
      default -> null;
    };
  }

  boolean isReservation() {
    return this == RESERVATION || this == RESERVATION_EXPIRED;
  }
}
