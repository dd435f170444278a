package org.ampay.app.sandbox.wechat;

import org.ampay.payment.kit.ProviderContract;
import org.ampay.payment.kit.Rig;
import org.ampay.payment.provider.Form;

/** WeChat Pay in a phone's browser keeps what every provider must keep. */
class WechatH5Test extends ProviderContract {

  @Override
  protected Rig rig() throws Exception {
    return WechatRig.present(Form.REDIRECT);
  }
}
