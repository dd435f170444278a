package org.ampay.payment.provider;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The providers of this installation, wired at the start. */
public final class Providers {

  private final Map<String, PaymentProvider> byName = new LinkedHashMap<>();

  public Providers(Collection<? extends PaymentProvider> providers) {
    for (PaymentProvider provider : providers) {
      if (byName.put(provider.name(), provider) != null) {
        throw new IllegalArgumentException("two payment providers '" + provider.name() + "'");
      }
    }
  }

  public Optional<PaymentProvider> byName(String name) {
    return Optional.ofNullable(byName.get(name));
  }
}
