package org.ampay.ocpi.roaming;

import java.time.Instant;
import java.util.List;
import org.ampay.base.Money;
import org.ampay.ledger.Statement.Place;
import org.jspecify.annotations.Nullable;

/**
 * What a partner owed before a time, what happened in it, what it owed then. Amounts are what it
 * owes more; negative: less.
 *
 * @param from inclusive
 * @param to exclusive
 * @param lines in the order of their journals; a part of them when there are many
 * @param next where the lines that follow begin; null: these are the last
 */
public record PartnerStatement(
    long partnerId,
    String partnerName,
    Instant from,
    Instant to,
    Money opening,
    List<Line> lines,
    Money closing,
    @Nullable Place next) {

  public PartnerStatement {
    lines = List.copyOf(lines);
  }

  /**
   * A session, a credit, a payment or the reversal of one.
   *
   * @param what {@code session}, {@code credit}, {@code payment}, {@code reversal}, {@code other}
   * @param sessionId of a session or credit
   * @param billId of a session or credit: the bill, and so the CDR
   * @param paymentId of a payment or reversal
   * @param balance after it
   */
  public record Line(
      Instant at,
      String what,
      @Nullable Long sessionId,
      @Nullable Long billId,
      @Nullable Long paymentId,
      Money amount,
      Money balance) {}
}
