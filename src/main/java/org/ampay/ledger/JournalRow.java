package org.ampay.ledger;

import java.time.Instant;
import java.util.List;

/** A posted journal. Never changes. */
public record JournalRow(
    long id,
    long operatorId,
    String key,
    String kind,
    long ref,
    Instant postedAt,
    List<Line> lines) {

  /**
   * A posting of it.
   *
   * @param minor debit positive, credit negative
   */
  public record Line(long accountId, String accountCode, String currency, long minor) {}

  public JournalRow {
    lines = List.copyOf(lines);
  }
}
