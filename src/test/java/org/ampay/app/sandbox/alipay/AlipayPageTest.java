package org.ampay.app.sandbox.alipay;

import org.ampay.payment.kit.ProviderContract;
import org.ampay.payment.kit.Rig;
import org.ampay.payment.provider.Form;

/** Alipay by a page of its own keeps what every provider must keep. */
class AlipayPageTest extends ProviderContract {

  @Override
  protected Rig rig() throws Exception {
    return new AlipayRig(Form.REDIRECT);
  }
}
