package org.ampay.payment.provider;

/**
 * A provider beyond a network. Its calls block; what goes wrong is an {@link Outcome}, never an
 * exception. A repeated command with the same reference must not move money twice.
 */
public non-sealed interface RemoteProvider extends PaymentProvider {

  Outcome execute(PaymentCommand command);

  /**
   * Asks what became of a command that was sent before, by its reference. {@link Outcome.NotSent}
   * only when the provider proves not to know it and its settling window is over.
   */
  Outcome query(PaymentCommand command);
}
