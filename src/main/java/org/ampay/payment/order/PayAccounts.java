package org.ampay.payment.order;

import java.util.List;
import org.ampay.payment.provider.Capabilities;
import org.ampay.payment.provider.ProviderKey;

/** An operator's accounts with payment providers. Owned here, implemented where accounts are. */
@FunctionalInterface
public interface PayAccounts {

  /**
   * An account that is open for payers.
   *
   * @param name as the operator calls it
   */
  record Account(ProviderKey key, String name, Capabilities can) {}

  List<Account> of(long operatorId);
}
