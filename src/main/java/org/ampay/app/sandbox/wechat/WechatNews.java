package org.ampay.app.sandbox.wechat;

/** Where WeChat's callbacks go. */
@FunctionalInterface
interface WechatNews {

  /** A callback to a merchant's address; may be lost, repeated, late: that is not for here. */
  void tell(String url, WechatSignatures.Told told);
}
