package org.ampay.ledger;

import java.util.Locale;

/** The kinds of accounts. Assets and expenses grow by debits, liabilities and income by credits. */
public enum AccountKind {
  ASSET,
  LIABILITY,
  INCOME,
  EXPENSE;

  /** As stored and shown: {@code asset}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The kind of a stored code. */
  public static AccountKind ofCode(String code) {
    return valueOf(code.toUpperCase(Locale.ROOT));
  }
}
