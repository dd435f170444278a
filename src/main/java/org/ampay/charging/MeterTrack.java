package org.ampay.charging;

import java.time.Instant;
import org.ampay.base.Energy;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a session's energy register so far. A register that falls starts a new epoch:
 * later readings are judged within it.
 *
 * @param firstAt when the register was first read; null: not yet
 * @param last the register that later ones are judged by
 * @param delivered the sum of what was measured in all epochs, never negative
 */
record MeterTrack(
    @Nullable Instant firstAt,
    @Nullable Energy first,
    @Nullable Instant lastAt,
    @Nullable Energy last,
    Energy delivered,
    int epochs) {

  static final MeterTrack NONE = new MeterTrack(null, null, null, null, Energy.ZERO, 0);

  /** Whether any energy was measured. */
  boolean flowed() {
    return delivered.compareTo(Energy.ZERO) > 0;
  }

  static MeterTrack begin(Instant at, Energy register) {
    return new MeterTrack(at, register, at, register, Energy.ZERO, 1);
  }

  /** A reading came late that is older than the first one: what flowed between belongs to it. */
  MeterTrack earlier(Instant at, Energy register, Energy delta) {
    return new MeterTrack(at, register, lastAt, last, delivered.plus(delta), epochs);
  }

  /** The register moved on. */
  MeterTrack moved(Instant at, Energy register, Energy delta) {
    return new MeterTrack(firstAt, first, at, register, delivered.plus(delta), epochs);
  }

  /** The register fell: from here a new epoch counts. */
  MeterTrack restarted(Instant at, Energy register) {
    return new MeterTrack(firstAt, first, at, register, delivered, epochs + 1);
  }
}
