package org.ampay.payment;

/** How drivers want to pay. */
@FunctionalInterface
public interface PaymentMethods {

  /** Everybody pays by wallet. */
  PaymentMethods WALLET_ONLY = driverId -> PaymentMethod.WALLET;

  /** A driver's default; from memory, never blocks. */
  PaymentMethod of(long driverId);
}
