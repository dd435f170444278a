package org.ampay.web.driver;

/** Orders by WeChat Native: paid before by a QR code, the rest refunded. */
class WechatNativeOrdersTest extends RemoteOrderStories {

  private final SandboxTill till = new SandboxTill("wechat", "prepaid", "qr");

  @Override
  Till till() {
    return till;
  }
}
