package org.ampay.app.sandbox.alipay;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.zip.CRC32;

/**
 * A merchant of this Alipay.
 *
 * @param name by which the books know it
 */
record AlipayMerchant(String name, String appId, String sellerId) {

  /** A merchant of this name: always the same one. */
  static AlipayMerchant named(String name) {
    CRC32 sum = new CRC32();
    sum.update(name.getBytes(StandardCharsets.UTF_8));
    String digits = String.format(Locale.ROOT, "%010d", sum.getValue());
    return new AlipayMerchant(name, "202100" + digits, "208800" + digits);
  }
}
