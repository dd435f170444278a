package org.ampay.app.sandbox.alipay;

import org.ampay.payment.kit.ProviderContract;
import org.ampay.payment.kit.Rig;

/** Alipay by a code that is paid at once keeps what every provider must keep. */
class AlipayPrepaidTest extends ProviderContract {

  @Override
  protected Rig rig() throws Exception {
    return new AlipayRig();
  }
}
