package org.ampay.billing.promotion;

import java.math.BigInteger;
import java.time.Instant;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * Points that came in together.
 *
 * @param remaining not used; what is reserved included
 * @param reserved for running sessions
 * @param remainingMinor what the remaining ones are worth in the ledger
 * @param expiresAt exclusive; null: never
 */
public record PointsLot(
    long id,
    long operatorId,
    long driverId,
    String currency,
    long points,
    long remaining,
    long reserved,
    long remainingMinor,
    Instant createdAt,
    @Nullable Instant expiresAt) {

  /** The order in which lots are used. */
  static final Comparator<PointsLot> FIFO =
      Comparator.comparing((PointsLot lot) -> lot.expiresAt == null ? Instant.MAX : lot.expiresAt)
          .thenComparingLong(PointsLot::id);

  public PointsLot {
    if (reserved < 0 || remaining < reserved || remainingMinor < 0) {
      throw new IllegalStateException(
          "lot " + id + " would have " + remaining + " points, " + reserved + " reserved");
    }
  }

  /** What a start may reserve. */
  public long free() {
    return remaining - reserved;
  }

  boolean expired(Instant at) {
    return expiresAt != null && !at.isBefore(expiresAt);
  }

  /** What so many of the remaining points are worth; all of them exactly what remains. */
  long worth(long used) {
    return used == 0
        ? 0
        : BigInteger.valueOf(remainingMinor)
            .multiply(BigInteger.valueOf(used))
            .divide(BigInteger.valueOf(remaining))
            .longValueExact();
  }

  PointsLot reserving(long more) {
    return with(remaining, reserved + more, remainingMinor);
  }

  /** Without points that were free. */
  PointsLot without(long taken) {
    return with(remaining - taken, reserved, remainingMinor - worth(taken));
  }

  private PointsLot with(long left, long held, long minor) {
    return new PointsLot(
        id, operatorId, driverId, currency, points, left, held, minor, createdAt, expiresAt);
  }
}
