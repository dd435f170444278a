package org.ampay.payment.provider;

import java.util.Locale;

/** What a provider can be told to do. */
public enum CommandKind {
  AUTHORIZE,
  INCREMENT,
  CAPTURE,
  RELEASE,
  CHARGE,
  PRESENT,
  CANCEL,
  REFUND,
  SPLIT,
  PAYOUT,
  TOP_UP,
  WITHDRAW;

  /** As stored and shown: {@code top_up}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The kind of a stored code. */
  public static CommandKind ofCode(String code) {
    return valueOf(code.toUpperCase(Locale.ROOT));
  }
}
