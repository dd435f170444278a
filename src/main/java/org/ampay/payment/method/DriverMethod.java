package org.ampay.payment.method;

import org.ampay.base.Money;
import org.ampay.payment.provider.PaymentCommand.SavedMethod;
import org.ampay.payment.provider.ProviderKey;

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
