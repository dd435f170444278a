package org.ampay.payment.callback;

import java.time.Instant;
import org.ampay.payment.provider.Callback;
import org.ampay.payment.provider.ProviderKey;
import org.ampay.store.Tx;

/** Hears of payers who dispute a payment at their bank. */
@FunctionalInterface
public interface DisputeNews {

  /**
   * News of a dispute, from the provider and about no more than what the operation took. They may
   * come twice and out of order (won before open): by account, disputeRef and state each is to be
   * taken once.
   *
   * @param tx in which the callback is closed: both or neither
   */
  void heard(Tx tx, Heard heard);

  /**
   * What was heard.
   *
   * @param operationId of ours, that took the money
   */
  record Heard(
      long operatorId,
      ProviderKey via,
      long operationId,
      Callback.Disputed dispute,
      Instant receivedAt) {}
}
