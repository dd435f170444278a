package org.ampay.payment.provider;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;

/** The providers: those in our ledger are wired at the start, the others come by account. */
public final class Providers {

  private final Map<String, PaymentProvider> byName = new LinkedHashMap<>();
  private final LongFunction<Optional<RemoteProvider>> byAccount;

  /** Without accounts: each provider by its name alone. */
  public Providers(Collection<? extends PaymentProvider> providers) {
    this(providers, account -> Optional.empty());
  }

  /**
   * Providers.
   *
   * @param byAccount the provider of an account; empty when there is none that could be opened
   */
  public Providers(
      Collection<? extends PaymentProvider> providers,
      LongFunction<Optional<RemoteProvider>> byAccount) {
    this.byAccount = byAccount;
    for (PaymentProvider provider : providers) {
      if (byName.put(provider.name(), provider) != null) {
        throw new IllegalArgumentException("two payment providers '" + provider.name() + "'");
      }
    }
  }

  /** Empty when its account was removed or cannot be opened. */
  public Optional<PaymentProvider> find(ProviderKey key) {
    Long account = key.accountId();
    return account == null
        ? Optional.ofNullable(byName.get(key.provider()))
        : byAccount.apply(account).map(PaymentProvider.class::cast);
  }
}
