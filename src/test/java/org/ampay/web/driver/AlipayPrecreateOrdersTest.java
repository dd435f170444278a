package org.ampay.web.driver;

import org.junit.jupiter.api.Tag;

/** Orders by Alipay: paid before by a QR code, the rest refunded. */
@Tag("full")
class AlipayPrecreateOrdersTest extends RemoteOrderStories {

  private final SandboxTill till = new SandboxTill("alipay", "prepaid", "qr");

  @Override
  Till till() {
    return till;
  }
}
