package org.ampay.web.driver;

/** Orders by Alipay: a freeze by a QR code, paid from it, the rest unfrozen. */
class AlipayOrdersTest extends RemoteOrderStories {

  private final SandboxTill till = new SandboxTill("alipay", "preauth", "qr");

  @Override
  Till till() {
    return till;
  }
}
