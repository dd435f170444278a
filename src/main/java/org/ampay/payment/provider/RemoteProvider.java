package org.ampay.payment.provider;

import java.time.LocalDate;
import java.util.function.Consumer;

/**
 * A provider beyond a network, by one of an operator's accounts. Its calls block; what goes wrong
 * is an {@link Outcome}, never an exception. A repeated command with the same reference must not
 * move money twice. It is used by many threads at once.
 */
public non-sealed interface RemoteProvider extends PaymentProvider {

  Outcome execute(PaymentCommand command);

  /**
   * Asks what became of a command that was sent before, by its reference. {@link Outcome.NotSent}
   * only when the provider proves not to know it and its settling window is over.
   */
  Outcome query(PaymentCommand command);

  /**
   * Reads what claims to come from the provider: first the signature over the raw body, then its
   * time, then whether it is for this account. Moves nothing.
   */
  Callback verify(RawCallback raw);

  /** What the provider wants to hear when its callback is stored. */
  CallbackAnswer acknowledged();

  /** What makes the provider send its callback again. */
  CallbackAnswer again();

  /**
   * The provider's own list of a day's movements in the account, each to {@code lines}.
   *
   * @return whether the provider has the list; false: not yet, or nothing happened
   * @throws StatementException when it cannot be had or read
   */
  boolean statement(LocalDate day, Consumer<StatementLine> lines) throws StatementException;

  /** Ends what it keeps open. */
  default void close() {}
}
