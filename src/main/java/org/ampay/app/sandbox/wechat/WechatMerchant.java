package org.ampay.app.sandbox.wechat;

/** Who the one merchant of this WeChat is. */
record WechatMerchant(String mchId, String appId, String serviceId) {}
