package org.ampay.ledger;

import java.time.Instant;
import java.util.List;

/**
 * What happened to an account in a time: what was there before, each posting, what is there after.
 * Amounts are debits less credits.
 *
 * @param from inclusive
 * @param to exclusive
 * @param lines in the order of their journals; a part of them when there are many
 * @param closingMinor at {@code to}, whether or not all lines are here
 */
public record Statement(
    AccountRow account,
    Instant from,
    Instant to,
    long openingMinor,
    List<Line> lines,
    long closingMinor) {

  public Statement {
    lines = List.copyOf(lines);
  }

  /**
   * A posting.
   *
   * @param minor debit positive, credit negative
   * @param balanceMinor after it
   */
  public record Line(
      long journalId,
      int lineNo,
      String key,
      String kind,
      long ref,
      Instant postedAt,
      long minor,
      long balanceMinor) {}

  /** After which line the statement goes on. */
  public record Place(long journalId, int lineNo) {

    /** Before the first line. */
    public static final Place START = new Place(0, 0);
  }
}
