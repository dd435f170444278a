package org.ampay.web.driver;

import org.junit.jupiter.api.Tag;

/** Orders by WeChat H5: paid before on its page, the rest refunded. */
@Tag("full")
class WechatH5OrdersTest extends RemoteOrderStories {

  private final SandboxTill till = new SandboxTill("wechat", "prepaid", "redirect");

  @Override
  Till till() {
    return till;
  }
}
