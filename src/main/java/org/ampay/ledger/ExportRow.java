package org.ampay.ledger;

import java.time.Instant;

/**
 * A posting with everything about it.
 *
 * @param account its code
 * @param minor debit positive, credit negative
 */
public record ExportRow(
    long journalId,
    String key,
    String kind,
    Instant postedAt,
    int lineNo,
    String account,
    AccountKind accountKind,
    String currency,
    long minor) {}
