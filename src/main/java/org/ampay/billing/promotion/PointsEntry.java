package org.ampay.billing.promotion;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A change of a driver's points.
 *
 * @param points what it added; negative: took
 * @param minor the same of their worth in the ledger
 */
public record PointsEntry(
    long id,
    long operatorId,
    long driverId,
    long lotId,
    Kind kind,
    long points,
    long minor,
    @Nullable Long billId,
    String actor,
    String note,
    Instant at) {

  /** Why. */
  public enum Kind {
    EARNED("earned"),
    USED("used"),
    EXPIRED("expired"),
    GIVEN_BACK("given_back"),
    TAKEN_BACK("taken_back"),
    ADJUSTED("adjusted");

    private final String code;

    Kind(String code) {
      this.code = code;
    }

    /** As stored and shown. */
    public String code() {
      return code;
    }

    static Kind ofCode(String code) {
      for (Kind kind : values()) {
        if (kind.code.equals(code)) {
          return kind;
        }
      }
      throw new IllegalArgumentException("points '" + code + "'");
    }
  }
}
