package org.ampay.payment.method;

import org.ampay.base.Money;
import org.ampay.payment.provider.PaymentCommand.SavedMethod;
import org.ampay.payment.provider.ProviderKey;
import org.jspecify.annotations.Nullable;

/** How a driver pays. */
public sealed interface DriverMethod {

  /** As stored and shown. */
  String kind();

  /** By the prepaid wallet: the default. */
  record Wallet() implements DriverMethod {
    @Override
    public String kind() {
      return "wallet";
    }
  }

  /**
   * By the books of a roaming partner, whose id the driver has.
   *
   * @param limit how much it may owe and start still; null: there is no limit
   * @param terminal it is the service of card terminals, which confirms what it took
   */
  record Roaming(@Nullable Money limit, boolean terminal) implements DriverMethod {
    @Override
    public String kind() {
      return terminal ? "terminal" : "roaming";
    }
  }

  /**
   * On account.
   *
   * @param credit how much may be charged and not paid yet, in the operator's currency
   */
  record Invoice(Money credit) implements DriverMethod {
    @Override
    public String kind() {
      return "invoice";
    }
  }

  /** By what the driver agreed to with a provider: charged after the session. */
  record Saved(ProviderKey via, SavedMethod method) implements DriverMethod {
    @Override
    public String kind() {
      return "saved";
    }
  }
}
