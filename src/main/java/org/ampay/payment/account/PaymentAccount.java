package org.ampay.payment.account;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.ampay.payment.provider.ProviderKey;

/**
 * An operator's account with a provider, as people see it: without its secrets.
 *
 * @param code in the callbacks' address
 * @param name for people
 * @param settings what is not secret, by name
 * @param secrets the names of the secrets that are set
 * @param enabled whether it is offered for new payments; old ones are finished in any case
 * @param revision grows with each change
 */
public record PaymentAccount(
    long id,
    long operatorId,
    String provider,
    String code,
    String name,
    Map<String, String> settings,
    Set<String> secrets,
    boolean enabled,
    int revision,
    Instant createdAt,
    Instant updatedAt) {

  public PaymentAccount {
    settings = Map.copyOf(settings);
    secrets = Set.copyOf(secrets);
  }

  public ProviderKey key() {
    return new ProviderKey(provider, id);
  }

  /** Where the provider sends its callbacks, below our public address. */
  public String hook() {
    return "/hooks/" + provider + "/" + code;
  }
}
