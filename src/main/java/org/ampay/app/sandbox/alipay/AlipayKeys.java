package org.ampay.app.sandbox.alipay;

import com.alipay.api.AlipayApiException;
import com.alipay.api.internal.util.AlipaySignature;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

/** A merchant and the keys of both sides, made at the start; {@code foreign} is nobody's. */
public final class AlipayKeys {

  public static final String APP_ID = "2021000000000001";
  public static final String SELLER_ID = "2088000000000001";
  private static final int BITS = 2_048;

  private final KeyPair merchant = pair();
  private final KeyPair alipay = pair();
  private final KeyPair foreign = pair();

  private static KeyPair pair() {
    try {
      KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
      rsa.initialize(BITS);
      return rsa.generateKeyPair();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has RSA", e);
    }
  }

  /** Settings of an account of our provider, without the gateway. */
  public Map<String, String> settings() {
    return Map.of(
        "app_id",
        APP_ID,
        "seller_id",
        SELLER_ID,
        "private_key",
        text(merchant.getPrivate().getEncoded()),
        "alipay_public_key",
        text(alipay.getPublic().getEncoded()));
  }

  private static String text(byte[] key) {
    return Base64.getEncoder().encodeToString(key);
  }

  boolean isByMerchant(Map<String, String> parameters) {
    Map<String, String> signed = new TreeMap<>(parameters);
    String sign = signed.remove("sign");
    try {
      return sign != null
          && AlipaySignature.rsa256CheckContent(
              AlipaySignature.getSignContent(signed),
              sign,
              text(merchant.getPublic().getEncoded()),
              "UTF-8");
    } catch (AlipayApiException e) {
      return false;
    }
  }

  String sign(String content, boolean forged) {
    KeyPair by = forged ? foreign : alipay;
    try {
      return AlipaySignature.rsa256Sign(content, text(by.getPrivate().getEncoded()), "UTF-8");
    } catch (AlipayApiException e) {
      throw new IllegalStateException("keys of our own sign", e);
    }
  }

  /** A notification's parameters with its signature. */
  public Map<String, String> signed(Map<String, String> parameters, boolean forged) {
    Map<String, String> all = new TreeMap<>(parameters);
    all.remove("sign");
    all.remove("sign_type");
    all.put("sign", sign(AlipaySignature.getSignCheckContentV1(new TreeMap<>(all)), forged));
    all.put("sign_type", "RSA2");
    return all;
  }
}
