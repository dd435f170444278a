package org.ampay.payment;

import org.ampay.payment.provider.PaymentCommand.SavedMethod;
import org.ampay.payment.provider.ProviderKey;
import org.jspecify.annotations.Nullable;

/**
 * How a driver pays where no order paid before.
 *
 * @param via who takes the money
 * @param saved null: a provider in our ledger, which holds money at the start; else what the driver
 *     agreed to be charged by after the end
 */
public record PaymentMethod(ProviderKey via, @Nullable SavedMethod saved) {

  /** The driver's wallet. */
  public static final PaymentMethod WALLET =
      new PaymentMethod(ProviderKey.inLedger("wallet"), null);
}
