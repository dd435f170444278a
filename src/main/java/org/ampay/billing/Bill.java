package org.ampay.billing;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.ampay.base.Money;
import org.ampay.tariff.Funder;
import org.jspecify.annotations.Nullable;

/**
 * A bill. Never changes.
 *
 * @param seq 0 of a charge; credits of a session are counted from 1
 * @param lines empty where only the head was asked for
 */
public record Bill(
    long id,
    long operatorId,
    Session session,
    Kind kind,
    int seq,
    @Nullable Long driverId,
    long snapshotId,
    Money excl,
    Money tax,
    Instant createdAt,
    List<Line> lines) {

  /**
   * What it is for.
   *
   * @param holdId what the session's start reserved: it pays first
   */
  public record Session(long id, long stationId, @Nullable Long holdId) {}

  /** A charge, or the credit of one. */
  public enum Kind {
    CHARGE("charge"),
    CREDIT("credit");

    private final String code;

    Kind(String code) {
      this.code = code;
    }

    /** As stored. */
    public String code() {
      return code;
    }

    static Kind ofCode(String code) {
      return code.equals(CREDIT.code) ? CREDIT : CHARGE;
    }
  }

  /**
   * A line of it.
   *
   * @param dimension {@code ENERGY}, {@code TIME}, {@code PARKING_TIME}, {@code FLAT}, {@code
   *     MIN_PRICE}, {@code TIER} ... ({@link org.ampay.tariff.LineDimension})
   * @param element index of the tariff element; null for occupancy and what changed the sum
   * @param volume kWh, hours or 1, to 9 digits
   * @param vatPercent null when there is none or it is not known
   * @param label the rule that applied, the name of a tier or coupon; null for none
   * @param funder who bears a discount; null for all else
   */
  public record Line(
      String dimension,
      @Nullable Integer element,
      Instant from,
      Instant to,
      BigDecimal volume,
      BigDecimal unitPrice,
      @Nullable BigDecimal vatPercent,
      Money excl,
      Money tax,
      @Nullable String label,
      @Nullable Funder funder) {

    public Money total() {
      return excl.plus(tax);
    }
  }

  public Bill {
    lines = List.copyOf(lines);
  }

  /** What the driver pays. */
  public Money total() {
    return excl.plus(tax);
  }

  /** The same bill with these lines. */
  public Bill withLines(List<Line> others) {
    return new Bill(
        id, operatorId, session, kind, seq, driverId, snapshotId, excl, tax, createdAt, others);
  }
}
