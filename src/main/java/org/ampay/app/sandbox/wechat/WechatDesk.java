package org.ampay.app.sandbox.wechat;

import org.ampay.app.sandbox.SandboxWire;

/** What this WeChat has of one merchant. */
record WechatDesk(
    WechatMerchant merchant,
    WechatState state,
    WechatJson json,
    WechatSignatures signatures,
    WechatEvents events,
    WechatBillDesk bills) {

  static WechatDesk of(WechatKeys keys, WechatMerchant merchant, SandboxWire.World world) {
    WechatState state =
        new WechatState(
            world.time(), world.random(), new WechatBooks(world.books(), merchant.name()));
    WechatJson json = new WechatJson(merchant);
    WechatSignatures signatures = new WechatSignatures(keys, merchant, world.time());
    return new WechatDesk(
        merchant,
        state,
        json,
        signatures,
        new WechatEvents(json, signatures, world.callbacks(), world.random()),
        new WechatBillDesk(
            state, new WechatBill(merchant.appId(), merchant.mchId()), world.time()));
  }
}
