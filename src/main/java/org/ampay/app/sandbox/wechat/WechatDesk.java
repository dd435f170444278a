package org.ampay.app.sandbox.wechat;

import org.ampay.base.TimeSource;

/** The parts of one WeChat. */
record WechatDesk(
    WechatMerchant merchant,
    WechatState state,
    WechatJson json,
    WechatSignatures signatures,
    WechatEvents events,
    WechatBillDesk bills) {

  static WechatDesk of(
      WechatKeys keys, WechatMerchant merchant, TimeSource time, WechatNews news) {
    WechatState state = new WechatState(time, keys);
    WechatJson json = new WechatJson(merchant);
    return new WechatDesk(
        merchant,
        state,
        json,
        new WechatSignatures(keys, merchant, time),
        new WechatEvents(json, news),
        new WechatBillDesk(state, new WechatBill(merchant.appId(), merchant.mchId()), time));
  }
}
