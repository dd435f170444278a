package org.ampay.payment.sim;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A session of a run, as the run plays it. */
final class SimSession {

  /** How it is paid. */
  enum Kind {
    /** From the wallet, which may not have enough. */
    WALLET,
    /** From a hold at the provider, which the energy may exceed. */
    REMOTE_HOLD,
    /** Later, from what the driver agreed to be charged by. */
    SAVED_METHOD
  }

  final long id;
  final Kind kind;
  final long driver;
  final long money;
  final String kwh;
  final Instant startAt;
  final Instant endAt;
  @Nullable Long hold;
  boolean started;
  boolean refused;
  boolean finished;

  SimSession(
      long id, Kind kind, long driver, long money, String kwh, Instant startAt, Instant endAt) {
    this.id = id;
    this.kind = kind;
    this.driver = driver;
    this.money = money;
    this.kwh = kwh;
    this.startAt = startAt;
    this.endAt = endAt;
  }
}
