package org.ampay.app.sandbox.alipay;

import org.ampay.app.sandbox.SandboxWire;

/** What this Alipay has of one merchant. */
record AlipayDesk(
    AlipayMerchant merchant, AlipayState state, AlipayGateway gateway, AlipayPayer payer) {

  static AlipayDesk of(
      AlipayKeys keys, AlipayMerchant merchant, AlipayNumbers numbers, SandboxWire.World world) {
    AlipayState state =
        new AlipayState(
            world.time(),
            numbers,
            new AlipayBooks(world.books(), merchant.name()),
            new AlipayNews(keys, merchant, numbers, world.callbacks()));
    return new AlipayDesk(
        merchant,
        state,
        new AlipayGateway(keys, merchant, state, world.address()),
        new AlipayPayer(state));
  }
}
