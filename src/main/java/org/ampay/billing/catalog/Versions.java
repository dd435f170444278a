package org.ampay.billing.catalog;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Which of the versions a session gets: of those that were made (and, where it is needed, approved)
 * before the start was received, and whose {@code valid_from} is not after the start, the one with
 * the latest {@code valid_from}, then the highest number. A version without {@code valid_from}
 * holds for every start that is received from then on, also for one that a station reports late.
 */
public final class Versions {

  private static final Comparator<Versioned> LATEST =
      Comparator.comparing(Versioned::from).thenComparingInt(Versioned::version);

  private Versions() {}

  /** The version for a session; empty when none holds. */
  static <V extends Versioned> Optional<V> at(
      List<V> versions, Instant receivedAt, Instant startAt) {
    V best = null;
    for (V version : versions) {
      if (holds(version, receivedAt, startAt)
          && (best == null || LATEST.compare(version, best) > 0)) {
        best = version;
      }
    }
    return Optional.ofNullable(best);
  }

  private static boolean holds(Versioned version, Instant receivedAt, Instant startAt) {
    Instant from = version.validFrom();
    return version.made().isKnownAt(receivedAt) && (from == null || !startAt.isBefore(from));
  }

  /** Why {@link #at} finds none. */
  static <V extends Versioned> Reason whyNone(List<V> versions, Instant receivedAt) {
    boolean known = versions.stream().anyMatch(v -> v.made().isKnownAt(receivedAt));
    if (known) {
      return Reason.NOT_YET_VALID;
    }
    if (versions.stream().anyMatch(v -> v.made().since().isPresent())) {
      return Reason.NOT_YET_RECEIVED;
    }
    boolean open =
        versions.stream().anyMatch(v -> v.made().approval().state() == Approval.State.PROPOSED);
    return open ? Reason.NOT_APPROVED : Reason.REJECTED;
  }

  /**
   * What a version is at a moment.
   *
   * @param all the versions of the same thing, {@code one} among them
   */
  public static <V extends Versioned> VersionState state(V one, List<V> all, Instant now) {
    return switch (one.made().approval().state()) {
      case PROPOSED -> VersionState.PROPOSED;
      case REJECTED -> VersionState.REJECTED;
      case NOT_NEEDED, APPROVED -> {
        Instant from = Objects.requireNonNullElse(one.validFrom(), now);
        boolean planned = from.isAfter(now);
        boolean wins =
            at(all, now, planned ? from : now)
                .filter(v -> v.version() == one.version())
                .isPresent();
        if (!wins) {
          yield VersionState.REPLACED;
        }
        yield planned ? VersionState.PLANNED : VersionState.IN_FORCE;
      }
    };
  }
}
