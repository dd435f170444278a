package org.ampay.payment.provider.stripe;

import org.ampay.payment.kit.ProviderContract;
import org.ampay.payment.kit.Rig;

/** Stripe keeps what every provider must. */
class StripeProviderTest extends ProviderContract {

  @Override
  protected Rig rig() throws Exception {
    return new StripeRig();
  }
}
