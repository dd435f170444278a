package org.ampay.payment.order;

import java.util.Locale;

/** How the money of an order is got before the start. */
public enum Flow {
  /**
   * Set aside by a provider beyond a network; what the session cost is captured, the rest freed.
   */
  PREAUTH,
  /** Taken by a provider beyond a network; what the session did not cost is refunded. */
  PREPAID,
  /** Set aside in the driver's wallet with us. */
  WALLET;

  /** As stored and shown: {@code preauth}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The flow of a stored code. */
  public static Flow ofCode(String code) {
    return valueOf(code.toUpperCase(Locale.ROOT));
  }
}
