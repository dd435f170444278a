package org.ampay.charging;

/**
 * Looks at the sessions of stations after each message: displays are told, drivers' limits are
 * checked. Called on the thread of the station's owner, so it must answer from memory and never
 * wait; what it finds to do goes to an executor of its own.
 */
public interface SessionWatch {

  /** Whether it wants to see that station's sessions; asked after every message. */
  boolean wants(long stationId);

  /** A session after a decision about it is committed. */
  void after(Glance session);
}
