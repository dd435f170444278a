package org.ampay.payment.order;

import org.ampay.payment.PaymentOperation;
import org.ampay.payment.provider.Outcome;
import org.ampay.payment.provider.PaymentCommand;

/** The way to providers beyond a network; blocks, never throws for what a provider does. */
@FunctionalInterface
public interface ProviderCalls {

  /**
   * Sends a command, or asks first what became of it.
   *
   * @param mayBeSent it may have reached the provider before
   */
  Outcome call(PaymentOperation operation, PaymentCommand command, boolean mayBeSent);
}
