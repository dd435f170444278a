package org.ampay.store;

import java.time.Instant;
import java.util.List;

/**
 * Jobs at rest. A job is ready, leased by a worker, or parked (given up: kept and shown to a
 * person). Every job may run twice: a lease can end before its work does.
 */
public interface JobStore {

  /** How many jobs of a kind are in which state. */
  record Counts(String kind, long ready, long leased, long parked) {
    Counts plus(Counts other) {
      return new Counts(kind, ready + other.ready, leased + other.leased, parked + other.parked);
    }
  }

  /** Adds jobs; their handlers are woken when {@code tx} is committed. */
  void insert(Tx tx, List<NewJob> jobs);

  /**
   * Leases up to {@code max} jobs of a kind that are due, oldest first, also those whose lease has
   * ended. Never waits for another worker's claim.
   */
  List<Job> claim(Tx tx, Claim claim);

  /**
   * Locks up to {@code max} jobs of a kind that are due, oldest first, for this transaction alone:
   * they are done when it commits, or remain as they were. Never waits for another worker.
   */
  List<Job> take(Tx tx, String kind, int max, Instant now);

  /**
   * What a worker wants.
   *
   * @param now what is due at this time
   * @param leaseUntil when another worker may take the jobs
   * @param worker who claims: unique to a running process
   */
  record Claim(String kind, int max, Instant now, Instant leaseUntil, String worker) {}

  /**
   * Removes jobs whose effect is part of {@code tx}.
   *
   * @throws StoreException when one of them is no longer this worker's: the effect must not be kept
   */
  void done(Tx tx, List<Job> jobs);

  /**
   * Makes a job ready again at a later time.
   *
   * @throws StoreException when it is no longer this worker's
   */
  void retry(Tx tx, Job job, Instant at, String error);

  /**
   * Gives a job up: it stays, parked, until a person releases it.
   *
   * @throws StoreException when it is no longer this worker's
   */
  void park(Tx tx, Job job, String error);

  /**
   * Makes ready what a worker of this name held when it died, without waiting for the leases to
   * end. Only for a worker that begins, under a name that no other running process has.
   */
  void reclaim(Tx tx, String worker, Instant now);

  /** Makes a parked job ready again, with its attempts forgotten; false when it is not parked. */
  boolean release(Tx tx, long id, Instant at);

  /** Parked jobs, oldest first. */
  List<Job> parked(Tx tx, int max);

  /** Whether a job of this kind and reference exists, in any state. */
  boolean exists(Tx tx, String kind, long ref);

  /** Numbers for gauges and the health page, by kind. */
  List<Counts> counts(Tx tx);
}
