package org.ampay.app.simulator;

import org.jspecify.annotations.Nullable;

/** What a command of the central system can set in motion. */
interface StationControls {

  /** Starts on an outlet, or on any free one for evseNo 0; false: none is free. */
  boolean remoteStart(int evseNo, String token, @Nullable Integer remoteStartId);

  /** Ends that transaction; false: there is none. */
  boolean remoteStop(String transactionId);

  /** 0: the whole station. */
  void setAvailable(int evseNo, boolean available);

  void reset();

  /** Sends what TriggerMessage asks for; false: not known. */
  boolean trigger(String message);

  /** A new Basic password, used from the next connection on. */
  void setPassword(String password);

  boolean hasTransaction(String transactionId);

  boolean transactionRunning();

  void setLimitW(double limitW);
}
