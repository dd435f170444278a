package org.ampay.payment.order;

import java.util.OptionalLong;

/** Drivers who show that a wallet is theirs. Owned here, implemented where PINs are. */
@FunctionalInterface
public interface WalletLogins {

  /** The driver; empty: an unknown card, a wrong PIN, or one that is locked. Blocks. */
  OptionalLong driver(long operatorId, WalletLogin login);
}
