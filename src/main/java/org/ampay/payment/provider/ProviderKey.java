package org.ampay.payment.provider;

import org.jspecify.annotations.Nullable;

/**
 * Which provider, by which of an operator's accounts with it.
 *
 * @param provider {@code wallet}, {@code stripe} ...
 * @param accountId null for providers in our own ledger
 */
public record ProviderKey(String provider, @Nullable Long accountId) {

  /** A provider in our own ledger. */
  public static ProviderKey inLedger(String provider) {
    return new ProviderKey(provider, null);
  }
}
