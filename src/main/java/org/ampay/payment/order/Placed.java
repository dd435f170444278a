package org.ampay.payment.order;

import java.util.Locale;

/** What became of a wish for an order. */
public sealed interface Placed {

  /** It stands; a repeat gets the same one. */
  record Ok(PaymentOrder order) implements Placed {}

  /** It does not; nothing was moved. */
  record Refused(Refusal why) implements Placed {}

  /** Why there is no order. */
  enum Refusal {
    /** Another order is live at the EVSE, or somebody charges there. */
    EVSE_BUSY,
    NO_TARIFF,
    /** The station has no connection. */
    OFFLINE,
    /** No EVSE has that code. */
    UNKNOWN_CODE,
    /** Not positive, another currency, or beyond the bounds of the way. */
    AMOUNT,
    /** The operator does not offer that way to pay. */
    WAY,
    /** The card is unknown, the PIN wrong, or locked. */
    WALLET_LOGIN,
    /** Not enough money in the wallet. */
    NO_CREDIT,
    /** The provider does not take the order, or cannot be asked. */
    UNAVAILABLE;

    /** As shown: {@code evse_busy}. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
