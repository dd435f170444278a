package org.ampay.payment.provider;

/** A way to be paid. */
public sealed interface PaymentProvider permits RemoteProvider, LedgerProvider {

  /** As stored: {@code wallet}; at most 20 characters. */
  String name();

  Capabilities capabilities();
}
