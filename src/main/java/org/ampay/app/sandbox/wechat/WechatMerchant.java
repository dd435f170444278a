package org.ampay.app.sandbox.wechat;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.zip.CRC32;

/**
 * A merchant of this WeChat.
 *
 * @param name by which the books know it
 */
record WechatMerchant(String name, String mchId, String appId, String serviceId) {

  /** A merchant of this name: always the same one. */
  static WechatMerchant named(String name) {
    CRC32 sum = new CRC32();
    sum.update(name.getBytes(StandardCharsets.UTF_8));
    String digits = String.format(Locale.ROOT, "%010d", sum.getValue());
    String hex = String.format(Locale.ROOT, "%016x", sum.getValue());
    return new WechatMerchant(name, "19" + digits, "wx" + hex, "5000" + digits);
  }
}
