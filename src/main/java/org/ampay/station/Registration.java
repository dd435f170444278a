package org.ampay.station;

/** The answer to a station's BootNotification, kept across reconnects. */
public enum Registration {
  /** No BootNotification has been accepted yet. */
  NONE,
  ACCEPTED,
  PENDING,
  REJECTED
}
