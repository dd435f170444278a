package org.ampay.ocpi.roaming;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import org.ampay.base.Money;
import org.jspecify.annotations.Nullable;

/**
 * An invoice to a partner, or the credit that cancels one. Never changes.
 *
 * @param number counted for each operator, without gaps
 * @param code the number as it is printed
 * @param partnerName as the partner was called then
 * @param period the month of which it is; what an earlier invoice lacks is in it, too
 * @param to everything posted before it
 * @param items how many bills and credits are on it
 * @param lines by tax rate
 * @param cancels of a credit: the invoice
 * @param reason of a credit: why
 */
public record RoamingInvoice(
    long id,
    long operatorId,
    int number,
    String code,
    Kind kind,
    long partnerId,
    String partnerName,
    YearMonth period,
    ZoneId zone,
    Instant to,
    int items,
    Money excl,
    Money tax,
    Money total,
    List<Line> lines,
    @Nullable Long cancels,
    @Nullable String reason,
    String createdBy,
    Instant createdAt) {

  public RoamingInvoice {
    lines = List.copyOf(lines);
  }

  /** What it is. */
  public enum Kind {
    INVOICE,
    CREDIT;

    /** As stored and shown: {@code invoice}. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Kind ofCode(String code) {
      return valueOf(code.toUpperCase(Locale.ROOT));
    }
  }

  /**
   * All of one tax rate.
   *
   * @param rate percent; null: what no tax is on
   */
  public record Line(@Nullable BigDecimal rate, Money excl, Money tax, Money total) {

    Line negate() {
      return new Line(rate, excl.negate(), tax.negate(), total.negate());
    }
  }

  /**
   * A bill or credit on it.
   *
   * @param kind of the bill: {@code charge} or {@code credit}
   */
  public record Item(long billId, long sessionId, String kind, Instant billedAt, Money total) {}

  /**
   * An invoice with what became of it.
   *
   * @param cancelledBy the credit; null: it holds
   * @param paid what was received for it, banks' fees included
   */
  public record Standing(RoamingInvoice invoice, @Nullable Long cancelledBy, Money paid) {

    /** What is still to be paid for it: nothing of a credit or of one that is cancelled. */
    public Money open() {
      return cancelledBy == null && invoice.kind() == Kind.INVOICE
          ? invoice.total().minus(paid)
          : Money.zero(paid.currency());
    }

    /**
     * As shown: {@code open}, {@code part_paid}, {@code paid}, {@code cancelled}, {@code credit}.
     */
    public String state() {
      if (invoice.kind() == Kind.CREDIT) {
        return "credit";
      }
      if (cancelledBy != null) {
        return "cancelled";
      }
      if (!open().isPositive()) {
        return "paid";
      }
      return paid.isZero() ? "open" : "part_paid";
    }
  }
}
