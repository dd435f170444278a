package org.ampay.app.simulator;

import java.time.Instant;

/** Hears of every transaction message that the central system has acknowledged. */
public interface Recorder {

  /** Forgets everything. */
  Recorder NONE = fact -> {};

  /** Called on the stations' thread. */
  void acknowledged(Acknowledged fact);

  /**
   * A fact that the central system must have from now on.
   *
   * @param action for example {@code StartTransaction}
   * @param kind start, reading, change or stop
   * @param at by the station's clock
   * @param hasReading whether the message carried a reading
   * @param registerWh the meter's register in it
   */
  record Acknowledged(
      String station,
      String action,
      String kind,
      String transactionId,
      Instant at,
      boolean hasReading,
      long registerWh) {}
}
