package org.ampay.app.sandbox.wechat;

import org.ampay.payment.kit.ProviderContract;
import org.ampay.payment.kit.Rig;

/** PayScore keeps what every provider must keep. */
class WechatScoreTest extends ProviderContract {

  @Override
  protected Rig rig() throws Exception {
    return WechatRig.score();
  }
}
